/**
 * Linkages in memory.
 *
 * @module
 */

import type { AnswerLinkage } from '../answer-linkage/linkage.js'
import type { LinkageStore } from '../answer-linkage/linkage-store.js'

/**
 * Creates a store for tests and examples; nothing is kept on exit.
 *
 * @returns A store for one tenant.
 */
export function memoryLinkageStore(): LinkageStore {
  const declared = new Map<string, AnswerLinkage>()
  return {
    find: async (survey) => declared.get(survey) ?? null,
    declare: async (survey, linkage) => {
      const kept = declared.get(survey) ?? linkage
      declared.set(survey, kept)
      return kept
    },
    move: async ({ survey, from, to }) => {
      if (declared.get(survey) !== from) return false
      declared.set(survey, to)
      return true
    },
  }
}
