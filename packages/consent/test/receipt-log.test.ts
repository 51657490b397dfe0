import { type ConsentLedger, createConsentService, verifyReceipt } from '@surveyseal/consent'
import { generateLedgerKeys, verifyLedger } from '@surveyseal/ledger'
import { parseTlogProof } from '@surveyseal/ledger/verify'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { AUDIENCE, NOW, notice, SUBJECT, SURVEY } from './support/fixtures.js'
import { createLog, createLoggedWorld, logKeys, WITNESSED_AT, witnesses, witnessKeys } from './support/log.js'
import { codeOf } from './support/matchers.js'
import { createWorld } from './support/service.js'

const GIVEN = { 'improve-service': 'given', 'call-back': 'refused' } as const

describe('events of a service with a ledger', () => {
  test('are committed to as they are recorded, decisions and withdrawals, by their hash alone', async () => {
    const { log, decide, withdraw } = await createLoggedWorld()
    await log.grow(3)
    const { event } = await decide(GIVEN)
    const withdrawal = await withdraw()
    expect(await log.ledger.size()).toBe(5)
    expect(await log.ledger.find(base64url.decode(event.hash))).toBe(3)
    expect(await log.ledger.find(base64url.decode(withdrawal.event.hash))).toBe(4)
    expect(await log.ledger.read(3)).toMatchObject({ salt: null, bytes: null, erasure: null })
  })

  test('are committed to once, however often they are sent', async () => {
    const { log, ask, sign, service } = await createLoggedWorld()
    const jws = await sign(await ask(), GIVEN)
    await service.record(jws)
    expect(await service.record(jws)).toMatchObject({ repeated: true })
    expect(await log.ledger.size()).toBe(1)
  })

  test('are not recorded when the log cannot take them', async () => {
    const ledger: ConsentLedger<unknown> = {
      commit: () => Promise.reject(new Error('the log is full')),
      erase: () => Promise.reject(new Error('the log is full')),
      attest: () => Promise.reject(new Error('the log is full')),
    }
    const { decide, store } = await createWorld({ ledger })
    await expect(decide(GIVEN)).rejects.toThrow('the log is full')
    expect(await store.events({ subject: SUBJECT, survey: SURVEY })).toEqual([])
  })

  test('lie in a log that is walked through with the events from where they are kept', async () => {
    const { log, decide, withdraw } = await createLoggedWorld()
    const events = [await decide(GIVEN), await withdraw()].map(({ event }) => event)
    const openings = async (commitments: readonly Uint8Array[]) =>
      commitments.map((commitment) => {
        const event = events.find(({ hash }) => hash === base64url.encode(commitment))
        return event ? { salt: base64url.decode(event.salt), bytes: new TextEncoder().encode(event.jws) } : null
      })
    const policy = { log: logKeys.verifierKey }
    expect(await verifyLedger(log.store, { policy, openings })).toMatchObject({ size: 2, elsewhere: 2, erased: 0 })
    expect(await codeOf(verifyLedger(log.store, { policy }))).toBe('ERR_LEDGER_ERASURE_INVALID')
    const [event] = events.splice(0, 1)
    expect(await codeOf(verifyLedger(log.store, { policy, openings }))).toBe('ERR_LEDGER_ERASURE_INVALID')
    await log.ledger.erase(0, { status: event?.kind })
    expect(await verifyLedger(log.store, { policy, openings })).toMatchObject({ size: 2, elsewhere: 1, erased: 1 })
  })
})

describe('a refreshed receipt', () => {
  test('proves offline, with the controller’s keys alone, that its event is in the log of that size', async () => {
    const { log, decide, refresh, verify } = await createLoggedWorld()
    await log.grow(4)
    const { event, receipt } = await decide(GIVEN)
    await log.grow(5)
    const refreshed = await verify(await refresh(receipt))
    expect(refreshed.event).toEqual(event)
    expect(refreshed.inclusion).toEqual({ log: 'feedback.example/consents', index: 4, size: 10, cosignatures: [] })
    expect(refreshed.proved).toContain('included-in-log')
    expect(refreshed.notProved).toEqual([
      'no-later-withdrawal',
      'key-belongs-to-person',
      'person-read-wording',
      'time-confirmed-by-others',
      'same-log-shown-to-all',
    ])
  })

  test('says that nothing of a log is proved when it has no proof or no key of the log is given', async () => {
    const { decide, refresh, verify, keys } = await createLoggedWorld()
    const { receipt } = await decide(GIVEN)
    const withoutKey = await verifyReceipt(await refresh(receipt), { keys: { keys: keys.keys } })
    for (const verified of [await verify(receipt), withoutKey]) {
      expect(verified.inclusion).toBeNull()
      expect(verified.notProved).toContain('inclusion-in-log')
      expect(verified.proved).not.toContain('included-in-log')
    }
  })

  test('withdraws whatever became of the log: its key changed, forked, or forgotten', async () => {
    const world = await createLoggedWorld()
    const receipt = await world.refresh((await world.decide(GIVEN)).receipt)
    const foreign = await generateLedgerKeys('feedback.example/other')
    for (const logs of [[foreign.verifierKey], ['no key at all'], []]) {
      const { store, signer, keys } = world
      const options = { store, signer, keys: { ...keys, logs }, audience: AUDIENCE, notices: [notice] }
      const { event } = await createConsentService({ ...options, clock: () => NOW }).withdraw({ receipt })
      expect(event).toMatchObject({ kind: 'withdrawal', via: 'receipt' })
    }
  })

  test('can be refreshed again, and withdraws', async () => {
    const { log, decide, refresh, verify, service } = await createLoggedWorld()
    const first = await refresh((await decide(GIVEN)).receipt)
    await log.grow(1)
    await log.witness()
    const second = await refresh(first)
    expect((await verify(second)).inclusion).toMatchObject({ index: 0, size: 2 })
    expect(await service.withdraw({ receipt: second })).toMatchObject({ event: { kind: 'withdrawal' } })
  })

  test('ERR_LEDGER_ENTRY_MISSING when the log does not hold its event', async () => {
    const { log, refresh } = await createLoggedWorld()
    await log.grow(2)
    const { receipt } = await (await createLoggedWorld()).decide(GIVEN)
    expect(await codeOf(refresh(receipt))).toBe('ERR_CONSENT_SIGNATURE_INVALID')
    const { decide, refresh: mine } = await createLoggedWorld()
    const other: ConsentLedger<unknown> = {
      ...log.consentLedger,
      attest: async () => log.ledger.read(7).then(() => ''),
    }
    expect(await codeOf(mine((await decide(GIVEN)).receipt, other))).toBe('ERR_LEDGER_ENTRY_MISSING')
  })

  test('is refused with the proof of another event, another log’s, or one that was changed', async () => {
    const { log, decide, withdraw, refresh, verify } = await createLoggedWorld()
    const { receipt } = await decide(GIVEN)
    const other = await withdraw()
    await log.grow(6)
    const honest = await log.consentLedger.attest(other.event.hash)
    const withProof = (proof: string) => refresh(receipt, { ...log.consentLedger, attest: async () => proof })
    expect(await codeOf(withProof(honest).then(verify))).toBe('ERR_LEDGER_PROOF_INVALID')
    const own = await log.consentLedger.attest((await verify(receipt)).event.hash)
    const { index, path, checkpoint } = parseTlogProof(own)
    expect(index).toBe(0)
    expect(path.length).toBe(3)
    expect(await codeOf(withProof(own.replace('index 0', 'index 2')).then(verify))).toBe('ERR_LEDGER_PROOF_INVALID')
    expect(await codeOf(withProof(own.replace(checkpoint, checkpoint.replace('\n8\n', '\n9\n'))).then(verify))).toBe(
      'ERR_LEDGER_SIGNATURE_INVALID',
    )
    expect(await codeOf(withProof('c2sp.org/tlog-proof@v2'))).toBe('ERR_LEDGER_PROOF_MALFORMED')
  })
})

describe('witnesses', () => {
  test('are told when enough of them cosigned the checkpoint of the proof, and missed when not', async () => {
    const { log, decide, refresh, verify } = await createLoggedWorld()
    const { receipt } = await decide(GIVEN)
    await log.grow(1)
    await log.witness(witnesses.slice(0, 1))
    const refreshed = await refresh(receipt)
    const one = await verify(refreshed, { witnesses: witnessKeys, quorum: 1 })
    expect(one.inclusion?.cosignatures).toEqual([{ witness: 'one.example', at: WITNESSED_AT }])
    expect(one.proved).toContain('witnesses-cosigned')
    expect(one.notProved).not.toContain('same-log-shown-to-all')
    const two = await verify(refreshed, { witnesses: witnessKeys })
    expect(two.proved).not.toContain('witnesses-cosigned')
    expect(two.notProved).toContain('same-log-shown-to-all')
    expect(await codeOf(verify(refreshed, { witnesses: witnessKeys, quorum: 3 }))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('may have cosigned a copy of the checkpoint that was kept elsewhere', async () => {
    const { log, decide, refresh, verify } = await createLoggedWorld()
    const { receipt } = await decide(GIVEN)
    await log.grow(1)
    const refreshed = await refresh(receipt)
    const checkpoints = [await log.witness()]
    const verified = await verify(refreshed, { checkpoints, witnesses: witnessKeys })
    expect(verified.proved).toEqual(expect.arrayContaining(['witnesses-cosigned', 'same-log-as-checkpoint']))
    await log.grow(1)
    const newer = await verify(refreshed, { checkpoints: [await log.witness()], witnesses: witnessKeys })
    expect(newer.proved).not.toContain('same-log-as-checkpoint')
    expect(newer.notProved).toContain('agreement-with-checkpoint')
    expect(await codeOf(verifyReceipt(receipt, { keys: { keys: [] }, checkpoints }))).not.toBeNull()
  })

  test('that saw the event as the newest entry prove that nothing was logged until then', async () => {
    const { log, decide, refresh, verify } = await createLoggedWorld()
    await log.grow(3)
    const { receipt } = await decide(GIVEN)
    await log.witness()
    const verified = await verify(await refresh(receipt), { witnesses: witnessKeys })
    expect(verified.unchangedUntil).toBe(WITNESSED_AT.getTime())
    expect(verified.proved).toContain('unchanged-until')
    expect(verified.notProved).not.toContain('no-later-withdrawal')
    expect(verified.notProved).toContain('unchanged-after')
    expect((await verify(await refresh(receipt))).notProved).toContain('no-later-withdrawal')
  })
})

describe('a withdrawal hidden by dropping the newest event', () => {
  /** What a person holds, and the same log without its last entry, as a dishonest controller would keep it. */
  async function hidden() {
    const honest = await createLoggedWorld()
    await honest.log.grow(2)
    const given = await honest.decide(GIVEN)
    honest.advance(60)
    const withdrawn = await honest.withdraw()
    const witnessed = await honest.log.witness()
    const forked = createLog()
    const entries = await honest.log.store.entries(honest.log.ledger.origin, { from: 0, to: 3 })
    await forked.ledger.commitAll(entries.map(({ commitment }) => commitment))
    return { ...honest, given, withdrawn, witnessed, forked }
  }

  test('is detected by whoever holds its receipt', async () => {
    const { given, withdrawn, verify, refresh, forked } = await hidden()
    const shown = await refresh(given.receipt, forked.consentLedger)
    const { proved, notProved, later } = await verify(shown, { later: [withdrawn.receipt] })
    expect(proved).toContain('changed-later')
    expect(notProved).not.toContain('no-later-withdrawal')
    expect(later).toEqual([
      { purpose: 'improve-service', decision: 'withdrawn', receivedAt: withdrawn.event.receivedAt },
    ])
    expect(await codeOf(refresh(withdrawn.receipt, forked.consentLedger))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('is detected by whoever holds a later witnessed checkpoint', async () => {
    const { given, witnessed, verify, refresh, forked } = await hidden()
    const policy = { log: logKeys.verifierKey, witnesses: witnessKeys }
    const all = async (commitments: readonly Uint8Array[]) => commitments.map(() => null)
    const walk = () => verifyLedger(forked.store, { policy, known: [witnessed], openings: all }).catch((error) => error)
    expect(await walk()).toMatchObject({ code: 'ERR_LEDGER_ERASURE_INVALID' })
    for (const index of [0, 1, 2]) await forked.ledger.erase(index, {})
    expect(await walk()).toMatchObject({ code: 'ERR_LEDGER_ROLLBACK', first: 3, last: 3 })
    await forked.grow(1)
    await forked.ledger.erase(3, {})
    expect(await walk()).toMatchObject({ code: 'ERR_LEDGER_FORK' })
    const shown = await refresh(given.receipt, forked.consentLedger)
    expect(await codeOf(verify(shown, { checkpoints: [witnessed], witnesses: witnessKeys }))).toBe('ERR_LEDGER_FORK')
  })

  test('is detected when two receipts were given proofs of two histories', async () => {
    const { given, withdrawn, verify, refresh, forked } = await hidden()
    await forked.grow(1)
    const shown = await refresh(given.receipt, forked.consentLedger)
    const kept = await refresh(withdrawn.receipt)
    expect(await codeOf(verify(shown, { later: [kept] }))).toBe('ERR_LEDGER_FORK')
  })

  test('is reported as not proved to everybody else', async () => {
    const { given, verify, refresh, forked } = await hidden()
    const shown = await verify(await refresh(given.receipt, forked.consentLedger))
    expect(shown.notProved).toContain('no-later-withdrawal')
    const unrelated = await verify(await refresh(given.receipt, forked.consentLedger), {
      checkpoints: [await forked.witness()],
      witnesses: [],
    })
    expect(unrelated.notProved).toContain('no-later-withdrawal')
  })
})

describe('a withdrawal that was left out of the log', () => {
  test('convicts the controller by its own receipt, whatever witnesses saw', async () => {
    const { log, decide, refresh, verify, withdraw } = await createLoggedWorld()
    const given = await decide(GIVEN)
    await log.witness()
    const shown = await refresh(given.receipt)
    const alone = await verify(shown, { witnesses: witnessKeys })
    expect(alone.proved).toContain('unchanged-until')
    expect(alone.notProved).toContain('unchanged-after')
    const { receipt } = await withdraw()
    const { proved, unchangedUntil } = await verify(shown, { witnesses: witnessKeys, later: [receipt] })
    expect(proved).toContain('changed-later')
    expect(proved).not.toContain('unchanged-until')
    expect(unchangedUntil).toBeNull()
  })
})

describe('later receipts', () => {
  test('that follow without a gap prove that nothing changed until the newest of them', async () => {
    const { decide, advance, verify } = await createLoggedWorld()
    const first = await decide({ 'improve-service': 'given' })
    advance(60)
    const second = await decide({ 'call-back': 'given' })
    const verified = await verify(first.receipt, { later: [second.receipt] })
    expect(verified).toMatchObject({ later: [], unchangedUntil: NOW.getTime() + 60_000 })
    expect(verified.proved).toContain('unchanged-until')
    expect(verified.notProved).toEqual(expect.arrayContaining(['unchanged-after']))
    expect(verified.notProved).not.toContain('no-later-withdrawal')
  })

  test('with a gap prove nothing about the gap, and a change all the same', async () => {
    const { decide, withdraw, verify } = await createLoggedWorld()
    const first = await decide({ 'improve-service': 'given' })
    await decide({ 'improve-service': 'refused' })
    const third = await decide({ 'improve-service': 'given' })
    const gap = await verify(first.receipt, { later: [third.receipt] })
    expect(gap.unchangedUntil).toBeNull()
    expect(gap.notProved).toContain('no-later-withdrawal')
    const fourth = await withdraw()
    const changed = await verify(first.receipt, { later: [fourth.receipt, third.receipt] })
    expect(changed.later.map(({ decision }) => decision)).toEqual(['given', 'withdrawn'])
    expect(changed.proved).toContain('changed-later')
  })

  test('given, withdrawn and given again is a change, not the same', async () => {
    const { decide, withdraw, verify } = await createLoggedWorld()
    const [first, second, third] = [await decide(GIVEN), await withdraw(), await decide(GIVEN)]
    const { proved, unchangedUntil } = await verify(first.receipt, { later: [third.receipt, second.receipt] })
    expect(proved).toContain('changed-later')
    expect(unchangedUntil).toBeNull()
    const afterwards = await verify(second.receipt, { later: [third.receipt] })
    expect(afterwards.proved).toContain('changed-later')
    expect(afterwards.notProved).not.toContain('no-later-decision')
  })

  test('ERR_CONSENT_CHAIN_MISMATCH when one is earlier, the same, another person’s or of another history', async () => {
    const { decide, withdraw, verify, service, sign, ask } = await createLoggedWorld()
    const [first, second] = [await decide(GIVEN), await withdraw()]
    const other = await service.record(await sign(await ask({ survey: 'autumn-2026' }), GIVEN))
    for (const [receipt, later] of [
      [second.receipt, first.receipt],
      [first.receipt, first.receipt],
      [first.receipt, other.receipt],
    ] as const) {
      expect(await codeOf(verify(receipt, { later: [later] }))).toBe('ERR_CONSENT_CHAIN_MISMATCH')
    }
    const { signer, keys } = await createWorld()
    const worlds = await Promise.all([1, 2].map(() => createWorld({ controller: { signer, keys } })))
    const [mine, theirs] = await Promise.all(
      worlds.map(async (world) => [await world.decide(GIVEN), await world.decide(GIVEN)]),
    )
    const code = verifyReceipt(mine?.[0]?.receipt ?? '', { keys, later: [theirs?.[1]?.receipt ?? ''] })
    expect(await codeOf(code)).toBe('ERR_CONSENT_CHAIN_MISMATCH')
  })
})
