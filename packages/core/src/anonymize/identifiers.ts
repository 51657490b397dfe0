import { AnonymizeError } from './errors.js'
import type { RuleNode } from './rule-tree.js'
import type { Rule } from './techniques.js'
import { VALUE_TECHNIQUES } from './techniques.js'

/**
 * Marks a policy that may keep direct identifiers, with the reason: `parsePolicy({ ...json, [RETAIN_IDENTIFIERS]: 'reason' })`.
 * It is code that says so; no JSON can.
 */
export const RETAIN_IDENTIFIERS: unique symbol = Symbol('retain identifiers')

/**
 * @internal
 *
 * Whether a field is called like what identifies a person by itself, in English or French, however it is spelled: `E-Mail`,
 * `first_name`, `téléphones`.
 */
export function isIdentifierName(name: string): boolean {
  const spelled = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return NAMES.has(spelled) || NAMES.has(spelled.replace(/s$/, '')) || isSomebodys(name)
}

/** What ends in one of these, a number after it or not, is one of somebody's: `work_email`, `contactPhone2`. */
function isSomebodys(name: string): boolean {
  if (!PERHAPS.test(name)) return false
  const words = name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
  const ends = [1, 2, 3].map((count) =>
    words
      .slice(-count)
      .join('')
      .replace(/(?<=ss)es$|(?<!s)s$/, ''),
  )
  return ends.some((end) => ENDINGS.has(end)) && !ABOUT.has(words[0] ?? '')
}

const PERHAPS = /(?:mail|courriel|phone|tel|number|address|iban|ssn|name|nom)(?:e?s)?[^\p{L}]*$/iu

const ENDINGS: ReadonlySet<string> = new Set(
  [
    'email emailaddress courriel phone phonenumber telephone telephonenumber tel mobilephone mobilenumber cellphone',
    'firstname lastname surname forename prenom iban ssn ipaddress',
  ].flatMap((names) => names.split(' ')),
)

/** A field whose name begins so says something about an address or number, and not which. */
const ABOUT: ReadonlySet<string> = new Set(
  'has had is no by via per prefers preferred wants allow allows use uses send sent with without a par sans avec'.split(
    ' ',
  ),
)

const NAMES: ReadonlySet<string> = new Set(
  [
    'email emailaddress mail mailaddress courriel mel adressemail adresseemail adressecourriel',
    'phone phonenumber telephone telephonenumber tel mobile mobilephone mobilenumber cell cellphone cellphonenumber msisdn',
    'homephone workphone fax faxnumber portable numerodetelephone numerotelephone telephoneportable telephonemobile',
    'name fullname firstname lastname middlename givenname familyname surname forename maidenname nickname username login',
    'nom prenom nomcomplet nomdefamille nomusage nomutilisateur pseudo identifiant',
    'contactname customername clientname employeename respondentname',
    'customernumber customerid customerno clientnumber clientid contactid numeroclient numerodeclient idclient',
    'accountnumber accountid membernumber memberid membershipnumber loyaltynumber frequentflyernumber userid employeeid',
    'employeenumber patientid studentid personid respondentid numerodecompte numeroadherent matricule',
    'ssn socialsecuritynumber nationalid nationalidnumber nationalinsurancenumber taxid passport passportnumber',
    'driverlicense driverslicense drivinglicence drivinglicencenumber nir numerodesecuritesociale numerosecuritesociale',
    'numeropasseport numerodepasseport carteidentite',
    'iban bankaccount bankaccountnumber creditcard creditcardnumber cardnumber numerodecarte',
    'address streetaddress postaladdress homeaddress addressline1 addressline2 street adresse adressepostale rue',
    'ip ipaddress ipaddr clientip adresseip deviceid cookieid macaddress imei advertisingid',
  ].flatMap((names) => names.split(' ')),
)

/** @internal Whether something of the value is left; an identifier generalized is still one. */
export function reveals({ technique }: Rule): boolean {
  const { family } = VALUE_TECHNIQUES[technique]
  return family === 'none' || family === 'generalization'
}

/**
 * @internal
 *
 * @throws {@link AnonymizeError} `ERR_POLICY_RETAINS_IDENTIFIER` when a rule that names an identifier leaves something of it.
 */
export function refuseIdentifiers(tree: RuleNode): void {
  visit(tree, false)
}

function visit({ rules = [], holdsIdentifier, named, any }: RuleNode, isIdentifier: boolean): void {
  if ((isIdentifier || holdsIdentifier) && rules.some(reveals)) {
    throw new AnonymizeError('ERR_POLICY_RETAINS_IDENTIFIER', 'a rule leaves something of an identifier')
  }
  for (const [name, node] of named) visit(node, isIdentifierName(name))
  if (any !== undefined) visit(any, isIdentifier)
}
