/**
 * The choices of one request, from nothing chosen to all sent, as values that never change.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { Decision } from '../consent-event.js'
import type { ConsentRequest } from '../consent-request.js'

/** What a person can choose for one purpose. */
export type Choice = Exclude<Decision, 'withdrawn'>

/**
 * Where a form is:
 *
 * | phase | means | left by |
 * | --- | --- | --- |
 * | `choosing` | anything may be chosen, or left open | `submit`, `dismiss` |
 * | `sending` | the choices are on their way and cannot change | `succeed`, `fail` |
 * | `failed` | sending failed; all choices are as they were | as `choosing` |
 * | `done` | the choices have arrived | nothing |
 * | `dismissed` | put off: nothing is given, and nothing refused | `reopen` |
 */
export type FormPhase = 'choosing' | 'sending' | 'failed' | 'done' | 'dismissed'

/** What came of {@link ConsentForm.submit}. */
export type Submission =
  | {
      readonly outcome: 'complete'
      /** One per purpose: what `signConsent` takes. */
      readonly decisions: Readonly<Record<string, Choice>>
      /** The form while they are on their way. */
      readonly form: ConsentForm
    }
  /** These purposes have no choice yet; nothing may be sent. */
  | { readonly outcome: 'undecided'; readonly purposes: readonly string[] }
  /** The form is sending already, done or dismissed: a second press. */
  | { readonly outcome: 'ignored' }

/** An immutable form: every call returns the next form, and the same one where the phase does not allow the call. */
export interface ConsentForm {
  readonly phase: FormPhase
  /** The choice of every purpose, null where there is none. Own properties only: look up with `Object.hasOwn`. */
  readonly choices: Readonly<Record<string, Choice | null>>
  /** The purposes without a choice, in the order of the request. */
  readonly undecided: readonly string[]
  /**
   * Chooses for one purpose.
   *
   * @throws `ERR_INVALID_ARG_VALUE` for a purpose the form does not have, or another choice.
   */
  decide(purpose: string, choice: Choice): ConsentForm
  /** Takes the choice of one purpose back. @throws `ERR_INVALID_ARG_VALUE` for a purpose the form does not have. */
  undecide(purpose: string): ConsentForm
  /** Gives every purpose. */
  acceptAll(): ConsentForm
  /** Refuses every purpose. */
  refuseAll(): ConsentForm
  /** Puts the question off and forgets every choice. */
  dismiss(): ConsentForm
  /** Asks again what was put off, with nothing chosen. */
  reopen(): ConsentForm
  /** Hands out the decisions when every purpose has one, once. */
  submit(): Submission
  /** What was submitted has arrived. */
  succeed(): ConsentForm
  /** It may not have arrived: the form is open again, with every choice as it was. */
  fail(): ConsentForm
}

/**
 * Makes the form of a request. Nothing is chosen in it: neither the request nor any option can choose in advance, and a
 * purpose without a choice is never sent as a refusal.
 *
 * Does no I/O, reads no clock and checks no notice: show what `readNotice` returns, and sign what
 * {@link ConsentForm.submit} hands out.
 *
 * @example
 * Refusing one of two purposes.
 *
 * ```ts
 * import { createConsentForm } from '@surveyseal/consent/form'
 *
 * const form = createConsentForm({ purposes: ['call-back', 'research'] })
 * export const early = form.decide('research', 'refused').submit() // { outcome: 'undecided', purposes: ['call-back'] }
 * export const sent = form.acceptAll().decide('research', 'refused').submit()
 * ```
 *
 * @param request - From the server; only its purposes are read.
 * @returns The form, in phase `choosing`.
 */
export function createConsentForm(request: Pick<ConsentRequest, 'purposes'>): ConsentForm {
  const purposes = purposesOf(request)
  return formOf('choosing', nothingChosen(purposes))
}

type Choices = ReadonlyMap<string, Choice | null>

const OPEN: readonly FormPhase[] = ['choosing', 'failed']
const CHOICES: readonly unknown[] = ['given', 'refused'] satisfies Choice[]

function formOf(phase: FormPhase, choices: Choices): ConsentForm {
  const purposes = [...choices.keys()]
  const undecided = Object.freeze(purposes.filter((purpose) => choices.get(purpose) === null))
  const choose = (purpose: string, choice: Choice | null): ConsentForm => {
    if (!choices.has(purpose)) throw invalidArgumentValue('purpose', 'a purpose of the request')
    return OPEN.includes(phase) ? formOf(phase, new Map(choices).set(purpose, choice)) : form
  }
  const chooseAll = (choice: Choice): ConsentForm =>
    OPEN.includes(phase) ? formOf(phase, new Map(purposes.map((purpose) => [purpose, choice]))) : form
  const move = (from: readonly FormPhase[], to: FormPhase, kept: Choices = choices): ConsentForm =>
    from.includes(phase) ? formOf(to, kept) : form
  const form: ConsentForm = Object.freeze({
    phase,
    choices: Object.freeze(Object.fromEntries(choices)),
    undecided,
    decide: (purpose: string, choice: Choice) => choose(purpose, checkedChoice(choice)),
    undecide: (purpose: string) => choose(purpose, null),
    acceptAll: () => chooseAll('given'),
    refuseAll: () => chooseAll('refused'),
    dismiss: () => move(OPEN, 'dismissed', nothingChosen(purposes)),
    reopen: () => move(['dismissed'], 'choosing'),
    submit: () => submit(move(OPEN, 'sending'), form),
    succeed: () => move(['sending'], 'done'),
    fail: () => move(['sending'], 'failed'),
  })
  return form
}

function submit(next: ConsentForm, form: ConsentForm): Submission {
  if (next === form) return { outcome: 'ignored' }
  if (form.undecided.length > 0) return { outcome: 'undecided', purposes: form.undecided }
  return { outcome: 'complete', decisions: form.choices as Readonly<Record<string, Choice>>, form: next }
}

function nothingChosen(purposes: readonly string[]): Choices {
  return new Map(purposes.map((purpose) => [purpose, null]))
}

function checkedChoice(choice: Choice): Choice {
  if (CHOICES.includes(choice)) return choice
  throw invalidArgumentValue('choice', 'given or refused')
}

function purposesOf(request: Pick<ConsentRequest, 'purposes'>): readonly string[] {
  const { purposes } = request
  if (!Array.isArray(purposes)) throw invalidArgumentType('request.purposes', 'array', purposes)
  const usable = purposes.every((purpose) => typeof purpose === 'string') && purposes.length > 0
  if (usable && new Set(purposes).size === purposes.length) return purposes
  throw invalidArgumentValue('request.purposes', 'purposes of the notice, each once')
}
