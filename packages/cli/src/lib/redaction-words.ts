/**
 * The words of the report on a redaction.
 *
 * @module
 */

import type { RedactionKind } from '@surveyseal/core/recognize'
import type { Language } from '@surveyseal/core/report'

/** What the page says. */
export interface RedactionWords {
  readonly title: string
  readonly subtitle: string
  readonly lead: string
  readonly lines: string
  readonly touched: string
  readonly values: string
  readonly unsure: string
  readonly byKind: string
  readonly byKindHint: string
  readonly where: string
  readonly whereHint: string
  readonly more: string
  readonly line: string
  readonly nothing: string
  readonly closing: string
  readonly kinds: Readonly<Record<RedactionKind, string>>
}

const en: RedactionWords = {
  title: 'Redaction',
  subtitle: 'What was replaced, and where; the values are not in this report',
  lead: 'Recognizers replace what they recognize. What remains can still tell who somebody is.',
  lines: 'Lines',
  touched: 'Lines with something replaced',
  values: 'Values replaced',
  unsure: 'Told by their shape alone',
  byKind: 'What was replaced',
  byKindHint: 'Values of each kind, and how many of them are less than 70 % sure.',
  where: 'Where it stood',
  whereHint:
    'Each line from its start to its end; a mark is a replaced value. No length is true to scale between lines.',
  more: 'Lines with something replaced that are not shown:',
  line: 'Line',
  nothing: 'Nothing was found. That does not prove that there is nothing.',
  closing: 'Made on this machine; nothing was sent anywhere.',
  kinds: {
    email: 'E-mail addresses',
    url: 'Web addresses',
    iban: 'Bank accounts',
    card: 'Payment cards',
    'national-id': 'National identifiers',
    ip: 'IP addresses',
    coordinates: 'Positions',
    'birth-date': 'Dates of birth',
    phone: 'Telephone numbers',
    'postal-address': 'Postal addresses',
    'postal-code': 'Postal codes',
    name: 'Names',
    subject: 'Known values of the subject',
  },
}

const fr: RedactionWords = {
  title: 'Caviardage',
  subtitle: 'Ce qui a été remplacé, et où ; les valeurs ne figurent pas dans ce rapport',
  lead: 'Les détecteurs remplacent ce qu’ils reconnaissent. Ce qui reste peut encore révéler qui est la personne.',
  lines: 'Lignes',
  touched: 'Lignes dont une partie a été remplacée',
  values: 'Valeurs remplacées',
  unsure: 'Reconnues à leur seule forme',
  byKind: 'Ce qui a été remplacé',
  byKindHint: 'Valeurs de chaque sorte, et combien d’entre elles sont sûres à moins de 70 %.',
  where: 'Où cela se trouvait',
  whereHint:
    'Chaque ligne du début à la fin ; une marque est une valeur remplacée. L’échelle change d’une ligne à l’autre.',
  more: 'Lignes dont une partie a été remplacée et qui ne sont pas montrées :',
  line: 'Ligne',
  nothing: 'Rien n’a été trouvé. Cela ne prouve pas qu’il n’y a rien.',
  closing: 'Fait sur cette machine ; rien n’a été envoyé.',
  kinds: {
    email: 'Adresses électroniques',
    url: 'Adresses web',
    iban: 'Comptes bancaires',
    card: 'Cartes de paiement',
    'national-id': 'Identifiants nationaux',
    ip: 'Adresses IP',
    coordinates: 'Positions',
    'birth-date': 'Dates de naissance',
    phone: 'Numéros de téléphone',
    'postal-address': 'Adresses postales',
    'postal-code': 'Codes postaux',
    name: 'Noms',
    subject: 'Valeurs connues de la personne',
  },
}

/** By language. */
export const REDACTION_WORDS: Readonly<Record<Language, RedactionWords>> = { en, fr }
