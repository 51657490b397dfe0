import { defineNotice, evaluatePermission, type Notice } from '@surveyseal/consent'
import { noticesInForce } from '@surveyseal/consent/notices'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { later, notice, noticeInput } from './support/fixtures.js'
import { edit } from './support/programme.js'
import { createWorld } from './support/service.js'

const world = await createWorld()
const { event } = await world.decide({ 'improve-service': 'given', 'call-back': 'given' })

/** What the gate says of an unchanged and a changed purpose, after a decision under the first version. */
const gate = (notices: readonly Notice[]) =>
  ['link-answers-to-record', 'close-the-loop', 'standard-survey'].map((practice) => {
    const at = later(3600)
    const permission = evaluatePermission({ practice, assessment: assessment(), events: [event], notices, at })
    return permission.outcome === 'allow' ? 'allow' : permission.reason
  })

describe('the gate over versions of a notice', () => {
  const longer = defineNotice(edit(noticeInput, { version: '2026-02', 'purposes.1.retention': 'P2Y' }))
  const narrower = defineNotice(edit(noticeInput, { 'purposes.0.practices': ['standard-survey'] }))
  const typo = defineNotice(edit(noticeInput, { 'wording.en.summary': 'We ask five questions on your flight.' }))

  test('a decision still counts for the purposes that did not change materially, and for no other', () => {
    expect(gate([notice])).toEqual(['allow', 'allow', 'allow'])
    expect(gate([longer])).toEqual(['notice-not-in-force', 'notice-not-in-force', 'allow'])
    expect(gate(noticesInForce([notice, longer]))).toEqual(['allow', 'notice-not-in-force', 'allow'])
  })

  test('a practice the current version no longer permits does not run on an earlier decision', () => {
    expect(gate(noticesInForce([notice, narrower]))).toEqual(['no-purpose-permits', 'allow', 'allow'])
  })

  test('changed words need another decision, unless the host says that they mean the same', () => {
    expect(gate(noticesInForce([notice, typo]))).toEqual(['notice-not-in-force', 'notice-not-in-force', 'allow'])
    const isEditorial = ({ path }: { path: string }) => path === 'wording.en.summary'
    expect(gate(noticesInForce([notice, typo], { isEditorial }))).toEqual(['allow', 'allow', 'allow'])
  })

  test('words of another language leave a decision alone: what the person read is still in force, byte for byte', () => {
    const french = defineNotice(
      edit(noticeInput, { 'wording.fr.summary': 'Nous posons cinq questions sur votre vol !' }),
    )
    expect(gate(noticesInForce([notice, french]))).toEqual(['allow', 'allow', 'allow'])
  })

  test('small steps add up: every earlier version is compared with the current one', () => {
    const months = ['P4M', 'P5M', 'P6M'].map((retention, index) =>
      defineNotice(edit(noticeInput, { version: `step-${index}`, 'purposes.1.retention': retention })),
    )
    expect(gate(noticesInForce([notice, ...months]))).toEqual(['allow', 'notice-not-in-force', 'allow'])
  })

  test('what was changed and changed back was never another thing to those who decided before', () => {
    const back = defineNotice(edit(noticeInput, { version: '2026-03' }))
    expect(gate(noticesInForce([notice, longer, back]))).toEqual(['allow', 'allow', 'allow'])
  })
})
