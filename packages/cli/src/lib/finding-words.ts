/**
 * What is wrong with a consent record, in words.
 *
 * @module
 */

import type { RecordFindingCode } from '@surveyseal/consent/export'

/** The meaning of each code, for whoever reads it for the first time. */
export const FINDING_WORDS: Readonly<Record<RecordFindingCode, string>> = {
  'too-long': 'longer than it may be',
  'not-json': 'this is not JSON; receipts of this system are checked by "consent verify"',
  'duplicate-member': 'a member comes twice, so that readers disagree on it',
  'reserved-member': 'a member called __proto__',
  'too-deep': 'nested deeper than 32 levels',
  'ill-formed-text': 'half a character',
  'not-a-record': 'no single consent record or receipt is here',
  'context-unusable': 'a part of JSON-LD contexts that is not read',
  'too-large': 'its references unfold to more than 100,000 values',
  'missing-member': 'mandatory, and not there',
  'unknown-member': 'not of this format; an import leaves it out',
  'wrong-type': 'another type of JSON value is expected',
  'wrong-value': 'none of the values allowed',
  'wrong-form': 'not in the form expected: a term, an instant in UTC, a language',
  'too-few': 'emptier than it may be',
  'too-many': 'longer than it may be, or more errors than anybody reads',
  'status-unknown': 'a consent status that the vocabulary does not have',
  'status-ambiguous': 'none, or more than one consent status or type',
  'consent-type-missing': 'consent is given, and nothing says how it was expressed',
  'dangling-reference': 'names a party, notice or source that is not described',
  'duplicate-id': 'two of them have one id',
  'time-impossible': 'no calendar has it',
  'not-available': 'mandatory, and stated as not available',
}
