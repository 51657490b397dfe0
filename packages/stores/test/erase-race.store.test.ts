import { planErasure } from '@surveyseal/core/erase'
import { generateKeyring } from '@surveyseal/links'
import { beforeEach, expect, test } from 'vitest'
import { dumpForLinkage } from '../src/dump-for-linkage.js'
import { createAnswers, insertAnswer } from './support/answers.js'
import type { Child } from './support/children.js'
import { answer, eraseUntilDone, sealedSurvey } from './support/sealed-survey.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'

const keyring = generateKeyring()
const REFERENCE = 'reference of ada'
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150))

onEngines('erased while they answer', (engine) => {
  const database = databasePerTest(engine)
  const children = childrenPerSuite()

  beforeEach(async () => {
    await createAnswers(database.sql)
    await insertAnswer(database.sql, { id: 1, email: 'ada.lovelace@example.org', respondent: REFERENCE })
  })

  async function assertNothingLeft(): Promise<void> {
    const { tables } = await dumpForLinkage(database.sql)
    const left = tables.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row).map(String))).join('\n')
    expect([REFERENCE, 'Canary', 'lovelace'].filter((trace) => left.includes(trace))).toEqual([])
  }

  async function surveyOn(other: 'same' | 'another') {
    return sealedSurvey(other === 'same' ? database.sql : await database.another(), keyring)
  }

  test.each(['sealed', 'opaque'] as const)(
    'an answer by link (%s) that is kept late is waited for, and erased',
    async (kind) => {
      const [here, there] = [await surveyOn('same'), await surveyOn('another')]
      let url = here.seal(REFERENCE)
      if (kind === 'opaque') for await (const issued of here.links.issue([{ respondent: REFERENCE }])) url = issued.url
      let release = (): void => undefined
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      let writing = (): void => undefined
      const isWriting = new Promise<void>((resolve) => {
        writing = resolve
      })
      const submission = there.links.submit(url, {
        idempotencyKey: 'idempotency-key-1',
        accept: async (tx) => {
          await answer(tx, 2, REFERENCE)
          writing()
          await held
        },
      })
      await isWriting
      let looked = (): void => undefined
      const hasLooked = new Promise<void>((resolve) => {
        looked = resolve
      })
      const find = async () => {
        looked()
        return []
      }
      const last = { name: 'last', find, erase: async () => undefined }
      const erased = eraseUntilDone({ ...here.tools, targets: [...here.tools.targets, last] })
      await hasLooked
      await soon()
      release()
      expect(await submission).toMatchObject({ outcome: 'spent' })
      // What came meanwhile was not looked at by anybody: it takes a second plan.
      expect(await erased).toBe(2)
      await assertNothingLeft()
      expect((await planErasure(here.tools)).records).toEqual([])
      const late = await there.links.submit(url, {
        idempotencyKey: 'idempotency-key-2',
        accept: (tx) => answer(tx, 3, REFERENCE),
      })
      expect(late.outcome).toBe('refused')
      await assertNothingLeft()
    },
  )

  test('drafts and links that are made, imported or revoked late leave no row', async () => {
    const [here, there] = [await surveyOn('same'), await surveyOn('another')]
    const erased = eraseUntilDone(here.tools)
    const url = here.seal(REFERENCE)
    const late = Array.from({ length: 20 }, async (_, round) => {
      await there.links.saveDraft(url, new TextEncoder().encode(`Canary ${round}`))
      await there.links.revoke({ link: url })
      for await (const _issued of there.links.issue([{ respondent: REFERENCE }, { respondent: 'bob' }]));
    })
    await Promise.all([erased, ...late])
    // Whoever came before the erasure was erased by it, or by the plan that follows.
    await eraseUntilDone(here.tools)
    await assertNothingLeft()
    await there.links.revoke({ link: url })
    await there.links.revoke({ respondent: REFERENCE, serials: [0, 1] })
    await assertNothingLeft()
  })

  test('processes that answer while another erases leave nothing of whom was erased', async () => {
    const here = await surveyOn('same')
    const urls = Array.from({ length: 6 }, (_, at) => here.seal(at % 2 === 0 ? REFERENCE : `reference of bob ${at}`))
    const spawned: Child[] = [0, 1].map((at) =>
      children.spawn('answer', {
        args: [database.target, keyring, at === 0 ? urls : [...urls].reverse(), 10 + at * 10],
      }),
    )
    while (!spawned.some(({ lines, process }) => lines.includes('writing') || process.exitCode !== null))
      await new Promise((resolve) => setTimeout(resolve, 5))
    await eraseUntilDone(here.tools)
    for (const child of spawned) expect([await child.exit, child.errors()]).toEqual([0, ''])
    await assertNothingLeft()
    const [bobs] = await database.sql.query(
      `SELECT count(*) AS n FROM "host ""answers""" WHERE respondent LIKE 'reference of bob%'`,
    )
    expect(Number(bobs?.['n'])).toBe(3)
  })
})
