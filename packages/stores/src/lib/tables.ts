import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'

const defaultPrefix = 'surveyseal_'

/** The names of the tables; they are the only part of a statement that is not fixed text or a parameter. */
export interface Tables {
  readonly migrations: string
  readonly links: string
  readonly linkSpends: string
  readonly linkSuppressions: string
  readonly linkDrafts: string
  readonly consentRequests: string
  readonly consentEvents: string
  readonly consentSummaries: string
  readonly answerBuffer: string
  readonly answerRewrites: string
  readonly waves: string
  readonly issuances: string
  readonly spentTokens: string
  readonly answerLinkages: string
  readonly ledgerHeads: string
  readonly ledgerEntries: string
  readonly ledgerNodes: string
  readonly ledgerCheckpoints: string
  readonly outbox: string
  readonly rightsRequests: string
  readonly erasures: string
}

/** Names the tables, with the host's prefix or ours. */
export function namesOfTables(prefix: string = defaultPrefix): Tables {
  if (typeof prefix !== 'string') throw invalidArgumentType('tablePrefix', 'string', prefix)
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(prefix)) {
    throw invalidArgumentValue('tablePrefix', 'a lower-case letter, then at most 30 lower-case letters, digits or _')
  }
  return {
    migrations: `${prefix}migrations`,
    links: `${prefix}links`,
    linkSpends: `${prefix}link_spends`,
    linkSuppressions: `${prefix}link_suppressions`,
    linkDrafts: `${prefix}link_drafts`,
    consentRequests: `${prefix}consent_requests`,
    consentEvents: `${prefix}consent_events`,
    consentSummaries: `${prefix}consent_summaries`,
    answerBuffer: `${prefix}answer_buffer`,
    answerRewrites: `${prefix}answer_rewrites`,
    waves: `${prefix}waves`,
    issuances: `${prefix}issuances`,
    spentTokens: `${prefix}spent_tokens`,
    answerLinkages: `${prefix}answer_linkages`,
    ledgerHeads: `${prefix}ledger_heads`,
    ledgerEntries: `${prefix}ledger_entries`,
    ledgerNodes: `${prefix}ledger_nodes`,
    ledgerCheckpoints: `${prefix}ledger_checkpoints`,
    outbox: `${prefix}outbox`,
    rightsRequests: `${prefix}rights_requests`,
    erasures: `${prefix}erasures`,
  }
}

/** A store without a tenant would mix everyone's rows. */
export function assertTenant(tenant: string): void {
  if (typeof tenant !== 'string') throw invalidArgumentType('tenant', 'string', tenant)
  if (tenant === '') throw invalidArgumentValue('tenant', 'a name')
}
