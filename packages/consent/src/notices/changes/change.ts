import type { NoticeInput } from '../../notice.js'
import type { NoticeChangeKind } from './change-kinds.js'

/** Two versions of a notice. */
export interface NoticePair {
  readonly before: NoticeInput
  readonly after: NoticeInput
}

/** A difference, before it is judged. */
export interface Difference {
  readonly path: string
  readonly kind: NoticeChangeKind
  readonly purpose?: string
  readonly language?: string
}

/** Two values at one place. */
export interface Sides<T> {
  readonly before: T
  readonly after: T
}

/** What to call it when a list gains or loses an item. */
export interface ListKinds {
  readonly added: NoticeChangeKind
  readonly removed: NoticeChangeKind
}

/** The kinds of what two lists differ by, each once, whatever their order. */
export function listKinds(
  { before, after }: Sides<readonly string[]>,
  { added, removed }: ListKinds,
): readonly NoticeChangeKind[] {
  return [
    ...(after.some((item) => !before.includes(item)) ? [added] : []),
    ...(before.some((item) => !after.includes(item)) ? [removed] : []),
  ]
}
