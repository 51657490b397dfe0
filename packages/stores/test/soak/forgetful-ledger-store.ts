import type { LedgerStore } from '@surveyseal/ledger'
import type { Sql } from '../../src/sql.js'

/** The negative control: now and then it acknowledges what it has not kept. A soak that cannot tell proves nothing. */
export function forgetfulLedgerStore(store: LedgerStore<Sql>): LedgerStore<Sql> {
  let calls = 0
  const append: LedgerStore<Sql>['append'] = async (...given) => {
    calls += 1
    if (calls % 10 !== 0) return store.append(...given)
    let places: readonly number[] = []
    const undone = store.transaction(async (inner) => {
      places = await inner.append(...given)
      throw new Error('undone')
    })
    await undone.catch(() => undefined)
    return places
  }
  return new Proxy(store, {
    get(target, name: keyof LedgerStore<Sql>) {
      const member = target[name]
      return name === 'append' ? append : member.bind(target)
    },
  })
}
