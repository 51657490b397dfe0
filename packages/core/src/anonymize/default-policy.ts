import { invalidArgumentValue } from '../errors.js'
import type { Language, Text } from '../lib/text.js'
import type { Policy } from './policy.js'
import { parsePolicy } from './policy.js'
import type { Rule } from './techniques.js'

/**
 * The default policy for customer records: the field list of the CustomerGauge "Anonymize" function, with custom fields
 * masked and every segment removed.
 *
 * It keeps when a survey was sent and completed, scores and choices, as that list does. That is a decision about what to
 * overwrite, not about what is left: dates and choices kept in several records of one person may still link these records
 * to each other or to other data. Coarsen or remove dates in a policy of your own where that matters, and measure the
 * disclosure risk of the output before calling anything anonymous.
 *
 * @example
 * The default, but without the dates.
 *
 * ```ts
 * import { defaultPolicy, parsePolicy } from '@surveyseal/core/anonymize'
 *
 * const policy = defaultPolicy('fr')
 * const { sentDate, completedDate, ...fields } = policy.fields
 * export const withoutDates = parsePolicy({ ...policy, fields })
 * ```
 *
 * @param language - The language of the sentence that takes the place of comments, for records that do not name theirs.
 * @returns The policy, for {@link compilePolicy}.
 * @throws RangeError `ERR_INVALID_ARG_VALUE` when there is no such language.
 */
export function defaultPolicy(language: Language): Policy {
  if (!Object.hasOwn(COMPANY_WARNING, language)) throw invalidArgumentValue('language', 'en or fr')
  return parsePolicy({
    version: 1,
    language,
    fields: { ...FIELDS, 'customFields.*': { technique: 'mask', warning: CUSTOM_WARNING[language] } },
    segments: { company: { technique: 'remove', warning: COMPANY_WARNING[language] } },
  })
}

const FIELDS: Readonly<Record<string, Rule>> = {
  email: { technique: 'random-email' },
  firstName: { technique: 'mask' },
  lastName: { technique: 'mask' },
  phone: { technique: 'mask' },
  followUpDetails: { technique: 'mask' },
  customerNumber: { technique: 'mask' },
  jobLevel: { technique: 'mask', with: '*' },
  jobPosition: { technique: 'mask', with: '--' },

  npsComment: { technique: 'comment' },
  commentTranslation: { technique: 'comment' },
  workflowComment: { technique: 'comment' },
  directReply: { technique: 'comment' },
  autoReply: { technique: 'comment' },
  reviewComment: { technique: 'comment' },
  additionalComment: { technique: 'comment' },

  'inputBoxes.*': { technique: 'mask' },

  sentDate: { technique: 'retain' },
  completedDate: { technique: 'retain' },
  npsScore: { technique: 'retain' },
  drivers: { technique: 'retain' },
  followUpRequested: { technique: 'retain' },
  additionalRating: { technique: 'retain' },
  dropDown: { technique: 'retain' },
  radioButton: { technique: 'retain' },
  checkBox: { technique: 'retain' },
  csat: { technique: 'retain' },
  ces: { technique: 'retain' },
}

const CUSTOM_WARNING: Text = {
  en: 'Custom fields are anonymized too: whatever is computed from them changes.',
  fr: 'Les champs personnalisés sont anonymisés aussi : ce qui en est calculé change.',
}
const COMPANY_WARNING: Text = {
  en: 'Reports that join people to their company no longer count this record.',
  fr: 'Les rapports qui relient les personnes à leur entreprise ne comptent plus cette fiche.',
}
