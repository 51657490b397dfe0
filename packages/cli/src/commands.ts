/**
 * The table of commands: nothing else knows their names.
 *
 * @module
 */

import { anonymize } from './commands/anonymize.js'
import { assess } from './commands/assess.js'
import { audit } from './commands/audit.js'
import { consentExport } from './commands/consent-export.js'
import { consentValidate } from './commands/consent-validate.js'
import { consentVerify } from './commands/consent-verify.js'
import { keysList } from './commands/keys-list.js'
import { keysNew } from './commands/keys-new.js'
import { keysRetire, keysRevoke, keysRotate } from './commands/keys-rotate.js'
import { ledgerCheckpoint } from './commands/ledger-checkpoint.js'
import { ledgerExport } from './commands/ledger-export.js'
import { ledgerProve } from './commands/ledger-prove.js'
import { ledgerVerify } from './commands/ledger-verify.js'
import { migrate } from './commands/migrate.js'
import { mint } from './commands/mint.js'
import { noticeLint } from './commands/notice-lint.js'
import { open } from './commands/open.js'
import { redact } from './commands/redact.js'
import { risk } from './commands/risk.js'
import type { Command } from './lib/command.js'

/** Every command by the words that call it. */
export const commands: Readonly<Record<string, Command>> = {
  assess,
  'notice lint': noticeLint,
  'keys new': keysNew,
  'keys list': keysList,
  'keys rotate': keysRotate,
  'keys retire': keysRetire,
  'keys revoke': keysRevoke,
  mint,
  open,
  anonymize,
  risk,
  audit,
  redact,
  'consent verify': consentVerify,
  'consent export': consentExport,
  'consent validate': consentValidate,
  'ledger verify': ledgerVerify,
  'ledger checkpoint': ledgerCheckpoint,
  'ledger export': ledgerExport,
  'ledger prove': ledgerProve,
  migrate,
}
