import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { Assessment, PracticeAssessment, Text } from '@surveyseal/core/risk'
import type { Notice, NoticeInput, NoticePurpose } from '../notice.js'
import { NOTICE_RULES } from './notice-rules.js'
import type { NoticeCase, NoticeLinkage, NoticePlace, NoticeRule, PurposeUse } from './rule.js'
import type { RuleSource } from './sources.js'
import { ADEQUACY_DECISIONS, type Adequacy, EEA_COUNTRIES } from './third-countries.js'
import { withoutDigests } from './without-digests.js'

/** One thing a notice lacks, or says and should not. It serialises to JSON as it is. */
export interface NoticeFinding extends NoticePlace {
  /** The name of the rule, such as `transfers-missing`. */
  readonly code: string
  readonly severity: NoticeRule['severity']
  readonly source: RuleSource
  readonly message: Text
}

/** Options of {@link lintNotice}. */
export interface LintNoticeOptions {
  /** The languages the notice is to be in; those it has when absent. */
  readonly languages?: readonly string[]
  /** What was declared for the survey (`declareLinkage` of `@surveyseal/links`); nothing is presumed in its absence. */
  readonly linkage?: NoticeLinkage
  /** The rules, by the code of their findings. A host adds, replaces and leaves out as it sees fit. */
  readonly rules?: Readonly<Record<string, NoticeRule>>
  /** The countries data may go to without being transferred. */
  readonly eea?: readonly string[]
  /** Where protection was found adequate. */
  readonly adequacy?: readonly Adequacy[]
}

/**
 * Holds a notice to what the law and its programme's tiers want it to say.
 *
 * Checks that things are said, in every language, and do not contradict the assessment: GDPR articles 13 and 14, the
 * minimum for informed consent of the EDPB, layers and plain words as WP 260 has them, and what each practice's tier
 * demands of a notice. It cannot check that what is said is true, that people understand it, or that a text means what
 * its member is called: no findings is not lawfulness.
 *
 * @example
 * What a notice lacks for a programme.
 *
 * ```ts
 * import { parseNotice } from '@surveyseal/consent'
 * import { lintNotice } from '@surveyseal/consent/notices'
 * import { assessProgramme, parseProgramme } from '@surveyseal/core/risk'
 *
 * export function errorsOf(notice: string, programme: string): readonly string[] {
 *   const assessment = assessProgramme(parseProgramme(JSON.parse(programme)), { at: new Date() })
 *   const findings = lintNotice(parseNotice(notice), assessment, { languages: ['en', 'fr'] })
 *   return findings.filter(({ severity }) => severity === 'error').map(({ message, path }) => `${path}: ${message.en}`)
 * }
 * ```
 *
 * @param notice - From `defineNotice`, or what it takes.
 * @param assessment - From `assessProgramme`; its instant decides which adequacy decisions are in force.
 * @param options - See {@link LintNoticeOptions}.
 * @returns The findings in the order of the rules; none repeats what the notice says. Not legal advice.
 * @throws ConsentError `ERR_CONSENT_NOTICE_INVALID` when it is no notice.
 */
export function lintNotice(
  notice: Notice | NoticeInput,
  assessment: Assessment,
  options: LintNoticeOptions = {},
): readonly NoticeFinding[] {
  const given = caseOf(withoutDigests(notice), assessment, options)
  const rules = Object.entries(options.rules ?? NOTICE_RULES)
  return rules.flatMap(([code, { severity, source, message, find }]) =>
    [...find(given)].map((place) => ({ code, severity, ...place, source, message })),
  )
}

const LINKAGES: readonly NoticeLinkage[] = ['identified', 'pseudonymous', 'delinked-on-submit', 'open', 'unlinkable']

function caseOf(notice: NoticeInput, assessment: Assessment, options: LintNoticeOptions): NoticeCase {
  const { linkage, eea = EEA_COUNTRIES, adequacy = ADEQUACY_DECISIONS } = options
  if (!Array.isArray(assessment?.practices)) throw invalidArgumentType('assessment', 'Assessment', assessment)
  if (linkage !== undefined && !LINKAGES.includes(linkage)) {
    throw invalidArgumentValue('options.linkage', `one of ${LINKAGES.join(', ')}`)
  }
  return {
    notice,
    assessment,
    uses: notice.purposes.map((purpose, index) => useOf(purpose, { index, practices: assessment.practices })),
    languages: options.languages ?? Object.keys(notice.wording),
    linkage: linkage ?? null,
    eea,
    adequacy: adequacy.filter(({ from, until }) => from <= assessment.at && (until ?? '9999') > assessment.at),
  }
}

function useOf(
  purpose: NoticePurpose,
  { index, practices }: { index: number; practices: readonly PracticeAssessment[] },
): PurposeUse {
  return {
    path: `purposes[${index}]`,
    purpose,
    practices: practices.filter(({ id }) => purpose.practices.includes(id)),
  }
}
