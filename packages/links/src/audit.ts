/**
 * Personal data in URLs: finding it, reporting it, taking it out.
 *
 * @module
 */

export { type AuditedLine, auditLines, auditTemplate, type LineFinding } from './audit/audit-lines.js'
export { type AuditOptions, auditUrl } from './audit/audit-url.js'
export type { DecoderName, Finding, FindingKind } from './audit/finding.js'
export { indexSubjects, type KnownMatch, type KnownSubjects } from './audit/known-subjects.js'
export type { OriginAudit, TransportFinding, TransportFindingKind } from './audit/origin.js'
export {
  type AuditReport,
  formatAuditJson,
  formatAuditSarif,
  formatAuditText,
  type ReportedFinding,
} from './audit/report.js'
export { type ScrubbedUrl, scrubUrl } from './audit/scrub-url.js'
