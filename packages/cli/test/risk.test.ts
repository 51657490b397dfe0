import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inspectPage } from '../../../test/inspect-page.js'
import { realData, surveyseal, temporaryFile, temporaryFolder } from './support.js'

const FIVE = 'Gender,Customer Type,Age,Type of Travel,Class'

describe.each(realData)('on real data', ({ airline, adult }) => {
  test('25,976 airline passengers known by five columns: 1,140 classes, 124 unique', async () => {
    const { code, stdout, stderr } = await surveyseal(['risk', airline, '--quasi', FIVE, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 25976,
      persons: 25976,
      k: 1,
      classes: 1140,
      uniques: 124,
      averageRisk: 0.043886664613489376,
      highestRisk: 1,
      suppressed: 'class',
      other: { classes: null, suppressed: 'wildcard' },
    })
  })

  test('30,162 adults known by all nine columns, semicolons sniffed: average risk 0.6465751607983555', async () => {
    const { code, stdout } = await surveyseal(['risk', adult, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 30162,
      classes: 19502,
      uniques: 15512,
      averageRisk: 0.6465751607983555,
      highestRisk: 1,
    })
  })

  test('a passenger counted by id is one person, as every passenger answered once', async () => {
    const { stdout } = await surveyseal(['risk', airline, '--quasi', FIVE, '--person', 'id', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ persons: 25976, classes: 1140, averageRisk: 0.043886664613489376 })
  })
})

describe('risk', () => {
  const csv = 'who,region,age\n1,north,30\n1,north,31\n2,north,\n2,***,30\n'

  test('prints both readings for people, and says that it took all columns', async () => {
    const { code, stdout } = await surveyseal(['risk', '-', '--person', 'who'], csv)
    expect(code).toBe(0)
    expect(stdout).toContain('2 persons in 4 rows, known by 2 columns (all of them)')
    expect((await surveyseal(['risk', '-'], csv)).stdout).toContain('4 rows, each taken for one person, known by 3')
    expect(stdout).toContain('A suppressed value is a value of its own:\n  k             1\n')
    expect(stdout).toContain('A suppressed value may be any value:\n  k             2\n')
    expect(stdout.toLowerCase()).not.toContain('anonym')
  })

  test('--suppressed chooses the figures on top', async () => {
    const args = ['risk', '-', '--quasi', 'region, age', '--person', 'who', '--suppressed', 'wildcard', '--json']
    const { stdout } = await surveyseal(args, csv)
    expect(JSON.parse(stdout)).toMatchObject({ suppressed: 'wildcard', k: 2, other: { suppressed: 'class', k: 1 } })
  })

  test('reads NDJSON, by name or by --format', async () => {
    const ndjson = '{"region":"north"}\n\n{"region":null,"age":3}\n'
    const file = await temporaryFile('answers.ndjson', ndjson)
    const named = await surveyseal(['risk', file, '--quasi', 'region', '--json'])
    const chosen = await surveyseal(['risk', '-', '--format', 'ndjson', '--quasi', 'region', '--json'], ndjson)
    expect(JSON.parse(named.stdout)).toMatchObject({ rows: 2, classes: 2 })
    expect(chosen.stdout).toBe(named.stdout)
  })

  const answers = [
    'who,region,age,score',
    ...Array.from({ length: 24 }, (_, at) => `p${at},${at % 2 ? 'north' : 'south'},${20 + at},${at % 3}`),
  ].join('\n')

  test('--sensitive adds l and t, and takes no quasi-identifier', async () => {
    const args = ['risk', '-', '--quasi', 'region', '--sensitive', 'score', '--json']
    const { code, stdout } = await surveyseal(args, answers)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ k: 12, l: { distinct: 3, entropy: 3 }, t: 0, other: { t: 0 } })
    const both = await surveyseal(['risk', '-', '--quasi', 'region', '--sensitive', 'region'], answers)
    expect(both).toMatchObject({ code: 2, stdout: '' })
    const rest = await surveyseal(['risk', '-', '--person', 'who', '--sensitive', 'score'], answers)
    expect(rest.stdout).toContain('known by 2 columns (all of them)')
    expect(rest.stdout).toContain('1 distinct, 1 by entropy')
  })

  test('--reference compares with a population', async () => {
    const population = await temporaryFile('all.csv', 'region\nnorth\nnorth\nwest\n')
    const args = ['risk', '-', '--quasi', 'region', '--reference', population]
    const { stdout } = await surveyseal([...args, '--json'], answers)
    expect(JSON.parse(stdout)).toMatchObject({ k: 12, kMap: { k: 0, unmatched: 12 }, journalistRisk: 1 / 2 })
    expect((await surveyseal(args, answers)).stdout).toContain('k-map         0, 12 not in the reference')
    const missing = await surveyseal(['risk', '-', '--quasi', 'age', '--reference', population], answers)
    expect(missing.stderr).toContain('ERR_CLI_COLUMN_MISSING')
  })

  test('--suggest names rules that reach k, within --max-loss', async () => {
    const args = ['risk', '-', '--quasi', 'region,age', '--suggest', '4']
    const { suggestion } = JSON.parse((await surveyseal([...args, '--json'], answers)).stdout)
    expect(suggestion).toMatchObject({ reached: true, personsBelow: 0 })
    expect(suggestion.k).toBeGreaterThanOrEqual(4)
    expect((await surveyseal(args, answers)).stdout).toContain('These rules reach k = ')
    const bound = await surveyseal([...args, '--max-loss', '0.01'], answers)
    expect(bound.stdout).toContain('in smaller groups')
  })

  test.each(['en', 'fr'])(
    '--html writes a page in %s that asks nothing of the network and escapes what it shows',
    async (language) => {
      const file = join(await temporaryFolder(), 'risk.html')
      const hostile = '<img src=x onerror=alert(1)>,"a&""b",__proto__\n1,2,3\n4,5,6\n'
      const args = ['risk', '-', '--html', file, '--language', language, '--suggest', '2', '--json']
      const { code, stdout } = await surveyseal(args, hostile)
      expect({ code, classes: JSON.parse(stdout).classes }).toEqual({ code: 0, classes: 2 })
      const page = await readFile(file, 'utf8')
      expect(page).toContain(`<html lang="${language}">`)
      expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
      expect(page).toContain('a&amp;&quot;b')
      expect(page).toContain('__proto__')
      expect(page).not.toMatch(/<img|<script|https?:|url\(|@import|src=["']|undefined|NaN|\[object/)
      expect(page.replace(/anonymi[sz]ation policy|politique d’anonymisation/g, '').toLowerCase()).not.toContain(
        'anonym',
      )
      expect(page.match(/<(?:ul class="histogram"|table class="bars")/g)).toHaveLength(3)
      for (const found of (await inspectPage(page)) ?? []) {
        const { printed, way, ...rest } = found
        expect({ way, ...rest }).toEqual({ way, violations: [], requests: [], messages: [], overflow: 0, ran: false })
      }
      const again = await surveyseal(args, hostile)
      expect(again).toMatchObject({ code: 2, stdout: '' })
      expect(again.stderr).toContain('ERR_CLI_FILE_UNWRITABLE')
    },
  )

  test('a file in which everything is suppressed is measured, and said to be so', async () => {
    const file = join(await temporaryFolder(), 'risk.html')
    const { stdout } = await surveyseal(['risk', '-', '--html', file, '--json'], 'a,b\n***,\n--,*\n')
    expect(JSON.parse(stdout)).toMatchObject({ k: 2, uniques: 0, other: { k: 2 } })
    expect(await readFile(file, 'utf8')).toContain('100% suppressed')
  })

  test.each([
    ['--language', ['risk', '-', '--language', 'de']],
    ['--suggest', ['risk', '-', '--suggest', '1']],
    ['--suggest', ['risk', '-', '--suggest', 'ten']],
    ['--max-loss', ['risk', '-', '--suggest', '2', '--max-loss', '2']],
    ['--reference', ['risk', '-', '--reference', '-']],
    ['--quasi', ['risk', '-', '--quasi', ' , ']],
    ['--suppressed', ['risk', '-', '--suppressed', 'both']],
    ['--format', ['risk', '-', '--format', 'xml']],
    ['--delimiter', ['risk', '-', '--delimiter', '::']],
    ['--quasi', ['risk', '-', '--format', 'ndjson']],
  ])('ERR_CLI_USAGE: %s', async (option, args) => {
    const { code, stdout, stderr } = await surveyseal(args, csv)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('surveyseal: ERR_CLI_USAGE: ')
    expect(stderr).toContain(option)
  })

  test('ERR_CLI_COLUMN_MISSING: a quasi-identifier or person that is not a column', async () => {
    for (const args of [
      ['--quasi', 'region,income'],
      ['--person', 'income'],
    ]) {
      const { code, stdout, stderr } = await surveyseal(['risk', '-', '--json', ...args], csv)
      expect({ code, stdout, stderr }).toEqual({
        code: 2,
        stdout: '',
        stderr: 'surveyseal: ERR_CLI_COLUMN_MISSING: the input has no column "income"\n',
      })
    }
  })

  test('ERR_DISCLOSURE_EMPTY: a header and nothing below it', async () => {
    expect(await surveyseal(['risk', '-'], 'region\n')).toMatchObject({ code: 1, stdout: '' })
  })
})
