/**
 * What each step does once its request was let in.
 *
 * @module
 */

import type { RecordOptions, WithdrawalQuestion } from '../../consent-service.js'
import type { ConsentStep, ConsentVisitor } from '../consent-handlers.js'
import { chooseLanguage } from './choose-language.js'
import type { Sent } from './read-request.js'
import type { Reply } from './respond.js'
import type { Settings } from './settings.js'
import { Stopped } from './stopped.js'

/** One request that was let in. */
export interface Visit<Tx> {
  readonly settings: Settings<Tx>
  readonly request: Request
  readonly sent: Sent
}

/** The steps by name. */
export const STEPS: { readonly [Step in ConsentStep]: <Tx>(visit: Visit<Tx>) => Promise<Reply> } = {
  options: ask,
  record,
  withdraw,
}

async function ask<Tx>(visit: Visit<Tx>): Promise<Reply> {
  const { settings, request, sent } = visit
  const visitor = await identified(visit, 'options')
  const { consents, notice: chosen } = settings.options
  const notice = typeof chosen === 'function' ? await chosen(visitor) : chosen
  const { purposes } = sent
  if (purposes?.every((wanted) => notice.purposes.some(({ id }) => id === wanted)) === false) {
    throw new Stopped('malformed')
  }
  const made = await consents.request(notice, {
    ...visitor,
    language: chooseLanguage(Object.keys(notice.documents), [sent.language, request.headers.get('accept-language')]),
    signals: hasPrivacyControl(request.headers) ? ['gpc'] : [],
    ...(purposes === null ? {} : { purposes }),
  })
  return { outcome: 'asked', members: { request: made } }
}

async function record<Tx>(visit: Visit<Tx>): Promise<Reply> {
  const { settings, sent } = visit
  if (sent.event === null) throw new Stopped('malformed')
  const { subject, survey } = await identified(visit, 'record')
  const options = { chain: { subject, survey }, ...hooks(settings) }
  const { receipt, repeated } = await settings.options.consents.record(sent.event, options)
  return { outcome: 'recorded', members: { receipt, repeated } }
}

/** A receipt is enough: it needs neither a session nor the key that signed. */
async function withdraw<Tx>(visit: Visit<Tx>): Promise<Reply> {
  const { settings, sent } = visit
  const wanted = sent.purposes === null ? {} : { purposes: sent.purposes }
  const question = { ...(await withdrawer(visit)), ...wanted }
  const { receipt, repeated } = await settings.options.consents.withdraw(question, hooks(settings))
  return { outcome: 'withdrawn', members: { receipt, repeated } }
}

async function withdrawer<Tx>(visit: Visit<Tx>): Promise<WithdrawalQuestion> {
  const { receipt } = visit.sent
  if (receipt !== null) return { receipt }
  const { subject, survey } = await identified(visit, 'withdraw')
  return { subject, survey, via: 'link' }
}

async function identified<Tx>({ settings, request }: Visit<Tx>, step: ConsentStep): Promise<ConsentVisitor> {
  const visitor = await settings.options.identify(request, step)
  if (visitor === null) throw new Stopped('not-identified')
  const { subject, survey, actor, age } = visitor
  return { subject, survey, ...(actor === undefined ? {} : { actor }), ...(age === undefined ? {} : { age }) }
}

function hooks<Tx>({ options }: Settings<Tx>): RecordOptions<Tx> {
  return options.accept === undefined ? {} : { accept: (tx, event) => options.accept?.(tx, event) ?? Promise.resolve() }
}

/** Global Privacy Control: exactly `1`, in one of the headers of that name if there are several. */
function hasPrivacyControl(headers: Headers): boolean {
  return (headers.get('sec-gpc') ?? '').split(',').some((value) => value.trim() === '1')
}
