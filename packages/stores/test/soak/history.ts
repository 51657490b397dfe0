/** What the processes of a soak write down, and what can be read from it: who asked what when, and what was answered. */

/** One thing asked of one link. */
export type Request =
  | { readonly kind: 'submit'; readonly key: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'revoke' }
  /** What the tables hold after everybody has stopped. */
  | { readonly kind: 'audit' }

/** A request and its answer. Instants are microseconds of a clock that all processes of the machine share. */
export type Operation = Request & {
  readonly invoked: number
  /** `Infinity` when the process was killed before an answer: it may have taken effect then, later, or not at all. */
  readonly responded: number
  /** `null` when there was no answer. */
  readonly answer: string | null
}

/** What the tables hold of a link, in one spelling; the order of keys says nothing. */
export function auditAnswer(usesLeft: number, revoked: boolean, keys: readonly string[]): string {
  return JSON.stringify([usesLeft, revoked, [...keys].sort()])
}

/** The clock of all processes of this machine. Rounded outwards, so that an interval is never shorter than it was. */
export function invocationInstant(): number {
  return Number(process.hrtime.bigint() / 1000n)
}

/** See {@link invocationInstant}. */
export function responseInstant(): number {
  return Number(process.hrtime.bigint() / 1000n) + 1
}
