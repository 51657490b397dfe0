/**
 * Telling other systems what happened: events kept in the transaction that made them true, and delivered at least once.
 *
 * @module
 */

export {
  createDispatcher,
  type DeliveryFailure,
  type Dispatcher,
  type DispatcherOptions,
  type DispatchReport,
  type RunOptions,
} from './outbox/create-dispatcher.js'
export {
  type ConsentErased,
  type ConsentWithdrawn,
  type ErasureCompleted,
  type LinkSpent,
  type OutboxBodies,
  type OutboxEvent,
  type OutboxType,
  type RecordErased,
  toOutboxRecord,
} from './outbox/outbox-event.js'
export type { BuriedRecord, LeasedRecord, LeaseOptions, OutboxRecord, OutboxStore } from './outbox/outbox-store.js'
