/**
 * Notices: what a person is told, in every language, as content-addressed documents.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import canonicalize from 'canonicalize'
import { ConsentError } from './errors.js'
import { digestText } from './lib/bytes.js'
import { parseJson } from './lib/json.js'
import { checkNotice, formatVersionOf, MAX_DOCUMENT_LENGTH } from './lib/notice-schema.js'
import type { NoticePurpose } from './notice-purpose.js'
import type { NoticeWording } from './notice-wording.js'

export type {
  AutomatedDecisions,
  ContactChannel,
  LegalBasis,
  NoticeAi,
  NoticePurpose,
  NoticeSource,
  NoticeTransfer,
  Provision,
  TransferMechanism,
} from './notice-purpose.js'
export type { NoticeWording, PurposeWording } from './notice-wording.js'

/** Somebody a person can turn to. */
export interface NoticeContact {
  readonly name: string
  readonly contact: string
}

/** Who decides on the processing, and how to reach them. */
export interface NoticeController extends NoticeContact {
  readonly address?: string
  /** Where it is established: two capital letters of ISO 3166-1. */
  readonly country?: string
}

/** A right a notice tells of: articles 7(3), 15 to 18, 20 to 22 and 77 of the GDPR. */
export type NoticeRight =
  | 'withdrawal'
  | 'access'
  | 'rectification'
  | 'erasure'
  | 'restriction'
  | 'portability'
  | 'objection'
  | 'human-review'
  | 'complaint'

/** A notice as its author writes it. */
export interface NoticeInput {
  readonly id: string
  readonly version: string
  readonly controller: NoticeController
  /** The controller's representative in the Union, where it is established elsewhere. */
  readonly representative?: NoticeContact
  /** The data protection officer. */
  readonly dpo?: NoticeContact
  /** Whom to complain to. */
  readonly supervisoryAuthority?: NoticeContact
  readonly rights?: readonly NoticeRight[]
  readonly purposes: readonly NoticePurpose[]
  /** One wording per language tag, for instance `en` and `fr`. */
  readonly wording: Readonly<Record<string, NoticeWording>>
}

/** What one digest covers: everything that binds, and the wording of one language. */
export interface NoticeDocument extends Omit<NoticeInput, 'wording'> {
  readonly format: 'surveyseal-notice'
  /** 1 for what version 1 can say, so that digests of that time stay; 2 for the rest. */
  readonly formatVersion: 1 | 2
  readonly language: string
  readonly wording: NoticeWording
}

/** A checked, deeply frozen notice. */
export interface Notice extends NoticeInput {
  /** Per language, the RFC 8785 text of its {@link NoticeDocument}. */
  readonly documents: Readonly<Record<string, string>>
  /** Per language, SHA-256 of that text in UTF-8, as base64url. */
  readonly digests: Readonly<Record<string, string>>
}

/**
 * Checks a notice and computes one digest per language.
 *
 * A digest is the SHA-256 of one self-contained document ({@link NoticeDocument}) in RFC 8785 form: identity, controller,
 * every purpose and the wording of that language. Editing any of them, however little, gives another digest. What the
 * law wants a notice to say is not checked here: `lintNotice` does.
 *
 * @example
 * A notice in one language.
 *
 * ```ts
 * import { defineNotice } from '@surveyseal/consent'
 *
 * export const notice = defineNotice({
 *   id: 'flight-feedback',
 *   version: '2026-01',
 *   controller: { name: 'Example Air', contact: 'privacy@example.com' },
 *   purposes: [
 *     {
 *       id: 'improve-service',
 *       practices: ['link-answers-to-record'],
 *       legalBasis: 'consent',
 *       dataCategories: ['answers', 'booking class'],
 *       recipients: ['Example Air customer care'],
 *       retention: 'P2Y',
 *     },
 *   ],
 *   wording: {
 *     en: {
 *       title: 'Your feedback',
 *       summary: 'We ask about your flight.',
 *       purposes: { 'improve-service': { title: 'Improve our service', description: 'We read your answers.' } },
 *       withdrawal: 'Use the link on your receipt at any time.',
 *     },
 *   },
 * })
 * ```
 *
 * @param input - At most 32 purposes and 16 languages; each text at most 10,000 characters, without control characters,
 * lone surrogates or direction overrides; each document at most 131,072 characters.
 * @returns A frozen copy with its documents and digests.
 * @throws {@link ConsentError} `ERR_CONSENT_NOTICE_INVALID`; the message names the member, never its content.
 * @see [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)
 */
export function defineNotice(input: NoticeInput): Notice {
  const notice = checkNotice(input)
  const documents = mapValues(notice.wording, (_, language) => documentText(notice, language))
  return deepFreeze({ ...notice, documents, digests: mapValues(documents, digestText) })
}

/**
 * Reads a notice from JSON text: {@link defineNotice} after refusing duplicate members.
 *
 * @param json - At most 1,048,576 characters.
 * @returns The notice.
 * @throws {@link ConsentError} `ERR_CONSENT_DUPLICATE_KEY` when an object names a member twice.
 * @throws {@link ConsentError} `ERR_CONSENT_NOTICE_INVALID` when it is not JSON or not a notice.
 */
export function parseNotice(json: string): Notice {
  if (typeof json !== 'string') throw invalidArgumentType('json', 'string', json)
  if (json.length > MAX_NOTICE_LENGTH) throw new ConsentError('ERR_CONSENT_NOTICE_INVALID', 'the notice is too long')
  return defineNotice(parseJson(json, 'ERR_CONSENT_NOTICE_INVALID') as NoticeInput)
}

const MAX_NOTICE_LENGTH = 1_048_576

function documentText(notice: NoticeInput, language: string): string {
  const { wording: wordings, ...common } = notice
  const wording = wordings[language]
  const formatVersion = formatVersionOf(common, wording)
  const document = { format: 'surveyseal-notice', formatVersion, language, ...common, wording }
  const text = canonicalize(document)
  if (text === undefined || text.length > MAX_DOCUMENT_LENGTH) {
    throw new ConsentError('ERR_CONSENT_NOTICE_INVALID', 'the notice is too long in one of its languages')
  }
  return text
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) deepFreeze(member)
  return Object.freeze(value)
}
