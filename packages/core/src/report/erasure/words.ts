import type { Language } from '../../lib/text.js'
import type { Translation } from '../words.js'

const en = {
  kind: 'Preview of an erasure',
  title: 'What would become of one person’s records',
  nothingYet: 'This is a preview: nothing was changed. Values are masked here.',
  nobody: 'Nobody was found by this identifier, so there is nothing to erase.',
  colon: ':',
  own: 'records of the person',
  mentions: 'records of others that name them',
  dependents: 'links and consents that go with them',
  fields: 'values that would change',
  left: 'What is left of the person',
  verdicts: {
    'singled-out': 'Still singled out',
    linkable: 'Still linkable',
    'not-singled-out': 'Not singled out by what was tested',
  },
  verdictHint: {
    'singled-out':
      'What the policy keeps still points at this one person. Keep less: remove or coarsen the fields named below, then look again.',
    linkable: 'The records that are left can still be told to be of one person. Keep less, then look again.',
    'not-singled-out': 'Nobody stands out by the fields that were tested. What was not tested stands below.',
  },
  noVerdict: 'Not judged',
  noVerdictHint: 'No record of the person would be left to be judged, or nobody asked for a verdict.',
  recognised: 'Could the person still be recognised?',
  recognisedHint: 'The three risks of opinion WP 216 of the Article 29 Working Party',
  risks: { 'singling-out': 'Singling out', linkability: 'Linkability', inference: 'Inference' },
  noFinding: 'nothing found',
  notAsked: 'not tested',
  tested: 'What was tested',
  notTested: 'What was not tested',
  among: 'persons compared',
  byFields: 'fields:',
  complete: 'all smallest combinations of fields',
  incomplete: 'combinations of fields up to',
  warnings: 'Before you confirm',
  records: 'Record by record',
  recordsHint: 'Of each value only the first character is shown. What is not listed is kept as it is.',
  relations: { subject: 'of the person', mention: 'names the person', dependent: 'goes with the person' },
  field: 'Field',
  technique: 'What happens',
  before: 'Before',
  after: 'After',
  gone: 'removed',
  whole: 'the record itself',
  unlisted: 'no rule names it',
  identifier: 'the identifier alone',
  times: 'values',
  unchanged: 'Nothing of it changes.',
  closing:
    'Erasing is irreversible. A verdict tells about the fields that were tested; it does not say that what is left is no longer personal data.',
} as const

type Words = Translation<typeof en>

const fr: Words = {
  kind: 'Aperçu d’un effacement',
  title: 'Ce que deviendraient les enregistrements d’une personne',
  nothingYet: 'Ceci est un aperçu : rien n’a été changé. Les valeurs y sont masquées.',
  nobody: 'Personne n’a été trouvé par cet identifiant : il n’y a rien à effacer.',
  colon: ' :',
  own: 'enregistrements de la personne',
  mentions: 'enregistrements d’autres personnes qui la nomment',
  dependents: 'liens et consentements qui disparaissent avec elle',
  fields: 'valeurs qui changeraient',
  left: 'Ce qui reste de la personne',
  verdicts: {
    'singled-out': 'Toujours isolée',
    linkable: 'Toujours reliable',
    'not-singled-out': 'Non isolée par ce qui a été vérifié',
  },
  verdictHint: {
    'singled-out':
      'Ce que la politique garde désigne encore cette seule personne. Gardez moins : retirez ou généralisez les champs nommés ci-dessous, puis vérifiez à nouveau.',
    linkable:
      'On peut encore voir que les enregistrements restants sont d’une même personne. Gardez moins, puis vérifiez à nouveau.',
    'not-singled-out':
      'Personne ne se distingue par les champs vérifiés. Ce qui n’a pas été vérifié figure ci-dessous.',
  },
  noVerdict: 'Non évalué',
  noVerdictHint: 'Aucun enregistrement de la personne ne resterait à évaluer, ou aucun verdict n’a été demandé.',
  recognised: 'Peut-on encore reconnaître la personne ?',
  recognisedHint: 'Les trois risques de l’avis WP 216 du groupe de travail « Article 29 »',
  risks: { 'singling-out': 'Individualisation', linkability: 'Corrélation', inference: 'Inférence' },
  noFinding: 'rien trouvé',
  notAsked: 'non vérifiée',
  tested: 'Ce qui a été vérifié',
  notTested: 'Ce qui n’a pas été vérifié',
  among: 'personnes comparées',
  byFields: 'champs :',
  complete: 'toutes les plus petites combinaisons de champs',
  incomplete: 'combinaisons de champs jusqu’à',
  warnings: 'Avant de confirmer',
  records: 'Enregistrement par enregistrement',
  recordsHint: 'De chaque valeur, seul le premier caractère est montré. Ce qui n’est pas listé est gardé tel quel.',
  relations: { subject: 'de la personne', mention: 'nomme la personne', dependent: 'disparaît avec la personne' },
  field: 'Champ',
  technique: 'Ce qui est fait',
  before: 'Avant',
  after: 'Après',
  gone: 'retiré',
  whole: 'l’enregistrement même',
  unlisted: 'aucune règle ne le nomme',
  identifier: 'l’identifiant seul',
  times: 'valeurs',
  unchanged: 'Rien n’y change.',
  closing:
    'Un effacement est irréversible. Un verdict porte sur les champs vérifiés ; il ne dit pas que ce qui reste n’est plus une donnée personnelle.',
}

/** @internal By language. */
export const ERASURE_WORDS: Readonly<Record<Language, Words>> = { en, fr }

/** @internal */
export type ErasureWords = Words
