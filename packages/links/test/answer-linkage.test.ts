import { beforeEach, describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import {
  ANSWER_LINKAGES,
  type AnswerLinkage,
  declareLinkage,
  type LinkageStore,
  type SubmittedLink,
  withAnswerLinkage,
} from '../src/answer-linkage.js'
import { createLinkService, type LinkService } from '../src/index.js'
import { linkageStoreContract, type MemoryTransaction, memoryLinkageStore, memoryLinkStore } from '../src/testing.js'
import { BASE_URL, LATER } from './support.js'

const LINKAGES = Object.keys(ANSWER_LINKAGES) as AnswerLinkage[]
const survey = 'onboarding'

let store: LinkageStore
let links: LinkService<MemoryTransaction>

beforeEach(() => {
  store = memoryLinkageStore()
  links = createLinkService({
    ...{ tenant: 'acme', survey, purpose: 'survey', baseUrl: BASE_URL, store: memoryLinkStore() },
    peppers: { current: { id: '1', secret: crypto.getRandomValues(new Uint8Array(32)) } },
  })
})

describe('the table of linkages', () => {
  test.each(LINKAGES)('%s says every thing it must, in English and French', (linkage) => {
    const { wording, residuals, means, reminders, withdrawal, reidentification, known } = ANSWER_LINKAGES[linkage]
    for (const text of [means, reminders, withdrawal, reidentification, wording.en, wording.fr]) {
      expect(text.length).toBeGreaterThan(10)
    }
    expect(known.length).toBeGreaterThan(0)
    expect(residuals.join()).toMatch(/address/)
    expect(residuals.join()).toMatch(/free text/)
  })

  test('none of them is called anonymous, in any language', () => {
    expect(JSON.stringify(ANSWER_LINKAGES)).not.toMatch(/anonym/i)
  })

  test('where an answer cannot be withdrawn, respondents are told so', () => {
    for (const linkage of LINKAGES) {
      const { withdrawal, wording } = ANSWER_LINKAGES[linkage]
      if (!withdrawal.startsWith('not')) continue
      expect(wording.en).toMatch(/cannot withdraw/)
      expect(wording.fr).toMatch(/ne (pouvez|pourrez) (donc )?(plus|ni) les retirer/)
    }
  })

  test('a survey only ever moves to a stronger linkage, and no way leads back', () => {
    const reach = (from: AnswerLinkage): readonly AnswerLinkage[] =>
      ANSWER_LINKAGES[from].mayBecome.flatMap((to) => [to, ...reach(to)])
    for (const linkage of LINKAGES) expect(reach(linkage)).not.toContain(linkage)
    expect(new Set(reach('identified'))).toEqual(new Set(['pseudonymous', 'delinked-on-submit', 'unlinkable']))
    expect(LINKAGES.flatMap((linkage) => reach(linkage))).not.toContain('open')
  })
})

describe('declareLinkage', () => {
  const declare = (linkage: AnswerLinkage, strengthen?: boolean) =>
    declareLinkage({ survey, linkage, store, ...(strengthen === undefined ? {} : { strengthen }) })

  test('ERR_LINKAGE_DECLARED_OTHERWISE: any other linkage than the first, but a stronger one that is asked for', async () => {
    for (const first of LINKAGES) {
      for (const second of LINKAGES) {
        store = memoryLinkageStore()
        await declare(first)
        const refused = first === second ? null : 'ERR_LINKAGE_DECLARED_OTHERWISE'
        expect(await rejectionCodeOf(declare(second))).toBe(refused)
        const strengthened = ANSWER_LINKAGES[first].mayBecome.includes(second)
        expect(await rejectionCodeOf(declare(second, true))).toBe(strengthened ? null : refused)
        expect(await store.find(survey)).toBe(strengthened ? second : first)
      }
    }
  })

  test('of processes that race with different linkages one prevails, and the others are told', async () => {
    const outcomes = await Promise.all(LINKAGES.map((linkage) => rejectionCodeOf(declare(linkage))))
    expect(outcomes.filter((code) => code === null)).toHaveLength(1)
    expect(await store.find(survey)).toBe(LINKAGES[outcomes.indexOf(null)])
  })

  test('strengthening twice at once ends with the stronger', async () => {
    await declare('identified')
    await Promise.allSettled([declare('delinked-on-submit', true), declare('unlinkable', true)])
    expect(await store.find(survey)).toBe('unlinkable')
  })

  test("refuses a caller's mistakes", async () => {
    for (const linkage of ['anonymous', '__proto__', 'toString', '']) {
      expect(await rejectionCodeOf(declare(linkage as AnswerLinkage))).toBe('ERR_INVALID_ARG_VALUE')
      expect(codeOf(() => withAnswerLinkage(links, { survey, linkage: linkage as AnswerLinkage, store }))).toBe(
        'ERR_INVALID_ARG_VALUE',
      )
    }
    expect(await rejectionCodeOf(declareLinkage({ survey: '', linkage: 'open', store }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('withAnswerLinkage', () => {
  const bind = (linkage: AnswerLinkage) => withAnswerLinkage(links, { survey, linkage, store })

  async function linkOf(linkage: AnswerLinkage): Promise<string> {
    const invitation = { respondent: 'ada', serial: 3, cohort: 'paris', expiresAt: LATER }
    for await (const { url } of bind(linkage).issue([invitation])) return url
    return expect.unreachable()
  }

  async function submittedUnder(linkage: AnswerLinkage, url: string): Promise<SubmittedLink | null> {
    const linked = bind(linkage)
    const claim = await linked.claim(url)
    if (claim.state !== 'usable') return expect.unreachable(claim.state)
    const submission = await linked.submit(url, {
      idempotencyKey: claim.idempotencyKey,
      accept: async (_, link) => link,
    })
    return submission.outcome === 'spent' ? submission.value : expect.unreachable(submission.outcome)
  }

  test('identified: the host is given the whole link', async () => {
    const url = await linkOf('identified')
    expect(await submittedUnder('identified', url)).toMatchObject({ respondent: 'ada', serial: 3, cohort: 'paris' })
  })

  test('pseudonymous: the host is given all but the respondent', async () => {
    const url = await linkOf('pseudonymous')
    const given = await submittedUnder('pseudonymous', url)
    expect(given).toMatchObject({ respondent: null, serial: 3, cohort: 'paris' })
  })

  test('delinked-on-submit: the host is given nothing of the link', async () => {
    const given = await submittedUnder('delinked-on-submit', await linkOf('delinked-on-submit'))
    expect(given).toEqual({
      ...{ kind: 'opaque', respondent: null, serial: 0, cohort: null },
      ...{ language: null, notBefore: null, expiresAt: null },
    })
  })

  test('the first link declares the survey, and no link goes out that was declared otherwise', async () => {
    await linkOf('pseudonymous')
    expect(await store.find(survey)).toBe('pseudonymous')
    for (const weaker of ['identified', 'delinked-on-submit', 'unlinkable'] as const) {
      expect(await rejectionCodeOf(linkOf(weaker))).toBe('ERR_LINKAGE_DECLARED_OTHERWISE')
    }
    expect(await links.revoke({ survey })).toBe(1)
  })

  test('a process that still thinks the survey weaker is refused, and the link stays usable', async () => {
    const url = await linkOf('identified')
    await declareLinkage({ survey, linkage: 'delinked-on-submit', store, strengthen: true })
    expect(await rejectionCodeOf(submittedUnder('identified', url))).toBe('ERR_LINKAGE_DECLARED_OTHERWISE')
    expect((await bind('identified').open(url)).state).toBe('usable')
    expect(await submittedUnder('delinked-on-submit', url)).toMatchObject({ respondent: null })
  })

  test('a survey that nobody declared takes no answer', async () => {
    for await (const { url } of links.issue([{ respondent: 'ada' }])) {
      expect(await rejectionCodeOf(submittedUnder('identified', url))).toBe('ERR_LINKAGE_DECLARED_OTHERWISE')
    }
  })

  test('ERR_LINKAGE_STEP_REFUSED: no personal link where the survey is open, no answer by link where it is unlinkable', async () => {
    expect(await rejectionCodeOf(linkOf('open'))).toBe('ERR_LINKAGE_STEP_REFUSED')
    const url = await linkOf('unlinkable')
    expect(await rejectionCodeOf(submittedUnder('unlinkable', url))).toBe('ERR_LINKAGE_STEP_REFUSED')
    expect((await bind('unlinkable').open(url)).state).toBe('usable')
    expect(await bind('unlinkable').revoke({ link: url })).toBe(1)
  })
})

describe('withAnswerLinkage keeps every other way of a link service to the linkage', () => {
  const bind = (linkage: AnswerLinkage) => withAnswerLinkage(links, { survey, linkage, store })

  test.each(['seal', 'import'] as const)('%s declares the survey, and mints nothing where it is open', async (step) => {
    const mint = async (linkage: AnswerLinkage) => {
      if (step === 'import') return bind(linkage).import([{ token: 'old-token-of-ada', respondent: 'ada' }])
      const batches = [[{ respondent: 'ada', expiresAt: new Date('2027-01-01') }]]
      for await (const batch of bind(linkage).seal(batches)) return batch
      return expect.unreachable()
    }
    expect(await rejectionCodeOf(mint('open'))).toBe('ERR_LINKAGE_STEP_REFUSED')
    expect(await store.find(survey)).toBe(null)
    // The service of these tests has neither keyring nor legacy links: it is asked, after the survey was declared.
    await mint('pseudonymous').catch(() => {})
    expect(await store.find(survey)).toBe('pseudonymous')
  })

  test.each([
    ['identified', ['ada']],
    ['pseudonymous', ['ada']],
    ['delinked-on-submit', 'ERR_LINKAGE_STEP_REFUSED'],
  ] as const)('%s: match gives %j', async (linkage, expected) => {
    const linked = bind(linkage)
    for await (const { url } of linked.issue([{ respondent: 'ada' }])) {
      const idempotencyKey = 'k'.repeat(22)
      await linked.submit(url, { idempotencyKey, accept: async () => {} })
      const matched = linked.match([idempotencyKey])
      if (typeof expected === 'string') expect(await rejectionCodeOf(matched)).toBe(expected)
      else expect(Array.from((await matched).values(), ({ respondent }) => respondent)).toEqual(expected)
    }
  })

  test('match asks the store again: nobody is found once the survey was strengthened', async () => {
    const linked = bind('pseudonymous')
    for await (const _ of linked.issue([{ respondent: 'ada' }]));
    await declareLinkage({ survey, linkage: 'delinked-on-submit', store, strengthen: true })
    expect(await rejectionCodeOf(linked.match([]))).toBe('ERR_LINKAGE_DECLARED_OTHERWISE')
  })

  test('ERR_LINKAGE_STEP_REFUSED: a draft is an answer too, and none is kept by link where no answer is', async () => {
    for (const linkage of ['unlinkable', 'open'] as const) {
      const linked = withAnswerLinkage(links, { survey, linkage, store: memoryLinkageStore() })
      const saved = linked.saveDraft(`${BASE_URL}/none`, Uint8Array.of(1))
      expect(await rejectionCodeOf(saved)).toBe('ERR_LINKAGE_STEP_REFUSED')
    }
  })

  test('drafts, suppression, health and purge are those of the service', async () => {
    const linked = bind('delinked-on-submit')
    for await (const { url } of linked.issue([{ respondent: 'ada' }])) {
      await linked.saveDraft(url, Uint8Array.of(1))
      expect(await linked.loadDraft(url)).toEqual(Uint8Array.of(1))
      await linked.revoke({ respondent: 'ada' })
      expect((await linked.health()).suppressions).toHaveLength(1)
      expect(await linked.reinstate({ respondent: 'ada' })).toBe(1)
      expect(await linked.expireSuppressions({ kind: 'respondent', addedBefore: new Date(0) })).toBe(0)
      expect((await linked.purge({ before: new Date(0) })).links).toBe(0)
    }
  })
})

describe('memoryLinkageStore passes the contract', () => {
  const create = async () => {
    const stores = new Map([
      ['tenant', memoryLinkageStore()],
      ['Tenant', memoryLinkageStore()],
    ])
    return { store: (tenant: string) => stores.get(tenant) ?? expect.unreachable(), close: async () => {} }
  }
  for (const { name, run } of linkageStoreContract(create)) test(name, run)
})
