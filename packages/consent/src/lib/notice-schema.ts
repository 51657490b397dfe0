/**
 * What a notice must be before its text is canonicalized: RFC 8785 tools drop `undefined` and accept dates in silence.
 *
 * @module
 */

import * as z from 'zod/mini'
import { ConsentError } from '../errors.js'
import type { NoticeDocument, NoticeInput } from '../notice.js'
import { parseJson } from './json.js'
import { IDENTIFIER, LANGUAGE, MAX_PURPOSES } from './schemas.js'

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

const controller = { name: text, contact: text }
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

const noticeInput = z.strictObject({
  ...identity,
  controller: z.strictObject(controller),
  purposes: z.array(z.strictObject(purpose)).check(z.minLength(1), z.maxLength(MAX_PURPOSES)),
  wording: z
    .record(language, z.strictObject({ ...wording, purposes: z.record(identifier, z.strictObject(purposeWording)) }))
    .check(z.refine((languages) => inRange(Object.keys(languages).length, 1, 16))),
})

/** Members this version does not know are kept: a later version may say more, under the same digest. */
const noticeDocument = z.looseObject({
  ...identity,
  format: z.literal('surveyseal-notice'),
  formatVersion: z.literal(1),
  language,
  controller: z.looseObject(controller),
  purposes: z.array(z.looseObject(purpose)),
  wording: z.looseObject({ ...wording, purposes: z.record(identifier, z.looseObject(purposeWording)) }),
})

/** Members an error may name; whatever else a path holds is the author's own. */
const MEMBERS = new Set<PropertyKey>(
  [noticeInput.def.shape, controller, purpose, purposeWording, wording].flatMap((shape) => Object.keys(shape)),
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
  return data
}

/** Reads the text of a document whose digest was checked. */
export function readDocument(json: string): NoticeDocument {
  const { success, data } = noticeDocument.safeParse(parseJson(json, 'ERR_CONSENT_NOTICE_INVALID'))
  if (!success) throw invalid([])
  return data
}

/** Whether a record has a member `__proto__`, which zod leaves out in silence; objects refuse it as unknown. */
function hasReservedMember({ wording }: NoticeInput): boolean {
  const records = [wording, ...Object.values(wording).map(({ purposes }) => purposes)]
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

function inRange(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}
