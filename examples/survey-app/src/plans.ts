/**
 * Plans that wait for their confirmation: in this process, and no longer than they may be executed. They name one person's records.
 *
 * @module
 */
import type { Preview } from './pages/operator/anonymize.js'

/** Plans by their id. */
export interface Plans {
  keep(preview: Preview): void
  /** Null when it was never there, was executed, or is too old. */
  find(id: string): Preview | null
  forget(id: string): void
}

/** Makes an empty list. */
export function createPlans(now: () => number = Date.now): Plans {
  const kept = new Map<string, Preview>()
  const drop = (): void => {
    for (const [id, { plan }] of kept) if (plan.expiresAt <= now()) kept.delete(id)
  }
  return {
    keep(preview) {
      drop()
      kept.set(preview.plan.id, preview)
    },
    find(id) {
      drop()
      return kept.get(id) ?? null
    },
    forget: (id) => void kept.delete(id),
  }
}
