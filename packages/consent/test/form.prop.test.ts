import { type Choice, type ConsentForm, createConsentForm } from '@surveyseal/consent/form'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf } from './support/matchers.js'

const purpose = fc.oneof(
  fc.constantFrom('constructor', 'toString', '__proto__', 'hasOwnProperty'),
  fc.string({ minLength: 1 }),
)
const purposes = fc.uniqueArray(purpose, { minLength: 1, maxLength: 8 })
const choice = fc.constantFrom<Choice>('given', 'refused')

type Step =
  | { readonly kind: 'decide'; readonly index: number; readonly choice: Choice }
  | { readonly kind: 'undecide'; readonly index: number }
  | { readonly kind: 'acceptAll' | 'refuseAll' | 'dismiss' | 'reopen' | 'submit' | 'succeed' | 'fail' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('decide' as const), index: fc.nat(7), choice }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undecide' as const), index: fc.nat(7) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('acceptAll', 'refuseAll', 'dismiss', 'reopen', 'submit', 'succeed', 'fail'),
    }),
  },
)

/** The same form, told as plainly as possible: one variable per thing. */
function model(names: readonly string[]) {
  const chosen = new Map<string, Choice>()
  let phase = 'choosing'
  const open = (): boolean => phase === 'choosing' || phase === 'failed'
  return {
    chosen,
    phase: () => phase,
    take(name: string, one: Step): void {
      if (one.kind === 'decide' && open()) chosen.set(name, one.choice)
      if (one.kind === 'undecide' && open()) chosen.delete(name)
      if (one.kind === 'acceptAll' && open()) for (const each of names) chosen.set(each, 'given')
      if (one.kind === 'refuseAll' && open()) for (const each of names) chosen.set(each, 'refused')
      if (one.kind === 'reopen' && phase === 'dismissed') phase = 'choosing'
      else if (one.kind === 'succeed' && phase === 'sending') phase = 'done'
      else if (one.kind === 'fail' && phase === 'sending') phase = 'failed'
      else if (one.kind === 'submit' && open() && chosen.size === names.length) phase = 'sending'
      else if (one.kind === 'dismiss' && open()) {
        chosen.clear()
        phase = 'dismissed'
      }
    },
  }
}

function take(form: ConsentForm, name: string, one: Step): ConsentForm {
  if (one.kind === 'decide') return form.decide(name, one.choice)
  if (one.kind === 'undecide') return form.undecide(name)
  if (one.kind !== 'submit') return form[one.kind]()
  const submission = form.submit()
  return submission.outcome === 'complete' ? submission.form : form
}

test('nothing is chosen in a new form, whatever the request says', () => {
  fc.assert(
    fc.property(purposes, fc.object(), choice, (names, more, wish) => {
      const wishes = Object.fromEntries(names.map((name) => [name, wish]))
      const smuggled = { ...more, choices: wishes, decisions: wishes, default: wish, checked: true, purposes: names }
      const form = createConsentForm(smuggled)
      expect(form.phase).toBe('choosing')
      expect(form.undecided).toEqual(names)
      expect(Object.entries(form.choices)).toEqual(expect.arrayContaining(names.map((name) => [name, null])))
      expect(form.submit()).toEqual({ outcome: 'undecided', purposes: names })
    }),
  )
})

test('a decision is sent only for what was chosen by a call, and none is ever made of an absence', () => {
  fc.assert(
    fc.property(purposes, fc.array(step, { maxLength: 40 }), (names, steps) => {
      const told = model(names)
      let form = createConsentForm({ purposes: names })
      for (const one of steps) {
        const name = names['index' in one ? one.index % names.length : 0] ?? ''
        if (one.kind === 'submit') {
          const submission = form.submit()
          const missing = names.filter((each) => !told.chosen.has(each))
          if (submission.outcome === 'undecided') expect(submission.purposes).toEqual(missing)
          if (submission.outcome === 'complete') {
            expect(new Map(Object.entries(submission.decisions))).toEqual(told.chosen)
          }
        }
        form = take(form, name, one)
        told.take(name, one)
        expect(form.phase).toBe(told.phase())
        expect(new Map(Object.entries(form.choices))).toEqual(
          new Map(names.map((each) => [each, told.chosen.get(each) ?? null])),
        )
      }
    }),
  )
})

test('a form that was left keeps what it said: every step makes another', () => {
  fc.assert(
    fc.property(purposes, fc.array(step, { maxLength: 20 }), (names, steps) => {
      const forms = [createConsentForm({ purposes: names })]
      const said = [JSON.stringify(forms[0])]
      for (const one of steps) {
        const name = names['index' in one ? one.index % names.length : 0] ?? ''
        const next = take(forms.at(-1) ?? expect.unreachable(), name, one)
        expect(Object.isFrozen(next) && Object.isFrozen(next.choices) && Object.isFrozen(next.undecided)).toBe(true)
        forms.push(next)
        said.push(JSON.stringify(next))
      }
      expect(forms.map((form) => JSON.stringify(form))).toEqual(said)
    }),
  )
})

test('one press sends once: whatever comes while sending changes nothing', () => {
  fc.assert(
    fc.property(purposes, choice, fc.array(step, { maxLength: 10 }), (names, wish, steps) => {
      const chosen = createConsentForm({ purposes: names })
      const first = (wish === 'given' ? chosen.acceptAll() : chosen.refuseAll()).submit()
      if (first.outcome !== 'complete') return expect.unreachable()
      for (const one of steps.filter(({ kind }) => kind !== 'succeed' && kind !== 'fail')) {
        expect(take(first.form, names[0] ?? '', one)).toBe(first.form)
      }
      expect(first.form.submit()).toEqual({ outcome: 'ignored' })
    }),
  )
})

test('accepting all and refusing all are one call each, and mirror images', () => {
  fc.assert(
    fc.property(purposes, (names) => {
      const form = createConsentForm({ purposes: names })
      const [all, none] = [form.acceptAll().submit(), form.refuseAll().submit()]
      if (all.outcome !== 'complete' || none.outcome !== 'complete') return expect.unreachable()
      expect(Object.values(all.decisions)).toEqual(names.map(() => 'given'))
      expect(Object.values(none.decisions)).toEqual(names.map(() => 'refused'))
    }),
  )
})

test('purposes and choices the form does not have are refused, inherited names included', async () => {
  const form = createConsentForm({ purposes: ['call-back'] })
  for (const unknown of ['constructor', '__proto__', '', 'Call-back']) {
    expect(await codeOf(() => form.decide(unknown, 'given'))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(() => form.undecide(unknown))).toBe('ERR_INVALID_ARG_VALUE')
  }
  for (const other of ['withdrawn', 'yes', true, 1, null, undefined]) {
    expect(await codeOf(() => form.decide('call-back', other as Choice))).toBe('ERR_INVALID_ARG_VALUE')
  }
  for (const bad of [[], ['a', 'a'], [1], [undefined]]) {
    expect(await codeOf(() => createConsentForm({ purposes: bad as string[] }))).toBe('ERR_INVALID_ARG_VALUE')
  }
  expect(await codeOf(() => createConsentForm({ purposes: 'a' as unknown as string[] }))).toBe('ERR_INVALID_ARG_TYPE')
})
