/**
 * What a notice must be before its text is canonicalized: RFC 8785 tools drop `undefined` and accept dates in silence.
 *
 * @module
 */

import * as z from 'zod/mini'
import { ConsentError } from '../errors.js'
import type { NoticeDocument, NoticeInput, NoticeWording } from '../notice.js'
import { parseDuration } from './duration.js'
import { parseJson } from './json.js'
import { IDENTIFIER, LANGUAGE } from './patterns.js'
import { MAX_PURPOSES } from './schemas.js'

/** Of one language's RFC 8785 text, in characters. */
export const MAX_DOCUMENT_LENGTH = 131_072

/** Control characters but the line feed, lone surrogates, and characters that make a reader see another order. */
const UNFIT = /[^\P{Cc}\n]|\p{Cs}|[\u202a-\u202e]/u

const text = z.string().check(
  z.minLength(1),
  z.maxLength(10_000),
  z.refine((value) => !UNFIT.test(value)),
)
const texts = z.array(text).check(z.minLength(1), z.maxLength(64))
const identifier = z.string().check(z.regex(IDENTIFIER))
const language = z.string().check(z.regex(LANGUAGE))
const country = z.string().check(z.regex(/^[A-Z]{2}$/))

const contact = { name: text, contact: text }
const purpose = {
  id: identifier,
  practices: z.array(identifier).check(z.maxLength(64)),
  legalBasis: z.enum([
    'consent',
    'explicit-consent',
    'contract',
    'legal-obligation',
    'vital-interests',
    'public-task',
    'legitimate-interests',
  ]),
  dataCategories: texts,
  recipients: texts,
  retention: text,
}
const purposeWording = { title: text, description: text }
const wording = { title: text, summary: text, withdrawal: text }
const identity = { id: identifier, version: identifier }

const right = z.enum([
  'withdrawal',
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'human-review',
  'complaint',
])
const mechanism = z.enum([
  'adequacy',
  'standard-contractual-clauses',
  'binding-corporate-rules',
  'code-of-conduct',
  'certification',
  'public-authorities',
  'authorised-clauses',
  'derogation',
])
const origin = z.enum(['person', 'own-records', 'third-party', 'public', 'observation'])
const transfer = { recipient: text, country, mechanism, reference: may(text) }
const source = { origin, name: text }
const ai = { system: text, operator: z.enum(['controller', 'processor', 'third-party']), training: z.boolean() }
const detail = { title: text, text }

/** What version 2 adds. All of it may be absent; what is there is read strictly from authors, and loosely from documents. */
function additions(object: typeof z.strictObject) {
  const contacts = may(object(contact))
  return {
    identity: { representative: contacts, dpo: contacts, supervisoryAuthority: contacts, rights: may(setOf(right)) },
    controller: { address: may(text), country: may(country) },
    purpose: {
      specialCategories: may(setOf(text)),
      validity: may(z.string().check(z.refine((duration) => parseDuration(duration) !== null))),
      transfers: may(listOf(object(transfer))),
      storageLocations: may(setOf(country)),
      sources: may(listOf(object(source))),
      ai: may(listOf(object(ai))),
      automatedDecisions: may(z.enum(['none', 'profiling', 'significant'])),
      contact: may(setOf(z.enum(['email', 'telephone', 'sms', 'post', 'in-app', 'in-person']))),
      provision: may(z.enum(['voluntary', 'contractual', 'statutory'])),
    },
    wording: {
      rights: may(text),
      complaint: may(text),
      linkage: may(text),
      safeguards: may(text),
      details: may(listOf(object(detail))),
      terms: may(z.record(text, text).check(z.refine((terms) => Object.keys(terms).length <= 512))),
    },
  }
}

const purposeWordingAdded = {
  insights: may(text),
  contact: may(text),
  ai: may(text),
  automatedDecisions: may(text),
  legitimateInterests: may(text),
  transfers: may(text),
  retention: may(text),
  provision: may(text),
}

const added = additions(z.strictObject)
const noticeInput = z.strictObject({
  ...{ ...identity, ...added.identity },
  controller: z.strictObject({ ...contact, ...added.controller }),
  purposes: z.array(z.strictObject({ ...purpose, ...added.purpose })).check(z.minLength(1), z.maxLength(MAX_PURPOSES)),
  wording: z
    .record(
      language,
      z.strictObject({
        ...{ ...wording, ...added.wording },
        purposes: z.record(identifier, z.strictObject({ ...purposeWording, ...purposeWordingAdded })),
      }),
    )
    .check(z.refine((languages) => inRange(Object.keys(languages).length, 1, 16))),
})

/** Members this version does not know are kept: a later version may say more, under the same digest. */
const documentOne = z.looseObject({
  ...identity,
  format: z.literal('surveyseal-notice'),
  formatVersion: z.literal(1),
  language,
  controller: z.looseObject(contact),
  purposes: z.array(z.looseObject(purpose)),
  wording: z.looseObject({ ...wording, purposes: z.record(identifier, z.looseObject(purposeWording)) }),
})

const loose = additions(z.looseObject as unknown as typeof z.strictObject)
const documentTwo = z.looseObject({
  ...{ ...identity, ...loose.identity },
  format: z.literal('surveyseal-notice'),
  formatVersion: z.literal(2),
  language,
  controller: z.looseObject({ ...contact, ...loose.controller }),
  purposes: z.array(z.looseObject({ ...purpose, ...loose.purpose })),
  wording: z.looseObject({
    ...{ ...wording, ...loose.wording },
    purposes: z.record(identifier, z.looseObject({ ...purposeWording, ...purposeWordingAdded })),
  }),
})

const noticeDocument = z.discriminatedUnion('formatVersion', [documentOne, documentTwo])

/** Members an error may name; whatever else a path holds is the author's own. */
const MEMBERS = new Set<PropertyKey>(
  [
    ...[noticeInput.def.shape, contact, purpose, purposeWording, purposeWordingAdded, wording],
    ...[...Object.values(added), transfer, source, ai, detail],
  ].flatMap((shape) => Object.keys(shape)),
)

/** Copies a notice, or throws with the first member that is missing, unknown or not usable. */
export function checkNotice(input: unknown): NoticeInput {
  const { success, data, error } = noticeInput.safeParse(input)
  if (!success) throw invalid(error.issues[0]?.path ?? [])
  if (hasReservedMember(input as NoticeInput)) throw invalid(['wording'])
  const ids = data.purposes.map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw invalid(['purposes'])
  for (const { purposes } of Object.values(data.wording)) {
    if (!sameMembers(ids, Object.keys(purposes))) throw invalid(['wording', '', 'purposes'])
  }
  for (const [index, { specialCategories = [], dataCategories }] of data.purposes.entries()) {
    const isKnown = specialCategories.every((category) => dataCategories.includes(category))
    if (!isKnown) throw invalid(['purposes', index, 'specialCategories'])
  }
  return data
}

/** What version 1 can say is written as version 1: who consented to it consented to that digest. */
export function formatVersionOf(said: Omit<NoticeInput, 'wording'>, wording: NoticeWording | undefined): 1 | 2 {
  const isTwo =
    hasAny([said], added.identity) ||
    hasAny([said.controller], added.controller) ||
    hasAny(said.purposes, added.purpose) ||
    hasAny([wording ?? {}], added.wording) ||
    hasAny(Object.values(wording?.purposes ?? {}), purposeWordingAdded)
  return isTwo ? 2 : 1
}

/** Reads the text of a document whose digest was checked. */
export function readDocument(json: string): NoticeDocument {
  const { success, data } = noticeDocument.safeParse(parseJson(json, 'ERR_CONSENT_NOTICE_INVALID'))
  if (!success) throw invalid([])
  return data
}
/** Whether a record has a member `__proto__`, which zod leaves out in silence; objects refuse it as unknown. */
function hasReservedMember({ wording }: NoticeInput): boolean {
  const records = [wording, ...Object.values(wording).flatMap(({ purposes, terms = {} }) => [purposes, terms])]
  return records.some((record) => Object.hasOwn(record, '__proto__'))
}

function invalid(path: readonly PropertyKey[]): ConsentError {
  const names = path.map((segment) => (typeof segment === 'number' || MEMBERS.has(segment) ? segment : '*'))
  const member = ['notice', ...names].join('.')
  return new ConsentError('ERR_CONSENT_NOTICE_INVALID', `"${member}" lacks something, or has something unusable`)
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((member) => b.includes(member))
}

function hasAny(values: readonly object[], shape: object): boolean {
  return values.some((value) => Object.keys(value).some((member) => Object.hasOwn(shape, member)))
}

function may<T extends z.ZodMiniType>(schema: T): z.ZodMiniExactOptional<T> {
  return z.exactOptional(schema)
}

function listOf<T extends z.ZodMiniType>(item: T): z.ZodMiniArray<T> {
  return z.array(item).check(z.maxLength(64))
}

function setOf<T extends z.ZodMiniType>(item: T): z.ZodMiniArray<T> {
  return listOf(item).check(z.refine((items) => new Set(items).size === items.length))
}

function inRange(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}
