import { expect, test } from 'vitest'
import { Collected, NOW, surveyseal, temporaryFile } from './support.js'

const risk = async (input: string | Buffer) => surveyseal(['risk', '-', '--json'], input)

/** The number of classes, which shows that cells were told apart. */
const classes = async (input: string | Buffer) => JSON.parse((await risk(input)).stdout).classes

test.each([',', ';', '\t', '|'])('the delimiter %j is found in the header, quotes respected', async (delimiter) => {
  const others = [',', ';', '\t', '|'].filter((other) => other !== delimiter)
  const header = ['a', `"b${others.join('').repeat(3)}"`, 'c'].join(delimiter)
  const row = ['1', '2', '3'].join(delimiter)
  expect(await classes(`${header}\r\n${row}\r\n${row}\r\n`)).toBe(1)
})

test('--delimiter overrides what would be found', async () => {
  const { stdout } = await surveyseal(['risk', '-', '--quasi', 'c', '--delimiter', ';', '--json'], 'a,b,d;c\n1,2;3\n')
  expect(JSON.parse(stdout).rows).toBe(1)
})

test('a byte order mark is not part of the first column name', async () => {
  const { code, stdout } = await surveyseal(['risk', '-', '--quasi', 'a', '--json'], '\uFEFFa,b\n1,2\n')
  expect({ code, rows: JSON.parse(stdout).rows }).toEqual({ code: 0, rows: 1 })
})

test('quoted cells keep delimiters, quotes and line breaks; empty lines are skipped', async () => {
  expect(await classes('a,b\n"x, ""y""\nz",1\n\n"x, ""y""\nz",1\n')).toBe(1)
})

test('columns may be called what they like', async () => {
  expect(await classes('__proto__,constructor,1,0\na,b,c,d\na,b,c,d\nx,b,c,d\n')).toBe(2)
})

test('ERR_CLI_CSV_MALFORMED: ragged rows, with the line', async () => {
  for (const ragged of ['a,b\n1,2\n3\n', 'a,b\n1,2\n3,4,5\n']) {
    expect(await risk(ragged)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'surveyseal: ERR_CLI_CSV_MALFORMED: line 3: not as many cells as the header has\n',
    })
  }
})

test('ERR_CLI_CSV_MALFORMED: stray quotes, never shown', async () => {
  for (const stray of ['a,b\n1,"secret"x\n', 'a,b\n1,"secret\n']) {
    const { code, stdout, stderr } = await risk(stray)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('ERR_CLI_CSV_MALFORMED')
    expect(stderr).not.toContain('secret')
  }
})

test('ERR_CLI_CSV_MALFORMED: two columns of one name', async () => {
  expect(await risk('a,a\n1,2\n')).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_CLI_CSV_MALFORMED') })
})

test('ERR_CLI_NUL_BYTE: binary input', async () => {
  for (const input of ['a,b\n1,\u0000\n', Buffer.from('a,b\n1,2\n', 'utf16le')]) {
    expect(await risk(input)).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_CLI_NUL_BYTE') })
  }
})

test('ERR_CLI_NOT_UTF8: another encoding, in which two names would become one', async () => {
  for (const bytes of ['a\nM\xfcller\nM\xf6ller\n', 'a\nM\xc3', 'a\n\xed\xa0\x80\n', 'a\n\xc0\xaf\n', '\xfc']) {
    expect(await risk(Buffer.from(bytes, 'latin1'))).toEqual({
      code: 1,
      stdout: '',
      stderr: 'surveyseal: ERR_CLI_NOT_UTF8: the input is not UTF-8 text: convert it first\n',
    })
  }
})

test('a character may be cut anywhere, and no cut hides what is not UTF-8', async () => {
  const { Readable } = await import('node:stream')
  const { readUtf8 } = await import('../src/lib/input.js')
  const read = async (bytes: Buffer, size: number): Promise<Buffer> => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    )
    const io = {
      stdin: Readable.from(chunks),
      stdout: new Collected(),
      stderr: new Collected(),
      env: {},
      now: () => NOW,
    }
    const read: Buffer[] = []
    for await (const chunk of readUtf8('-', io)) read.push(chunk)
    return Buffer.concat(read)
  }
  const text = Buffer.from('aé€😀z😀€é')
  for (const size of [1, 2, 3, 4, 5, 64]) {
    expect(await read(text, size)).toEqual(text)
    for (let at = 0; at < text.length; at++) {
      const broken = Buffer.from(text)
      broken[at] = 0xff
      await expect(read(broken, size)).rejects.toThrow('not UTF-8')
    }
  }
})

test('ERR_CLI_RECORD_TOO_LONG: a field of 50 MB, in a row, in the header, quoted or not', async () => {
  const long = 'x'.repeat(50 * 1024 * 1024)
  for (const input of [`a,b\n1,${long}\n`, `a,b\n1,"${long}`, long, `"${long}`]) {
    const file = await temporaryFile('long.csv', input)
    expect(await surveyseal(['risk', file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ERR_CLI_RECORD_TOO_LONG'),
    })
  }
})

test('ERR_CLI_FILE_UNREADABLE: no such file, or a folder', async () => {
  for (const path of ['no/such/file.csv', '.']) {
    expect(await surveyseal(['risk', path])).toEqual({
      code: 2,
      stdout: '',
      stderr: `surveyseal: ERR_CLI_FILE_UNREADABLE: "${path}" cannot be read\n`,
    })
  }
})
