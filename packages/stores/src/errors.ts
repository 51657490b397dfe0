/**
 * What can go wrong in a store.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'

/**
 * Codes of {@link StoreError}.
 *
 * - `ERR_STORE_DRIVER_MISSING`: neither `node:sqlite` nor `@photostructure/sqlite` can be loaded.
 * - `ERR_STORE_NOT_A_DATABASE`: the file is not an SQLite database, or a damaged one.
 * - `ERR_STORE_SCHEMA_MISSING`: a table is not there; `migrate` makes it.
 * - `ERR_STORE_READ_ONLY`: the disk, file, session or standby server takes no writes.
 * - `ERR_STORE_FULL`: the disk is full.
 * - `ERR_STORE_BUSY`: another transaction held the database, or the statement took, longer than may be waited.
 * - `ERR_STORE_CONFLICT`: other transactions came first each time this one was tried.
 * - `ERR_STORE_CONSTRAINT`: a row breaks a constraint of its table.
 * - `ERR_STORE_VALUE_OUT_OF_RANGE`: a stored value is none of `SqlValue`, for instance an integer no number holds exactly.
 * - `ERR_STORE_QUERY_REFUSED`: the engine refused the statement for any other reason.
 * - `ERR_STORE_TRANSACTION_ENDED`: a handle was used after its transaction had ended.
 * - `ERR_STORE_UNAVAILABLE`: the database cannot be reached or opened; nothing was written.
 * - `ERR_STORE_COMMIT_UNKNOWN`: it went away while it was committing; all was kept or nothing, and only reading tells.
 */
export type StoreErrorCode =
  | 'ERR_STORE_DRIVER_MISSING'
  | 'ERR_STORE_NOT_A_DATABASE'
  | 'ERR_STORE_SCHEMA_MISSING'
  | 'ERR_STORE_READ_ONLY'
  | 'ERR_STORE_FULL'
  | 'ERR_STORE_BUSY'
  | 'ERR_STORE_CONFLICT'
  | 'ERR_STORE_CONSTRAINT'
  | 'ERR_STORE_VALUE_OUT_OF_RANGE'
  | 'ERR_STORE_QUERY_REFUSED'
  | 'ERR_STORE_TRANSACTION_ENDED'
  | 'ERR_STORE_UNAVAILABLE'
  | 'ERR_STORE_COMMIT_UNKNOWN'

/** A database failed or refused; see {@link StoreErrorCode}. Never holds a statement's values. */
export class StoreError extends SurveySealError<StoreErrorCode> {}
