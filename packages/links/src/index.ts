/**
 * Survey links that carry no personal data.
 *
 * @module
 */

export type { AnswerBuffer, RandomBytes, Release, ReleaseOptions, WaitingAnswer } from './answer-buffer.js'
export type { CacheKeyringOptions, KeyringCache } from './cache-keyring.js'
export { cacheKeyring } from './cache-keyring.js'
export { createLinkService } from './create-link-service.js'
export type { Draft, DraftStore } from './draft-store.js'
export type { LinkErrorCode } from './errors.js'
export { LinkError } from './errors.js'
export type { GenerateKeyOptions } from './generate-keyring.js'
export { generateKey, generateKeyring } from './generate-keyring.js'
export { groupLinkId } from './group-link-id.js'
export type { Hs256Options } from './hs256-links.js'
export { hs256Links } from './hs256-links.js'
export { addKey, promoteKey, retireKey, revokeKey } from './key-lifecycle.js'
export type { KeyDocument, KeyInfo, Keyring, KeyringDocument, KeySource, KeyStatus } from './keyring.js'
export type { JwkSetOptions } from './keyring-from-jwk-set.js'
export { keyringFromJwkSet } from './keyring-from-jwk-set.js'
export type {
  LinkContext,
  LinkFields,
  OpenedLink,
  OpenOptions,
  PackedOptions,
  SealedLink,
  SealOptions,
} from './link-context.js'
export type { ImportCount, ImportedLink } from './link-service/imported-link.js'
export type { Invitation, IssuedLink, IssueOptions } from './link-service/invitation.js'
export type { LegacyLink, LegacyLinks } from './link-service/legacy-links.js'
export type { Claim, LinkState, Obstacle, ResolvedLink } from './link-service/link-state.js'
export type { MintedLink, SealBatchOptions } from './link-service/minted-link.js'
export type { IdSpelling, LinkServiceOptions } from './link-service/options.js'
export type { Pepper, PepperRing } from './link-service/pepper-ring.js'
export type { Revocation, SuppressionSubject } from './link-service/revocation.js'
export type { Match, Submission, SubmitOptions } from './link-service/submission.js'
export type { LinkHealth, LinkService } from './link-service.js'
export type {
  Invitee,
  LinkKey,
  LinkRecord,
  LinkSelector,
  LinkStore,
  PurgeCount,
  Spend,
  SpendOutcome,
  SpendQuery,
  SpentLink,
} from './link-store.js'
export { loadKeyring } from './load-keyring.js'
export type { OpenLinkOptions } from './open-link.js'
export { openLink } from './open-link.js'
export type { Placement } from './placement.js'
export type { Respondent, RespondentOptions } from './respondent.js'
export { allowPersonalRespondent } from './respondent.js'
export type { Scope } from './scope.js'
export type { SealLinkOptions } from './seal-link.js'
export { sealLink } from './seal-link.js'
export type { LinkBatches } from './seal-links.js'
export { sealLinks } from './seal-links.js'
export type { ShuffleOptions } from './shuffle.js'
export { shuffle } from './shuffle.js'
export type {
  Suppression,
  SuppressionCount,
  SuppressionKind,
  SuppressionSelector,
  SuppressionStore,
} from './suppression-store.js'
