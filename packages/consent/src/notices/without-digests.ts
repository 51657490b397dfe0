import { checkNotice } from '../lib/notice-schema.js'
import type { Notice, NoticeInput } from '../notice.js'

/** A notice as its author wrote it, checked: a defined one also has documents and digests. */
export function withoutDigests(notice: Notice | NoticeInput): NoticeInput {
  if (typeof notice !== 'object' || notice === null) return checkNotice(notice)
  const { documents: _, digests: __, ...input } = notice as Notice
  return checkNotice(input)
}
