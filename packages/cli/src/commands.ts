/**
 * The table of commands: nothing else knows their names.
 *
 * @module
 */

import type { Command } from './lib/command.js'

/** Loads a command: each by itself, because what all need takes longer to load than one takes to run. */
export type CommandSource = () => Promise<Command>

/** Every command by the words that call it. */
export const commands: Readonly<Record<string, CommandSource>> = {
  assess: async () => (await import('./commands/assess.js')).assess,
  'notice lint': async () => (await import('./commands/notice-lint.js')).noticeLint,
  'keys new': async () => (await import('./commands/keys-new.js')).keysNew,
  'keys list': async () => (await import('./commands/keys-list.js')).keysList,
  'keys rotate': async () => (await import('./commands/keys-rotate.js')).keysRotate,
  'keys retire': async () => (await import('./commands/keys-rotate.js')).keysRetire,
  'keys revoke': async () => (await import('./commands/keys-rotate.js')).keysRevoke,
  mint: async () => (await import('./commands/mint.js')).mint,
  open: async () => (await import('./commands/open.js')).open,
  anonymize: async () => (await import('./commands/anonymize.js')).anonymize,
  risk: async () => (await import('./commands/risk.js')).risk,
  audit: async () => (await import('./commands/audit.js')).audit,
  redact: async () => (await import('./commands/redact.js')).redact,
  'consent verify': async () => (await import('./commands/consent-verify.js')).consentVerify,
  'consent export': async () => (await import('./commands/consent-export.js')).consentExport,
  'consent validate': async () => (await import('./commands/consent-validate.js')).consentValidate,
  'ledger verify': async () => (await import('./commands/ledger-verify.js')).ledgerVerify,
  'ledger checkpoint': async () => (await import('./commands/ledger-checkpoint.js')).ledgerCheckpoint,
  'ledger export': async () => (await import('./commands/ledger-export.js')).ledgerExport,
  'ledger prove': async () => (await import('./commands/ledger-prove.js')).ledgerProve,
  migrate: async () => (await import('./commands/migrate.js')).migrate,
}
