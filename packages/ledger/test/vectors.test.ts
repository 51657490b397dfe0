import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { rejectionCodeOf } from '../../../test/code-of.js'
import { verifyErasure, verifyTlogProof } from '../src/verify.js'
import vectors from './vectors/ledger_v1_self.json' with { type: 'json' }

const { log, witnesses } = vectors
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

describe('the published vectors of the ledger', () => {
  test.each(vectors.proofs)('a proof: $comment', async ({ proof, salt, bytes: entry, quorum, index, size, code }) => {
    const options = { entry: { salt: bytes(salt), bytes: bytes(entry) }, policy: { log, witnesses, quorum } }
    const verified = verifyTlogProof(proof, options)
    if (code === undefined) expect(await verified).toMatchObject({ index, checkpoint: { size } })
    else expect(await rejectionCodeOf(verified)).toBe(code)
  })

  test.each(vectors.erasures)('an erasure: $comment', async ({ note, index, commitment, time, summary, code }) => {
    const verified = verifyErasure(note, { log })
    if (code !== undefined) {
      expect(await rejectionCodeOf(verified)).toBe(code)
      return
    }
    const erasedAt = typeof time === 'number' ? new Date(time * 1000) : null
    expect(await verified).toEqual({
      origin: vectors.origin,
      index,
      commitment: bytes(commitment ?? ''),
      erasedAt,
      summary,
    })
  })
})

describe('the independent reader in Python', () => {
  const reader = fileURLToPath(new URL('read_ledger.py', import.meta.url))
  const file = fileURLToPath(new URL('vectors/ledger_v1_self.json', import.meta.url))
  const python = spawnSync('python3', [reader, file], { encoding: 'utf8' })
  const all = [...vectors.proofs, ...vectors.erasures]

  if (python.error !== undefined) {
    test('NOT RUN: python3 is absent', () => {
      process.stderr.write('python3 is absent: the independent reader did not run\n')
      expect(python.error).toBeDefined()
    })
  } else {
    test('verifies every vector and refuses what is refused here, with the same codes', () => {
      expect(python.stderr).toBe('')
      const results = python.stdout.trim().split('\n')
      expect(results).toHaveLength(all.length)
      for (const [at, line] of results.entries()) expect(all[at], all[at]?.comment).toMatchObject(JSON.parse(line))
    })
  }
})
