import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditAnswer, type Operation, type Request } from './soak/history.js'
import { isLinearizable } from './soak/linearizability.js'
import { type LinkModel, step } from './soak/link-model.js'

const request = fc.oneof<fc.Arbitrary<Request>[]>(
  fc.record({ kind: fc.constant('submit'), key: fc.constantFrom('a', 'b', 'c', 'd') }),
  fc.record({ kind: fc.constant('open') }),
  fc.record({ kind: fc.constant('revoke') }),
)
const start = fc.record({ usesLeft: fc.nat(3), revoked: fc.constant(false), keys: fc.constant([]) })

/** One request at a time, each at its instant, stretched to both sides as if it had taken long. */
const history = fc
  .tuple(start, fc.array(fc.record({ request, before: fc.nat(40), after: fc.nat(40), killed: fc.nat(9) })))
  .map(([first, requests]) => {
    let link: LinkModel = first
    const operations = requests.map(({ request: asked, before, after, killed }, at): Operation => {
      const result = step(link, asked)
      link = result.link
      const invoked = at * 10 - before
      if (killed === 0) return { ...asked, invoked, responded: Number.POSITIVE_INFINITY, answer: null }
      return { ...asked, invoked, responded: at * 10 + after, answer: result.answer }
    })
    const answer = auditAnswer(link.usesLeft, link.revoked, link.keys)
    const audit: Operation = { kind: 'audit', invoked: 1e6, responded: 1e6, answer }
    return { first, operations: [...operations, audit], last: link }
  })

test('requests that overlap are explained when each was answered at an instant of its own', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), ({ first, operations }, order) => {
      const shuffled = operations
        .map((operation) => ({ operation, at: order.next().value }))
        .sort((a, b) => a.at - b.at)
      expect(
        isLinearizable(
          first,
          shuffled.map(({ operation }) => operation),
        ),
      ).toBe(true)
    }),
  )
})

test('a use too many is never explained', () => {
  fc.assert(
    fc.property(history, ({ first, operations, last }) => {
      const answer = auditAnswer(last.usesLeft - 1, last.revoked, last.keys)
      expect(isLinearizable(first, [...operations.slice(0, -1), { ...(operations.at(-1) as Operation), answer }])).toBe(
        false,
      )
    }),
  )
})

test('one more spend than there were uses, or one of a key nobody kept, is never explained', () => {
  fc.assert(
    fc.property(history, fc.nat(300), ({ first, operations }, at) => {
      const added: Operation = { kind: 'submit', key: 'e', invoked: at, responded: at + 5, answer: 'spent' }
      expect(isLinearizable(first, [...operations, added])).toBe(false)
    }),
  )
})
