import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { createLinkService, generateKeyring, type LinkService, loadKeyring, sealLink, shuffle } from '@surveyseal/links'
import { fixedClock, type LinkagePair } from '@surveyseal/links/testing'
import { linkStore } from '../../src/link-store.js'
import type { Sql } from '../../src/sql.js'

/** One invitee, their link, and the answer they will give. */
export interface Invitee {
  readonly respondent: string
  readonly email: string
  readonly url: string
  /** Tells the answer from all others; nothing else knows it. */
  readonly canary: string
  readonly body: string
}

/** A survey, its invitees, and how one of them answers. */
export interface Survey {
  readonly invitees: readonly Invitee[]
  answer(invitee: Invitee, accept: (tx: Sql) => Promise<void>): Promise<void>
}

const words = 'good bad slow fast kind rude clean cold warm late early great poor fine dear cheap'.split(' ')
const expiresAt = new Date('2027-06-01T00:00:00Z')
const scope = { tenant: 'acme', survey: 'nps', purpose: 'survey' }

/** Links are issued in one order and used in another, a while apart. */
export async function survey(sql: Sql, kind: 'opaque' | 'sealed', count: number): Promise<Survey> {
  const clock = fixedClock(new Date('2026-11-24T08:00:00Z'))
  const keyring = await loadKeyring(generateKeyring())
  const links = createLinkService({
    ...scope,
    store: linkStore(sql, { tenant: 'acme' }),
    peppers: { current: { id: '2026', secret: randomBytes(32) } },
    baseUrl: 'https://survey.example/s',
    keyring,
    clock,
  })
  const invitees = kind === 'opaque' ? await inviteesOf(links, count) : sealed(keyring, count).map(inviteeOf)
  return {
    invitees: shuffle(invitees),
    answer: async ({ url }, accept) => {
      clock.advance(randomInt(1, 60_000))
      const claim = await links.claim(url)
      if (claim.state !== 'usable') throw new Error(claim.state)
      const { outcome } = await links.submit(url, { idempotencyKey: claim.idempotencyKey, accept })
      if (outcome !== 'spent') throw new Error(outcome)
    },
  }
}

/** What the operator knows of an invitee, and the answer they gave; `batch` tells with which others it went out. */
export function pairOf({ respondent, email, canary }: Invitee, batch = 'only'): LinkagePair {
  return { person: [respondent, email, `subject of ${respondent}`], answer: canary, batch }
}

/** Invites as many people by opaque links; in random order. */
export async function inviteesOf(links: Pick<LinkService<Sql>, 'issue'>, count: number): Promise<readonly Invitee[]> {
  const invitees: Invitee[] = []
  const invitations = Array.from({ length: count }, () => ({ respondent: randomUUID() }))
  for await (const { respondent, url } of links.issue(invitations)) invitees.push(inviteeOf([String(respondent), url]))
  return shuffle(invitees)
}

function inviteeOf([respondent, url]: readonly [string, string]): Invitee {
  return { respondent, email: `${randomBytes(5).toString('hex')}@example.org`, url, ...answerOf() }
}

function sealed(
  keyring: Awaited<ReturnType<typeof loadKeyring>>,
  count: number,
): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, () => {
    const respondent = randomUUID()
    return [
      respondent,
      sealLink({ respondent, expiresAt }, { ...scope, keyring, baseUrl: 'https://survey.example/s' }).url,
    ]
  })
}

function answerOf(): { readonly canary: string; readonly body: string } {
  const canary = randomBytes(12).toString('hex')
  const text = Array.from({ length: randomInt(0, 12) }, () => words[randomInt(0, words.length)]).join(' ')
  return { canary, body: JSON.stringify({ id: canary, score: randomInt(0, 11), text }) }
}
