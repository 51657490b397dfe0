import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { memorySpentTokenStore } from '../../src/testing.js'
import { blind } from '../../src/unlinkable/lib/blind.js'
import { PersonDigests } from '../../src/unlinkable/lib/person-digest.js'
import { readPublicKey, toBigInt } from '../../src/unlinkable/lib/public-key.js'
import { prepare, waveContext } from '../../src/unlinkable/lib/token.js'
import { createTokenRedeemer, type PublishedWave } from '../../src/unlinkable.js'
import vectors from '../vectors/unlinkable-token_v1_self.json' with { type: 'json' }
import { bytes, hex } from './support.js'

const file = fileURLToPath(new URL('../vectors/unlinkable-token_v1_self.json', import.meta.url))

describe('the published vectors of the unlinkable token', () => {
  test.each(vectors)('$wave.survey, step by step', async (vector) => {
    const wave = vector.wave as PublishedWave
    const message = prepare(bytes(vector.prefix), waveContext(wave))
    expect(hex(message)).toBe(vector.message)
    const options = { salt: bytes(vector.salt), factor: toBigInt(bytes(vector.factor)) }
    expect(hex((await blind(readPublicKey(wave.key), message, options)).blinded)).toBe(vector.blinded)

    const store = memorySpentTokenStore()
    const redeemer = createTokenRedeemer({ wave, store })
    expect((await redeemer.redeem(vector.token, { accept: async () => null })).outcome).toBe('accepted')
    expect(await store.spend({ survey: wave.survey, wave: wave.wave, tokenHash: vector.tokenHash })).toBe(false)
  })

  test.each(vectors)('$wave.survey, stored digests', ({ wave, pepper, pepperCheck, persons }) => {
    const people = new PersonDigests(wave, bytes(pepper))
    expect(people.check()).toBe(pepperCheck)
    for (const { respondent, digest } of persons) expect(people.of(respondent)).toBe(digest)
  })

  const reader = fileURLToPath(new URL('../read_unlinkable_token.py', import.meta.url))
  const python = spawnSync('python3', [reader], { encoding: 'utf8', input: readFileSync(file) })

  test(python.error === undefined ? 'an independent reader confirms them' : 'NOT RUN: python3 is absent', () => {
    if (python.error !== undefined) process.stderr.write('python3 is absent: the independent reader did not run\n')
    else expect([python.status, python.stdout, python.stderr]).toEqual([0, '', ''])
  })
})
