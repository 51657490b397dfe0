/**
 * How easily a person in a data set can be singled out by what is known about them.
 *
 * @module
 */

export type { SubjectAssessment, SubjectOptions, SubjectRecords, SubjectVerdict } from './disclosure/assess-subject.js'
export { assessSubject } from './disclosure/assess-subject.js'
export type { ColumnContribution } from './disclosure/contributions.js'
export type { Diversity } from './disclosure/diversity.js'
export type { DisclosureErrorCode } from './disclosure/errors.js'
export { DisclosureError } from './disclosure/errors.js'
export type { ClassSizes, DisclosureFigures, DisclosureRisk, KMap, PersonsBySize } from './disclosure/figures.js'
export { figuresInPopulation, figuresOfGroups } from './disclosure/figures.js'
export type { DisclosureMeasure } from './disclosure/measure.js'
export { createDisclosureMeasure, measureDisclosureRisk } from './disclosure/measure.js'
export type { DisclosureOptions } from './disclosure/options.js'
export type { Row, SuppressedSemantics } from './disclosure/row.js'
export { SUPPRESSED_VALUES } from './disclosure/row.js'
export { ranksOfTexts } from './disclosure/sensitive.js'
export type { SensitiveFigures, SensitiveTallies } from './disclosure/sensitive-figures.js'
export { sensitiveFigures, worstFigures } from './disclosure/sensitive-figures.js'
export type { SubjectFinding, SubjectRisk } from './disclosure/subject/finding.js'
export type { OtherRecord } from './disclosure/subject/subject-index.js'
export type { SuggestedRule, Suggestion, SuggestionOptions } from './disclosure/suggest-generalization.js'
export { suggestGeneralization } from './disclosure/suggest-generalization.js'
export type { SuppressedTable, SuppressTableOptions } from './disclosure/suppress-table.js'
export { suppressTable } from './disclosure/suppress-table.js'
export type { Tally } from './disclosure/tally.js'
export { tallyOfCounts } from './disclosure/tally.js'
