/**
 * What ties an answer to the person who was invited: declared once per survey, kept by code.
 *
 * @module
 */

export { ANSWER_LINKAGES } from './answer-linkage/answer-linkages.js'
export type { LinkageDeclaration } from './answer-linkage/declare-linkage.js'
export { declareLinkage } from './answer-linkage/declare-linkage.js'
export type { LinkageErrorCode } from './answer-linkage/errors.js'
export { LinkageError } from './answer-linkage/errors.js'
export type { AnswerLinkage, LinkageTerms, SubmittedPart } from './answer-linkage/linkage.js'
export type { LinkageMove, LinkageStore } from './answer-linkage/linkage-store.js'
export type { LinkedLinks, SubmittedLink } from './answer-linkage/with-answer-linkage.js'
export { withAnswerLinkage } from './answer-linkage/with-answer-linkage.js'
