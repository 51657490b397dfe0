/**
 * The access document as a page to read, print and keep.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import { apart, escaped, instant, pageHead } from '../lib/html.js'
import { RECEIPT_STYLE } from '../lib/receipt-style.js'
import { RECEIPT_WORDS } from '../lib/receipt-words.js'
import type { NoticeDocument } from '../notice.js'
import { ACCESS_WORDS, type AccessLanguage, type AccessWords } from './access-words.js'
import type { AccessEvent, AccessRecord, AccessReport } from './assemble-access.js'

/** How the page is written. */
export interface RenderAccessOptions {
  /** The language of the page; notices, answers and names stay as they are. */
  readonly language: AccessLanguage
}

/**
 * Writes an access report as a whole HTML document that prints well.
 *
 * It fetches nothing and runs nothing, and says so in a content security policy of its own. Everything in the report is
 * escaped and set apart from the direction of the text around it; characters that nobody sees, or that turn text around,
 * are shown by their numbers. Receipts are left out: they are in the JSON.
 *
 * @param report - From `assembleAccess`.
 * @param options - See {@link RenderAccessOptions}.
 * @returns An HTML document in UTF-8.
 * @throws {RangeError} `ERR_INVALID_ARG_VALUE`: another language.
 */
export function renderAccessHtml(report: AccessReport, options: RenderAccessOptions): string {
  const { language } = options
  if (!Object.hasOwn(ACCESS_WORDS, language)) throw invalidArgumentValue('options.language', 'en or fr')
  const words = ACCESS_WORDS[language]
  return [
    pageHead({ language, title: words.title, style: `${RECEIPT_STYLE}${STYLE}` }),
    `<h1>${escaped(words.title)}</h1><p>${escaped(words.intro)}</p>`,
    facts([
      [words.controller, shown(report.controller.name)],
      [words.contact, shown(report.controller.contact)],
      [words.prepared, instant(Date.parse(report.preparedAt), language)],
    ]),
    section(
      words.uses,
      report.notices.map((notice) => uses(notice, words)),
      words,
    ),
    section(
      words.records,
      report.records.map((record, index) => recordOf(record, { index, words })),
      words,
    ),
    section(words.choices, choices(report.events, { language, words }), words),
    section(words.links, links(report, { language, words }), words),
    section(words.requests, requests(report, { language, words }), words),
    `<h2>${escaped(words.rights)}</h2><p class="note">${escaped(words.rightsText)}</p>`,
    '</main></body></html>\n',
  ].join('\n')
}

/** Beside the style of receipts: cells of any length, and last cells that wrap. */
const STYLE = `
td, th { overflow-wrap: break-word; }
td:last-child { white-space: pre-line; font-weight: 400; }
td strong { white-space: pre-line; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
.small { color: light-dark(#444, #b4bcc4); font-size: .9rem; }
`

interface Setting {
  readonly language: AccessLanguage
  readonly words: AccessWords
}

function section(title: string, parts: readonly string[], words: AccessWords): string {
  return `<h2>${escaped(title)}</h2>${parts.length === 0 ? `<p>${escaped(words.none)}</p>` : parts.join('')}`
}

function uses({ id, version, language, wording, purposes }: NoticeDocument, words: AccessWords): string {
  const texts = new Map(Object.entries(wording.purposes))
  const rows = purposes.map((purpose) => [
    `<strong>${shown(texts.get(purpose.id)?.title ?? purpose.id)}</strong>${shown(texts.get(purpose.id)?.description ?? '')}`,
    escaped(words.bases[purpose.legalBasis]),
    list(purpose.dataCategories),
    list(purpose.recipients),
    shown(purpose.retention),
  ])
  const headings = [words.use, words.basis, words.categories, words.recipients, words.retention]
  const name = `<p class="small">${escaped(words.notice)} ${shown(id)}, ${shown(version)}</p>`
  return `<h3 lang="${escaped(language)}">${shown(wording.title)}</h3>${name}${table(headings, rows)}`
}

function recordOf(record: AccessRecord, { index, words }: { index: number; words: AccessWords }): string {
  const { survey, source, fields } = record
  const about: [string, string][] = [
    ...(survey === null ? [] : [[words.survey, shown(survey)] as [string, string]]),
    ...(source === null ? [] : [[words.source, shown(source)] as [string, string]]),
  ]
  const values = Object.entries(fields).map(([name, value]): [string, string] => [visible(name), shown(textOf(value))])
  return `<h3>${escaped(words.record)} ${index + 1}</h3>${facts([...about, ...values])}`
}

function choices(events: readonly AccessEvent[], { language, words }: Setting): readonly string[] {
  if (events.length === 0) return []
  const names: Readonly<Record<string, string>> = RECEIPT_WORDS[language].decisions
  const rows = events.map(({ receivedAt, survey, kind, decisions, notice }) => [
    instant(receivedAt, language),
    shown(survey),
    decisions
      .map(({ title, decision }) => `<div>${shown(title)}${words.colon}${escaped(names[decision] ?? decision)}</div>`)
      .join(''),
    `${notice === null ? '' : `${shown(notice.id)}, ${shown(notice.version)}<br>`}${escaped(
      kind === 'decision' ? words.byPerson : words.byController,
    )}`,
  ])
  return [table([words.when, words.survey, words.choice, words.notice], rows)]
}

function links({ links }: AccessReport, { language, words }: Setting): readonly string[] {
  if (links.length === 0) return []
  const at = (time: number | null): string => (time === null ? '' : instant(time, language))
  const rows = links.map(({ survey, purpose, madeAt, expiresAt, state }) => [
    `${shown(survey)} (${shown(purpose)})`,
    at(madeAt),
    at(expiresAt),
    shown(state),
  ])
  return [table([words.madeFor, words.made, words.expires, words.state], rows)]
}

function requests({ requests }: AccessReport, { language, words }: Setting): readonly string[] {
  if (requests.length === 0) return []
  const rows = requests.map(({ right, receivedAt, lastDay, state }) => [
    escaped(words.rightNames[right]),
    instant(receivedAt, language),
    day(lastDay, language),
    escaped(words.states[state]),
  ])
  return [table([words.right, words.received, words.due, words.state], rows)]
}

function day(iso: string, language: AccessLanguage): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  return `<time datetime="${escaped(iso)}">${escaped(format.format(new Date(iso)))}</time>`
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = headings.map((heading) => `<th scope="col">${escaped(heading)}</th>`).join('')
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

function facts(entries: readonly (readonly [string, string])[]): string {
  return `<dl>${entries.map(([name, value]) => `<dt>${apart(name)}</dt><dd>${value}</dd>`).join('')}</dl>`
}

function list(items: readonly string[]): string {
  return items.map(shown).join('<br>')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function shown(text: string): string {
  return apart(visible(text))
}

/** Controls but the line feed, and what turns or hides text, by number: what is printed is what is there. */
function visible(text: string): string {
  return text.replace(
    /[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu,
    (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
}
