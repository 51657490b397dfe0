import { describe, expect, test } from 'vitest'
import { realData, surveyseal, temporaryFile } from './support.js'

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

  test.each([
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
