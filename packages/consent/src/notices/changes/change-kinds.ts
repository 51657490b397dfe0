import type { Text } from '@surveyseal/core/risk'

/** What kind of change it is. Append-only. */
export type NoticeChangeKind =
  | 'notice-replaced'
  | 'version-changed'
  | 'controller-changed'
  | 'contact-changed'
  | 'right-added'
  | 'right-removed'
  | 'language-added'
  | 'language-removed'
  | 'purpose-added'
  | 'purpose-removed'
  | 'practice-added'
  | 'practice-removed'
  | 'legal-basis-changed'
  | 'data-added'
  | 'data-removed'
  | 'recipient-added'
  | 'recipient-removed'
  | 'source-added'
  | 'source-removed'
  | 'transfer-added'
  | 'transfer-removed'
  | 'safeguards-reference-changed'
  | 'storage-added'
  | 'storage-removed'
  | 'retention-longer'
  | 'retention-shorter'
  | 'retention-reworded'
  | 'validity-longer'
  | 'validity-shorter'
  | 'ai-added'
  | 'ai-removed'
  | 'contact-channel-added'
  | 'contact-channel-removed'
  | 'automated-decisions-added'
  | 'automated-decisions-removed'
  | 'obligation-added'
  | 'obligation-removed'
  | 'wording-added'
  | 'wording-changed'
  | 'wording-removed'
  | 'unused-term-changed'
  | 'restated'

/** What a kind of change means. */
export interface ChangeRule {
  /** `host` for what only a reader can judge: material until the host says otherwise. */
  readonly material: boolean | 'host'
  readonly reason: Text
}

/** The rules by which `compareNotices` judges. */
export const CHANGE_KINDS: Readonly<Record<NoticeChangeKind, ChangeRule>> = {
  'notice-replaced': {
    material: true,
    reason: { en: 'It is another notice, by its id.', fr: 'C’est une autre notice, d’après son identifiant.' },
  },
  'version-changed': {
    material: false,
    reason: { en: 'The number of the version is another.', fr: 'Le numéro de version est différent.' },
  },
  'controller-changed': {
    material: true,
    reason: {
      en: 'Somebody else is responsible, or in another country.',
      fr: 'Le responsable est un autre, ou dans un autre pays.',
    },
  },
  'contact-changed': {
    material: false,
    reason: { en: 'Whom to turn to is said anew.', fr: 'L’interlocuteur est indiqué à nouveau.' },
  },
  'right-added': {
    material: false,
    reason: { en: 'One right more is told of.', fr: 'Un droit de plus est indiqué.' },
  },
  'right-removed': {
    material: true,
    reason: { en: 'One right less is told of.', fr: 'Un droit de moins est indiqué.' },
  },
  'language-added': {
    material: false,
    reason: { en: 'The notice is in one language more.', fr: 'La notice existe dans une langue de plus.' },
  },
  'language-removed': {
    material: false,
    reason: {
      en: 'The notice is in one language less; what was decided in it says the same.',
      fr: 'La notice existe dans une langue de moins ; ce qui y fut décidé dit la même chose.',
    },
  },
  'purpose-added': {
    material: true,
    reason: { en: 'Nobody was asked about this purpose.', fr: 'Personne n’a été interrogé sur cette finalité.' },
  },
  'purpose-removed': {
    material: false,
    reason: { en: 'A purpose is given up.', fr: 'Une finalité est abandonnée.' },
  },
  'practice-added': {
    material: true,
    reason: { en: 'The purpose permits a practice more.', fr: 'La finalité permet une pratique de plus.' },
  },
  'practice-removed': {
    material: false,
    reason: { en: 'The purpose permits a practice less.', fr: 'La finalité permet une pratique de moins.' },
  },
  'legal-basis-changed': {
    material: true,
    reason: { en: 'The purpose rests on another legal basis.', fr: 'La finalité repose sur une autre base légale.' },
  },
  'data-added': {
    material: true,
    reason: {
      en: 'More data is used, or more of it is sensitive.',
      fr: 'Plus de données sont utilisées, ou plus sensibles.',
    },
  },
  'data-removed': {
    material: false,
    reason: { en: 'Less data is used.', fr: 'Moins de données sont utilisées.' },
  },
  'recipient-added': {
    material: true,
    reason: { en: 'More people receive the data.', fr: 'Plus de destinataires reçoivent les données.' },
  },
  'recipient-removed': {
    material: false,
    reason: { en: 'Fewer people receive the data.', fr: 'Moins de destinataires reçoivent les données.' },
  },
  'source-added': {
    material: true,
    reason: { en: 'Data comes from a source more.', fr: 'Les données viennent d’une source de plus.' },
  },
  'source-removed': {
    material: false,
    reason: { en: 'Data comes from a source less.', fr: 'Les données viennent d’une source de moins.' },
  },
  'transfer-added': {
    material: true,
    reason: {
      en: 'Data goes to a recipient or country more, or under other safeguards.',
      fr: 'Les données vont vers un destinataire ou pays de plus, ou sous d’autres garanties.',
    },
  },
  'transfer-removed': {
    material: false,
    reason: { en: 'A transfer is given up.', fr: 'Un transfert est abandonné.' },
  },
  'safeguards-reference-changed': {
    material: false,
    reason: {
      en: 'Where a copy of the safeguards is to be had is said anew.',
      fr: 'L’endroit où obtenir copie des garanties est indiqué à nouveau.',
    },
  },
  'storage-added': {
    material: true,
    reason: { en: 'Data is stored in a country more.', fr: 'Les données sont stockées dans un pays de plus.' },
  },
  'storage-removed': {
    material: false,
    reason: { en: 'Data is stored in a country less.', fr: 'Les données sont stockées dans un pays de moins.' },
  },
  'retention-longer': {
    material: true,
    reason: { en: 'Data may be kept longer.', fr: 'Les données peuvent être conservées plus longtemps.' },
  },
  'retention-shorter': {
    material: false,
    reason: { en: 'Data is kept for a shorter time.', fr: 'Les données sont conservées moins longtemps.' },
  },
  'retention-reworded': {
    material: 'host',
    reason: {
      en: 'How long data is kept is said in other words, and cannot be compared.',
      fr: 'La durée de conservation est dite autrement, et ne peut être comparée.',
    },
  },
  'validity-longer': {
    material: true,
    reason: { en: 'A decision may count longer.', fr: 'Une décision peut compter plus longtemps.' },
  },
  'validity-shorter': {
    material: false,
    reason: { en: 'A decision counts for a shorter time.', fr: 'Une décision compte moins longtemps.' },
  },
  'ai-added': {
    material: true,
    reason: {
      en: 'An AI is used, run by somebody else, or trained with the data, and was not before.',
      fr: 'Une IA est utilisée, exploitée par un autre, ou entraînée avec les données, ce qui n’était pas le cas.',
    },
  },
  'ai-removed': {
    material: false,
    reason: { en: 'An AI is given up, or no longer trained.', fr: 'Une IA est abandonnée, ou n’est plus entraînée.' },
  },
  'contact-channel-added': {
    material: true,
    reason: {
      en: 'People may be contacted in a way more.',
      fr: 'Les personnes peuvent être contactées par un moyen de plus.',
    },
  },
  'contact-channel-removed': {
    material: false,
    reason: { en: 'People are contacted in a way less.', fr: 'Les personnes sont contactées par un moyen de moins.' },
  },
  'automated-decisions-added': {
    material: true,
    reason: {
      en: 'Software profiles or decides, and did not before, or less.',
      fr: 'Un logiciel établit des profils ou décide, ce qu’il ne faisait pas, ou moins.',
    },
  },
  'automated-decisions-removed': {
    material: false,
    reason: { en: 'Software profiles or decides less.', fr: 'Un logiciel établit moins de profils ou décide moins.' },
  },
  'obligation-added': {
    material: true,
    reason: { en: 'People have to provide the data, and did not before.', fr: 'Les données deviennent obligatoires.' },
  },
  'obligation-removed': {
    material: false,
    reason: { en: 'People no longer have to provide the data.', fr: 'Les données ne sont plus obligatoires.' },
  },
  'wording-added': {
    material: 'host',
    reason: {
      en: 'A text is new: whether it explains or changes something, only a reader can tell.',
      fr: 'Un texte est nouveau : seul un lecteur sait s’il explique ou change quelque chose.',
    },
  },
  'wording-changed': {
    material: 'host',
    reason: {
      en: 'A text is another: whether it means the same, only a reader can tell.',
      fr: 'Un texte a changé : seul un lecteur sait s’il veut dire la même chose.',
    },
  },
  'wording-removed': {
    material: 'host',
    reason: {
      en: 'A text is gone: whether something goes unsaid, only a reader can tell.',
      fr: 'Un texte a disparu : seul un lecteur sait si quelque chose n’est plus dit.',
    },
  },
  'unused-term-changed': {
    material: false,
    reason: { en: 'A term that no purpose uses is another.', fr: 'Un terme qu’aucune finalité n’utilise a changé.' },
  },
  restated: {
    material: false,
    reason: {
      en: 'The same is said in another order, or what was presumed is said.',
      fr: 'La même chose est dite dans un autre ordre, ou ce qui était présumé est dit.',
    },
  },
}
