/**
 * Declaring what ties a survey's answers to its invitees.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import { textArgument } from '../lib/text.js'
import { ANSWER_LINKAGES } from './answer-linkages.js'
import { LinkageError } from './errors.js'
import type { AnswerLinkage } from './linkage.js'
import type { LinkageStore } from './linkage-store.js'

const MAX_SURVEY_BYTES = 128

/** Which survey, and what it is declared with. */
export interface LinkageDeclaration {
  readonly survey: string
  readonly linkage: AnswerLinkage
  /** The store of the tenant. */
  readonly store: LinkageStore
  /**
   * Whether a survey that is declared with a weaker linkage is moved to this one, for answers that are still to come; those
   * already given stay as they are.
   *
   * @defaultValue `false`
   */
  readonly strengthen?: boolean
}

/**
 * Declares the linkage of a survey, for good: before its first link is sent, and before its notice is shown.
 *
 * Declaring the same again does nothing. A weaker one is refused whatever happens, because people were told otherwise;
 * neither is a survey moved to or from `open`.
 *
 * @param declaration - See {@link LinkageDeclaration}.
 * @throws LinkageError `ERR_LINKAGE_DECLARED_OTHERWISE`.
 *
 * @example
 * Once declared, never weaker.
 *
 * ```ts
 * import { declareLinkage } from '@surveyseal/links/answer-linkage'
 * import { memoryLinkageStore } from '@surveyseal/links/testing'
 *
 * await declareLinkage({ survey: 'staff', linkage: 'delinked-on-submit', store: memoryLinkageStore() })
 * ```
 */
export async function declareLinkage(declaration: LinkageDeclaration): Promise<void> {
  const { survey, linkage, store, strengthen = false } = declaration
  textArgument(survey, 'survey', MAX_SURVEY_BYTES)
  linkageArgument(linkage)
  let declared = await store.declare(survey, linkage)
  while (declared !== linkage) {
    if (!strengthen || !ANSWER_LINKAGES[declared].mayBecome.includes(linkage)) throw declaredOtherwise()
    // Only ever stronger, so another process that moves it too ends this soon.
    declared = (await store.move({ survey, from: declared, to: linkage }))
      ? linkage
      : await store.declare(survey, linkage)
  }
}

/** Refuses what is no linkage. */
export function linkageArgument(linkage: AnswerLinkage): void {
  if (!Object.hasOwn(ANSWER_LINKAGES, linkage)) {
    throw invalidArgumentValue('linkage', Object.keys(ANSWER_LINKAGES).join(', '))
  }
}

/** The refusal of everything that was not promised. */
export function declaredOtherwise(): LinkageError {
  return new LinkageError('ERR_LINKAGE_DECLARED_OTHERWISE', 'the survey is declared with another linkage')
}
