/**
 * Words that decide whether a capital starts a name.
 *
 * @module
 */

import { ENGLISH_WORDS } from '../data/english-words.js'
import { FIRST_NAMES } from '../data/first-names.js'
import { openWordFilter, type WordFilter } from './word-filter.js'

const isEnglishWord: WordFilter = /* @__PURE__ */ openWordFilter(ENGLISH_WORDS)

/** Whether a folded lower-case word is a first name. */
export const isFirstName: WordFilter = /* @__PURE__ */ openWordFilter(FIRST_NAMES)

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

/** Whether a folded lower-case word is an ordinary word of English or French, compounds and contractions included. */
export function isOrdinaryWord(word: string): boolean {
  if (/'(?:t|m|re|ve|ll|d)$/.test(word)) return true
  if (FRENCH_WORDS.has(word) || isEnglishWord(word)) return true
  return (
    /[-']/.test(word) &&
    word.split(/[-']/).every((part) => part.length < 3 || FRENCH_WORDS.has(part) || isEnglishWord(part))
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
