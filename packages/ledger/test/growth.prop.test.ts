import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import { createLedger, proveGrowth } from '../src/index.js'
import { memoryLedgerStore } from '../src/testing.js'
import { parseCheckpoint, parseGrowthProof, verifyGrowthProof } from '../src/verify.js'
import { ORIGIN, signerOf } from './support/keys.js'
import { leafOf } from './support/matchers.js'

const signer = await signerOf(ORIGIN, 1)
const policy = { log: signer.verifierKey }

/** A log with a checkpoint of every size from 0 on. */
async function logOf(size: number, from = 0) {
  const store = memoryLedgerStore()
  const ledger = createLedger({ store, signer })
  const checkpoints = [await ledger.checkpoint()]
  for (let index = 0; index < size; index++) {
    await ledger.commitAll([leafOf(from + index)])
    checkpoints.push(await ledger.checkpoint())
  }
  const prove = (older: number, newer: number) =>
    proveGrowth(store, { checkpoint: checkpoints[newer] ?? '', from: older })
  return { store, ledger, checkpoints, prove, at: (older: number) => parseCheckpoint(checkpoints[older] ?? '') }
}

const SIZE = 40
const log = await logOf(SIZE)
const other = await logOf(SIZE, 1)
const sizes = fc.tuple(fc.nat(SIZE), fc.nat(SIZE)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

describe('a proof of growth', () => {
  test('leads from every older checkpoint of a log to every newer one', async () => {
    for (let newer = 0; newer <= SIZE; newer++) {
      for (let older = 0; older <= newer; older++) {
        const verified = await verifyGrowthProof(await log.prove(older, newer), { older: log.at(older), policy })
        expect(verified).toMatchObject({ origin: ORIGIN, size: newer })
      }
    }
  })

  test('does not lead from a state that the log never had, whatever its size', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ([older, newer]) => {
        fc.pre(older > 0)
        const text = await log.prove(older, newer)
        const code = await rejectionCodeOf(verifyGrowthProof(text, { older: other.at(older), policy }))
        expect(code).toBe(older === newer ? 'ERR_LEDGER_FORK' : 'ERR_LEDGER_PROOF_INVALID')
      }),
    )
  })

  test('is refused with any one of its characters changed, left out or doubled', async () => {
    const text = await log.prove(13, 29)
    const changes = fc.tuple(fc.nat(text.length - 1), fc.constantFrom('', 'A', '\n', ' ', '0', '='), fc.boolean())
    await fc.assert(
      fc.asyncProperty(changes, async ([at, instead, isMore]) => {
        const changed = text.slice(0, at) + instead + text.slice(isMore ? at : at + 1)
        fc.pre(changed !== text)
        const code = await rejectionCodeOf(verifyGrowthProof(changed, { older: log.at(13), policy }))
        expect(code).toMatch(/^ERR_LEDGER_/)
      }),
    )
  })

  test('is the body of an add-checkpoint request as c2sp.org/tlog-witness shows it', () => {
    const body = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`
    const { from, path, checkpoint } = parseGrowthProof(body)
    expect({ from, hashes: path.length }).toEqual({ from: 20_852_014, hashes: 4 })
    expect(parseCheckpoint(checkpoint)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
  })

  test('ERR_LEDGER_PROOF_MALFORMED: any other spelling, a size of no number, and hashes where none belong', async () => {
    const text = await log.prove(3, 5)
    for (const bad of [
      text.replace('old 3', 'old 03'),
      text.replace('old 3', 'old -3'),
      text.replace('old 3', 'old  3'),
      text.replace('old 3', 'new 3'),
      text.replace('old 3', `old ${2 ** 53}`),
      text.replace('old 3\n', `old 3\n${'A'.repeat(43)}=\n`.repeat(64)),
      text.replaceAll('\n', '\r\n'),
      `${'x'.repeat(524_288)}${text}`,
      '',
      7 as never,
    ]) {
      expect(codeOf(() => parseGrowthProof(bad))).toMatch(/^ERR_LEDGER_PROOF_MALFORMED$/)
    }
    expect(await rejectionCodeOf(verifyGrowthProof(text, { older: log.at(4), policy }))).toBe(
      'ERR_LEDGER_PROOF_MALFORMED',
    )
    const longer = (await log.prove(0, 5)).replace('old 0\n', `old 0\n${'A'.repeat(43)}=\n`)
    expect(await rejectionCodeOf(verifyGrowthProof(longer, { older: log.at(0), policy }))).toBe(
      'ERR_LEDGER_PROOF_MALFORMED',
    )
  })

  test('ERR_LEDGER_ROLLBACK, ERR_LEDGER_ORIGIN_MISMATCH: a newer checkpoint that is smaller, or another log’s', async () => {
    const text = (await log.prove(3, 5)).replace('old 3', 'old 9')
    expect(await rejectionCodeOf(verifyGrowthProof(text, { older: log.at(9), policy }))).toBe('ERR_LEDGER_ROLLBACK')
    const foreign = { ...log.at(3), origin: 'other.example' }
    expect(await rejectionCodeOf(verifyGrowthProof(await log.prove(3, 5), { older: foreign, policy }))).toBe(
      'ERR_LEDGER_ORIGIN_MISMATCH',
    )
  })
})

describe('proving growth', () => {
  test('ERR_LEDGER_INDEX_OUT_OF_RANGE: out of more than there is, or of no number', async () => {
    for (const from of [6, -1, 0.5, Number.NaN]) {
      expect(await rejectionCodeOf(log.prove(from, 5))).toBe('ERR_LEDGER_INDEX_OUT_OF_RANGE')
    }
  })

  test('ERR_LEDGER_FORK, ERR_LEDGER_NODE_MISMATCH: of a log that has other entries than the checkpoint, or lacks some', async () => {
    const checkpoint = log.checkpoints[9] ?? ''
    expect(await rejectionCodeOf(proveGrowth(other.store, { checkpoint, from: 4 }))).toBe('ERR_LEDGER_FORK')
    const short = await logOf(6)
    expect(await rejectionCodeOf(proveGrowth(short.store, { checkpoint, from: 4 }))).toBe('ERR_LEDGER_NODE_MISMATCH')
  })
})
