import { invalidArgumentValue } from '../errors.js'
import type { Language, Text } from '../lib/text.js'
import type { PreviewedRecord } from './erasure/record-changes.js'
import { recordChanges } from './erasure/record-changes.js'
import type { ShownVerdict } from './erasure/residual.js'
import { residual } from './erasure/residual.js'
import type { ErasureWords } from './erasure/words.js'
import { ERASURE_WORDS } from './erasure/words.js'
import type { HtmlPart, Markup } from './html.js'
import { html } from './html.js'
import { keyFigures } from './key-figures.js'
import { reportPage } from './page.js'
import type { Shown } from './shown.js'
import { shownIn } from './shown.js'

/** What {@link renderErasurePreview} shows; an `ErasurePlan` of `core/erase` is one. */
export interface ErasurePreview {
  readonly records: readonly PreviewedRecord[]
  readonly warnings: readonly (string | Text)[]
  readonly residual: ShownVerdict | null
}

/** Options of {@link renderErasurePreview}. */
export interface ErasurePreviewOptions {
  readonly language: Language
}

/**
 * Writes what an erasure would do as a page: each record before and after, masked, what to know before confirming, and
 * whether what is left still betrays the person.
 *
 * The plan holds no identifier, and the page names none. It still shows which records are of one person, so it is kept as
 * shortly as the plan is. It runs and fetches nothing ({@link REPORT_CONTENT_POLICY}).
 *
 * @example
 * For the operator who confirms it.
 *
 * ```ts
 * import { renderErasurePreview } from '@surveyseal/core/report'
 *
 * export const page = renderErasurePreview({ records: [], warnings: [], residual: null }, { language: 'en' })
 * ```
 *
 * @param preview - A plan, or the same of a host's own.
 * @param options - See {@link ErasurePreviewOptions}.
 * @returns The page as HTML.
 * @throws `RangeError` `ERR_INVALID_ARG_VALUE` for a language there are no words in.
 */
export function renderErasurePreview(preview: ErasurePreview, { language }: ErasurePreviewOptions): string {
  if (!Object.hasOwn(ERASURE_WORDS, language)) throw invalidArgumentValue('options.language', 'en or fr')
  const words = ERASURE_WORDS[language]
  const say = { words, language, show: shownIn(language) }
  const { records, warnings } = preview
  const found = html`${figures(preview, words, say.show)}
${warnings.length === 0 ? null : warned(warnings, words, language)}
${residual(preview.residual, say)}
${recordChanges(records, say)}`
  return reportPage({
    language,
    kind: words.kind,
    title: words.title,
    lead: records.length === 0 ? words.nobody : words.nothingYet,
    body: records.length === 0 ? null : found,
    closing: html`<p>${words.closing}</p>`,
  })
}

function figures({ records, residual }: ErasurePreview, words: ErasureWords, show: Shown): Markup {
  const of = (relation: PreviewedRecord['relation']) => records.filter((record) => record.relation === relation).length
  const values = records.flatMap(({ changes }) => changes).reduce((total, { count }) => total + count, 0)
  const dependents = of('dependent')
  const betrayed = residual !== null && residual.verdict !== 'not-singled-out'
  return keyFigures([
    { value: show.count(of('subject')), label: words.own },
    { value: show.count(of('mention')), label: words.mentions },
    ...(dependents === 0 ? [] : [{ value: show.count(dependents), label: words.dependents }]),
    { value: show.count(values), label: words.fields },
    {
      value: residual === null ? words.noVerdict : words.verdicts[residual.verdict],
      label: words.left,
      alarming: betrayed,
    },
  ])
}

function warned(warnings: readonly (string | Text)[], words: ErasureWords, language: Language): HtmlPart {
  const texts = warnings.map((warning) => (typeof warning === 'string' ? warning : warning[language]))
  return html`<section>
<h2>${words.warnings}</h2>
<ul class="warnings">${texts.map((text) => html`<li>${text}</li>`)}</ul>
</section>`
}
