/**
 * What each step does with a link.
 *
 * @module
 */

import { LinkError } from '../../errors.js'
import type { LinkState, ResolvedLink } from '../../link-service/link-state.js'
import type { AnswerRefused } from '../answer-refused.js'
import type { LinkPage, LinkStep } from '../link-handlers.js'
import type { LinkOutcome } from '../link-outcome.js'
import { chooseLanguage } from './language.js'
import { readPrefill, type Sent } from './read-request.js'
import type { Settings } from './settings.js'
import { Stopped } from './stopped.js'

/** A request that was read and let through. */
export interface Visit<Tx> {
  readonly settings: Settings<Tx>
  readonly sent: Sent
  /** The token alone. */
  readonly token: string
  /** `Accept-Language`. */
  readonly accepted: string | null
}

/** What a step came to, for people and for programs. */
export interface Reply {
  readonly outcome: LinkOutcome
  readonly page: LinkPage
  /** Further members of the JSON. */
  readonly members?: object
}

/** The steps by name. */
export const STEPS: {
  readonly [step in LinkStep]: <Tx>(visit: Visit<Tx>) => Promise<Reply>
} = { open, claim, submit }

/** The language to speak: asked for, hinted by the link, preferred by the browser. */
export function languageOf<Tx>({ settings, sent, accepted }: Omit<Visit<Tx>, 'token'>, link?: ResolvedLink): string {
  return chooseLanguage([...settings.messages.keys()], [sent.language, link?.language ?? null, accepted])
}

async function open<Tx>(visit: Visit<Tx>): Promise<Reply> {
  const { settings, sent, token } = visit
  const link = usable(await settings.options.links.open(token))
  const language = languageOf(visit, link)
  const prefill = readPrefill(settings.prefill, sent.parameters)
  return {
    outcome: 'usable',
    page: { step: 'open', language, link, token, prefill },
    members: { language, expiresAt: link.expiresAt, prefill },
  }
}

async function claim<Tx>(visit: Visit<Tx>): Promise<Reply> {
  const { settings, sent, token } = visit
  const claimed = await settings.options.links.claim(token)
  const link = usable(claimed)
  const idempotencyKey = 'idempotencyKey' in claimed ? claimed.idempotencyKey : ''
  const language = languageOf(visit, link)
  const prefill = readPrefill(settings.prefill, sent.parameters)
  return {
    outcome: 'usable',
    page: { step: 'claim', language, link, token, idempotencyKey, prefill, issues: [], answer: null },
    members: { idempotencyKey, language, expiresAt: link.expiresAt, prefill },
  }
}

async function submit<Tx>(visit: Visit<Tx>): Promise<Reply> {
  try {
    const submission = await spend(visit, true)
    if (submission.outcome === 'refused') throw new Stopped(problemOf(submission.state))
    return { outcome: 'kept', page: { step: 'submit', language: languageOf(visit) } }
  } catch (error) {
    if (codeOf(error) === 'ERR_LINK_ANSWER_REFUSED') return refused(visit, error)
    if (codeOf(error) === 'ERR_LINK_IDEMPOTENCY_KEY_INVALID') throw new Stopped('key-invalid')
    throw error
  }
}

async function spend<Tx>(
  visit: Visit<Tx>,
  again: boolean,
): Promise<
  { readonly outcome: 'spent' | 'repeated' } | { readonly outcome: 'refused'; readonly state: LinkState['state'] }
> {
  const { settings, sent, token } = visit
  const { options } = settings
  try {
    return await options.links.submit(token, {
      idempotencyKey: sent.idempotencyKey ?? '',
      accept: (tx, link) => options.accept(tx, { answer: sent.answer, link, language: languageOf(visit, link) }),
    })
  } catch (error) {
    if (again && codeOf(error) === 'ERR_LINK_OVERTAKEN') return spend(visit, false)
    throw error
  }
}

/** Shows the questions again, with the key as it was: nothing happened to it. */
async function refused<Tx>(visit: Visit<Tx>, error: unknown): Promise<Reply> {
  const { settings, sent, token } = visit
  // Not by instanceof: two copies of this package have two classes.
  const { issues = [] } = error as Partial<AnswerRefused>
  const link = usable(await settings.options.links.open(token))
  const idempotencyKey = sent.idempotencyKey ?? ''
  const prefill = readPrefill(settings.prefill, sent.parameters)
  const language = languageOf(visit, link)
  return {
    outcome: 'answer-refused',
    page: { step: 'claim', language, link, token, idempotencyKey, prefill, issues, answer: sent.answer },
    members: { issues },
  }
}

function usable(state: LinkState): ResolvedLink {
  if (state.state === 'usable') return state.link
  throw new Stopped(problemOf(state.state))
}

function problemOf(state: LinkState['state']): Exclude<LinkState['state'], 'usable'> {
  // A submission refused although the link looks usable a moment later lost a race that was then undone.
  if (state === 'usable') throw new LinkError('ERR_LINK_OVERTAKEN', 'another submission came first: submit again')
  return state
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
