/**
 * Recognizers of personal data in text, and redaction.
 *
 * @module
 */

export {
  type MatchSubjectOptions,
  matchSubject,
  type SubjectIdentifiers,
  type SubjectMatch,
  type SubjectPlace,
} from './recognize/match-subject.js'
export { NATIONAL_IDS, type NationalId } from './recognize/national-ids.js'
export { type RecognizeOptions, recognize, SPAN_KINDS } from './recognize/recognize.js'
export {
  type NerProvider,
  type NerRedactOptions,
  type Redaction,
  type RedactionKind,
  type RedactOptions,
  redact,
  redactWithNer,
} from './recognize/redact.js'
export type { Span, SpanKind } from './recognize/span.js'
export {
  type FieldIdentifiers,
  type IdentifierTally,
  type TallyOptions,
  tallyIdentifiers,
} from './recognize/tally-identifiers.js'
export {
  type TokenClassification,
  type TokenClassifier,
  type TransformersNerOptions,
  transformersNer,
} from './recognize/transformers-ner.js'
