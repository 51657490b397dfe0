/**
 * The error of this package and its codes.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * Every code a {@link ConsentError} can carry; append-only.
 *
 * | code | means |
 * | --- | --- |
 * | `ERR_CONSENT_NOTICE_INVALID` | a notice lacks something, has something unknown, or holds text that cannot be signed |
 * | `ERR_CONSENT_NOTICE_MISMATCH` | the digest, language or text of a notice is not the one asked for, or no longer in force |
 * | `ERR_CONSENT_MALFORMED` | not a compact JWS of this package: too long, wrong encoding, missing or unknown members |
 * | `ERR_CONSENT_DUPLICATE_KEY` | a JSON object names one member twice |
 * | `ERR_CONSENT_ALGORITHM_REFUSED` | the header names another algorithm than the pinned one, `none` included |
 * | `ERR_CONSENT_TYPE_REFUSED` | the header says this is another kind of document |
 * | `ERR_CONSENT_PRIVATE_KEY` | the header holds private key material; that key must be considered lost |
 * | `ERR_CONSENT_SIGNATURE_INVALID` | the signature is not one of the named key over these bytes |
 * | `ERR_CONSENT_KEY_NOT_FOUND` | none of the given keys has the key id of the document |
 * | `ERR_CONSENT_REQUEST_MISMATCH` | audience, subject, survey, nonce, validity, actor or position is not the requested one |
 * | `ERR_CONSENT_PURPOSES_MISMATCH` | a requested purpose is not decided, or one is decided that was not requested |
 * | `ERR_CONSENT_CLOCK_AHEAD` | something was given later than now, by more than the tolerated skew |
 * | `ERR_CONSENT_CLOCK_BEHIND` | something was given before it was requested, by more than the tolerated skew |
 * | `ERR_CONSENT_NONCE_UNKNOWN` | never requested here, or the request has expired: request again |
 * | `ERR_CONSENT_NONCE_REPLAYED` | the request was already answered by another event |
 * | `ERR_CONSENT_HEAD_MOVED` | another event of the same person came first: request and sign again |
 * | `ERR_CONSENT_NOTHING_TO_WITHDRAW` | none of the purposes was ever given |
 * | `ERR_CONSENT_ERASED` | what the receipt records was erased with the person's history: nothing rests on it any more |
 * | `ERR_CONSENT_RECORD_INVALID` | a stored event or a receipt contradicts itself: bytes, hash or columns |
 * | `ERR_CONSENT_CHAIN_MISMATCH` | a receipt given as a later one is of another person or survey, not later, or contradicts the chain |
 * | `ERR_CONSENT_CRYPTO_UNAVAILABLE` | Web Crypto is missing (the page is not served over https) or lacks ES256 |
 * | `ERR_CONSENT_TRANSITION_REFUSED` | what was decided or stated does not follow from the state of a purpose, such as renewing what was never given |
 * | `ERR_CONSENT_CHAIN_FULL` | the person's chain holds as many events as it may; it can still be withdrawn from |
 * | `ERR_CONSENT_GUARDIAN_REQUIRED` | the person is too young to consent alone: ask who has parental responsibility |
 * | `ERR_CONSENT_IMPORT_REFUSED` | a consent record of another system has errors: `findings` lists them |
 * | `ERR_CONSENT_NOTHING_TO_EXPORT` | the format holds nothing but given consent, and none of the record is |
 */
export type ConsentErrorCode =
  | 'ERR_CONSENT_NOTICE_INVALID'
  | 'ERR_CONSENT_NOTICE_MISMATCH'
  | 'ERR_CONSENT_MALFORMED'
  | 'ERR_CONSENT_DUPLICATE_KEY'
  | 'ERR_CONSENT_ALGORITHM_REFUSED'
  | 'ERR_CONSENT_TYPE_REFUSED'
  | 'ERR_CONSENT_PRIVATE_KEY'
  | 'ERR_CONSENT_SIGNATURE_INVALID'
  | 'ERR_CONSENT_KEY_NOT_FOUND'
  | 'ERR_CONSENT_REQUEST_MISMATCH'
  | 'ERR_CONSENT_PURPOSES_MISMATCH'
  | 'ERR_CONSENT_CLOCK_AHEAD'
  | 'ERR_CONSENT_CLOCK_BEHIND'
  | 'ERR_CONSENT_NONCE_UNKNOWN'
  | 'ERR_CONSENT_NONCE_REPLAYED'
  | 'ERR_CONSENT_HEAD_MOVED'
  | 'ERR_CONSENT_NOTHING_TO_WITHDRAW'
  | 'ERR_CONSENT_ERASED'
  | 'ERR_CONSENT_RECORD_INVALID'
  | 'ERR_CONSENT_CHAIN_MISMATCH'
  | 'ERR_CONSENT_CRYPTO_UNAVAILABLE'
  | 'ERR_CONSENT_TRANSITION_REFUSED'
  | 'ERR_CONSENT_CHAIN_FULL'
  | 'ERR_CONSENT_GUARDIAN_REQUIRED'
  | 'ERR_CONSENT_IMPORT_REFUSED'
  | 'ERR_CONSENT_NOTHING_TO_EXPORT'

/** A notice, request, event, withdrawal or receipt that cannot be accepted. Compare `code`. */
export class ConsentError extends SurveySealError<ConsentErrorCode> {}
