import { expect, test } from 'vitest'
import { surveyseal } from './support.js'

const risk = async (input: string | Buffer) =>
  surveyseal(['risk', '-', '--format', 'ndjson', '--quasi', 'a', '--json'], input)

test('a byte order mark, carriage returns, empty lines and a missing last line break are accepted', async () => {
  const { code, stdout } = await risk('\uFEFF{"a":1}\r\n\r\n{"a":1}')
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, rows: 2, classes: 1 })
})

test('characters and records may be cut anywhere', async () => {
  const { Readable } = await import('node:stream')
  const { readNdjson } = await import('../src/lib/ndjson.js')
  const bytes = Buffer.from('{"a":"é😀"}\n{"a":2}\n')
  const records: unknown[] = []
  const single = Readable.from([...bytes].map((byte) => Buffer.of(byte)))
  for await (const batch of readNdjson(single)) records.push(...batch)
  expect(records).toEqual([{ a: 'é😀' }, { a: 2 }])
})

test('ERR_CLI_NDJSON_MALFORMED: not a JSON object, with the line and without the content', async () => {
  for (const line of ['{"a":"secret"', '["secret"]', 'null', '"secret"', '1']) {
    const { code, stdout, stderr } = await risk(`{"a":1}\n${line}\n`)
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'surveyseal: ERR_CLI_NDJSON_MALFORMED: line 2: not a JSON object\n',
    })
  }
})

test('ERR_CLI_RECORD_TOO_LONG: a line of 50 MB, ended or not', async () => {
  const long = `{"a":"${'x'.repeat(50 * 1024 * 1024)}"}`
  for (const input of [`{}\n${long}`, `{}\n${long}\n`]) {
    expect(await risk(input)).toMatchObject({
      code: 1,
      stderr: 'surveyseal: ERR_CLI_RECORD_TOO_LONG: line 2: longer than 1 MiB\n',
    })
  }
})

test('ERR_CLI_NUL_BYTE: binary input', async () => {
  expect(await risk('{"a":\u0000}\n')).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_CLI_NUL_BYTE') })
})

test('ERR_DISCLOSURE_VALUE_INVALID: a nested value has no equals', async () => {
  expect(await risk('{"a":{}}\n')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ERR_DISCLOSURE_VALUE_INVALID'),
  })
})
