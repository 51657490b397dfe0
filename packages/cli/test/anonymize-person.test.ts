import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inspectPage } from '../../../test/inspect-page.js'
import { plant } from './planted.js'
import { surveyseal, temporaryFile, temporaryFolder } from './support.js'

const ada = ['--email', 'ada@example.org']
const csv = [
  'id;email;firstName;npsScore;npsComment',
  '1;Ada@Example.org;Ada;9;Great',
  '2;bob@example.org;Bob;3;"Ask ada@example.org; she knows"',
  '3;;;5;Call me: ADA@example.org',
  '4;carol@example.org;Carol;7;-5 stars',
  '',
].join('\n')

/** How many records the planted file has; the whole of 100,000 takes minutes. */
const PLANTED = Number(process.env['SURVEYSEAL_PLANTED'] ?? 1500)

describe('anonymize one person', () => {
  test('CSV: their records under the policy, the address alone in the words of others, the rest as it was', async () => {
    const input = await temporaryFile('in.csv', csv)
    const { code, stdout, stderr } = await surveyseal(['anonymize', input, ...ada])
    expect(code).toBe(0)
    const comment = 'This comment has been anonymised based on customer request'
    expect(stdout.replace(/[a-z2-7]{26}@/g, 'RANDOM@').split('\n')).toEqual([
      'id;email;firstName;npsScore;npsComment',
      `;RANDOM@anonymized.invalid;***;9;${comment}`,
      '2;bob@example.org;Bob;3;"Ask ***; she knows"',
      // A blank cell is a value, which the policy replaces too.
      `;RANDOM@anonymized.invalid;***;5;${comment}`,
      "4;carol@example.org;Carol;7;'-5 stars",
      '',
    ])
    expect(stdout).not.toMatch(/ada@/i)
    expect(stderr).toContain('2 records of the person, 1 of others that named them, 1 untouched')
    const again = await surveyseal(['anonymize', '-', ...ada, '--preview', '--json'], stdout)
    expect(JSON.parse(again.stdout)).toEqual({ records: [], warnings: [] })
  })

  test('--preview --json: records with their changes and the residual verdict, warnings, and no value in clear', async () => {
    const input = await temporaryFile('in.csv', csv)
    const { code, stdout } = await surveyseal(['anonymize', input, ...ada, '--preview', '--json'])
    expect(code).toBe(0)
    const { records, warnings } = JSON.parse(stdout)
    expect(records).toEqual([
      expect.objectContaining({ id: '1', row: 1, relation: 'subject' }),
      expect.objectContaining({ id: '2', row: 2, relation: 'mention' }),
      expect.objectContaining({ id: '3', row: 3, relation: 'subject' }),
    ])
    expect(records[0].changes).toContainEqual(expect.objectContaining({ field: 'email', technique: 'random-email' }))
    expect(records[0].residual).toMatchObject({ verdict: 'singled-out', because: expect.any(Array) })
    expect(warnings).toContain('Records of others that name the person: 1. Only the name goes.')
    expect(stdout).not.toMatch(/ada@|Ada|Great|she knows/)
    expect(await readFile(input, 'utf8')).toBe(csv)
    const text = await surveyseal(['anonymize', input, ...ada, '--preview'])
    expect(text.stdout).toContain('row 2: names the person\n  npsComment  mask\n')
    expect(text.stdout).not.toMatch(/ada@|Ada|Great/)
  })

  test.each([
    ['en', 'Could the person still be recognised?', 'Records of others that name the person: 1. Only the name goes.'],
    ['fr', 'Peut-on encore reconnaître la personne', 'la nomment : 1. Seul le nom disparaît.'],
  ])(
    '--preview --html writes a page in %s that names nobody, and never over a file',
    async (language, title, warning) => {
      const input = await temporaryFile('in.csv', csv)
      const file = join(await temporaryFolder(), 'preview.html')
      const args = ['anonymize', input, ...ada, '--preview', '--html', file, '--language', language, '--json']
      const { code, stdout } = await surveyseal(args)
      expect({ code, records: JSON.parse(stdout).records.length }).toEqual({ code: 0, records: 3 })
      const page = await readFile(file, 'utf8')
      const words = page.replace(/<style>[\s\S]*<\/style>/, '').replace(/\s+/g, ' ')
      expect(words).toContain(title)
      expect(words).toContain(warning)
      expect(words).toContain('A•••@E•••')
      expect(words).not.toMatch(/ada@|\bAda\b|Great|she knows|example\.org/i)
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      for (const found of (await inspectPage(page)) ?? []) {
        const { printed, way, ...rest } = found
        expect({ way, ...rest }).toEqual({ way, violations: [], requests: [], messages: [], overflow: 0, ran: false })
      }
      expect(await surveyseal(args)).toMatchObject({ code: 2, stdout: '' })
    },
  )

  test('--html of a hostile file shows what it holds as text', async () => {
    const hostile = '</style><script>window.ran=1</script>'
    const input = await temporaryFile(
      'in.ndjson',
      JSON.stringify({ id: hostile, email: 'ada@example.org', [hostile]: hostile }),
    )
    const file = join(await temporaryFolder(), 'preview.html')
    expect(await surveyseal(['anonymize', input, ...ada, '--preview', '--html', file])).toMatchObject({ code: 0 })
    const page = await readFile(file, 'utf8')
    expect(page).not.toContain('<script')
    expect((await inspectPage(page))?.some(({ ran }) => ran) ?? false).toBe(false)
  })

  test('ERR_CLI_USAGE: --html without --preview, --language without words', async () => {
    const input = await temporaryFile('in.csv', csv)
    for (const args of [
      [...ada, '--html', 'x.html'],
      ['--policy', 'default', '--html', 'x.html'],
      [...ada, '--preview', '--language', 'de'],
    ]) {
      const { code, stderr } = await surveyseal(['anonymize', input, ...args])
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLI_USAGE') })
    }
  })

  test('by telephone, in national form with --region, in NDJSON, from standard input', async () => {
    const line =
      '{"id":7,"phone":"+33 6 12 34 56 78","npsScore":1}\n{"email":"x@y.example","npsComment":"call 06.12.34.56.78"}\n'
    const args = ['anonymize', '-', '--format', 'ndjson', '--phone', '0612345678', '--region', 'fr']
    const { code, stdout } = await surveyseal(args, line)
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '{"phone":"***","npsScore":1}\n{"email":"x@y.example","npsComment":"call ***"}\n',
    })
  })

  test('--reference finds what has the same customer number and nothing else in common', async () => {
    const line =
      '{"email":"ada@example.org","customerNumber":"C1"}\n{"customerNumber":"C1","firstName":"A"}\n{"customerNumber":"C2"}\n'
    const args = ['anonymize', '-', '--format', 'ndjson', ...ada, '--reference', 'customerNumber']
    const { stdout } = await surveyseal(args, line)
    expect(stdout).toMatch(
      /^\{"email":"\w{26}@anonymized\.invalid"\}\n\{"firstName":"\*\*\*"\}\n\{"customerNumber":"C2"\}\n$/,
    )
  })

  test('lines of others keep every digit, but not a member that hides behind another of its name', async () => {
    const kept = '{"n": 12345678901234567890, "email":"bob@example.org"}'
    const hidden = '{"email":"ada@example.org","email":"bob@example.org"}'
    const { stdout } = await surveyseal(['anonymize', '-', '--format', 'ndjson', ...ada], `${kept}\n${hidden}\n`)
    expect(stdout).toBe(`${kept}\n{"email":"bob@example.org"}\n`)
  })

  test('__proto__, addresses as keys and escaped letters: nothing is left and nothing breaks', async () => {
    const lines = [
      '{"__proto__":{"email":"ada@example.org"},"email":"bob@example.org"}',
      '{"email":"bob@example.org","x":{"ada@example.org":{"ada@example.org":1}}}',
      '{"email":"bob@example.org","x":"\\u0061da\\u0040example.org"}',
      '{"email":5,"x":[[["ada@example.org"]],null,true]}',
    ]
    const { code, stdout } = await surveyseal(['anonymize', '-', '--format', 'ndjson', ...ada], `${lines.join('\n')}\n`)
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: [
        '{"__proto__":{"email":"***"},"email":"bob@example.org"}',
        '{"email":"bob@example.org","x":{"***":{"***":1}}}',
        '{"email":"bob@example.org","x":"***"}',
        '{"email":5,"x":[[["***"]],null,true]}',
        '',
      ].join('\n'),
    })
  })

  test('two records with one id are told apart by their rows', async () => {
    const line = '{"id":1,"email":"ada@example.org"}\n'
    const args = ['anonymize', '-', '--format', 'ndjson', ...ada, '--preview', '--json']
    const { records, warnings } = JSON.parse((await surveyseal(args, line + line)).stdout)
    expect(records.map(({ row }: { row: number }) => row)).toEqual([1, 2])
    expect(warnings).toContain('Some records share an id: their rows tell them apart.')
  })

  test('formulas in cells are shown by a spreadsheet and not run', async () => {
    const cells = ['=1+1', '@SUM(A1)', '+cmd|x!A1', '-2+3+cmd', '\t=1', '＝1', '-5', '+33 6 12 34', '--', '3']
    const { stdout } = await surveyseal(
      ['anonymize', '-', ...ada],
      `id,note\n${cells.map((cell) => `x,"${cell}"`).join('\n')}\n`,
    )
    const out = stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.slice(2).replace(/^"|"$/g, ''))
    expect(out).toEqual([
      "'=1+1",
      "'@SUM(A1)",
      "'+cmd|x!A1",
      "'-2+3+cmd",
      "'\t=1",
      "'＝1",
      '-5',
      '+33 6 12 34',
      '--',
      '3',
    ])
  })

  test('a member that another of its name hides leaves no trace, however it is escaped', async () => {
    const hidden = ['ada@example.org', '\\u0061da@example.org', 'ada\\u0040example.org']
    const input = hidden.map((text) => `{"email":"bob@x.example","n":1.0,"c":"${text}","c":"fine"}\n`).join('')
    const { stdout } = await surveyseal(
      ['anonymize', '-', '--format', 'ndjson', ...ada],
      `${input}{"n":1.0,"c":"\\u0041"}\n`,
    )
    expect(stdout).not.toMatch(/example\.org/)
    expect(stdout.split('\n').at(-2)).toBe('{"n":1.0,"c":"\\u0041"}')
  })

  test.each([
    ['ERR_CLI_USAGE', ['--preview', '--policy', 'default', '--report', 'x'], csv],
    ['ERR_CLI_USAGE', [], csv],
    ['ERR_CLI_USAGE', ['--email', 'ada'], csv],
    ['ERR_CLI_USAGE', ['--phone', '0612345678'], csv],
    ['ERR_CLI_HEADER_PERSONAL_DATA', ada, 'ada@example.org,Ada\nx,y\n'],
    ['ERR_CLI_NOT_UTF8', ada, Buffer.from('email\nM\xfcller@example.org\n', 'latin1')],
    ['ERR_CLI_RECORD_TOO_LONG', [...ada, '--format', 'ndjson'], `{"x":"${'a'.repeat(2 ** 21)}"}\n`],
    [
      'ERR_RECORD_TOO_LARGE',
      [...ada, '--format', 'ndjson'],
      `{"email":"ada@example.org","a":${'['.repeat(99)}${']'.repeat(99)}}\n`,
    ],
  ])('%s: %j', async (code, args, input) => {
    const ran = await surveyseal(['anonymize', '-', ...args], input)
    expect(ran).toMatchObject({ stdout: '', stderr: expect.stringContaining(code) })
    expect(ran.stderr).not.toMatch(/ada@|0612345678/)
    expect(ran.code).not.toBe(0)
  })

  test(`of ${PLANTED} records, 40 people hidden in fields, custom fields and comments are all found, and no trace is left`, async () => {
    const { ndjson, people } = plant(PLANTED)
    const folder = await temporaryFolder()
    let input = await temporaryFile('records.ndjson', ndjson)
    for (const [index, { email, rows }] of people.entries()) {
      if (index % 13 === 0) {
        const { stdout } = await surveyseal(['anonymize', input, '--email', email, '--preview', '--json'])
        const { records } = JSON.parse(stdout)
        expect(records.map(({ row }: { row: number }) => row - 1)).toEqual(rows)
      }
      const out = join(folder, `${index}.ndjson`)
      const { stdout } = await surveyseal(['anonymize', input, '--email', email, '--out', out, '--json'])
      const { records, mentions, untouched } = JSON.parse(stdout)
      expect({ found: records + mentions, untouched }).toEqual({ found: rows.length, untouched: PLANTED - rows.length })
      input = out
    }
    const left = await readFile(input, 'utf8')
    expect(left).not.toMatch(/hidden\.person|planted\.example|hidden%2Eperson/i)
    const touched = new Set(people.flatMap(({ rows }) => rows))
    const [before, after] = [ndjson.split('\n'), left.split('\n')]
    expect(after.length).toBe(before.length)
    expect(after.filter((line, row) => line !== before[row] && !touched.has(row))).toEqual([])
  }, 3_600_000)
})
