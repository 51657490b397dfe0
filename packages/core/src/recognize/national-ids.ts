/**
 * National identifiers: a dated table that a host can replace.
 *
 * @module
 */

import { luhn, mod11Of10, weightedSum } from './lib/check-digits.js'

/**
 * One national identifier.
 *
 * @group National identifiers
 */
export interface NationalId {
  /** A stable name, for instance `fr-nir`. */
  readonly id: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** What people call it. */
  readonly name: string
  /** How it is written; global, every quantifier bounded. */
  readonly pattern: RegExp
  /** Whether the check digits hold, given the letters and digits in upper case; issue rules where there are none. */
  readonly isValid: (characters: string) => boolean
  /** Words one of which must stand in the 30 characters before it, when the shape alone says too little. */
  readonly cue?: RegExp
  /** When this row was last compared with its source. */
  readonly asOf: string
  /** Who defines it. */
  readonly source: string
}

const AS_OF = '2026-11-22'

/**
 * The identifiers known here.
 *
 * @group National identifiers
 */
export const NATIONAL_IDS: readonly NationalId[] = [
  {
    id: 'us-ssn',
    country: 'US',
    name: 'Social Security number',
    pattern: /\d{3}[- ]\d{2}[- ]\d{4}/g,
    isValid: (digits) => !/^(?:000|666|9\d\d)|^\d{3}00|0000$/.test(digits),
    asOf: AS_OF,
    source: 'Social Security Administration, SSN randomization (2011)',
  },
  {
    id: 'us-ssn-bare',
    country: 'US',
    name: 'Social Security number',
    pattern: /\d{9}/g,
    isValid: (digits) => !/^(?:000|666|9\d\d)|^\d{3}00|0000$/.test(digits),
    cue: /\b(?:ssn|social security)\b/i,
    asOf: AS_OF,
    source: 'Social Security Administration, SSN randomization (2011)',
  },
  {
    id: 'us-driver-licence',
    country: 'US',
    name: "Driver's license number",
    pattern: /[A-Z]?\d[\d-]{5,16}\d/gi,
    isValid: () => true,
    cue: /\b(?:driver'?s?|driving) licen[cs]e\b/i,
    asOf: AS_OF,
    source: 'State motor vehicle agencies; no common check digit',
  },
  {
    id: 'gb-nino',
    country: 'GB',
    name: 'National Insurance number',
    pattern: /[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]/gi,
    isValid: (characters) => !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(characters),
    asOf: AS_OF,
    source: 'HM Revenue & Customs, National Insurance Manual NIM39110',
  },
  {
    id: 'gb-nhs',
    country: 'GB',
    name: 'NHS number',
    pattern: /\d{3}[- ]?\d{3}[- ]?\d{4}/g,
    isValid: (digits) => (11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(digits[9]),
    cue: /\bnhs\b/i,
    asOf: AS_OF,
    source: 'NHS Data Model and Dictionary, NHS NUMBER',
  },
  {
    id: 'fr-nir',
    country: 'FR',
    name: 'Numéro de sécurité sociale',
    pattern: /[1-4] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}/gi,
    isValid: (characters) => {
      const digits = characters.replace('2A', '19').replace('2B', '18')
      return 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13))
    },
    asOf: AS_OF,
    source: 'INSEE, numéro d’inscription au répertoire',
  },
  {
    id: 'ca-sin',
    country: 'CA',
    name: 'Social Insurance Number',
    pattern: /\d{3}[- ]\d{3}[- ]\d{3}/g,
    isValid: (digits) => /^[1-79]/.test(digits) && luhn(digits),
    asOf: AS_OF,
    source: 'Service Canada, Social Insurance Number',
  },
  {
    id: 'de-steuer-id',
    country: 'DE',
    name: 'Steuerliche Identifikationsnummer',
    pattern: /[1-9]\d ?\d{3} ?\d{3} ?\d{3}/g,
    isValid: mod11Of10,
    cue: /\b(?:steuer|tax id|tin|idnr)/i,
    asOf: AS_OF,
    source: 'Bundeszentralamt für Steuern, § 139b AO',
  },
  {
    id: 'es-dni',
    country: 'ES',
    name: 'DNI or NIE',
    pattern: /(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z]/gi,
    isValid: (characters) =>
      'TRWAGMYFPDXBNJZSQVHLCKE'[
        Number(characters.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))) % 23
      ] === characters.at(-1),
    asOf: AS_OF,
    source: 'Real Decreto 1553/2005',
  },
  {
    id: 'it-codice-fiscale',
    country: 'IT',
    name: 'Codice fiscale',
    pattern: /[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]/gi,
    isValid: isCodiceFiscale,
    asOf: AS_OF,
    source: 'Decreto ministeriale 23 December 1976',
  },
  {
    id: 'nl-bsn',
    country: 'NL',
    name: 'Burgerservicenummer',
    pattern: /\d{9}/g,
    isValid: (digits) => weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    cue: /\b(?:bsn|burgerservicenummer|sofi)/i,
    asOf: AS_OF,
    source: 'Rijksdienst voor Identiteitsgegevens, elfproef',
  },
  {
    id: 'be-nrn',
    country: 'BE',
    name: 'Rijksregisternummer, numéro national',
    pattern: /\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}/g,
    isValid: (digits) =>
      [digits.slice(0, 9), `2${digits.slice(0, 9)}`].some(
        (body) => 97 - (Number(body) % 97) === Number(digits.slice(9)),
      ),
    asOf: AS_OF,
    source: 'Koninklijk besluit of 3 April 1984',
  },
  {
    id: 'ch-ahv',
    country: 'CH',
    name: 'AHV-Nummer, numéro AVS',
    pattern: /756\.?\d{4}\.?\d{4}\.?\d{2}/g,
    isValid: (digits) =>
      (10 - (weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === Number(digits[12]),
    asOf: AS_OF,
    source: 'Zentrale Ausgleichsstelle, AHVN13 (EAN-13)',
  },
  {
    id: 'se-personnummer',
    country: 'SE',
    name: 'Personnummer',
    pattern: /(?:19|20)?\d{2}(?:0[1-9]|1[0-2])[0-3]\d[-+]\d{4}/g,
    isValid: (digits) => luhn(digits.slice(-10)),
    asOf: AS_OF,
    source: 'Skatteverket, SKV 704',
  },
  {
    id: 'pl-pesel',
    country: 'PL',
    name: 'PESEL',
    pattern: /\d{11}/g,
    isValid: (digits) => (10 - (weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(digits[10]),
    cue: /\bpesel/i,
    asOf: AS_OF,
    source: 'Ministerstwo Cyfryzacji, PESEL',
  },
  {
    id: 'fi-hetu',
    country: 'FI',
    name: 'Henkilötunnus',
    pattern: /[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]/gi,
    isValid: (characters) =>
      '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(characters.slice(0, 6) + characters.slice(-4, -1)) % 31] ===
      characters.at(-1),
    asOf: AS_OF,
    source: 'Digi- ja väestötietovirasto, henkilötunnus',
  },
  {
    id: 'br-cpf',
    country: 'BR',
    name: 'CPF',
    pattern: /\d{3}\.\d{3}\.\d{3}-\d{2}/g,
    isValid: (digits) => {
      const first = ((weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10
      const second = ((weightedSum(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10
      return first === Number(digits[9]) && second === Number(digits[10])
    },
    asOf: AS_OF,
    source: 'Receita Federal, Cadastro de Pessoas Físicas',
  },
  {
    id: 'au-tfn',
    country: 'AU',
    name: 'Tax file number',
    pattern: /\d{3} ?\d{3} ?\d{3}/g,
    isValid: (digits) => weightedSum(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    cue: /\b(?:tfn|tax file)/i,
    asOf: AS_OF,
    source: 'Australian Taxation Office, TFN algorithm',
  },
  {
    id: 'lu-matricule',
    country: 'LU',
    name: 'Matricule national',
    pattern: /(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d{6}/g,
    isValid: (digits) => luhn(digits.slice(0, 12)),
    cue: /\b(?:matricule|cns)/i,
    asOf: AS_OF,
    source: 'Loi of 19 June 2013, registre national des personnes physiques',
  },
  {
    id: 'passport',
    country: 'ZZ',
    name: 'Passport number',
    pattern: /[A-Z]{0,2}\d{2}[A-Z0-9]{4,8}/gi,
    isValid: (characters) => characters.length <= 10,
    cue: /\b(?:passport|passeport)\b/i,
    asOf: AS_OF,
    source: 'ICAO Doc 9303 part 4: up to nine characters, chosen by the state',
  },
]

function isCodiceFiscale(characters: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
  let sum = 0
  for (let index = 0; index < 15; index++) {
    const value = Number.parseInt(characters[index] ?? '0', 36)
    const ordinal = value > 9 ? value - 10 : value
    sum += index % 2 === 0 ? (odd[ordinal] ?? 0) : ordinal
  }
  return characters.charCodeAt(15) - 65 === sum % 26
}
