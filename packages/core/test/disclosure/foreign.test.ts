import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Row } from '@surveyseal/core/disclosure'
import { createDisclosureMeasure, measureDisclosureRisk, suggestGeneralization } from '@surveyseal/core/disclosure'
import { describe, expect, test } from 'vitest'

const data = process.env['SURVEYSEAL_DATA'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))

/** Files without quotes. */
function rowsOf(file: string, delimiter: string): Row[] {
  const [header = '', ...lines] = readFileSync(join(data, file), 'utf8').trimEnd().split(/\r?\n/)
  const names = header.split(delimiter)
  return lines.map((line) => Object.fromEntries(line.split(delimiter).map((cell, at) => [names[at] ?? '', cell])))
}

describe.runIf(existsSync(join(data, 'arx/adult.csv')))('ARX and pyCANON on real data', () => {
  test('ARX, 30,162 adults by nine columns: average risk, unique fraction, distinction', () => {
    const rows = rowsOf('arx/adult.csv', ';')
    const measured = measureDisclosureRisk(rows, { quasiIdentifiers: Object.keys(rows[0] ?? {}) })
    expect(measured.averageRisk).toBe(0.6465751607983555)
    expect(measured.marketerRisk).toBe(0.6465751607983555)
    expect(measured.uniques / measured.persons).toBe(0.5142895033485844)
    expect(measured).toMatchObject({ prosecutorRisk: 1, journalistRisk: 1, highestRisk: 1, distinction: 19502 / 30162 })
  })

  // The least loss of all 420 combinations of rules, tried one by one.
  test('30,162 adults by four columns: groups of 5 for the least information there is to lose', () => {
    const rows = rowsOf('arx/adult.csv', ';')
    const { reached, k, loss, rules } = suggestGeneralization(rows, {
      quasiIdentifiers: ['age', 'sex', 'race', 'education'],
      k: 5,
    })
    expect({ reached, k }).toEqual({ reached: true, k: 9 })
    expect(loss).toBeCloseTo(0.4115, 4)
    expect(rules.map(({ column }) => column)).toEqual(['age', 'education'])
  })

  test('pyCANON, mathematics scores: k 1, l 1, t 0.4165919952210274', () => {
    const quasiIdentifiers = ['Teacher', 'Gender', 'Ethnic', 'Freeredu', 'wesson']
    const rows = rowsOf('pycanon/StudentsMath_Score.csv', ',')
    const measured = measureDisclosureRisk(rows, { quasiIdentifiers, sensitive: ['Score'] })
    expect(measured).toMatchObject({ k: 1, l: { distinct: 1, entropy: 1 } })
    expect(measured.t).toBeCloseTo(0.4165919952210274, 12)
  })

  // Recomputed from the definitions in Python: dictionaries of rows, fractions summed class by class.
  const [adults, maths, airline] = [
    'arx/adult.csv',
    'pycanon/StudentsMath_Score.csv',
    'pycanon/airline_passenger_sat.csv',
  ] as const
  const journey = ['Gender', 'Customer Type', 'Age', 'Type of Travel', 'Class']
  test.each([
    [
      adults,
      ['sex', 'race', 'education'],
      'salary-class',
      { k: 1, classes: 150, uniques: 7 },
      [1, 1, 1],
      0.7510775147536636,
    ],
    [
      adults,
      ['sex', 'race'],
      'age',
      { k: 87, classes: 10, uniques: 0 },
      [33, 27.71840572901489, 31],
      0.09193571485872032,
    ],
    [
      adults,
      ['sex', 'race', 'marital-status'],
      'occupation',
      { k: 1, classes: 63, uniques: 2 },
      [1, 1, 1],
      0.8766328492805519,
    ],
    [
      maths,
      ['Gender', 'Freeredu'],
      'Score',
      { k: 47, classes: 4, uniques: 0 },
      [32, 28.355436876849794, 31],
      0.0666816009557945,
    ],
    [maths, ['Gender', 'Freeredu'], 'Teacher', { k: 47, classes: 4 }, [3, 2.7980722089282586, 3], 0.1492316784869976],
    [airline, journey, 'satisfaction', { k: 1, classes: 1140, uniques: 124 }, [1, 1, 1], 0.5610178626424391],
    [
      airline,
      ['Gender', 'Customer Type', 'Type of Travel', 'Class'],
      'Flight Distance',
      { k: 2, classes: 21 },
      [2, 2, 2],
      0.24463851951520216,
    ],
  ])('%s by %j and %s', (file, quasiIdentifiers, sensitive, expected, [distinct, entropy, recursive], t) => {
    const rows = rowsOf(file, file === adults ? ';' : ',')
    const measured = measureDisclosureRisk(rows, { quasiIdentifiers, sensitive: [sensitive] })
    expect(measured).toMatchObject(expected)
    expect(measured.averageRisk).toBe(expected.classes / rows.length)
    expect(measured.l).toMatchObject({ distinct, recursive: { c: 3, l: recursive } })
    expect(measured.l?.entropy).toBeCloseTo(entropy as number, 9)
    expect(measured.t).toBeCloseTo(t, 12)
  })
})

describe('PostgreSQL Anonymizer', () => {
  // The nine patients of its test of k-anonymity.
  const patients = [
    { name: 'Alice', zip: 47678, birth: '1979-12-29', disease: 'Heart Disease' },
    { name: 'Bob', zip: 47678, birth: '1979-03-22', disease: 'Heart Disease' },
    { name: 'Caroline', zip: 47678, birth: '1988-07-22', disease: 'Heart Disease' },
    { name: 'David', zip: 47905, birth: '1997-03-04', disease: 'Flu' },
    { name: 'Eleanor', zip: 47909, birth: '1989-12-15', disease: 'Heart Disease' },
    { name: 'Frank', zip: 47906, birth: '1998-07-04', disease: 'Cancer' },
    { name: 'Geri', zip: 47605, birth: '1987-10-30', disease: 'Heart Disease' },
    { name: 'Harry', zip: 47673, birth: '1978-06-13', disease: 'Cancer' },
    { name: 'Ingrid', zip: 47607, birth: '1991-12-12', disease: 'Cancer' },
  ]
  const options = { quasiIdentifiers: ['name', 'zip', 'birth'], sensitive: ['disease'] }

  test('nine patients as they are: k 1', () => {
    expect(measureDisclosureRisk(patients, options)).toMatchObject({ k: 1, uniques: 9 })
  })

  test('names redacted, zip by thousands, birth by decade: k 3, and all born in the 1980s have one disease', () => {
    const generalized = patients.map(({ zip, birth, ...rest }) => {
      return { ...rest, name: 'REDACTED', zip: Math.floor(zip / 1000), birth: birth.slice(0, 3) }
    })
    const { k, classes, l } = measureDisclosureRisk(generalized, options)
    expect({ k, classes, distinct: l?.distinct }).toEqual({ k: 3, classes: 3, distinct: 1 })
  })
})

describe('ARX, five rows', () => {
  // As ARX's test of quasi-identifiers: sex takes two values (2 and 3 rows), state three (1, 1 and 3), age three (1, 2, 2).
  const rows: Row[] = [
    { age: 34, sex: 'M', state: 'CA' },
    { age: 66, sex: 'F', state: 'NY' },
    { age: 66, sex: 'F', state: 'NJ' },
    { age: 34, sex: 'F', state: 'CA' },
    { age: 18, sex: 'M', state: 'CA' },
  ]
  test.each([
    [['sex'], 0.4, 0.6],
    [['state'], 0.6, 0.7],
    [['age'], 0.6, 0.8],
    [['sex', 'state'], 0.8, 0.9],
    [['age', 'sex', 'state'], 1, 1],
  ])('distinction and separation of %j are %d and %d', (quasiIdentifiers, distinction, separation) => {
    const measured = measureDisclosureRisk(rows, { quasiIdentifiers })
    expect(measured.distinction).toBe(distinction)
    expect(measured.separation).toBeCloseTo(separation, 15)
    const measure = createDisclosureMeasure({ quasiIdentifiers })
    for (const row of rows) measure.add(row)
    expect(measure.contributions().map(({ column }) => column)).toEqual(quasiIdentifiers)
  })
})

describe('the definitions’ own examples', () => {
  // Machanavajjhala et al., figures 2 and 3; Li et al., table 3 and section 4.3 on salaries 3k to 11k.
  const salaries = (zip: string, ...values: number[]) => values.map((salary) => ({ zip, salary }))
  const rows = [...salaries('476**', 3, 4, 5), ...salaries('4790*', 6, 11, 8), ...salaries('476x', 7, 9, 10)]

  test('t-closeness: the salaries 3k, 4k, 5k are 0.375 from all nine', () => {
    expect(measureDisclosureRisk(rows, { quasiIdentifiers: ['zip'], sensitive: ['salary'] }).t).toBeCloseTo(0.375, 15)
    const spread = salaries('476**', 6, 8, 11)
    const others = salaries('4790*', 3, 4, 5, 7, 9, 10)
    // 6k, 8k, 11k are 0.167 away; the six others half as far on the other side.
    const { t } = measureDisclosureRisk([...spread, ...others], { quasiIdentifiers: ['zip'], sensitive: ['salary'] })
    expect(t).toBeCloseTo(1 / 6, 15)
  })

  test('l-diversity: a class of heart disease only has l 1, one of three equally common diseases 3', () => {
    const disease = (zip: string, ...diseases: string[]) => diseases.map((value) => ({ zip, value }))
    const measure = (...rows: Row[]) => measureDisclosureRisk(rows, { quasiIdentifiers: ['zip'], sensitive: ['value'] })
    const heart = disease('1', 'heart', 'heart', 'heart', 'heart')
    const three = disease('2', 'heart', 'viral', 'cancer', 'heart', 'viral', 'cancer')
    expect(measure(...heart, ...three).l).toEqual({ distinct: 1, entropy: 1, recursive: { c: 3, l: 1 } })
    expect(measure(...three).l).toEqual({ distinct: 3, entropy: 3, recursive: { c: 3, l: 3 } })
  })
})
