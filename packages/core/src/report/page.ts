import type { Language } from '../lib/text.js'
import type { HtmlPart } from './html.js'
import { html, Markup } from './html.js'
import { STYLE, STYLE_DIGEST } from './style.js'

/** A report as {@link reportPage} frames it. */
export interface ReportPage {
  readonly language: Language
  /** What kind of report it is, above the title. */
  readonly kind: string
  readonly title: string
  /** The first sentences: what the report found. */
  readonly lead: HtmlPart
  /** Sections, each with an `h2`. */
  readonly body: HtmlPart
  /** What the report is not, at its end. */
  readonly closing: HtmlPart
}

/** The source expression of the style of every report, for a host whose own policy is sent with its pages. */
export const REPORT_STYLE_SOURCE: string = `'sha256-${STYLE_DIGEST}'`

/**
 * The content security policy a report asks for itself: its one style, and nothing else. A host that serves reports can
 * send the same as a header.
 */
export const REPORT_CONTENT_POLICY: string = `default-src 'none'; style-src ${REPORT_STYLE_SOURCE}; base-uri 'none'; form-action 'none'`

/**
 * Frames a report as one page that runs nothing and fetches nothing, for screens light and dark, small and large, and for
 * paper (A4).
 *
 * The style is the same in every report. What stands in a page must do without `style` attributes: its policy lets none in.
 *
 * @example
 * The smallest report.
 *
 * ```ts
 * import { html, reportPage } from '@surveyseal/core/report'
 *
 * export const page = reportPage({
 *   language: 'en',
 *   kind: 'Report',
 *   title: 'Answers this week',
 *   lead: html`<b>12</b> people answered.`,
 *   body: html`<section><h2>By day</h2><p>All on Monday.</p></section>`,
 *   closing: 'Counted once.',
 * })
 * ```
 *
 * @param page - See {@link ReportPage}; text in it is escaped, markup is not.
 * @returns The page as HTML.
 */
export function reportPage({ language, kind, title, lead, body, closing }: ReportPage): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(REPORT_CONTENT_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<header>
<p class="kind">${kind}</p>
<h1>${title}</h1>
<p class="lead">${lead}</p>
</header>
${body}
<footer>${closing}</footer>
</main>
</body>
</html>
`.text
}
