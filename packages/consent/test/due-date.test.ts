import { localDay, periodEnd } from '@surveyseal/consent/rights'
import { describe, expect, test } from 'vitest'
import { codeOf } from './support/matchers.js'

const end = (from: string, months = 1, holidays: string[] = []) =>
  periodEnd(new Date(`${from}T12:00:00Z`), { months, timeZone: 'UTC', holidays })

describe('Regulation (EEC, Euratom) No 1182/71, article 3', () => {
  test('paragraph 2(c): the same date of the last month', () => {
    expect(end('2026-03-10')).toBe('2026-04-10')
    expect(end('2026-12-15')).toBe('2027-01-15')
    expect(end('2026-03-10', 3)).toBe('2026-06-10')
  })

  test('paragraph 2(c): the last day of the last month where it has no such date', () => {
    expect(end('2027-12-31', 2)).toBe('2028-02-29')
    expect(end('2028-01-31')).toBe('2028-02-29')
    expect(end('2030-01-31')).toBe('2030-02-28')
    expect(end('2026-03-31', 3)).toBe('2026-06-30')
  })

  test('paragraph 2(c) and then 4: the 28th of February 2027 is a Sunday', () => {
    for (const day of ['28', '29', '30', '31']) expect(end(`2027-01-${day}`)).toBe('2027-03-01')
  })

  test('paragraph 4: a Saturday, Sunday or public holiday moves to the next working day', () => {
    expect(end('2026-01-11')).toBe('2026-02-11')
    expect(end('2026-01-14')).toBe('2026-02-16')
    expect(end('2026-01-15')).toBe('2026-02-16')
    expect(end('2026-11-25', 1, ['2026-12-25', '2026-12-26'])).toBe('2026-12-28')
    expect(end('2026-03-03', 1, ['2026-04-03', '2026-04-06'])).toBe('2026-04-07')
    expect(end('2026-12-01', 1, ['2027-01-01'])).toBe('2027-01-04')
  })

  test('paragraph 3: holidays within the period change nothing', () => {
    expect(end('2026-03-10', 1, ['2026-04-03', '2026-04-06', '2026-03-11'])).toBe('2026-04-10')
  })
})

describe('EDPB Guidelines 01/2022, section 5.3', () => {
  test('a request of the 5th of March is answered by the 5th of April, here a Wednesday', () => {
    expect(end('2023-03-05')).toBe('2023-04-05')
  })

  test('a request of the 31st of August is answered by the 30th of September', () => {
    expect(end('2022-08-31')).toBe('2022-09-30')
  })
})

describe('a day', () => {
  test('is that of the controller’s time zone, on the days clocks change too', () => {
    expect(localDay(new Date('2026-03-28T23:30:00Z'), 'Europe/Paris')).toBe('2026-03-29')
    expect(localDay(new Date('2026-10-25T22:30:00Z'), 'Europe/Paris')).toBe('2026-10-25')
    expect(localDay(new Date('2026-10-25T23:30:00Z'), 'Europe/Paris')).toBe('2026-10-26')
    expect(localDay(new Date('2026-01-01T00:00:00Z'), 'America/New_York')).toBe('2025-12-31')
    expect(periodEnd(new Date('2026-01-31T23:30:00Z'), { months: 1, timeZone: 'Europe/Paris' })).toBe('2026-03-02')
  })

  test('ERR_INVALID_ARG_VALUE: what cannot be counted', async () => {
    const from = new Date('2026-01-01')
    const usual = { months: 1, timeZone: 'UTC' }
    for (const bad of [
      { months: 0 },
      { months: 1.5 },
      { months: Number.NaN },
      { timeZone: 'Mars/Olympus' },
      { timeZone: '' },
      { holidays: ['2026-1-1'] },
      { holidays: ['2026-13-01'] },
    ]) {
      expect(await codeOf(() => periodEnd(from, { ...usual, ...bad }))).toBe('ERR_INVALID_ARG_VALUE')
    }
    expect(await codeOf(() => periodEnd(new Date(Number.NaN), usual))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(() => periodEnd(new Date(8.64e15), usual))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(() => periodEnd(from, { ...usual, months: '1' as never }))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await codeOf(() => localDay(from, 1 as never))).toBe('ERR_INVALID_ARG_TYPE')
  })
})
