/**
 * What the name of a parameter says about its value.
 *
 * @module
 */

import type { FindingKind } from '../finding.js'

/** What a name can announce; `embedded-data` and `hashed-identifier` say how the value is written too. */
export type NamedKind = Exclude<
  FindingKind,
  'url' | 'iban' | 'card' | 'known-subject' | 'userinfo' | 'insecure-transport' | 'undecoded'
>

/** Names as words in lower case, by the kind they announce. A name matches when it ends in one of them, word by word. */
const NAMES = {
  email:
    'email, e mail, mail, mailto, courriel, email address, mail address, adresse mail, emailaddr, useremail, recipientemail',
  phone:
    'phone, phone number, telephone, tel, mobile, mobile number, cell, cellphone, msisdn, sms, fax, whatsapp, gsm, portable, telefon, phonenumber, mobilephone',
  name: `name, first, last, first name, firstname, fname, given name, givenname, forename, last name, lastname, lname, surname, family name, familyname, full name,
    fullname, middle name, maiden name, nickname, display name, customer name, custname, client name, contact name, recipient name, user name, username,
    respondent name, person name, guest name, patient name, employee name, prenom, nom, nom complet, vorname, nachname, recipientfirstname, recipientlastname`,
  'birth-date':
    'dob, birthdate, birth date, birthday, date of birth, dateofbirth, birth, bday, date naissance, naissance, ddn, geburtsdatum, birth year',
  'postal-address': 'address, street, street address, home address, adresse, rue, address1, address2, addr, strasse',
  'postal-code': 'zip, zip code, zipcode, postal code, postalcode, postcode, code postal, plz',
  'national-id':
    'ssn, nino, nir, bsn, dni, nif, pesel, cpf, personnummer, passport, passport number, national id, tax id, social security, nhs number, steuer id',
  coordinates: 'lat, lng, lon, latitude, longitude, geo, latlng, latlon, coords, coordinates, geolocation',
  ip: 'ip, ip address, ipaddress, client ip, clientip, remote addr, remote ip, ipaddr',
  'customer-number': `customer id, customer no, customer nr, customer number, customer num, customer ref, customerid, customernumber, customerno, custid, cust id, custno,
    cust no, client no, client nr, client number, clientnumber, numero client, num client, account no, account nr, account number, accountnumber, acct no,
    member id, memberid, member no, member number, membership number, patient id, patientid, patient number, employee id, employeeid, employee number,
    staff id, loyalty id, loyalty number, ffp, frequent flyer number, policy number, subscriber id, student id, crm id, contact id, kundennummer, kundennr, kunden nr, kdnr, matricule`,
  'embedded-data': 'q eed',
  'hashed-identifier': `email hash, emailhash, hashed email, hashedemail, email md, email md5, email sha, email sha1, email sha256, md5 email, sha256 email, emailmd5,
    emailsha1, emailsha256, mail hash, phone hash, phonehash, hashed phone, user hash, userhash, em hash, hem, emh`,
} as const satisfies Record<NamedKind, string>

/** Words that may show in a location besides the names themselves; none of them is anybody's. */
const ORDINARY = `id url uri link redirect redirect_uri redirect_url return return_url returnto next continue target dest destination goto to
  u q s t r d data payload token jwt state code ref src source session sid uid user_id survey survey_id utm_source utm_medium utm_campaign utm_term utm_content
  lang language locale callback ctx context params args json blob key value hash sig signature client contact user customer respondent profile person`

const kinds: ReadonlyMap<string, NamedKind> = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) =>
    names.split(',').map((name) => [name.trim(), kind as NamedKind] as const),
  ),
)
/** The last words of all names, to turn most parameters away at once. */
const lastWords: ReadonlySet<string> = new Set(
  Array.from(kinds.keys(), (name) => name.slice(name.lastIndexOf(' ') + 1)),
)
/** How they end, two letters as a number in base 32. */
const ENDINGS: Uint8Array = /* @__PURE__ */ (() => {
  const endings = new Uint8Array(1024)
  for (const word of lastWords) endings[ending(word.charCodeAt(word.length - 2), word.charCodeAt(word.length - 1))] = 1
  return endings
})()
const vocabulary: ReadonlySet<string> = new Set([
  ...kinds.keys(),
  ...ORDINARY.split(/\s+/).map((name) => name.replaceAll('_', ' ')),
])

/**
 * Says what kind of value a parameter's name announces.
 *
 * @param name - As it stands in the URL, percent-encoding undone.
 */
export function kindOfName(name: string): NamedKind | null {
  if (name.length > 64 || !endsLikeName(name)) return null
  // "prénom"
  if (/[^\0-\x7f]/.test(name)) return kindOfName(name.normalize('NFD').replace(/[^\0-\x7f]/g, ''))
  const exact = kinds.get(name)
  if (exact !== undefined || /^[a-z]{1,64}$/.test(name)) return exact ?? null
  if (!lastWords.has(lastWordOf(name))) return null
  const words = wordsOf(name)
  for (let count = Math.min(3, words.length); count > 0; count--) {
    const kind = kinds.get(words.slice(-count).join(' '))
    if (kind !== undefined && (count > 1 || words.length === 1 || !AMBIGUOUS.has(kind))) return kind
  }
  return null
}

/** Turns nearly all names away by their last two letters; no name of one letter announces anything. */
function endsLikeName(name: string): boolean {
  const last = name.charCodeAt(name.length - 1)
  const before = name.charCodeAt(name.length - 2)
  return !isLetter(last) || !isLetter(before) || ENDINGS[ending(before, last)] === 1
}

function ending(before: number, last: number): number {
  return ((before & 31) << 5) | (last & 31)
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || isCapital(code)
}

/** Kinds whose one-word names mean something else behind another word: "campaign address", "recipe name". */
const AMBIGUOUS: ReadonlySet<NamedKind> = new Set(['postal-address', 'name', 'national-id'])

/**
 * Gives a name that is safe to show, because it is one of a fixed vocabulary.
 *
 * @param name - As it stands in the URL.
 * @returns The name in lower case, or `null` when it may be personal data itself.
 */
export function vocabularyName(name: string): string | null {
  if (name.length > 64) return null
  if (vocabulary.has(name) && !name.includes(' ')) return name
  const words = wordsOf(name)
  return vocabulary.has(words.join(' ')) ? words.join('_') : null
}

/** The last of {@link wordsOf}, without making the others. */
function lastWordOf(name: string): string {
  let end = name.length
  while (end > 0 && !isAlphanumeric(name.charCodeAt(end - 1))) end--
  let start = end
  while (start > 0 && isAlphanumeric(name.charCodeAt(start - 1)) && !isCapital(name.charCodeAt(start - 1))) start--
  while (start > 0 && isCapital(name.charCodeAt(start - 1))) start--
  return name.slice(start, end).toLowerCase()
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || isCapital(code)
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90
}

/** "customerEmail", "customer_email" and "customer-email" are two words each. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]/)
    .filter((word) => word !== '')
}
