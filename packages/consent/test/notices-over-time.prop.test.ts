import { defineNotice, type Notice } from '@surveyseal/consent'
import { noticesInForce, noticesOverTime } from '@surveyseal/consent/notices'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { later, notice, noticeInput } from './support/fixtures.js'
import { edit } from './support/programme.js'

const DAY = 86_400
const longer = defineNotice(edit(noticeInput, { version: '2026-02', 'purposes.1.retention': 'P2Y' }))
const typo = defineNotice(edit(noticeInput, { version: '2026-03', 'wording.en.summary': 'We ask five questions.' }))
const other = defineNotice(edit(noticeInput, { id: 'lounge-feedback' }))

describe('notices over time', () => {
  test('of each notice, what is in force at an instant is what its versions published by then come to', () => {
    const version = fc.record({ notice: fc.constantFrom(notice, longer, typo, other), day: fc.nat(20) })
    const history = fc.uniqueArray(version, { selector: ({ notice: { id }, day }) => `${id} ${day}`, maxLength: 6 })
    fc.assert(
      fc.property(history, fc.nat(21), (versions, day) => {
        const published = versions.map(({ notice, day }) => ({ notice, from: later(day * DAY) }))
        const known = versions.filter((each) => each.day <= day).sort((a, b) => a.day - b.day)
        const ofNotice = (id: string): readonly Notice[] => known.map(({ notice }) => notice).filter((n) => n.id === id)
        const expected = [notice.id, other.id].flatMap((id) => {
          const own = ofNotice(id)
          return own.length === 0 ? [] : noticesInForce(own)
        })
        const found = noticesOverTime(published)(later(day * DAY))
        expect(new Set(found)).toEqual(new Set(expected))
        expect(found).toHaveLength(expected.length)
      }),
    )
  })
})
