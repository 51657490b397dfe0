/**
 * What a notice says, in layers: the first short and open, the second a press away.
 *
 * @module
 */

import type { FormWording } from '../element/form-wording.js'
import type { NoticeContact, NoticeDocument, PurposeWording } from '../notice.js'
import { aside, type Content, heading, isolate, make } from './form-dom.js'
import type { Speech } from './form-speech.js'

/** What is drawn, and how. */
export interface Scene {
  readonly document: NoticeDocument
  readonly speech: Speech
  /** Of the title; what stands under it is deeper. */
  readonly level: number
}

/** One purpose on the page. */
export interface PurposeView {
  readonly root: HTMLElement
  readonly name: HTMLElement
  readonly about: HTMLElement
}

/** What one purpose is about under a heading of the scene's level, with its details a press away, and a place for what can be done about it. */
export function purposeView(id: string, scene: Scene, ...controls: readonly HTMLElement[]): PurposeView {
  const { document, level } = scene
  // Counted, for what a notice calls its purposes may be no id of a page.
  const place = document.purposes.findIndex((one) => one.id === id)
  const name = heading(level, 'name', titleOf(id, scene))
  const about = make('p', { part: 'about', id: `about-${place}` }, textsOf(id, document).description ?? '')
  name.id = `name-${place}`
  const details = purposeDetails(id, scene)
  const control = controls.length > 0 ? [make('div', { part: 'control' }, ...controls)] : []
  return { root: make('div', { part: 'purpose' }, make('div', {}, name, about), details, ...control), name, about }
}

/** What a purpose is called. */
export function titleOf(id: string, { document }: Scene): string {
  return textsOf(id, document).title ?? id
}

/** The second layer of the whole notice: who is responsible, what a person can do, how the form signs. */
export function noticeDetails({ document, speech }: Scene): HTMLElement {
  const { wording, controller, representative, dpo, supervisoryAuthority } = document
  const list = factList(speech, [
    ['controller', reach(controller)],
    ['representative', reach(representative)],
    ['dpo', reach(dpo)],
    ['withdrawal', wording.withdrawal],
    ['rights', wording.rights],
    ['complaint', wording.complaint],
    ['supervisoryAuthority', reach(supervisoryAuthority)],
    ['linkage', wording.linkage],
    ['safeguards', wording.safeguards],
    ['signature', speech.say('signatureText')],
  ])
  for (const { title, text } of wording.details ?? []) list.append(make('dt', {}, title), make('dd', {}, text))
  return disclosure(list, speech.say('more'))
}

function purposeDetails(id: string, scene: Scene): HTMLElement {
  const { document, speech } = scene
  const purpose = document.purposes.find((one) => one.id === id)
  if (purpose === undefined) return make('div', {})
  const texts = textsOf(id, document)
  const list = factList(speech, [
    ['dataCategories', speech.list(purpose.dataCategories)],
    ['recipients', speech.list(purpose.recipients)],
    ['retention', texts.retention ?? speech.duration(purpose.retention)],
    ['legalBasis', speech.say(purpose.legalBasis)],
    ...LATER.map((name): Fact => [name, texts[name]]),
  ])
  return disclosure(list, speech.say('details'), aside(titleOf(id, scene)))
}

/** Texts that a purpose may do without. */
const LATER = [
  'legitimateInterests',
  'transfers',
  'insights',
  'contact',
  'ai',
  'automatedDecisions',
  'provision',
] as const

type Fact = readonly [name: keyof FormWording, content: Content | undefined]
/** Inherited names are no purposes. */
function textsOf(id: string, { wording }: NoticeDocument): Partial<PurposeWording> {
  return Object.hasOwn(wording.purposes, id) ? (wording.purposes[id] ?? {}) : {}
}

function disclosure(body: HTMLElement, ...summary: readonly Content[]): HTMLElement {
  return make('details', { part: 'details' }, make('summary', { part: 'summary' }, ...summary), body)
}

function factList(speech: Speech, facts: readonly Fact[]): HTMLElement {
  const rows = facts.flatMap(([name, content]) =>
    content === undefined ? [] : [make('dt', {}, speech.say(name)), make('dd', {}, content)],
  )
  return make('dl', { part: 'facts' }, ...rows)
}

/** A link only where it can be nothing else; a telephone number or an address stays text. */
function reach(whom: NoticeContact | undefined): Content | undefined {
  if (whom === undefined) return undefined
  const { name, contact } = whom
  const text = isolate(contact)
  const scheme = /^[^\s@:?&%#]+@[^\s@:?&%#]+$/.test(contact) ? 'mailto:' : /^https:\/\/\S+$/.test(contact) ? '' : null
  const link = scheme === null ? text : make('a', { href: scheme + contact, target: '_blank', rel: 'noreferrer' }, text)
  return make('span', {}, isolate(name), ', ', link)
}
