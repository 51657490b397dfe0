import type { NoticeContact, NoticeController } from '../../notice.js'
import { type Difference, listKinds, type NoticePair, type Sides } from './change.js'
import type { NoticeChangeKind } from './change-kinds.js'

/** What differs in what is common to all purposes and languages. */
export function changesOfNotice({ before, after }: NoticePair): readonly Difference[] {
  const at = (path: string, kinds: readonly NoticeChangeKind[]): Difference[] => kinds.map((kind) => ({ path, kind }))
  const languages = { before: Object.keys(before.wording), after: Object.keys(after.wording) }
  const rights = { before: before.rights ?? [], after: after.rights ?? [] }
  return [
    ...at('id', before.id === after.id ? [] : ['notice-replaced']),
    ...at('version', before.version === after.version ? [] : ['version-changed']),
    ...at('controller', controllerKinds({ before: before.controller, after: after.controller })),
    ...at('representative', contactKinds({ before: before.representative, after: after.representative })),
    ...at('dpo', contactKinds({ before: before.dpo, after: after.dpo })),
    ...at(
      'supervisoryAuthority',
      contactKinds({ before: before.supervisoryAuthority, after: after.supervisoryAuthority }),
    ),
    ...at('rights', listKinds(rights, { added: 'right-added', removed: 'right-removed' })),
    ...at('wording', listKinds(languages, { added: 'language-added', removed: 'language-removed' })),
  ]
}

/** A country that is said for the first time is none that changed. */
function controllerKinds({ before, after }: Sides<NoticeController>): readonly NoticeChangeKind[] {
  const isSaid = before.country === undefined && after.country !== undefined
  const isElsewhere = before.country !== after.country && !isSaid
  const isReached = before.contact === after.contact && before.address === after.address
  return [
    ...(before.name === after.name && !isElsewhere ? [] : (['controller-changed'] as const)),
    ...(isReached && !isSaid ? [] : (['contact-changed'] as const)),
  ]
}

function contactKinds({ before, after }: Sides<NoticeContact | undefined>): readonly NoticeChangeKind[] {
  return before?.name === after?.name && before?.contact === after?.contact ? [] : ['contact-changed']
}
