import { verifyReceipt } from '@surveyseal/consent'
import { proveGrowth } from '@surveyseal/ledger'
import { describe, expect, test } from 'vitest'
import { createLog, createLoggedWorld, witnessKeys } from './support/log.js'
import { codeOf } from './support/matchers.js'

const GIVEN = { 'improve-service': 'given', 'call-back': 'refused' } as const

/** A log with a checkpoint before the event, the receipt's own, and two after it, the last one witnessed. */
async function grownWorld() {
  const world = await createLoggedWorld()
  const { log } = world
  await log.grow(3)
  const before = await log.ledger.checkpoint()
  const { receipt } = await world.decide(GIVEN)
  await log.grow(1)
  const refreshed = await world.refresh(receipt)
  await log.grow(4)
  const after = await log.ledger.checkpoint()
  await log.grow(2)
  const newest = await log.witness()
  const grown = (from: number, checkpoint = newest) => proveGrowth(log.store, { checkpoint, from })
  return { ...world, receipt: refreshed, before, after, newest, grown }
}

describe('proofs of growth', () => {
  test('join a receipt with a checkpoint that was kept before it, or after', async () => {
    const { receipt, verify, before, after, newest, grown } = await grownWorld()
    for (const [kept, growth] of [
      [newest, [await grown(5)]],
      [after, [await grown(5, after)]],
      [after, [await grown(5), await grown(9)]],
      [before, [await grown(3), await grown(5)]],
      [before, [await grown(3, after), await grown(5), await grown(9)]],
    ] as const) {
      const without = await verify(receipt, { checkpoints: [kept] })
      expect(without.notProved).toContain('agreement-with-checkpoint')
      const joined = await verify(receipt, { checkpoints: [kept], growth })
      expect(joined.proved).toContain('same-log-as-checkpoint')
      expect(joined.notProved).not.toContain('agreement-with-checkpoint')
      expect(joined.inclusion).toMatchObject({ index: 3, size: 5 })
    }
  })

  test('do not join what they do not lead to', async () => {
    const { receipt, verify, before, newest, grown } = await grownWorld()
    const half = await verify(receipt, { checkpoints: [before], growth: [await grown(3)] })
    expect(half.notProved).toContain('agreement-with-checkpoint')
    expect(half.proved).not.toContain('same-log-as-checkpoint')
    const one = await verify(receipt, { checkpoints: [before, newest], growth: [await grown(5)] })
    expect(one.proved).toContain('same-log-as-checkpoint')
    expect(one.notProved).toContain('agreement-with-checkpoint')
  })

  test('lend a receipt the witnesses of what its log grew into, and not of what it grew out of', async () => {
    const { log, receipt, verify, before, newest, grown } = await grownWorld()
    const witnesses = witnessKeys
    const alone = await verify(receipt, { witnesses })
    expect(alone.notProved).toContain('same-log-shown-to-all')
    const { proved, notProved, unchangedUntil } = await verify(receipt, { witnesses, growth: [await grown(5)] })
    expect(proved).toContain('witnesses-cosigned')
    expect(notProved).not.toContain('same-log-shown-to-all')
    // The event was not the newest entry when they saw the log.
    expect(unchangedUntil).toBeNull()
    expect(notProved).toContain('no-later-withdrawal')

    const earlier = createLog()
    const entries = await log.store.entries(log.ledger.origin, { from: 0, to: 3 })
    await earlier.ledger.commitAll(entries.map(({ commitment }) => commitment))
    const old = await earlier.witness()
    expect(old.startsWith(before)).toBe(true)
    const plain = newest.slice(0, newest.indexOf('— one.example'))
    const growth = [await grown(3, plain), await grown(5, plain)]
    const witnessedBefore = await verify(receipt, { witnesses, quorum: 2, checkpoints: [old], growth })
    expect(witnessedBefore.notProved).toContain('same-log-shown-to-all')
  })

  test('of another history are refused, whichever of them the controller shows', async () => {
    const { receipt, verify, newest, grown } = await grownWorld()
    const other = createLog()
    await other.grow(9)
    const fork = await other.ledger.checkpoint()
    const forged = await proveGrowth(other.store, { checkpoint: fork, from: 5 })
    expect(await codeOf(verify(receipt, { growth: [forged] }))).toBe('ERR_LEDGER_PROOF_INVALID')
    expect(await codeOf(verify(receipt, { checkpoints: [fork], growth: [await grown(5), await grown(9)] }))).toBe(
      'ERR_LEDGER_PROOF_INVALID',
    )
    await other.grow(2)
    const elsewhere = await other.ledger.checkpoint()
    expect(await codeOf(verify(receipt, { checkpoints: [elsewhere, newest] }))).toBe('ERR_LEDGER_FORK')
    expect(await codeOf(verify(receipt, { checkpoints: [elsewhere], growth: [await grown(5)] }))).toBe(
      'ERR_LEDGER_FORK',
    )
  })

  test('out of a state that nobody has shown, or without a key of the log, are wrong usage', async () => {
    const { keys, receipt, verify, grown } = await grownWorld()
    expect(await codeOf(verify(receipt, { growth: [await grown(7)] }))).toBe('ERR_INVALID_ARG_VALUE')
    const withoutLogs = verifyReceipt(receipt, { keys: { keys: keys.keys }, growth: [await grown(5)] })
    expect(await codeOf(withoutLogs)).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(verify(receipt, { growth: [(await grown(5)).replace('old 5', 'old 05')] }))).toBe(
      'ERR_LEDGER_PROOF_MALFORMED',
    )
  })
})
