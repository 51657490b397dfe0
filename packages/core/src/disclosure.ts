/**
 * How easily a person in a data set can be singled out by what is known about them.
 *
 * @module
 */

export type { DisclosureErrorCode } from './disclosure/errors.js'
export { DisclosureError } from './disclosure/errors.js'
export type { DisclosureFigures, DisclosureRisk } from './disclosure/figures.js'
export type { DisclosureMeasure, DisclosureOptions } from './disclosure/measure.js'
export { createDisclosureMeasure, measureDisclosureRisk } from './disclosure/measure.js'
export type { Row, SuppressedSemantics } from './disclosure/row.js'
