import { defineNotice } from '@surveyseal/consent'
import { type LintNoticeOptions, lintNotice, NOTICE_RULES, type NoticeRuleCode } from '@surveyseal/consent/notices'
import type { Assessment, FactorId } from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { fullNotice } from './support/full-notice.js'
import { codeOf } from './support/matchers.js'
import { assessed, edit } from './support/programme.js'

const programme = assessed('standard-survey', 'close-the-loop', 'mine-survey-verbatims')
const options: LintNoticeOptions = { languages: ['en', 'fr'], linkage: 'identified' }

/** The programme with more factors on its last practice, that of `purposes[2]`. */
const withFactors = (...factors: FactorId[]): Assessment =>
  assessed('standard-survey', 'close-the-loop', { id: 'mine-survey-verbatims', factors })

interface Flaw {
  readonly code: NoticeRuleCode
  readonly at: string
  readonly changes: Readonly<Record<string, unknown>>
  readonly assessment?: Assessment
  readonly options?: LintNoticeOptions
}

const flaw = (code: NoticeRuleCode, at: string, changes: Flaw['changes'], more: Partial<Flaw> = {}): Flaw => ({
  code,
  at,
  changes,
  ...more,
})

const transfer = { recipient: 'Topic Works', country: 'US', mechanism: 'adequacy' }
const insights = 'wording.en.purposes.insights'

const flaws: readonly Flaw[] = [
  flaw('representative-missing', 'representative', { 'controller.country': 'US', representative: undefined }),
  flaw('contact-unusable', 'dpo.contact', { 'dpo.contact': 'ask at the desk' }),
  flaw('dpo-missing', 'dpo', { dpo: undefined }),
  flaw('authority-missing', 'supervisoryAuthority', { supervisoryAuthority: undefined }),
  flaw('right-missing', 'rights.access', { rights: undefined }),
  flaw('right-missing', 'rights.objection', { rights: fullNotice.rights?.filter((right) => right !== 'objection') }),
  flaw('right-missing', 'rights.withdrawal', { rights: fullNotice.rights?.filter((right) => right !== 'withdrawal') }),
  flaw('right-missing', 'rights.human-review', { 'purposes.2.automatedDecisions': 'significant' }),
  flaw('rights-unsaid', 'wording.fr.rights', { 'wording.fr.rights': undefined }),
  flaw('complaint-unsaid', 'wording.en.complaint', { 'wording.en.complaint': undefined }),
  flaw('withdrawal-unclear', 'wording.en.withdrawal', { 'wording.en.withdrawal': 'Yes.' }),
  flaw('withdrawal-hard', 'wording.fr.withdrawal', {
    'wording.fr.withdrawal': 'Écrivez-nous par lettre recommandée avec accusé de réception.',
  }),
  flaw('purpose-without-practice', 'purposes[1].practices', { 'purposes.1.practices': [] }),
  flaw('practice-without-purpose', 'assessment.practices[1]', { 'purposes.1.practices': ['standard-survey'] }),
  flaw('practice-not-assessed', 'purposes[0].practices[1]', { 'purposes.0.practices': ['standard-survey', 'own'] }),
  flaw('purpose-bundled', 'purposes[1].practices', {
    'purposes.1.practices': ['close-the-loop', 'mine-survey-verbatims'],
  }),
  flaw('legitimate-interests-unsaid', 'wording.fr.purposes.survey.legitimateInterests', {
    'wording.fr.purposes.survey.legitimateInterests': undefined,
  }),
  flaw('special-category-basis', 'purposes[2].legalBasis', { 'purposes.2.specialCategories': ['comments'] }),
  flaw(
    'special-category-missing',
    'purposes[2].specialCategories',
    {},
    { assessment: withFactors('special-category') },
  ),
  flaw('recipients-vague', 'purposes[1].recipients[0]', { 'purposes.1.recipients': ['Our trusted partners'] }),
  flaw('recipients-vague', 'purposes[1].recipients[0]', { 'purposes.1.recipients': ['Des tiers'] }),
  flaw('retention-unparseable', 'purposes[1].retention', { 'purposes.1.retention': 'as long as needed' }),
  flaw('retention-unparseable', 'purposes[1].retention', { 'purposes.1.retention': 'P1.5Y' }),
  flaw('sources-missing', 'purposes[2].sources', {}, { assessment: withFactors('invisible-collection') }),
  flaw('sources-unsaid', 'purposes[2].sources', { 'purposes.2.sources': undefined }),
  flaw('provision-missing', 'purposes[2].provision', { 'purposes.2.provision': undefined }),
  flaw('provision-unsaid', 'wording.en.purposes.survey.provision', { 'purposes.0.provision': 'contractual' }),
  flaw('consent-not-free', 'purposes[2].provision', { 'purposes.2.provision': 'statutory' }),
  flaw('automated-decisions-missing', 'purposes[1].automatedDecisions', { 'purposes.1.automatedDecisions': undefined }),
  flaw(
    'automated-decisions-contradicted',
    'purposes[2].automatedDecisions',
    {},
    { assessment: withFactors('automated-decision') },
  ),
  flaw(
    'automated-decisions-contradicted',
    'purposes[2].automatedDecisions',
    { 'purposes.2.automatedDecisions': 'none' },
    {
      assessment: withFactors('profiling'),
    },
  ),
  flaw('automated-decisions-unsaid', `${insights}.automatedDecisions`, {
    [`${insights}.automatedDecisions`]: undefined,
  }),
  flaw('transfers-missing', 'purposes[0].transfers', { 'purposes.0.transfers': undefined }),
  flaw(
    'transfers-contradicted',
    'purposes[2].transfers',
    { 'purposes.2.transfers': [] },
    { assessment: withFactors('transfers') },
  ),
  flaw('transfers-unsaid', `${insights}.transfers`, { [`${insights}.transfers`]: undefined }),
  flaw('transfer-risks-unsaid', `${insights}.transfers`, {
    'purposes.2.transfers.0.mechanism': 'derogation',
    [`${insights}.transfers`]: undefined,
  }),
  flaw('transfer-unreferenced', 'purposes[2].transfers[0].reference', {
    'purposes.2.transfers.0.reference': undefined,
  }),
  flaw('transfer-not-adequate', 'purposes[2].transfers[0].mechanism', {
    'purposes.2.transfers.0.mechanism': 'adequacy',
  }),
  flaw('transfer-not-adequate', 'purposes[2].transfers[0].mechanism', { 'purposes.2.transfers': [transfer] }),
  flaw('transfer-inside-eea', 'purposes[2].transfers[0].country', { 'purposes.2.transfers.0.country': 'NO' }),
  flaw('storage-without-transfer', 'purposes[1].storageLocations[1]', { 'purposes.1.storageLocations': ['FR', 'US'] }),
  flaw('contact-missing', 'purposes[1].contact', { 'purposes.1.contact': undefined }),
  flaw('contact-unsaid', 'wording.fr.purposes.call-back.contact', {
    'wording.fr.purposes.call-back.contact': undefined,
  }),
  flaw('contact-contradicted', 'purposes[1].contact', { 'purposes.1.contact': [] }),
  flaw('consent-demanded', 'purposes[2].legalBasis', { 'purposes.2.legalBasis': 'legitimate-interests' }),
  flaw('insights-unsaid', `${insights}.insights`, { [`${insights}.insights`]: undefined }),
  flaw('ai-missing', 'purposes[2].ai', { 'purposes.2.ai': undefined }),
  flaw('ai-contradicted', 'purposes[2].ai', { 'purposes.2.ai': [] }, { assessment: withFactors('ai-analysis') }),
  flaw(
    'ai-contradicted',
    'purposes[2].ai',
    { 'purposes.2.ai.0.operator': 'controller' },
    {
      assessment: withFactors('third-party-ai'),
    },
  ),
  flaw('ai-unsaid', `${insights}.ai`, { [`${insights}.ai`]: undefined }),
  flaw(
    'safeguards-unsaid',
    'wording.en.safeguards',
    { 'wording.en.safeguards': undefined },
    {
      assessment: withFactors('automated-decision'),
    },
  ),
  flaw('language-missing', 'wording', {}, { options: { languages: ['en', 'fr', 'de'] } }),
  flaw('wording-uneven', 'wording.fr.safeguards', { 'wording.fr.safeguards': undefined }),
  flaw('wording-uneven', 'wording.en.details[1].text', {
    'wording.fr.details': [...(fullNotice.wording['fr']?.details ?? []), { title: 'Encore', text: 'Autre chose.' }],
  }),
  flaw('wording-untranslated', 'wording.fr.rights', { 'wording.fr.rights': `${fullNotice.wording['en']?.rights} ` }),
  flaw('term-untranslated', 'purposes[0].dataCategories[0]', { 'wording.fr.terms.answers': undefined }),
  flaw('term-untranslated', 'purposes[2].ai[0].system', { 'wording.fr.terms': undefined }),
  flaw('wording-other-language', 'wording.en', { 'wording.en': fullNotice.wording['fr'] }),
  flaw('placeholder-unfilled', 'controller.name', { 'controller.name': '{{controller.name}}' }),
  flaw('placeholder-unfilled', 'wording.fr.summary', { 'wording.fr.summary': 'Nous sommes {{controller, et voici.' }),
  flaw('summary-long', 'wording.en.summary', { 'wording.en.summary': 'We ask. '.repeat(101) }),
  flaw('summary-uninformative', 'wording.en.summary', { 'wording.en.summary': 'Please read.' }),
  flaw('purpose-titles-alike', 'wording.en.purposes.survey.title', {
    'wording.en.purposes.survey.title': 'Feedback',
    'wording.en.purposes.insights.title': 'FEEDBACK',
  }),
  flaw('purpose-undescribed', `${insights}.description`, { [`${insights}.description`]: 'Learn from my words' }),
  flaw('wording-vague', `${insights}.insights`, {
    [`${insights}.insights`]: 'We may use what we learn to develop new services.',
  }),
  flaw('wording-vague', 'wording.fr.summary', { 'wording.fr.summary': 'Nous pourrons aussi partager vos réponses.' }),
  flaw('anonymity-claimed', 'wording.en.summary', { 'wording.en.summary': 'Your answers stay anonymous with us.' }),
  flaw(
    'anonymity-unqualified',
    'wording.en.summary',
    { 'wording.en.summary': 'Your answers stay anonymous with us.' },
    {
      options: { linkage: 'unlinkable' },
    },
  ),
  flaw('unidentifiability-claimed', 'wording.fr.rights', {
    'wording.fr.rights': 'Nous ne pouvons pas vous identifier, de toute façon.',
  }),
  flaw('linkage-unsaid', 'wording.en.linkage', { 'wording.en.linkage': undefined }),
]

const lint = ({ changes, assessment = programme, options: more }: Omit<Flaw, 'code' | 'at'>) =>
  lintNotice(edit(fullNotice, changes), assessment, { ...options, ...more })

describe('lintNotice', () => {
  test('finds nothing in a notice that says everything', () => {
    expect(lint({ changes: {} })).toEqual([])
    expect(lintNotice(defineNotice(fullNotice), programme, options)).toEqual([])
  })

  test.each(flaws)('$code at $at', ({ code, at, ...given }) => {
    const found = lint(given).map((finding) => `${finding.code} at ${finding.path}`)
    expect(found).toContain(`${code} at ${at}`)
  })

  test('every rule has a flaw that it finds, and no rule is found in nothing', () => {
    expect([...new Set(flaws.map(({ code }) => code))].sort()).toEqual(Object.keys(NOTICE_RULES).sort())
  })

  test('a finding names its source with a date, and speaks English and French', () => {
    for (const { source, message } of Object.values(NOTICE_RULES)) {
      expect(source.title.length * source.reference.length).toBeGreaterThan(0)
      expect(source.asOf).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(message.en).not.toBe(message.fr)
      expect(`${message.en} ${message.fr}`).toMatch(/^[A-Z].*\. [A-ZÀ-Ý].*\.$/)
    }
  })

  test('a finding is JSON, and never repeats what the notice says', () => {
    const secret = 'zoe@example.org'
    const changes = {
      'controller.name': `{{${secret}}}`,
      'purposes.0.dataCategories': [secret],
      'purposes.0.recipients': ['partners', secret],
      'wording.en.terms': { [secret]: `${secret} {{x}} anonymous` },
      'wording.fr.summary': `${secret} anonyme`,
    }
    const findings = lint({ changes })
    expect(findings.length).toBeGreaterThan(4)
    expect(JSON.stringify(findings)).not.toContain('zoe')
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings)
  })

  test('a finding in a wording names its language', () => {
    const [finding] = lint({ changes: { 'wording.fr.rights': undefined } })
    expect(finding).toMatchObject({ language: 'fr', severity: 'error' })
  })

  test('an adequacy decision counts from its day on and until its last', () => {
    const uk = { 'purposes.2.transfers': [{ ...transfer, country: 'GB' }] }
    const at = (day: string) => ({ ...programme, at: `${day}T00:00:00.000Z` })
    const codes = (day: string) => lint({ changes: uk, assessment: at(day) }).map(({ code }) => code)
    expect(codes('2021-06-27')).toContain('transfer-not-adequate')
    expect(codes('2026-06-01')).not.toContain('transfer-not-adequate')
    expect(codes('2032-01-01')).toContain('transfer-not-adequate')
  })

  test('a decision for some recipients counts when the notice says why this one is among them', () => {
    const changes = { 'purposes.2.transfers': [{ ...transfer, reference: 'Data Privacy Framework list, Topic Works' }] }
    expect(lint({ changes }).map(({ code }) => code)).not.toContain('transfer-not-adequate')
  })

  test('the host adds, replaces and leaves out rules, countries and decisions', () => {
    const { 'dpo-missing': _, ...rules } = NOTICE_RULES
    expect(lint({ changes: { dpo: undefined }, options: { rules } })).toEqual([])
    const own = { ...NOTICE_RULES['dpo-missing'], severity: 'error' as const, find: () => [{ path: 'id' }] }
    expect(lint({ changes: {}, options: { rules: { own } } })).toMatchObject([
      { code: 'own', path: 'id', severity: 'error' },
    ])
    expect(lint({ changes: {}, options: { eea: ['FR', 'IN'] } }).map(({ code }) => code)).toEqual([
      'transfer-inside-eea',
    ])
    const adequacy = [{ country: 'IN', decision: 'of the future', from: '2026-01-01' }]
    const changes = { 'purposes.2.transfers.0.mechanism': 'adequacy' }
    expect(lint({ changes, options: { adequacy } })).toEqual([])
  })

  test.each([
    'Your answers are not anonymous.',
    "Your answers aren't fully anonymous.",
    'Nothing here is pseudonymous, and we do not re-identify or de-anonymise.',
    'Vos réponses ne sont pas anonymes, ni vraiment secrètes.',
    'Vos réponses sont non anonymes et le restent.',
  ])('says no claim of anonymity: %s', (summary) => {
    expect(lint({ changes: { 'wording.en.summary': summary, 'wording.fr.summary': `${summary} Voilà.` } })).toEqual([])
  })

  test.each([
    'We keep your answers ANONYMOUSLY.',
    'Not only anonymous, but secret too.',
    'An\u00adonym\u200bous answers are kept here.',
    'Complete anonymity is granted to all.',
    'Vos réponses sont anonymisées à l’arrivée.',
    'Nous garantissons l’anonymat de vos réponses.',
    'Ihre Antworten bleiben für uns anonym.',
    'Sus respuestas son anónimas para siempre.',
    'Ваши ответы анонимны для нас.',
    'Not so: your answers are anonymous.',
  ])('says a claim of anonymity: %s', (summary) => {
    const codes = lint({ changes: { 'wording.en.summary': summary } }).map(({ code }) => code)
    expect(codes).toContain('anonymity-claimed')
  })

  test('a claim is found in what all languages share, and in translations of it', () => {
    const at = (changes: Readonly<Record<string, unknown>>) =>
      lint({ changes }).flatMap(({ code, path }) => (code === 'anonymity-claimed' ? [path] : []))
    expect(at({ 'purposes.0.recipients': ['an anonymous panel'] })).toEqual(['purposes[0].recipients[0]'])
    expect(at({ 'wording.fr.terms.answers': 'réponses anonymes' })).toEqual(['wording.fr.terms'])
    expect(at({ 'purposes.0.practices': ['standard-survey', 'anonymous-panel'] })).toEqual([])
  })

  test('a notice in one language needs no terms', () => {
    const found = lint({
      changes: { 'wording.fr': undefined, 'wording.en.terms': undefined },
      options: { languages: ['en'] },
    })
    expect(found).toEqual([])
  })

  test('variants of one language may say the same', () => {
    const changes = { 'wording.en-GB': fullNotice.wording['en'] }
    expect(lint({ changes })).toEqual([])
  })

  test('refuses what is no notice, no assessment or no linkage', async () => {
    expect(await codeOf(() => lint({ changes: { controller: undefined } }))).toBe('ERR_CONSENT_NOTICE_INVALID')
    expect(await codeOf(() => lintNotice(fullNotice, undefined as never))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await codeOf(() => lintNotice(fullNotice, programme, { linkage: 'anonymous' as never }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
  })
})
