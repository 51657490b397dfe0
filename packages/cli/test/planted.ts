/** Records as a feedback platform exports them, with people hidden in fields, custom fields and comments. */
export interface Planted {
  readonly ndjson: string
  readonly people: readonly { readonly email: string; readonly rows: readonly number[] }[]
}

const words =
  'good bad slow fast kind rude clean cold warm late early great poor fine dear cheap room staff food'.split(' ')

/** A small generator of pseudo-random numbers (mulberry32), so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Ways of hiding an address in a record, each with the letters in another case. */
const hidings: readonly ((record: Record<string, unknown>, email: string) => object)[] = [
  (_, email) => ({ email }),
  (_, email) => ({ email: email.toUpperCase() }),
  (_, email) => ({ customFields: { contact: email, shoe: 38 } }),
  (_, email) => ({ customFields: { [email]: { nested: ['x'] } } }),
  (_, email) => ({ npsComment: `Please write to ${email}, thanks.` }),
  ({ additionalComment }, email) => ({ additionalComment: `${additionalComment} (${email.toUpperCase()})` }),
  (_, email) => ({ tags: ['vip', `owner:${email}`] }),
  (_, email) => ({ source: `https://survey.example/?to=${encodeURIComponent(email)}&x=1` }),
]

/** Makes `count` records, in which each of 40 people is hidden in three. */
export function plant(count: number): Planted {
  const below = generator(20261124)
  const text = (): string => Array.from({ length: 4 + below(20) }, () => words[below(words.length)]).join(' ')
  const records = Array.from({ length: count }, (_, row): Record<string, unknown> => {
    const name = `user${row}`
    return {
      id: `R${row}`,
      email: `${name}@customers.example`,
      firstName: name,
      phone: `+336${String(10_000_000 + row)}`,
      npsScore: below(11),
      npsComment: text(),
      additionalComment: text(),
      customFields: { shop: below(50), note: text() },
      segments: { region: `R${below(9)}` },
      sentDate: `2026-0${1 + below(9)}-1${below(9)}`,
    }
  })
  const free = records.map((_, row) => row)
  const people = Array.from({ length: 40 }, (_, person) => {
    const email = `hidden.person${person}@planted.example`
    const rows = Array.from({ length: 3 }, (_, time) => {
      const [row = 0] = free.splice(below(free.length), 1)
      const record = records[row] ?? {}
      Object.assign(record, hidings[(person + time * 3) % hidings.length]?.(record, email))
      return row
    })
    return { email, rows: rows.sort((one, other) => one - other) }
  })
  return { ndjson: records.map((record) => `${JSON.stringify(record)}\n`).join(''), people }
}
