/**
 * Reports as pages of HTML that run nothing and fetch nothing.
 *
 * @module
 */

export type { Language } from './lib/text.js'
export type { PreviewedRecord } from './report/erasure/record-changes.js'
export type { ShownVerdict } from './report/erasure/residual.js'
export type { ErasurePreview, ErasurePreviewOptions } from './report/erasure-preview.js'
export { renderErasurePreview } from './report/erasure-preview.js'
export type { HtmlPart } from './report/html.js'
export { html, Markup } from './report/html.js'
export type { KeyFigure } from './report/key-figures.js'
export { keyFigures } from './report/key-figures.js'
export type { ReportPage } from './report/page.js'
export { REPORT_CONTENT_POLICY, REPORT_STYLE_SOURCE, reportPage } from './report/page.js'
export type { ProgrammeReportOptions } from './report/programme-report.js'
export { renderProgrammeReport } from './report/programme-report.js'
export type { Shown } from './report/shown.js'
export { shownIn } from './report/shown.js'
