import { invalidArgumentValue } from '../errors.js'
import type { Language } from '../lib/text.js'
import type { Assessment } from '../risk/assess.js'
import { compareTiers } from '../risk/tier.js'
import type { Markup } from './html.js'
import { html } from './html.js'
import { keyFigures } from './key-figures.js'
import { reportPage } from './page.js'
import { actions } from './programme/actions.js'
import { dpiaPanel } from './programme/dpia-panel.js'
import { countStates, gaps } from './programme/gaps.js'
import { matrix } from './programme/matrix.js'
import { practiceDetails } from './programme/practice-details.js'
import { citedSources, sourceList } from './programme/source-list.js'
import { tierBadge } from './programme/tier-badge.js'
import type { ProgrammeWords } from './programme/words.js'
import { PROGRAMME_WORDS } from './programme/words.js'
import type { Shown } from './shown.js'
import { shownIn } from './shown.js'

/** Options of {@link renderProgrammeReport}. */
export interface ProgrammeReportOptions {
  readonly language: Language
}

/**
 * Writes an assessment as a page: practices by tiers, what is in place and what is not, who has to act, whether a DPIA is
 * required and by which criterion or list, the reasons of each practice, and every source with its date.
 *
 * It runs and fetches nothing ({@link REPORT_CONTENT_POLICY}), prints on A4, reads without colour and in the dark. It shows
 * what the assessment says and checks none of it again; names a host gave are escaped. It is not legal advice, and says so.
 *
 * @example
 * For a browser, or a printer.
 *
 * ```ts
 * import { renderProgrammeReport } from '@surveyseal/core/report'
 * import { assessProgramme, parseProgramme } from '@surveyseal/core/risk'
 *
 * const programme = parseProgramme({ name: 'Call back detractors', practices: ['close-the-loop'] })
 * export const page = renderProgrammeReport(assessProgramme(programme, { at: new Date() }), { language: 'fr' })
 * ```
 *
 * @param assessment - What `assessProgramme` returned, or the same read back from JSON.
 * @param options - See {@link ProgrammeReportOptions}.
 * @returns The page as HTML.
 * @throws `RangeError` `ERR_INVALID_ARG_VALUE` for a language there are no words in.
 */
export function renderProgrammeReport(assessment: Assessment, { language }: ProgrammeReportOptions): string {
  if (!Object.hasOwn(PROGRAMME_WORDS, language)) throw invalidArgumentValue('options.language', 'en or fr')
  const words = PROGRAMME_WORDS[language]
  const sources = citedSources(assessment)
  const say = { words, language, sources, show: shownIn(language) }
  const { dpia } = assessment
  const practices = [...assessment.practices].sort((one, other) => compareTiers(other.tier, one.tier))
  return reportPage({
    language,
    kind: words.kind,
    title: assessment.name,
    lead: lead(assessment, words, say.show),
    body: html`${figures(assessment, words, say.show)}
${matrix(practices, words, language)}
${gaps(practices, say)}
${actions(practices, say)}
${dpiaPanel(dpia, say)}
${practiceDetails(practices, say)}
${sourceList(say)}`,
    closing: html`<p>${words.closing}</p><p class="soft">${words.law} ${dpia.law}.</p>`,
  })
}

function lead({ at, missing, dpia }: Assessment, words: ProgrammeWords, show: Shown): Markup {
  const one = missing.length === 1
  const gap = html`<b>${show.count(missing.length)} ${one ? words.countermeasure : words.countermeasures}</b> ${one ? words.leadMissing : words.leadMissingMany}.`
  return html`${missing.length === 0 ? words.leadComplete : gap} ${dpia.required ? words.leadDpia : words.leadNoDpia}
<br><span class="soft">${words.assessedAt} ${show.day(new Date(at))}</span>`
}

function figures({ tier, practices, dpia }: Assessment, words: ProgrammeWords, show: Shown): Markup {
  const { demanded, met, gone, lacking } = countStates(practices)
  const lapsed = gone === 0 ? '' : `, ${show.count(gone)} ${words.lapsed}`
  return keyFigures([
    { value: tierBadge(tier, words), label: words.highest },
    { value: `${show.count(met)} ${words.of} ${show.count(demanded)}`, label: words.inPlace },
    { value: show.count(gone + lacking), label: `${words.missing}${lapsed}`, alarming: gone + lacking > 0 },
    { value: dpia.required ? words.required : words.notRequired, label: words.dpia, alarming: dpia.required },
  ])
}
