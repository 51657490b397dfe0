import { defineNotice, type NoticeInput, type NoticePurpose } from '@surveyseal/consent'
import {
  compareNotices,
  fillNoticeTemplate,
  lintNotice,
  noticesInForce,
  noticeTemplate,
} from '@surveyseal/consent/notices'
import { FACTORS, type FactorId, PRACTICES, type PracticeId } from '@surveyseal/core/risk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDurations, parseDuration } from '../src/lib/duration.js'
import { filled } from './support/fill.js'
import { fullNotice } from './support/full-notice.js'
import { assessed } from './support/programme.js'

const ids = fullNotice.purposes.map(({ id }) => id)
const word = fc.stringMatching(/^[a-z]{3,9}$/)

/** Something more that happens with the data of one purpose. */
type Growth = (purpose: NoticePurpose) => NoticePurpose

const more =
  <K extends keyof NoticePurpose>(member: K, item: unknown): Growth =>
  (purpose) => ({
    ...purpose,
    [member]: [...((purpose[member] ?? []) as unknown[]), item],
  })

const growth: fc.Arbitrary<Growth> = fc.oneof(
  word.map((name) => more('practices', `new-${name}`)),
  word.map((name) => more('dataCategories', `new ${name}`)),
  word.map((name) => more('recipients', `new ${name}`)),
  word.map((name) => more('sources', { origin: 'third-party', name: `new ${name}` })),
  word.map((name) => more('ai', { system: `new ${name}`, operator: 'controller', training: false })),
  fc.constantFrom('US', 'BR', 'KE').map((country) => more('storageLocations', country)),
  fc
    .constantFrom('US', 'BR', 'KE')
    .map((country) => more('transfers', { recipient: 'New Works', country, mechanism: 'certification' })),
  fc.constantFrom('sms', 'post', 'in-app').map((channel) => more('contact', channel)),
  fc.integer({ min: 1, max: 9 }).map(
    (years): Growth =>
      (purpose) => {
        const months = parseDuration(purpose.retention)?.months ?? 0
        return { ...purpose, retention: `P${months + 12 * years}M` }
      },
  ),
)

const grow = (notice: NoticeInput, { id, by }: { id: string; by: Growth }): NoticeInput => ({
  ...notice,
  purposes: notice.purposes.map((purpose) => {
    const grown = purpose.id === id ? by(purpose) : purpose
    const distinct = <T>(items: readonly T[] = []): T[] => [...new Set(items)]
    const { contact, storageLocations } = grown
    return { ...grown, contact: distinct(contact), storageLocations: distinct(storageLocations) }
  }),
})
const isMore = (before: NoticeInput, after: NoticeInput): boolean => JSON.stringify(before) !== JSON.stringify(after)
const growths = fc.array(fc.record({ id: fc.constantFrom(...ids), by: growth }), { minLength: 1, maxLength: 5 })
const isEditorial = () => true

/** One text of a notice replaced, member added or removed, or list turned round. */
const editing: fc.Arbitrary<(notice: NoticeInput) => NoticeInput> = fc
  .record({ pick: fc.nat(), how: fc.constantFrom('change', 'drop', 'turn'), text: word })
  .map(({ pick, how, text }) => (notice) => {
    const copy = structuredClone(notice)
    const places: (readonly [Record<string, unknown>, string])[] = []
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      for (const key of Object.keys(node)) {
        places.push([node as Record<string, unknown>, key])
        walk((node as Record<string, unknown>)[key])
      }
    }
    walk(copy)
    const [parent, key] = places[pick % places.length] ?? [{}, '']
    const value = parent[key]
    if (how === 'drop') delete parent[key]
    else if (Array.isArray(value) && how === 'turn') value.reverse()
    else if (typeof value === 'string') parent[key] = text
    return copy
  })

const tryDefine = (input: NoticeInput): ReturnType<typeof defineNotice> | null => {
  try {
    return defineNotice(input)
  } catch {
    return null
  }
}

describe('notices', () => {
  test('a template filled in passes the lint for every programme, whatever its factors', () => {
    const practices = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...(Object.keys(PRACTICES) as PracticeId[])),
        factors: fc.uniqueArray(fc.constantFrom(...(Object.keys(FACTORS) as FactorId[])), { maxLength: 4 }),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(practices, fc.boolean(), (programme, abroad) => {
        const assessment = assessed(...programme)
        const transfers = abroad || programme.some(({ factors }) => factors.includes('transfers'))
        const template = noticeTemplate({
          practices: assessment.practices,
          transfers: transfers ? [{ recipient: 'New Works', country: 'CH', mechanism: 'adequacy' }] : [],
        })
        const findings = lintNotice(filled(template), assessment, { languages: ['en', 'fr'], linkage: 'pseudonymous' })
        expect(findings.map(({ code, path }) => `${code} at ${path}`)).toEqual([])
      }),
    )
  })

  test('a template with any one placeholder left out is refused, and unfilled it is no notice to show', () => {
    const template = noticeTemplate({ tier: 'high', transfers: [] })
    const values = Object.fromEntries(template.placeholders.map((name) => [name, 'text']))
    fc.assert(
      fc.property(fc.constantFrom(...template.placeholders), (name) => {
        const { [name]: _, ...rest } = values
        expect(() => fillNoticeTemplate(template, rest)).toThrow(RangeError)
      }),
    )
    const codes = lintNotice(template.notice, assessed('third-party-ai')).map(({ code }) => code)
    expect(codes).toContain('placeholder-unfilled')
  })

  test('a notice compared with itself has no change', () => {
    fc.assert(
      fc.property(growths, (steps) => {
        const notice = steps.reduce(grow, fullNotice)
        expect(compareNotices(notice, structuredClone(notice))).toEqual({ material: false, changes: [], askAgain: [] })
      }),
    )
  })

  test('two notices have no change exactly when all their digests are the same', () => {
    fc.assert(
      fc.property(fc.array(editing, { maxLength: 3 }), (edits) => {
        const before = defineNotice(fullNotice)
        const after = tryDefine(edits.reduce((notice, edit) => edit(notice), fullNotice))
        fc.pre(after !== null)
        const isSame = JSON.stringify(before.digests) === JSON.stringify(after.digests)
        expect(compareNotices(before, after).changes.length === 0).toBe(isSame)
      }),
    )
  })

  test('adding to what happens with the data is material, whatever the host calls editorial', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), growth, (id, by) => {
        const after = grow(fullNotice, { id, by })
        fc.pre(isMore(fullNotice, after))
        expect(compareNotices(fullNotice, after, { isEditorial })).toMatchObject({ material: true, askAgain: [id] })
      }),
    )
  })

  test('taking away from what happens with the data is not', () => {
    fc.assert(
      fc.property(growths, (steps) => {
        const grown = steps.reduce(grow, fullNotice)
        expect(compareNotices(grown, fullNotice, { isEditorial })).toMatchObject({ material: false, askAgain: [] })
      }),
    )
  })

  test('whoever has to be asked again still has to be after more is added', () => {
    fc.assert(
      fc.property(growths, growths, (first, second) => {
        const some = first.reduce(grow, fullNotice)
        const asked = compareNotices(fullNotice, some, { isEditorial }).askAgain
        const later = compareNotices(fullNotice, second.reduce(grow, some), { isEditorial }).askAgain
        expect(later).toEqual(expect.arrayContaining([...asked]))
      }),
    )
  })

  test('an earlier version in force never permits what the current one does not', () => {
    fc.assert(
      fc.property(fc.array(growths, { minLength: 1, maxLength: 4 }), fc.boolean(), (steps, isShrinking) => {
        const grown = steps.map((_, index) =>
          steps
            .slice(0, index + 1)
            .flat()
            .reduce(grow, fullNotice),
        )
        const versions = (isShrinking ? grown.reverse() : grown).map(defineNotice)
        const [current, ...earlier] = noticesInForce(versions, { isEditorial })
        const permitted = new Map(current?.purposes.map(({ id, practices }) => [id, practices]))
        for (const { id, practices } of earlier.flatMap(({ purposes }) => purposes)) {
          expect(permitted.get(id)).toEqual(expect.arrayContaining([...practices]))
        }
      }),
    )
  })

  test('a duration called no longer is no longer from any day on', () => {
    const part = fc.nat({ max: 40 })
    const duration = fc.tuple(part, part, part).map(([y, m, d]) => `P${y % 4}Y${m}M${d}D`)
    const end = (start: Date, text: string): number => {
      const { months = 0, days = 0 } = parseDuration(text) ?? {}
      const last = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0)).getUTCDate()
      const day = Math.min(start.getUTCDate(), last) + days
      return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, day)
    }
    fc.assert(
      fc.property(
        duration,
        duration,
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
        (a, b, start) => {
          const [before, after] = [parseDuration(a), parseDuration(b)]
          if (before === null || after === null) return expect.unreachable(a)
          if (compareDurations(before, after) <= 0) expect(end(start, b)).toBeLessThanOrEqual(end(start, a))
        },
      ),
    )
  })
})
