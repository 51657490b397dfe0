/**
 * Keyrings and peppers in files, and a look at live origins, for Node, Bun and Deno.
 *
 * @module
 */

export type { OriginAudit, TransportFinding, TransportFindingKind } from './audit/origin.js'
export { type AuditOriginOptions, auditOrigin } from './node/audit-origin.js'
export { loadKeyringFile } from './node/load-keyring-file.js'
export { loadPepperFile } from './node/load-pepper-file.js'
