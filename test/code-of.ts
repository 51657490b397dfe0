/** The code of what `run` throws, the error itself when it has none, and `null` when nothing is thrown. */
export function codeOf(run: () => unknown): unknown {
  try {
    run()
    return null
  } catch (error) {
    return codeIn(error)
  }
}

/** Like {@link codeOf}, for promises. */
export function rejectionCodeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => null, codeIn)
}

function codeIn(error: unknown): unknown {
  return (error as { code?: unknown }).code ?? error
}
