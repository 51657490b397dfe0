import { textsIn } from '../../lib/plain-text.js'
import type { NoticeInput, NoticeWording } from '../../notice.js'
import type { Difference, NoticePair, Sides } from './change.js'
import type { NoticeChangeKind } from './change-kinds.js'

/** What differs in the words of the languages that both versions have. */
export function changesOfWording({ before, after }: NoticePair): readonly Difference[] {
  return Object.entries(after.wording).flatMap(([language, later]) => {
    const earlier = Object.hasOwn(before.wording, language) ? before.wording[language] : undefined
    if (earlier === undefined) return []
    const sides = { before: earlier, after: later }
    return [...changesOfCommon(sides), ...changesOfPurposes(sides), ...changesOfTerms(sides, after)].map((change) => ({
      ...change,
      path: `wording.${language}${change.path}`,
      language,
    }))
  })
}

function changesOfCommon({ before, after }: Sides<NoticeWording>): readonly Difference[] {
  const commonOf = ({ purposes: _, terms: __, ...common }: NoticeWording): object => common
  return differences({ before: commonOf(before), after: commonOf(after) })
}

function changesOfPurposes({ before, after }: Sides<NoticeWording>): readonly Difference[] {
  const shared = Object.keys(after.purposes).filter((id) => Object.hasOwn(before.purposes, id))
  return shared.flatMap((purpose) =>
    differences({ before: before.purposes[purpose], after: after.purposes[purpose] }).map((change) => ({
      ...change,
      path: `.purposes.${purpose}${change.path}`,
      purpose,
    })),
  )
}

/** A term is about the purposes that use it. */
function changesOfTerms({ before, after }: Sides<NoticeWording>, { purposes }: NoticeInput): readonly Difference[] {
  const [earlier, later] = [before, after].map(({ terms = {} }) => new Map(Object.entries(terms)))
  const texts = [...new Set([...(later?.keys() ?? []), ...(earlier?.keys() ?? [])])]
  return texts.flatMap((text): Difference[] => {
    const sides = { before: earlier?.get(text), after: later?.get(text) }
    if (sides.before === sides.after) return []
    const users = purposes.filter((purpose) => textsIn(purpose, '').some((used) => used.text === text))
    if (users.length === 0) return [{ path: '.terms', kind: 'unused-term-changed' }]
    return users.map(({ id }) => ({ path: '.terms', kind: kindOf(sides), purpose: id }))
  })
}

function differences({ before, after }: Sides<unknown>): readonly Difference[] {
  const [earlier, later] = [before, after].map(
    (side) => new Map(textsIn(side, '').map(({ path, text }) => [path, text])),
  )
  const paths = [...new Set([...(later?.keys() ?? []), ...(earlier?.keys() ?? [])])]
  return paths
    .map((path) => ({ path, before: earlier?.get(path), after: later?.get(path) }))
    .filter((sides) => sides.before !== sides.after)
    .map(({ path, ...sides }) => ({ path, kind: kindOf(sides) }))
}

function kindOf({ before, after }: Sides<string | undefined>): NoticeChangeKind {
  if (before === undefined) return 'wording-added'
  return after === undefined ? 'wording-removed' : 'wording-changed'
}
