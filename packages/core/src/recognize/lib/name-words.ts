/**
 * Words that decide whether a capital starts a name.
 *
 * @module
 */

import { ENGLISH_WORDS } from '../data/english-words.js'
import { FIRST_NAMES } from '../data/first-names.js'
import { openWordFilter, type WordFilter } from './word-filter.js'
import { hashWord, openWordTable } from './word-hash.js'

const isEnglish: WordFilter = /* @__PURE__ */ openWordFilter(ENGLISH_WORDS)

/** Whether the hash of a folded lower-case word is a first name's. */
export const isFirstNameHash: WordFilter = /* @__PURE__ */ openWordFilter(FIRST_NAMES)

/** Capitalized by rule and never somebody: days, months, feasts, languages and peoples, forms of address, words newer than the list. */
const NEVER_NAMES: ReadonlySet<string> = words(`
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
  november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun
  lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre
  decembre christmas easter halloween thanksgiving ramadan hanukkah diwali noel paques toussaint
  english french german spanish italian portuguese dutch belgian swiss austrian danish swedish norwegian finnish icelandic irish
  scottish welsh british polish czech slovak slovenian croatian serbian bosnian hungarian romanian bulgarian greek turkish russian
  ukrainian estonian latvian lithuanian european american canadian mexican brazilian argentinian chilean colombian peruvian african
  egyptian moroccan algerian tunisian nigerian kenyan asian chinese japanese korean indian pakistani vietnamese thai indonesian
  malaysian filipino australian arabic arab hebrew jewish muslim christian catholic protestant buddhist hindu latin hispanic latino
  francais anglais allemand espagnol italien
  mr mrs ms miss mx dr prof sir madam mme mlle monsieur madame mademoiselle docteur messieurs mesdames
  internet wifi google facebook instagram twitter whatsapp youtube linkedin tiktok amazon paypal android iphone ipad windows
  hi hey hello dear thanks merci bonjour bonsoir salut cher chere cordialement regards best kind
  visa mastercard microsoft apple excel outlook covid bluetooth ok okay god ceos faq faqs pdfs emails ii iii iv vi vii viii ix
`)

/** Words that open French sentences and headings; English ones come from the word list. */
const FRENCH_WORDS: ReadonlySet<string> = words(`
  le la les un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs je tu il elle on
  nous vous ils elles qui que quoi dont ou et mais donc or ni car si ne pas plus moins tres trop peu beaucoup assez bien mal aussi
  ainsi alors apres avant avec sans sous sur dans par pour contre entre vers chez depuis pendant jusque lorsque quand comme comment
  pourquoi combien quel quelle quels quelles tout toute tous toutes aucun aucune chaque plusieurs certains autre autres meme
  merci bonjour bonsoir salut au revoir cordialement bravo parfait parfaite excellent excellente super genial geniale nul nulle
  mauvais mauvaise bon bonne bons bonnes grand grande petit petite nouveau nouvelle cher chere chers oui non peut etre est sont etait
  sera suis sommes avez avons ont fait faire aller vient voir voici voila cela ceci ca il y rien toujours jamais souvent encore deja
  service services client cliente clients clientele produit produits livraison commande commandes magasin boutique site accueil
  personnel equipe vendeur vendeuse vendeurs conseiller conseillere conseillers prix qualite rapport attente delai delais rapide
  retard remboursement facture contrat compte application achat achats paiement carte numero adresse telephone courriel enquete
  question questions reponse reponses probleme problemes agence banque assurance technicien hotel restaurant chambre petit dejeuner
  amelioration ameliorer continuez dommage deçu decu decue satisfait satisfaite ravi ravie recommande je-recommande aucune
  vente ventes mise jour mer montagne carte fidelite inscription connexion
  societe entreprise direction responsable vendredi semaine mois annee jour jours heure heures minutes euros francs magasins
`)

/** Forms of address, without their full stop. */
const TITLES: ReadonlySet<string> = words(`
  mr mrs ms miss mx dr prof professor sir madam mme mlle monsieur madame mademoiselle docteur professeur maitre
`)

/** Words that open English sentences, so that the dictionary need not be asked. */
const ENGLISH_OPENERS: ReadonlySet<string> = words(`
  the a an this that these those it he she we they you there here my our your his her their its what when where why how who which
  if as at in on for from to by with without after before since while because although though but and or so then now also just
  not no yes please overall very too all some many most more everything nothing every each any once again still only even
  staff service great good nice excellent poor bad slow fast easy friendly helpful happy would could should can do does did is are was
  apart despite unfortunately luckily thankfully usually sometimes often always never later today yesterday tomorrow recently finally
  actually honestly basically generally instead otherwise therefore thus hence meanwhile afterwards besides except unless until during
  about above below between within over under through both either neither nor such same several few much many more less least enough
  another anyone someone somebody nobody anything something somewhere nowhere everyone everybody people customers staff team delivery
  price prices quality product products shop store website site app order food room rooms location parking waiting long short big small
  new old love loved like liked hope wish think thought feel felt found find got get give gave make made take took go went come came see
  saw tried try use used using need needed want wanted keep kept let put say said ask asked told call called wait waited buy bought
  pay paid work works worked start stop open closed clean dirty cheap expensive perfect awful terrible horrible amazing fantastic
  brilliant lovely wonderful average okay fine quick quickly slowly only most best worst better worse
  were have has had maybe perhaps however other another next last first second one two three sorry thank being having
`)

/** Forms of address that announce a name, with a full stop or without. */
export const ADDRESSES: ReadonlySet<string> = words('mr mrs ms miss mx dr prof m mme mlle monsieur madame')

/** Last words of "my name is", "signed" and the like. */
const CUES: ReadonlySet<string> = words(`
  name names is was s called named me regards signed appelle nomme nom est prenom cordialement
`)

/** Words of "my name is", "call me" and the like, after which names in lower case count. */
const CUE_PARTS: ReadonlySet<string> = words('name call me nom nomme appelle')

/** Lower-case words that are no name wherever they stand. */
export const ALWAYS_HARMLESS: readonly string[] = [...NEVER_NAMES].filter((word) => !TITLES.has(word))

/** Lower-case words of letters alone that open sentences, and are no name there by themselves. */
export const OPENERS: readonly string[] = [...ENGLISH_OPENERS, ...FRENCH_WORDS].filter(
  (word) => /^[a-z]{2,}$/.test(word) && isOrdinaryWord(word) && !CUE_PARTS.has(word),
)

const [ORDINARY, NOTABLE, AMBIGUOUS, NEVER] = [1, 2, 3, 4]

/** What {@link isHarmlessHash} says of the words that are looked up most. */
const knownWord: (hash: number) => number = /* @__PURE__ */ openWordTable([
  ...[...ENGLISH_OPENERS, ...FRENCH_WORDS].map((word): [string, number] => [word, weigh(word)]),
  ...[...NEVER_NAMES].map((word): [string, number] => [word, NEVER]),
  ...[...TITLES].map((word): [string, number] => [word, NOTABLE]),
])

function weigh(word: string): number {
  if (!isOrdinaryWord(word)) return NOTABLE
  return isFirstName(word) ? AMBIGUOUS : ORDINARY
}

const [CUE, ADDRESS] = [1, 2]

const announcer: (hash: number) => number = /* @__PURE__ */ openWordTable([
  ...[...CUES].map((word): [string, number] => [word, CUE]),
  ...[...ADDRESSES].map((word): [string, number] => [word, ADDRESS]),
])

const cuePart: (hash: number) => number = /* @__PURE__ */ openWordTable([...CUE_PARTS].map((word) => [word, CUE]))

/** Whether a capitalized word of a hash is no name unless it is announced as one. */
export function isHarmlessHash(hash: number): boolean {
  return isPlainWordHash(hash) || knownWord(hash) === NEVER
}

/** Whether the word of a hash is an ordinary word, no first name and not capitalized by rule. */
export function isPlainWordHash(hash: number): boolean {
  const known = knownWord(hash)
  return known === 0 ? isEnglish(hash) && !isFirstNameHash(hash) : known === ORDINARY
}

/** Whether the word of a hash is a first name and an ordinary word as well. */
export function isAmbiguousHash(hash: number): boolean {
  const known = knownWord(hash)
  return known === 0 ? isEnglish(hash) && isFirstNameHash(hash) : known === AMBIGUOUS
}

/** Whether the word of a hash is a first name and no ordinary word. */
export function isLowerNameHash(hash: number): boolean {
  return isFirstNameHash(hash) && !isEnglish(hash) && knownWord(hash) === 0
}

/** Whether the word of a hash can announce a name. */
export function isAnnouncerHash(hash: number): boolean {
  return announcer(hash) !== 0
}

/** Whether the word of a hash is part of "my name is", "call me" and the like. */
export function isCuePartHash(hash: number): boolean {
  return cuePart(hash) !== 0
}

/** Whether it is a form of address. */
export function isAddressHash(hash: number): boolean {
  return announcer(hash) === ADDRESS
}

/** Whether a folded lower-case word is a first name. */
export function isFirstName(word: string): boolean {
  return isFirstNameHash(hashWord(word))
}

/** Whether a folded lower-case word is an ordinary word of English or French, compounds and contractions included. */
export function isOrdinaryWord(word: string): boolean {
  if (/'(?:t|m|re|ve|ll|d)$/.test(word)) return true
  if (FRENCH_WORDS.has(word) || isEnglish(hashWord(word))) return true
  return (
    /[-']/.test(word) &&
    word.split(/[-']/).every((part) => part.length < 3 || FRENCH_WORDS.has(part) || isEnglish(hashWord(part)))
  )
}

/** Whether a folded lower-case word is capitalized for another reason than being a name. */
export function isNeverName(word: string): boolean {
  return NEVER_NAMES.has(word)
}

/** Whether a folded lower-case word is a form of address. */
export function isTitle(word: string): boolean {
  return TITLES.has(word)
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
