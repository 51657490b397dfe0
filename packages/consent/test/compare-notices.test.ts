import { defineNotice, type NoticeInput } from '@surveyseal/consent'
import { CHANGE_KINDS, compareNotices, type NoticeChangeKind, noticesInForce } from '@surveyseal/consent/notices'
import { describe, expect, test } from 'vitest'
import { fullNotice } from './support/full-notice.js'
import { codeOf } from './support/matchers.js'
import { edit } from './support/programme.js'

type Row = readonly [
  kind: NoticeChangeKind,
  path: string,
  changes: Readonly<Record<string, unknown>>,
  askAgain: 'all' | readonly string[],
]

const [survey, callBack, insights] = fullNotice.purposes
const wordings = fullNotice.wording
const transfer = insights?.transfers?.[0]
const without = (purpose: string): Readonly<Record<string, unknown>> => ({
  purposes: fullNotice.purposes.filter(({ id }) => id !== purpose),
  [`wording.en.purposes.${purpose}`]: undefined,
  [`wording.fr.purposes.${purpose}`]: undefined,
})
const with2 = (member: string, value: unknown) => ({ [`purposes.2.${member}`]: value })

/** What is done to the full notice, and what is found. */
const rows: readonly Row[] = [
  ['notice-replaced', 'id', { id: 'other' }, 'all'],
  ['version-changed', 'version', { version: '2026-03' }, []],
  ['controller-changed', 'controller', { 'controller.name': 'Other Air' }, 'all'],
  ['controller-changed', 'controller', { 'controller.country': 'US' }, 'all'],
  ['contact-changed', 'dpo', { 'dpo.contact': 'data@air.example' }, []],
  ['contact-changed', 'controller', { 'controller.address': '2 Rue du Vol, 75001 Paris' }, []],
  ['right-added', 'rights', { rights: [...(fullNotice.rights ?? []), 'human-review'] }, []],
  ['right-removed', 'rights', { rights: fullNotice.rights?.slice(1) }, 'all'],
  ['language-added', 'wording', { 'wording.de': wordings['en'] }, []],
  ['language-removed', 'wording', { 'wording.fr': undefined }, []],
  ['purpose-removed', 'purposes.insights', without('insights'), []],
  [
    'practice-added',
    'purposes.insights.practices',
    with2('practices', ['mine-survey-verbatims', 'third-party-ai']),
    ['insights'],
  ],
  ['practice-removed', 'purposes.insights.practices', with2('practices', []), []],
  ['legal-basis-changed', 'purposes.insights.legalBasis', with2('legalBasis', 'public-task'), ['insights']],
  ['data-added', 'purposes.insights.dataCategories', with2('dataCategories', ['comments', 'answers']), ['insights']],
  ['data-added', 'purposes.insights.specialCategories', with2('specialCategories', ['comments']), ['insights']],
  ['data-removed', 'purposes.call-back.dataCategories', { 'purposes.1.dataCategories': ['answers'] }, []],
  [
    'recipient-added',
    'purposes.survey.recipients',
    { 'purposes.0.recipients': ['Topic Works', 'Example Air'] },
    ['survey'],
  ],
  ['recipient-removed', 'purposes.insights.recipients', with2('recipients', ['Example Air']), []],
  ['source-added', 'purposes.insights.sources', with2('sources', callBack?.sources), ['insights']],
  ['source-removed', 'purposes.call-back.sources', { 'purposes.1.sources': survey?.sources }, []],
  ['transfer-added', 'purposes.survey.transfers', { 'purposes.0.transfers': [transfer] }, ['survey']],
  [
    'transfer-added',
    'purposes.insights.transfers',
    with2('transfers', [{ ...transfer, mechanism: 'derogation' }]),
    ['insights'],
  ],
  ['transfer-removed', 'purposes.insights.transfers', with2('transfers', []), []],
  [
    'safeguards-reference-changed',
    'purposes.insights.transfers',
    with2('transfers', [{ ...transfer, reference: 'x' }]),
    [],
  ],
  ['storage-added', 'purposes.survey.storageLocations', { 'purposes.0.storageLocations': ['IS', 'FR'] }, ['survey']],
  ['storage-removed', 'purposes.insights.storageLocations', with2('storageLocations', ['FR']), []],
  ['retention-longer', 'purposes.insights.retention', with2('retention', 'P19M'), ['insights']],
  ['retention-shorter', 'purposes.insights.retention', with2('retention', 'P6M'), []],
  ['retention-reworded', 'purposes.insights.retention', with2('retention', 'until we know enough'), ['insights']],
  ['validity-longer', 'purposes.call-back.validity', { 'purposes.1.validity': 'P2Y' }, ['call-back']],
  ['validity-longer', 'purposes.call-back.validity', { 'purposes.1.validity': undefined }, ['call-back']],
  ['validity-shorter', 'purposes.call-back.validity', { 'purposes.1.validity': 'P30D' }, []],
  ['validity-shorter', 'purposes.insights.validity', with2('validity', 'P2Y'), []],
  ['ai-added', 'purposes.survey.ai', { 'purposes.0.ai': insights?.ai }, ['survey']],
  ['ai-added', 'purposes.insights.ai', with2('ai.0.training', true), ['insights']],
  ['ai-added', 'purposes.insights.ai', with2('ai.0.operator', 'third-party'), ['insights']],
  ['ai-removed', 'purposes.insights.ai', with2('ai', []), []],
  ['contact-channel-added', 'purposes.insights.contact', with2('contact', ['sms']), ['insights']],
  ['contact-channel-removed', 'purposes.call-back.contact', { 'purposes.1.contact': ['email'] }, []],
  [
    'automated-decisions-added',
    'purposes.insights.automatedDecisions',
    with2('automatedDecisions', 'significant'),
    ['insights'],
  ],
  ['automated-decisions-removed', 'purposes.insights.automatedDecisions', with2('automatedDecisions', 'none'), []],
  ['obligation-added', 'purposes.insights.provision', with2('provision', 'statutory'), ['insights']],
  [
    'wording-added',
    'wording.en.purposes.survey.retention',
    { 'wording.en.purposes.survey.retention': 'Two years.' },
    ['survey'],
  ],
  [
    'wording-added',
    'wording.fr.details[1].text',
    { 'wording.fr.details.1': { title: 'Plus', text: 'Encore.' } },
    'all',
  ],
  ['wording-changed', 'wording.fr.summary', { 'wording.fr.summary': 'Tout autre chose.' }, 'all'],
  [
    'wording-changed',
    'wording.en.purposes.insights.title',
    { 'wording.en.purposes.insights.title': 'Learn' },
    ['insights'],
  ],
  ['wording-changed', 'wording.fr.terms', { 'wording.fr.terms.comments': 'remarques' }, ['insights']],
  ['wording-removed', 'wording.en.linkage', { 'wording.en.linkage': undefined }, 'all'],
  ['unused-term-changed', 'wording.en.terms', { 'wording.en.terms.unused': 'unused' }, []],
  ['restated', '', { rights: [...(fullNotice.rights ?? [])].reverse() }, []],
  ['restated', '', { purposes: [...fullNotice.purposes].reverse() }, []],
  ['restated', '', { 'purposes.0.transfers': undefined }, []],
]

describe('compareNotices', () => {
  test.each(rows)('%s at %s', (kind, path, changes, askAgain) => {
    const after = edit(fullNotice, changes)
    const found = compareNotices(fullNotice, after)
    expect(found.changes).toContainEqual(expect.objectContaining({ kind, path, reason: CHANGE_KINDS[kind].reason }))
    expect(found.askAgain).toEqual(askAgain === 'all' ? after.purposes.map(({ id }) => id) : askAgain)
    expect(found.material).toBe(askAgain === 'all' || askAgain.length > 0)
    expect(CHANGE_KINDS[kind].material !== false).toBe(askAgain.length > 0)
  })

  test('a new purpose is material, and asks about nothing else', () => {
    const before = edit(fullNotice, without('insights'))
    expect(compareNotices(before, fullNotice)).toMatchObject({ material: true, askAgain: ['insights'] })
  })

  test('an obligation less is not material', () => {
    const found = compareNotices(edit(fullNotice, with2('provision', 'statutory')), fullNotice)
    expect(found.changes).toMatchObject([{ kind: 'obligation-removed', material: false }])
  })

  test('every kind has a row', () => {
    const kinds = [...rows.map(([kind]) => kind), 'purpose-added', 'obligation-removed']
    expect([...new Set(kinds)].sort()).toEqual(Object.keys(CHANGE_KINDS).sort())
  })

  test('changed words are material until the host says that they mean the same, and no rule is ever overruled', () => {
    const after = edit(fullNotice, { 'wording.en.summary': 'We ask five questions.', 'purposes.2.retention': 'P9Y' })
    const asked: string[] = []
    const isEditorial = ({ kind }: { kind: string }) => asked.push(kind) > 0
    const found = compareNotices(fullNotice, after, { isEditorial })
    expect(found.changes.map(({ kind, material }) => [kind, material])).toEqual([
      ['retention-longer', true],
      ['wording-changed', false],
    ])
    expect(asked).toEqual(['wording-changed'])
    expect(found.askAgain).toEqual(['insights'])
    expect(compareNotices(fullNotice, after, { isEditorial: () => 1 as never }).askAgain).toHaveLength(3)
  })

  test('the first time facts are said, what they add to what people were told is material', () => {
    const { rights: _, ...early } = edit(fullNotice, {
      'purposes.2.transfers': undefined,
      'purposes.2.ai': undefined,
      'purposes.0.contact': undefined,
    })
    const { changes } = compareNotices(early as NoticeInput, fullNotice)
    expect(changes.map(({ kind, material }) => `${kind} ${material}`)).toEqual([
      'right-added false',
      'transfer-added true',
      'ai-added true',
    ])
  })

  test('reads defined notices, and refuses what is none', async () => {
    expect(compareNotices(defineNotice(fullNotice), fullNotice).changes).toEqual([])
    expect(await codeOf(() => compareNotices(fullNotice, {} as never))).toBe('ERR_CONSENT_NOTICE_INVALID')
    expect(await codeOf(() => compareNotices(null as never, fullNotice))).toBe('ERR_CONSENT_NOTICE_INVALID')
    expect(await codeOf(() => compareNotices(fullNotice, fullNotice, { isEditorial: true as never }))).toBe(
      'ERR_INVALID_ARG_TYPE',
    )
  })
})

describe('noticesInForce', () => {
  const old = defineNotice(fullNotice)
  const current = defineNotice(
    edit(fullNotice, {
      version: '2026-03',
      'purposes.0.practices': ['share-aggregates'],
      'purposes.2.retention': 'P9Y',
      'wording.en.title': 'Your feedback on our flight',
    }),
  )
  const isEditorial = ({ path }: { path: string }) => path === 'wording.en.title'

  test('keeps an earlier version for the purposes it still covers, and only the practices both permit', () => {
    const [first, second, ...rest] = noticesInForce([old, current], { isEditorial })
    expect(rest).toEqual([])
    expect(first).toBe(current)
    expect(second?.digests).toEqual(old.digests)
    expect(second?.purposes.map(({ id, practices }) => [id, practices])).toEqual([['call-back', ['close-the-loop']]])
  })

  test('drops an earlier version that covers nothing any more', () => {
    expect(noticesInForce([old, current])).toEqual([current])
  })

  test('is the current one alone when there is one, and refuses none', async () => {
    expect(noticesInForce([old])).toEqual([old])
    expect(await codeOf(() => noticesInForce([]))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(() => noticesInForce(old as never))).toBe('ERR_INVALID_ARG_TYPE')
  })
})
