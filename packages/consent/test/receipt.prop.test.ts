import { ConsentError, type Decision, type Recorded, type VerifiedReceipt } from '@surveyseal/consent'
import { LedgerError } from '@surveyseal/ledger'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NOW } from './support/fixtures.js'
import { createLoggedWorld, witnesses, witnessKeys } from './support/log.js'

const FEW = { numRuns: Math.max(10, Number(process.env['FC_RUNS'] ?? 100) / 4) }

type Step = 'withdraw' | Readonly<Record<string, Decision>>

const decision = fc.constantFrom<Decision>('given', 'refused')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ 'improve-service': decision }),
  fc.record({ 'call-back': decision }),
  fc.record({ 'improve-service': decision, 'call-back': decision }),
  fc.constant<Step>('withdraw'),
)

/** A person's history in a log with others', of which each receipt has its proof, a minute apart. */
async function live(steps: readonly Step[], strangers: readonly number[]) {
  const world = await createLoggedWorld()
  const history: (Recorded & { proved: string })[] = []
  for (const [at, each] of steps.entries()) {
    const now = world.advance(60)
    const recorded = each === 'withdraw' ? await world.withdraw().catch(() => null) : await world.decide(each)
    if (recorded !== null && !recorded.repeated) {
      await world.log.witness(witnesses, now)
      history.push({ ...recorded, proved: await world.refresh(recorded.receipt) })
    }
    await world.log.grow(strangers[at] ?? 0)
  }
  const refreshed: string[] = []
  if (history.length > 0) await world.log.witness(witnesses, world.advance(60))
  for (const { receipt } of history) refreshed.push(await world.refresh(receipt))
  return { ...world, history, refreshed }
}

const lives = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  strangers: fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
  chosen: fc.nat(),
  shown: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  fresh: fc.boolean(),
})

/** Whether an event decides otherwise about a purpose of another one. */
function contradicts(later: Recorded, earlier: Recorded): boolean {
  return Object.entries(later.event.decisions).some(
    ([purpose, made]) => (earlier.event.decisions[purpose] ?? made) !== made,
  )
}

describe('receipt', () => {
  test('what a receipt is said to prove about later events is true of the whole history, shown or hidden', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async ({ steps, strangers, chosen, shown, fresh }) => {
        const { history, refreshed, verify } = await live(steps, strangers)
        if (history.length === 0) return
        const at = chosen % history.length
        const [mine, after] = [history[at] as Recorded, history.slice(at + 1)]
        const later = after.filter((_, index) => shown[index])
        const receipt = fresh ? refreshed[at] : history[at]?.proved
        const verified = await verify(receipt ?? '', {
          later: later.map((each) => each.proved),
          witnesses: witnessKeys,
        })
        expect(verified.proved.includes('changed-later')).toBe(later.some((each) => contradicts(each, mine)))
        const until = verified.unchangedUntil ?? 0
        const before = after.filter(({ event }) => event.receivedAt < until)
        expect(before.filter((each) => contradicts(each, mine))).toEqual([])
        expect(stateOf(verified)).toHaveLength(1)
      }),
      FEW,
    )
  })

  test('a receipt with a proof of which any character is changed is refused', async () => {
    const { refreshed, verify } = await live([{ 'improve-service': 'given' }, 'withdraw'], [3, 2])
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...refreshed),
        fc.nat(),
        fc.constantFrom(...'AZaz09-_.'),
        async (text, n, other) => {
          const at = n % text.length
          fc.pre(text[at] !== other)
          const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`
          const error = await verify(changed).then(
            () => null,
            (refusal: unknown) => refusal,
          )
          expect(error instanceof ConsentError || error instanceof LedgerError).toBe(true)
        },
      ),
    )
  })
})

/** Of a receipt's future one thing is said: nothing, that it changed, or that it did not until an instant. */
function stateOf({ proved, notProved }: VerifiedReceipt): string[] {
  const states: readonly string[] = ['no-later-withdrawal', 'no-later-decision', 'changed-later', 'unchanged-until']
  return [...proved, ...notProved].filter((claim) => states.includes(claim))
}

test('an event is received when the controller’s clock says so', async () => {
  const { history } = await live([{ 'call-back': 'given' }], [0])
  expect(history[0]?.event.receivedAt).toBe(NOW.getTime() + 60_000)
})
