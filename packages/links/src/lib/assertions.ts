/**
 * Assertions of the contract suite, which must run without a test framework.
 *
 * @module
 */

/** Throws unless both are the same JSON value, whatever the order of their members. */
export function assertEqual(actual: unknown, expected: unknown): void {
  const [found, wanted] = [canonical(actual), canonical(expected)]
  if (found !== wanted) throw new Error(`expected ${wanted}, got ${found}`)
}

/** Throws unless the promise rejects with this very error. */
export async function assertRejects(promise: Promise<unknown>, error: Error): Promise<void> {
  const outcome = await promise.then(
    () => 'resolved',
    (reason: unknown) => (reason === error ? null : 'rejected with another error'),
  )
  if (outcome !== null) throw new Error(`expected the given error, but it ${outcome}`)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
