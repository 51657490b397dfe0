import { createHash } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { realData, surveyseal, temporaryFile, temporaryFolder } from './support.js'

const policyFile = (fields: Record<string, unknown>) =>
  temporaryFile('policy.json', JSON.stringify({ version: 1, language: 'en', fields, segments: {} }))

const retain = { technique: 'retain' }
const mask = { technique: 'mask' }
const remove = { technique: 'remove' }

describe.each(realData)('on real data', ({ airline }) => {
  test('five columns as context and id as customer number: nobody stands out by them any more', async () => {
    const context = { technique: 'mask', with: '--' }
    const policy = await policyFile({
      id: mask,
      Gender: context,
      'Customer Type': context,
      Age: remove,
      'Type of Travel': remove,
      Class: remove,
      satisfaction: retain,
    })
    const out = join(await temporaryFolder(), 'anonymized.csv')
    const ran = await surveyseal(['anonymize', airline, '--policy', policy, '--out', out, '--json'])
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const certificate = JSON.parse(ran.stdout)
    expect(certificate).toMatchObject({ records: 25976, techniques: { mask: 3 * 25976 }, warnings: [] })
    expect(certificate.fields).toContainEqual({ field: 'Age', technique: 'remove', because: 'rule', count: 25976 })
    expect(certificate.fields).toContainEqual({
      field: 'Flight Distance',
      technique: 'remove',
      because: 'default-deny',
      count: 25976,
    })

    const [before = '', after = ''] = await Promise.all([readFile(airline, 'utf8'), readFile(out, 'utf8')])
    expect(after.split('\n')[0]).toBe(before.split(/\r?\n/)[0])
    const satisfaction = (csv: string) =>
      csv
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => line.slice(line.lastIndexOf(',')))
    expect(satisfaction(after)).toEqual(satisfaction(before))

    const five = 'Gender,Customer Type,Age,Type of Travel,Class'
    const risk = async (file: string) =>
      JSON.parse((await surveyseal(['risk', file, '--quasi', five, '--json'])).stdout)
    expect(await risk(airline)).toMatchObject({ k: 1, classes: 1140, uniques: 124 })
    expect(await risk(out)).toMatchObject({
      rows: 25976,
      k: 25976,
      classes: 1,
      uniques: 0,
      averageRisk: 1 / 25976,
      other: { k: 25976 },
    })
  })
})

describe('anonymize', () => {
  const csv = 'name;comment;score;shoe\n"Ada; L";"says ""no""\nloudly";9;38\nBob;;3;\n'

  test('CSV keeps its columns and delimiter; a removed value is an empty cell', async () => {
    const policy = await policyFile({ name: mask, comment: retain, score: retain })
    const { code, stdout, stderr } = await surveyseal(['anonymize', '-', '--policy', policy], csv)
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'name;comment;score;shoe\n***;"says ""no""\nloudly";9;\n***;;3;\n',
    })
    expect(stderr).toContain('2 records, policy ')
    expect(stderr).not.toContain('Ada')
  })

  test('a lone column that is removed keeps its rows', async () => {
    const policy = await policyFile({})
    const { stdout } = await surveyseal(['anonymize', '-', '--policy', policy], 'name\nAda\nBob\n')
    expect(JSON.parse((await surveyseal(['risk', '-', '--json'], stdout)).stdout)).toMatchObject({ rows: 2, k: 2 })
  })

  test('NDJSON in, NDJSON out; CSV becomes NDJSON with --json', async () => {
    const policy = await policyFile({ 'contact.name': mask, score: retain })
    const ndjson = '{"contact":{"name":"Ada","age":3},"score":9,"ada@example.com":1}\n'
    const args = ['anonymize', '-', '--policy', policy, '--format', 'ndjson']
    const { code, stdout, stderr } = await surveyseal(args, ndjson)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"contact":{"name":"***"},"score":9}\n' })
    expect(stderr).not.toContain('ada')
    const asJson = await surveyseal(['anonymize', '-', '--policy', policy, '--json'], csv)
    expect(asJson.stdout).toBe('{"score":"9"}\n{"score":"3"}\n')
  })

  test('the default policy, every e-mail address different', async () => {
    const input = 'email,npsScore\nada@example.com,9\nada@example.com,8\n'
    const { code, stdout } = await surveyseal(['anonymize', '-', '--policy', 'default'], input)
    expect(code).toBe(0)
    const emails = stdout.match(/\S+@\S+\.invalid/g) ?? []
    expect(new Set(emails).size).toBe(2)
    expect(stdout).toMatch(/^email,npsScore\n\S+\.invalid,9\n\S+\.invalid,8\n$/)
  })

  test('the certificate holds counts, warnings and the digest of the policy, and no record', async () => {
    const report = join(await temporaryFolder(), 'certificate.json')
    const policy = await policyFile({ name: { ...mask, warning: 'careful' } })
    const { stdout } = await surveyseal(['anonymize', '-', '--policy', policy, '--report', report], csv)
    expect(stdout).toBe('name;comment;score;shoe\n***;;;\n***;;;\n')
    expect(JSON.parse(await readFile(report, 'utf8'))).toEqual({
      records: 2,
      techniques: { mask: 2, remove: 6 },
      fields: [
        { field: 'name', technique: 'mask', because: 'rule', count: 2 },
        { field: 'comment', technique: 'remove', because: 'default-deny', count: 2 },
        { field: 'score', technique: 'remove', because: 'default-deny', count: 2 },
        { field: 'shoe', technique: 'remove', because: 'default-deny', count: 2 },
      ],
      warnings: ['careful'],
      policyDigest: expect.stringMatching(/^[\w-]{43}$/),
    })
  })

  test('the digest is that of the canonical JSON, however the policy is written', async () => {
    const one =
      '{"version":1,"language":"en","fields":{"b":{"technique":"mask","with":"é"},"a":{"technique":"retain"}}}'
    const another = `{"fields":{"a":{"technique":"retain"},"b":{"with":"\\u00e9","technique":"mask"}}, "version":1}`
    const canonical =
      '{"fields":{"a":{"technique":"retain"},"b":{"technique":"mask","with":"é"}},"language":"en","segments":{},"version":1}'
    const expected = createHash('sha256').update(canonical).digest('base64url')
    for (const text of [one, another]) {
      const policy = await temporaryFile('policy.json', text)
      expect((await surveyseal(['anonymize', '-', '--policy', policy], 'a\n1\n')).stderr).toContain(expected)
    }
  })

  test('ERR_POLICY_RETAINS_IDENTIFIER, unless --retain-identifiers says why, which the certificate repeats', async () => {
    const fields = { a: { technique: 'retain' }, email: { technique: 'retain' } }
    const policy = await temporaryFile('policy.json', JSON.stringify({ version: 1, fields }))
    const input = 'a,email\n1,ann@example.com\n'
    const refused = await surveyseal(['anonymize', '-', '--policy', policy], input)
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('ERR_POLICY_RETAINS_IDENTIFIER'),
    })
    const folder = await temporaryFolder()
    const [out, report] = [join(folder, 'out.csv'), join(folder, 'report.json')]
    const args = ['--policy', policy, '--retain-identifiers', 'public register', '--out', out, '--report', report]
    const done = await surveyseal(['anonymize', '-', ...args], input)
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('identifiers may be kept: public register') })
    expect(await readFile(out, 'utf8')).toBe(input)
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ identifiersRetained: 'public register' })
  })

  test('a suppressed record is left out and counted', async () => {
    const policy = await temporaryFile(
      'policy.json',
      JSON.stringify({
        version: 2,
        fields: { a: { technique: 'retain' }, b: { technique: 'retain' } },
        records: [{ technique: 'suppress-record', when: { fields: { b: ['x'] } } }],
      }),
    )
    const csv = await surveyseal(['anonymize', '-', '--policy', policy], 'a,b\n1,x\n2,y\n')
    expect(csv.stdout).toBe('a,b\n2,y\n')
    expect(csv.stderr).toMatch(/^2 records[\s\S]*suppress-record {2}1$/m)
    const lines = '{"a":1,"b":"x"}\n{"a":2,"b":"x"}\n'
    expect(await surveyseal(['anonymize', '-', '--policy', policy, '--format', 'ndjson'], lines)).toMatchObject({
      code: 0,
      stdout: '',
    })
  })

  test.each([
    ['ERR_POLICY_TECHNIQUE_UNKNOWN', '{"version":1,"fields":{"name":{"technique":"scramble"}}}'],
    ['ERR_POLICY_VERSION_UNKNOWN', '{"version":3,"fields":{}}'],
    ['ERR_POLICY_INVALID', '{"version":1}'],
    ['ERR_CLI_JSON_MALFORMED', 'name: mask'],
  ])('%s: nothing is written', async (code, text) => {
    const policy = await temporaryFile('policy.json', text)
    const out = join(await temporaryFolder(), 'out.csv')
    const ran = await surveyseal(['anonymize', '-', '--policy', policy, '--out', out], csv)
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(code) })
    await expect(access(out)).rejects.toThrow()
  })

  test('ERR_CLI_HEADER_PERSONAL_DATA: a file without a header would keep its first record', async () => {
    for (const record of ['alice@example.com,Alice', 'Alice,+44 20 7946 0018', '"4711 0815 (1)",Alice']) {
      const { code, stdout, stderr } = await surveyseal(['anonymize', '-', '--policy', 'default'], `${record}\nb,c\n`)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^surveyseal: ERR_CLI_HEADER_PERSONAL_DATA: [^@0-9]+$/)
    }
    const { code } = await surveyseal(
      ['anonymize', '-', '--policy', 'default'],
      'e-mail,2026-01,contact @ work,q1234567\n',
    )
    expect(code).toBe(0)
  })

  test('ERR_RECORD_TOO_LARGE: a record that nests too deep, with its number', async () => {
    const deep = `{"name":${'['.repeat(1000)}${']'.repeat(1000)}}`
    const args = ['anonymize', '-', '--policy', 'default', '--format', 'ndjson']
    const { code, stderr } = await surveyseal(args, `{"name":"x"}\n${deep}\n`)
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ERR_RECORD_TOO_LARGE: line 2: '),
    })
  })

  test('a refused input leaves no half-written file', async () => {
    const out = join(await temporaryFolder(), 'out.csv')
    const { code } = await surveyseal(['anonymize', '-', '--policy', 'default', '--out', out], 'a,b\n1,2\n3\n')
    expect(code).toBe(1)
    await expect(access(out)).rejects.toThrow()
  })

  test('ERR_CLI_FILE_UNWRITABLE: neither the input nor anything else is overwritten', async () => {
    const input = await temporaryFile('in.csv', csv)
    for (const out of [input, join(await temporaryFolder(), 'no/such/folder.csv')]) {
      const { code, stderr } = await surveyseal(['anonymize', input, '--policy', 'default', '--out', out])
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLI_FILE_UNWRITABLE') })
    }
    expect(await readFile(input, 'utf8')).toBe(csv)
  })
})

test('ERR_CLI_JSON_MALFORMED: a policy that names a member twice, whichever of the two it means', async () => {
  for (const fields of [
    '{"a":{"technique":"mask"},"a":{"technique":"retain"}}',
    '{"a":{"technique":"mask"},"\\u0061":{"technique":"retain"}}',
    '{"a":{"technique":"mask","technique":"retain"}}',
  ]) {
    const policy = await temporaryFile('policy.json', `{"version":1,"fields":${fields}}`)
    const ran = await surveyseal(['anonymize', '-', '--policy', policy], 'a\n1\n')
    expect(ran, fields).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('names a member twice') })
  }
  const fine =
    '{"version":1,"fields":{"a\\":":{"technique":"mask","with":"\\"a\\" : ["},"__proto__":{"technique":"mask"}}}'
  const policy = await temporaryFile('policy.json', fine)
  expect(await surveyseal(['anonymize', '-', '--policy', policy], 'a\n1\n')).toMatchObject({ code: 0 })
})

describe('--preview without a person', () => {
  const csv = 'ref,score,mail\njo@example.org,9,jo@example.org\nbob@example.org and 192.168.1.77,8,x\n17,7,y\n'

  test('writes no record, and counts what kept values hold, without telling it: exit code 1', async () => {
    const policy = await policyFile({ ref: retain, score: retain })
    const { code, stdout } = await surveyseal(['anonymize', '-', '--policy', policy, '--preview'], csv)
    expect(code).toBe(1)
    expect(stdout).toContain('3 records')
    expect(stdout).toContain('  email        2 of ref\n  ip           1 of ref\n')
    expect(stdout).not.toMatch(/example|192/)
    const json = await surveyseal(['anonymize', '-', '--policy', policy, '--preview', '--json'], csv)
    expect(JSON.parse(json.stdout)).toMatchObject({
      records: 3,
      techniques: { remove: 3 },
      left: [
        { field: 'ref', kind: 'email', values: 2 },
        { field: 'ref', kind: 'ip', values: 1 },
      ],
    })
  })

  test('tells nothing of names that only records have', async () => {
    const policy = await policyFile({ extra: retain })
    const input = '{"extra":{"jo@example.org":"bob@example.org"}}\n'
    const args = ['anonymize', '-', '--format', 'ndjson', '--policy', policy, '--preview']
    const { code, stdout } = await surveyseal(args, input)
    expect([code, stdout.match(/email .*/g)]).toEqual([1, ['email        2 of extra.*']])
    expect(stdout).not.toContain('@')
    const nested = await surveyseal(args, '{"extra":{"firstName":"Ada"}}\n')
    expect([nested.code, nested.stdout.match(/identifier .*/g)]).toEqual([1, ['identifier   1 of extra.*']])
    expect(nested.stdout).not.toMatch(/Ada|firstName/)
  })

  test('where nothing is recognized: exit code 0', async () => {
    const policy = await policyFile({ score: retain })
    expect(await surveyseal(['anonymize', '-', '--policy', policy, '--preview'], csv)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing is recognized'),
    })
  })

  test('ERR_CLI_USAGE: together with what would be written, or of a table', async () => {
    for (const more of [
      ['--out', 'x'],
      ['--report', 'x'],
    ]) {
      const ran = await surveyseal(['anonymize', '-', '--policy', 'default', '--preview', ...more], csv)
      expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('ERR_CLI_USAGE') })
    }
    const table = ['anonymize', '--database', 'x.db', '--table', 't', '--policy', 'default', '--preview']
    expect(await surveyseal(table)).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLI_USAGE') })
  })
})
