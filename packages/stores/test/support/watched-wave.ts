import {
  createIssueHandler,
  createTokenRedeemer,
  generateWaveKey,
  type IssuanceRecord,
  type IssuanceStore,
  loadWaveKey,
} from '@surveyseal/links/unlinkable'
import { obtainToken, type TokenStorage } from '@surveyseal/links/unlinkable-browser'
import { issuanceStore } from '../../src/issuance-store.js'
import { spentTokenStore } from '../../src/spent-token-store.js'
import type { Sql } from '../../src/sql.js'
import { type Invitee, inviteesOf } from './invitees.js'
import { openStaffWave, wave } from './wave.js'

/** A wave of tokens, and how one of the invited answers in it. */
export interface WatchedWave {
  readonly invitees: readonly Invitee[]
  /** Gets a token and answers with it at once; gives what the operator saw of the person: their digest and blinded message. */
  answer(invitee: Invitee, accept: (tx: Sql) => Promise<void>): Promise<readonly string[]>
}

/** Both endpoints over one database, which is the most an operator can know. */
export async function watchedWave(sql: Sql, count: number): Promise<WatchedWave> {
  const key = loadWaveKey(await generateWaveKey(wave, { modulusLength: 2048 }))
  const seen: string[] = []
  const store = watched(issuanceStore(sql, wave), ({ person, blindedHash }) => void seen.push(person, blindedHash))
  const { links, issuer } = await openStaffWave(sql, key, { store, invitees: count })
  const issue = createIssueHandler(issuer)
  const redeemer = createTokenRedeemer({ wave: key.publish(), store: spentTokenStore(sql, wave) })
  return {
    invitees: await inviteesOf(links, count),
    answer: async ({ url }, accept) => {
      seen.length = 0
      const fetch = async (to: unknown, init?: RequestInit) => {
        const { blinded } = JSON.parse(String(init?.body)) as { readonly blinded: string }
        seen.push(blinded)
        return issue(new Request(String(to), init))
      }
      const options = { keyId: key.keyId, issueUrl: 'https://survey.example/issue', storage: memoryStorage(), fetch }
      const { token } = await obtainToken({ link: url, wave: key.publish(), ...options })
      const { outcome } = await redeemer.redeem(token, { accept })
      if (outcome !== 'accepted') throw new Error(outcome)
      return [...seen]
    },
  }
}

/** Tells of every issuance. */
function watched(store: IssuanceStore<Sql>, see: (record: IssuanceRecord) => void): IssuanceStore<Sql> {
  return {
    openWave: (record) => store.openWave(record),
    find: (ref) => store.find(ref),
    count: (ref) => store.count(ref),
    remove: (ref) => store.remove(ref),
    claim: (record) => {
      see(record)
      return store.claim(record)
    },
    transaction: (run) => store.transaction((inner, tx) => run(watched(inner, see), tx)),
  }
}

function memoryStorage(): TokenStorage {
  const states = new Map<string, string>()
  return {
    begin: async (name, state) => {
      if (!states.has(name)) states.set(name, state)
      return states.get(name) ?? state
    },
    read: async (name) => states.get(name) ?? null,
    replace: async (name, state) => void states.set(name, state),
  }
}
