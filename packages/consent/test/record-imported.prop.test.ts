import { consentStatus, readEventRecord } from '@surveyseal/consent'
import { type ConsentStatus, recordImported } from '@surveyseal/consent/export'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NOW, SUBJECT } from './support/fixtures.js'
import { PERSON, recordOf, said } from './support/foreign.js'
import { createWorld } from './support/service.js'

const PURPOSE = 'call-back'
const DAY = 86_400_000

describe('an imported record', () => {
  test('a purpose is never given unless every process says so last, by the person, expressly and not after now', async () => {
    const world = await createWorld()
    const event = fc.record({
      state: fc.constantFrom<ConsentStatus[]>(
        'given',
        'given',
        'renewed',
        'refused',
        'withdrawn',
        'expired',
        'unknown',
      ),
      at: fc.integer({ min: -3, max: 1 }).map((days) => new Date(NOW.getTime() + days * DAY).toISOString()),
      by: fc.constantFrom([PERSON], ['_:person'], ['company:Beta']),
      type: fc.constantFrom<('expressed' | 'implied')[]>('expressed', 'expressed', 'implied'),
    })
    const processes = fc.array(fc.array(event, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    let chains = 0
    await fc.assert(
      fc.asyncProperty(processes, async (drafts) => {
        const survey = `s-${chains++}`
        const events = drafts.map((own) => own.map((draft) => said(draft.state, draft)))
        await recordImported(recordOf(...events), {
          ...{ subject: SUBJECT, survey, service: world.service, source: 'crm', now: NOW },
          purposesOf: () => [PURPOSE],
        })
        const chain = (await world.store.events({ subject: SUBJECT, survey })).map(readEventRecord)
        const { valid } = consentStatus({ purpose: PURPOSE, events: chain, at: NOW })
        const expected = events.every((own) => {
          const last =
            own
              .map(({ at }) => at)
              .sort()
              .at(-1) ?? ''
          return own
            .filter(({ at }) => at === last)
            .every(({ state, by, type, at }) => {
              const isYes = state === 'given' || state === 'renewed'
              return isYes && by[0] !== 'company:Beta' && type !== 'implied' && new Date(at) <= NOW
            })
        })
        expect(valid).toBe(expected)
      }),
    )
  })
})
