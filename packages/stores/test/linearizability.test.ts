import { describe, expect, test } from 'vitest'
import { auditAnswer, type Operation } from './soak/history.js'
import { isLinearizable } from './soak/linearizability.js'

const once = { usesLeft: 1, revoked: false, keys: [] }

function submit(key: string, [invoked, responded]: [number, number], answer: string | null): Operation {
  return { kind: 'submit', key, invoked, responded, answer }
}

function ask(kind: 'open' | 'revoke' | 'audit', [invoked, responded]: [number, number], answer: string): Operation {
  return { kind, invoked, responded, answer }
}

const never = Number.POSITIVE_INFINITY

describe('histories one link could have', () => {
  test.each<[string, Operation[]]>([
    ['none', []],
    ['of two at once the one asked later wins', [submit('a', [0, 9], 'refused'), submit('b', [1, 8], 'spent')]],
    ['an open beside a spend sees either', [submit('a', [0, 9], 'spent'), ask('open', [1, 8], 'usable')]],
    ['a pending spend took effect', [submit('a', [0, never], null), ask('open', [5, 6], 'used')]],
    ['a pending spend did not', [submit('a', [0, never], null), submit('b', [5, 6], 'spent')]],
    [
      'a pending spend took effect between two looks',
      [submit('a', [0, never], null), ask('open', [5, 6], 'usable'), ask('open', [7, 8], 'used')],
    ],
    [
      'killed, repeated and known',
      [
        submit('a', [0, never], null),
        submit('a', [5, 6], 'repeated'),
        ask('audit', [7, 8], auditAnswer(0, false, ['a'])),
      ],
    ],
    ['a revocation beside a spend', [ask('revoke', [0, 9], '1'), submit('a', [1, 8], 'refused')]],
  ])('%s', (_name, history) => expect(isLinearizable(once, history)).toBe(true))
})

describe('histories no link can have', () => {
  test.each<[string, Operation[]]>([
    ['one use was spent twice', [submit('a', [0, 9], 'spent'), submit('b', [1, 8], 'spent')]],
    ['refused with nobody before', [submit('a', [0, 1], 'refused'), submit('b', [2, 3], 'spent')]],
    ['an open after a spend sees none', [submit('a', [0, 1], 'spent'), ask('open', [2, 3], 'usable')]],
    ['a key was spent twice', [submit('a', [0, 1], 'spent'), submit('a', [2, 3], 'spent')]],
    ['known before it was asked', [submit('a', [0, 1], 'repeated'), submit('a', [2, 3], 'spent')]],
    ['spent after it was revoked', [ask('revoke', [0, 1], '1'), submit('a', [2, 3], 'spent')]],
    ['revoked twice for the first time', [ask('revoke', [0, 9], '1'), ask('revoke', [1, 8], '1')]],
    [
      'two looks go back in time',
      [submit('a', [0, 9], 'spent'), ask('open', [1, 2], 'used'), ask('open', [3, 4], 'usable')],
    ],
    ['a pending spend before it was asked', [ask('open', [0, 1], 'used'), submit('a', [5, never], null)]],
    ['an acknowledged answer is lost', [submit('a', [0, 1], 'spent'), ask('audit', [2, 3], auditAnswer(1, false, []))]],
    [
      'one answer is kept twice',
      [submit('a', [0, 1], 'spent'), ask('audit', [2, 3], auditAnswer(0, false, ['a', 'a']))],
    ],
    ['a refused answer is kept', [submit('a', [0, 1], 'spent'), ask('audit', [2, 3], auditAnswer(0, false, ['b']))]],
  ])('%s', (_name, history) => expect(isLinearizable(once, history)).toBe(false))
})
