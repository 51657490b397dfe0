/**
 * Receipts as pages to read, print and keep.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { ConsentEvent, Decision, Ruling } from './consent-event.js'
import { apart, escaped, instant, pageHead } from './lib/html.js'
import { RECEIPT_STYLE } from './lib/receipt-style.js'
import { RECEIPT_WORDS, type ReceiptField, type ReceiptLanguage, type ReceiptWords } from './lib/receipt-words.js'
import type { VerifiedReceipt } from './receipt.js'

export type { ReceiptLanguage } from './lib/receipt-words.js'

/**
 * Writes a verified receipt as a whole HTML document that prints well.
 *
 * It fetches nothing and runs nothing, and says so in a content security policy of its own; everything that came from the
 * receipt is escaped, and set apart from the direction of the text around it. The wording stays in the language it was
 * signed in. The page proves nothing by itself, and says that too: the receipt does. It does not show the pseudonym.
 *
 * @param receipt - From `verifyReceipt`, so that what is printed was verified.
 * @param options - `language` is that of the page.
 * @returns An HTML document in UTF-8.
 * @throws {RangeError} `ERR_INVALID_ARG_VALUE`: another language.
 *
 * @example
 * A receipt that a person may print.
 *
 * ```ts
 * import { type ControllerKeys, receiptHtml, verifyReceipt } from '@surveyseal/consent'
 *
 * export async function printable(receipt: string, keys: ControllerKeys): Promise<Response> {
 *   const page = receiptHtml(await verifyReceipt(receipt, { keys }), { language: 'en' })
 *   return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
 * }
 * ```
 */
export function receiptHtml(receipt: VerifiedReceipt, options: { readonly language: ReceiptLanguage }): string {
  const { language } = options
  if (!Object.hasOwn(RECEIPT_WORDS, language)) throw invalidArgumentValue('options.language', 'en or fr')
  const words = RECEIPT_WORDS[language]
  const { title, intro } = headings(receipt.event.kind, words)
  return [
    pageHead({ language, title, style: RECEIPT_STYLE }),
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(intro)}</p>`,
    choices(receipt, words),
    laterChoices(receipt, words, language),
    withdrawal(receipt, words),
    claims(receipt, words),
    `<h2>${escaped(words.details)}</h2>`,
    details(receipt, words, language),
    `<p class="note">${escaped(words.keep)}</p>`,
    '</main></body></html>\n',
  ].join('\n')
}

function headings(kind: ConsentEvent['kind'], words: ReceiptWords): { title: string; intro: string } {
  if (kind === 'decision') return { title: words.title, intro: words.intro }
  if (kind === 'withdrawal') return { title: words.withdrawalTitle, intro: words.withdrawalIntro }
  return { title: words.statementTitle, intro: words.statementIntro }
}

function choices(receipt: VerifiedReceipt, words: ReceiptWords): string {
  const { event, notice } = receipt
  const signedIn = notice === null ? '' : ` lang="${escaped(notice.language)}"`
  const rows = Object.entries(event.decisions).map(
    ([purpose, decision]) =>
      `<tr><td${signedIn}>${purposeText(receipt, purpose)}</td><td>${escaped(words.decisions[decision])}</td></tr>`,
  )
  const columns = `<th scope="col">${escaped(words.use)}</th><th scope="col">${escaped(words.choice)}</th>`
  const told =
    notice === null
      ? ''
      : `<h2${signedIn}>${apart(notice.wording.title)}</h2><p${signedIn} dir="auto">${escaped(notice.wording.summary)}</p>`
  return `${told}<table><thead><tr>${columns}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

/** Title and description as they were signed; a withdrawal names its purposes alone. */
function purposeText(receipt: VerifiedReceipt, purpose: string): string {
  const wording = wordingOf(receipt, purpose)
  if (wording === undefined) return `<strong>${apart(purpose)}</strong>`
  return `<strong>${apart(wording.title)}</strong>${apart(wording.description)}`
}

function wordingOf({ notice }: VerifiedReceipt, purpose: string): { title: string; description: string } | undefined {
  const purposes = notice?.wording.purposes ?? {}
  return Object.hasOwn(purposes, purpose) ? purposes[purpose] : undefined
}

function laterChoices(receipt: VerifiedReceipt, words: ReceiptWords, language: ReceiptLanguage): string {
  if (receipt.later.length === 0) return ''
  const one = (purpose: string, decision: Decision | Ruling, at: number): string =>
    `<li>${apart(wordingOf(receipt, purpose)?.title ?? purpose)}${words.colon}${escaped(words.decisions[decision])}, ${instant(at, language)}</li>`
  const items = receipt.later.map(({ purpose, decision, receivedAt }) => one(purpose, decision, receivedAt))
  return `<h2>${escaped(words.later)}</h2><ul>${items.join('')}</ul>`
}

function withdrawal({ notice }: VerifiedReceipt, words: ReceiptWords): string {
  if (notice === null) return ''
  const text = `<p lang="${escaped(notice.language)}" dir="auto">${escaped(notice.wording.withdrawal)}</p>`
  return `<h2>${escaped(words.withdraw)}</h2>${text}`
}

function claims({ proved, notProved }: VerifiedReceipt, words: ReceiptWords): string {
  const list = (title: string, items: readonly string[]): string =>
    `<section><h2>${escaped(title)}</h2><ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul></section>`
  return [
    '<div class="claims">',
    list(
      words.proved,
      proved.map((claim) => words.provedClaims[claim]),
    ),
    list(
      words.notProved,
      notProved.map((claim) => words.unprovedClaims[claim]),
    ),
    '</div>',
  ].join('')
}

function details(receipt: VerifiedReceipt, words: ReceiptWords, language: ReceiptLanguage): string {
  const { event, notice, inclusion, unchangedUntil } = receipt
  const witnesses = inclusion?.cosignatures.map(
    ({ witness, at }) => `${apart(witness)}, ${instant(at.getTime(), language)}`,
  )
  const values = {
    controller: apart(notice === null ? event.audience : notice.controller.name),
    contact: notice && apart(notice.controller.contact),
    receivedAt: instant(event.receivedAt, language),
    survey: apart(event.survey),
    notice: notice && `${apart(notice.id)}, ${apart(notice.version)}`,
    language: notice && apart(notice.language),
    digest: apart(event.digest),
    key: apart(event.kind === 'decision' ? event.keyThumbprint : event.keyId),
    log: inclusion && apart(inclusion.log),
    place: inclusion && `${inclusion.index + 1} / ${inclusion.size}`,
    witnesses: witnesses?.length ? witnesses.join('<br>') : null,
    unchangedUntil: unchangedUntil === null ? null : instant(unchangedUntil, language),
  } satisfies Record<ReceiptField, string | null>
  const entries = Object.entries(values) as [ReceiptField, string | null][]
  const rows = entries.flatMap(([field, value]) =>
    value === null ? [] : [`<dt>${escaped(words.fields[field])}</dt><dd>${value}</dd>`],
  )
  return `<dl>${rows.join('')}</dl>`
}
