import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RFC9162 } from '@transmute/rfc9162'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../test/code-of.js'
import * as node from '../src/lib/crypto-node.js'
import * as portable from '../src/lib/crypto-portable.js'
import { Frontier } from '../src/lib/frontier.js'
import { commitEntry, hashLeaf, verifyConsistency, verifyInclusion, verifyRange } from '../src/verify.js'
import { leafOf, leavesOf } from './support/matchers.js'
import { memoryTree } from './support/memory-tree.js'
import { naivePath, naiveProof, naiveRoot } from './support/naive-tree.js'

const data = process.env['SURVEYSEAL_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))

interface Vector {
  readonly leafIdx: number
  readonly treeSize: number
  readonly root: string
  readonly leafHash: string
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}

function vectorsOf(kind: string): [string, Vector][] {
  const directory = join(data, 'merkle', kind)
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(directory, name), 'utf8')) as Vector])
}

const bytes = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'))

describe('the vectors of transparency-dev/merkle', () => {
  const [inclusion, consistency] = [vectorsOf('inclusion'), vectorsOf('consistency')]

  test(inclusion.length > 0 ? 'are present' : 'NOT RUN: the vectors are absent', () => {
    if (inclusion.length === 0) process.stderr.write('Merkle vectors are absent: set SURVEYSEAL_DATA\n')
    expect(data).not.toBe('')
  })

  test('inclusion: what is valid is accepted, what is not is refused with a code', () => {
    for (const [name, { leafIdx: index, treeSize: size, root, leafHash, proof, wantErr }] of inclusion) {
      const path = (proof ?? []).map(bytes)
      const run = () => verifyInclusion({ index, size, path }, { leafHash: bytes(leafHash), root: bytes(root) })
      const refused = expect.stringMatching(/^ERR_LEDGER_(PROOF_MALFORMED|PROOF_INVALID|INDEX_OUT_OF_RANGE)$/)
      expect(codeOf(run), name).toEqual(wantErr ? refused : null)
    }
  })

  test('consistency: what is valid is accepted, what is not is refused with a code', () => {
    for (const [name, { size1: from, size2: to, root1, root2, proof, wantErr }] of consistency) {
      const path = (proof ?? []).map(bytes)
      const run = () => verifyConsistency({ from, to, path }, { fromRoot: bytes(root1), toRoot: bytes(root2) })
      const refused = expect.stringMatching(/^ERR_LEDGER_(PROOF_MALFORMED|PROOF_INVALID|ROLLBACK|FORK)$/)
      expect(codeOf(run), name).toEqual(wantErr ? refused : null)
    }
  })

  test('consistency: nothing is proved about the empty tree', () => {
    const root = new Frontier().root()
    const empty = { from: 0, to: 0, path: [] }
    expect(codeOf(() => verifyConsistency(empty, { fromRoot: root, toRoot: root }))).toBe('ERR_LEDGER_PROOF_MALFORMED')
  })
})

describe('every tree of up to 66 entries agrees with RFC 9162 word for word', () => {
  const leaves = leavesOf(66)
  const tree = memoryTree(leaves)

  test('roots', async () => {
    const growing = new Frontier()
    for (let size = 1; size <= leaves.length; size++) {
      growing.add(leafOf(size - 1))
      const root = naiveRoot(leaves.slice(0, size))
      expect(growing.root()).toEqual(root)
      expect(await tree.root(size)).toEqual(root)
      expect(new Frontier(size, growing.frontier()).root()).toEqual(root)
    }
    expect(new Frontier().root()).toEqual(naiveRoot([]))
  })

  test('inclusion proofs', async () => {
    for (let size = 1; size <= 34; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await tree.inclusion(index, size)
        expect(proof.path).toEqual(naivePath(index, leaves.slice(0, size)))
        verifyInclusion(proof, { leafHash: hashLeaf(leafOf(index)), root: await tree.root(size) })
      }
    }
  })

  test('consistency proofs', async () => {
    for (let to = 1; to <= leaves.length; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = await tree.consistency(from, to)
        expect(proof.path).toEqual(naiveProof(from, leaves.slice(0, to)))
        verifyConsistency(proof, { fromRoot: await tree.root(from), toRoot: await tree.root(to) })
      }
    }
  })

  test('proofs of many entries in a row', async () => {
    for (let size = 1; size <= 20; size++) {
      const root = await tree.root(size)
      for (let to = 1; to <= size; to++) {
        for (let from = 0; from < to; from++) {
          verifyRange(await tree.range(from, to, size), { entries: leaves.slice(from, to), root })
        }
      }
    }
  })
})

describe('another implementation', () => {
  test('@transmute/rfc9162 makes the same roots and accepts the same proofs', async () => {
    const leaves = leavesOf(21)
    const tree = memoryTree(leaves)
    for (let size = 1; size <= leaves.length; size++) {
      const root = await tree.root(size)
      expect(await RFC9162.treeHead(leaves.slice(0, size))).toEqual(root)
      for (let index = 0; index < size; index++) {
        const { path } = await tree.inclusion(index, size)
        const theirs = await RFC9162.inclusionProof(leafOf(index), leaves.slice(0, size))
        expect(theirs.inclusion_path).toEqual(path)
        const proof = { log_id: '', tree_size: size, leaf_index: index, inclusion_path: path }
        expect(await RFC9162.verifyInclusionProof(root, hashLeaf(leafOf(index)), proof)).toBe(true)
      }
    }
  })
})

describe('SHA-256 of both runtimes', () => {
  test('is the same for every length up to three blocks', () => {
    for (let length = 0; length < 192; length++) {
      const input = Uint8Array.from({ length }, (_, at) => at * 7)
      const [a, b] = [new Uint8Array(40), new Uint8Array(40)]
      node.sha256Into(input, a, 5)
      portable.sha256Into(input, b, 5)
      expect(a).toEqual(b)
    }
  })
})

describe('what cannot be a proof', () => {
  const tree = memoryTree(leavesOf(9))
  const leafHash = hashLeaf(leafOf(4))

  test('ERR_LEDGER_PROOF_MALFORMED: numbers that count nothing, hashes of another length, too few and too many of them', async () => {
    const root = await tree.root(9)
    const good = await tree.inclusion(4, 9)
    const short = [...good.path.slice(0, -1), new Uint8Array(31)]
    const bad = [
      { ...good, index: -1 },
      { ...good, index: 0.5 },
      { ...good, index: Number.NaN },
      { ...good, index: '4' as never },
      { ...good, size: 2 ** 53 },
      { ...good, path: good.path.slice(1) },
      { ...good, path: [...good.path, leafHash] },
      { ...good, path: short },
      { ...good, path: null as never },
      { ...good, path: ['x'] as never },
      { ...good, path: new Array(good.path.length) as never },
    ]
    for (const proof of bad) {
      expect(codeOf(() => verifyInclusion(proof, { leafHash, root }))).toBe('ERR_LEDGER_PROOF_MALFORMED')
    }
    for (const hash of [new Uint8Array(), new Uint8Array(33), null as never, 'x' as never]) {
      expect(codeOf(() => verifyInclusion(good, { leafHash: hash, root }))).toBe('ERR_LEDGER_PROOF_MALFORMED')
      expect(codeOf(() => verifyInclusion(good, { leafHash, root: hash }))).toBe('ERR_LEDGER_PROOF_MALFORMED')
    }
  })

  test('ERR_LEDGER_INDEX_OUT_OF_RANGE: an entry the tree is too small for', async () => {
    const options = { leafHash, root: await tree.root(9) }
    const code = codeOf(() => verifyInclusion({ index: 9, size: 9, path: [] }, options))
    expect(code).toBe('ERR_LEDGER_INDEX_OUT_OF_RANGE')
    const range = { from: 8, to: 10, size: 9, path: [] }
    const two = leavesOf(2)
    expect(codeOf(() => verifyRange(range, { entries: two, root: options.root }))).toBe('ERR_LEDGER_INDEX_OUT_OF_RANGE')
  })

  test('ERR_LEDGER_PROOF_INVALID: the same hashes for a neighbour, or in a tree of another root', async () => {
    const root = await tree.root(9)
    const good = await tree.inclusion(4, 9)
    expect(codeOf(() => verifyInclusion({ ...good, index: 5 }, { leafHash, root }))).toBe('ERR_LEDGER_PROOF_INVALID')
    expect(codeOf(() => verifyInclusion(good, { leafHash, root: leafHash }))).toBe('ERR_LEDGER_PROOF_INVALID')
  })

  test('ERR_LEDGER_ROLLBACK, ERR_LEDGER_FORK: a smaller tree, and another one of the same size', async () => {
    const [fromRoot, toRoot] = [await tree.root(5), await tree.root(9)]
    const back = { from: 9, to: 5, path: [] }
    expect(codeOf(() => verifyConsistency(back, { fromRoot: toRoot, toRoot: fromRoot }))).toBe('ERR_LEDGER_ROLLBACK')
    const same = { from: 9, to: 9, path: [] }
    expect(codeOf(() => verifyConsistency(same, { fromRoot, toRoot }))).toBe('ERR_LEDGER_FORK')
  })
})

describe('a commitment', () => {
  test('is the digest of salt and bytes, and needs a salt of 32 bytes', () => {
    const [salt, entry] = [new Uint8Array(32), new Uint8Array([1, 2, 3])]
    expect(commitEntry({ salt, bytes: entry })).toEqual(naiveRootless(Uint8Array.of(...salt, ...entry)))
    expect(codeOf(() => commitEntry({ salt: new Uint8Array(31), bytes: entry }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(codeOf(() => commitEntry({ salt, bytes: 'x' as never }))).toBe('ERR_INVALID_ARG_TYPE')
    expect(codeOf(() => hashLeaf('x' as never))).toBe('ERR_INVALID_ARG_TYPE')
  })
})

function naiveRootless(input: Uint8Array): Uint8Array {
  const digest = new Uint8Array(32)
  portable.sha256Into(input, digest, 0)
  return digest
}
