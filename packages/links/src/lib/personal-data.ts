/**
 * A first, cautious look for personal data in what ends up in a URL.
 *
 * @module
 */

import { decodeBase64url } from './base64url.js'

const EMAIL = /[^\s@]@[^\s@.]+\.[^\s@]/u
/** E.164 with its plus sign, separators allowed. A bare row of digits is more often an identifier. */
const PHONE = /^\+[0-9](?:[ ().-]{0,2}[0-9]){6,14}$/
const MAX_DECODINGS = 3

const PERSONAL_PARAMETERS = new Set(
  `email mail emailaddress useremail customeremail contactemail name firstname lastname surname fullname givenname
   familyname username customername contactname phone phonenumber tel telephone mobile cell msisdn sms birthdate
   birthday dateofbirth dob address street postcode zip zipcode ssn iban passport customernumber customerid
   nom prenom courriel`.split(/\s+/),
)

/** Tells whether a value looks like an e-mail address or telephone number, plain or percent- or base64-encoded. */
export function looksPersonal(value: string | Uint8Array): boolean {
  const written = typeof value === 'string' ? value : textIn(value)
  return spellings(written).some((text) => EMAIL.test(text) || PHONE.test(text.trim()))
}

/** Tells whether a parameter is named after personal data, whatever its case and separators. */
export function namesPersonalData(parameter: string): boolean {
  return PERSONAL_PARAMETERS.has(parameter.toLowerCase().replace(/[^a-z0-9]/g, ''))
}

/** The value, what its percent-encoding hides, and what that hides in base64. */
function spellings(value: string): string[] {
  const texts = new Set([value])
  for (let round = 0, text = value; round < MAX_DECODINGS; round++) {
    text = percentDecoded(text)
    texts.add(text)
  }
  return [...texts].flatMap((text) => [text, base64Decoded(text)])
}

/** Decodes run by run: one malformed sequence must not hide the others. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

function base64Decoded(text: string): string {
  const unpadded = text
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')
  const bytes = decodeBase64url(unpadded)
  return bytes === null ? '' : textIn(bytes)
}

/** What is not UTF-8 throughout was no encoded text: random identifiers would look personal now and then. */
function textIn(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  return text.includes('\ufffd') ? '' : text
}
