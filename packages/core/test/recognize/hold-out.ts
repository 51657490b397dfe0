import type { Sentence } from '../../tools/evaluate-redaction.js'

/**
 * Comments written for this test and for no other purpose, after the recognizers: `[kind:value]` marks what is in them.
 * The names are invented.
 */
const ENGLISH = [
  'I dealt with [PERSON:Marcus Oyelaran] at the till and he was brilliant.',
  '[PERSON:Siobhan] from returns sorted it out in five minutes.',
  'Please ask [PERSON:Mrs Pemberton] to ring me back on [PHONE:07700 900123].',
  'My manager, [PERSON:Tariq Aziz-Holloway], never replied to the e-mail I sent to [EMAIL:tariq.ah@northgate.example].',
  "The nurse's name was [PERSON:Agnieszka], she deserves a raise.",
  'Thanks [PERSON:Priya]! You made my day.',
  'I was served by [PERSON:Callum] and [PERSON:Bethany], both very polite.',
  'Spoke to [PERSON:Wei Zhang] twice, then to [PERSON:Femi Adebayo], no luck.',
  'Refund to [IBAN:GB82 WEST 1234 5698 7654 32] please, not to card [CARD:5555 5555 5555 4444].',
  'You can reach me at [EMAIL:d.nakamura+feedback@post.example.co.uk] or [PHONE:+44 20 7946 0018].',
  'My daughter [PERSON:Imogen] fell on the stairs near the entrance.',
  'Delivered to [ADDRESS:14 Larkspur Close] instead of [ADDRESS:41 Larkspur Close], [POSTCODE:LS6 2QT].',
  'I live in [POSTCODE:BN1 4EA] and the van never comes.',
  'Your page [URL:https://shop.example.com/orders/8841] shows an error from [IP:198.51.100.42].',
  'My social is [ID:078-05-1120], why does the form ask for that?',
  'born [BIRTH:14 February 1987], so I should get the discount',
  'the guy at the desk, [PERSON:Dmitri Volkov], was rude to my wife',
  'It was [PERSON:Chidinma] who helped us carry the boxes.',
  'Is [PERSON:Rhiannon Price] still working there?',
  'Kind regards, [PERSON:Oluwaseun Bakare]',
  'I told [PERSON:Hannah] about the leak on Monday and again on Thursday.',
  'call [PHONE:(415) 555-0132] after six',
]
const FRENCH = [
  "J'ai été reçue par [PERSON:Mme Kowalczyk], très aimable.",
  'Merci à [PERSON:Ludivine] pour sa patience !',
  "Monsieur [PERSON:Traoré] m'a rappelé le lendemain au [PHONE:06 39 98 12 34].",
  'Le technicien, [PERSON:Yannick Le Goff], est arrivé avec deux heures de retard.',
  'Je suis joignable au [PHONE:01 99 00 45 67] ou par courriel : [EMAIL:claire.vasseur@boite.example.fr].',
  'Ma conseillère [PERSON:Aminata Diallo] est partie et personne ne la remplace.',
  "[PERSON:Thibault] de l'accueil a été formidable.",
  'Livré au [ADDRESS:27 rue des Glycines] au lieu du [ADDRESS:72 rue des Glycines], [POSTCODE:69003 Lyon].',
  'Remboursez-moi sur le compte [IBAN:FR76 3000 6000 0112 3456 7890 189], merci.',
  "Je m'appelle [PERSON:Bérengère Castaing] et je suis cliente depuis dix ans.",
  'Je suis né le [BIRTH:3 juillet 1954], est-ce que la carte senior est pour moi ?',
  'Mon numéro de sécurité sociale ([ID:1 85 05 78 006 084 91]) apparaît en clair.',
  "J'ai parlé à [PERSON:Karim] puis à [PERSON:Solenne], sans résultat.",
  "C'est [PERSON:Jean-Baptiste Morvan] qui m'a vendu l'abonnement.",
  'La directrice, [PERSON:Hortense de Kermadec], ne répond jamais.',
  'Ma fille [PERSON:Anouk] attend toujours son colis.',
  "Voir [URL:www.exemple.fr/suivi?id=42], c'est vide.",
  'Cordialement, [PERSON:Mehdi Benslimane]',
]
const HARMLESS = [
  'Great location but the breakfast could be warmer and the coffee was weak.',
  'The checkout froze on my phone, then again on the laptop; third time lucky.',
  'Why is the Premium plan 30 % dearer than last year? Nothing has changed.',
  'Waited from 9:15 to 11:40, on 3 March, in room 12, for a two-minute chat.',
  'NPS surveys every week are too many. Once per quarter would do.',
  'Honestly? Meh. Neither good nor bad, just average.',
  'Order 4471-20 came in 2 boxes, item B was missing, item C broken.',
  'Battery lasts 36 hours, screen is bright, speakers are tinny.',
  'LOVE the new colours!!! Please bring back the large size though.',
  "Couldn't log in after the update, support said it's a known bug.",
  'Trop cher pour ce que c’est, et le chauffage ne marchait pas.',
  'Franchement déçu : deux semaines d’attente pour une simple pièce.',
  'Personnel souriant, magasin propre, caisses rapides. Rien à redire.',
  "L'application plante à chaque fois que j'ouvre le panier.",
  'Quatre étoiles seulement, parce que le parking est minuscule.',
  "J'aurais préféré être prévenu par SMS plutôt que par courrier.",
  'Toujours le même problème depuis mars 2024, ticket 118 sans réponse.',
  'Bonne ambiance, bonnes pizzas, mauvaise musique.',
]

/** As presidio-research writes its sentences. */
export const holdOut: Readonly<Record<'english' | 'french' | 'harmless', readonly Sentence[]>> = {
  english: ENGLISH.map(parse),
  french: FRENCH.map(parse),
  harmless: HARMLESS.map(parse),
}

/** Reads the marks. */
export function parse(marked: string): Sentence {
  const spans: Sentence['spans'] = []
  let text = ''
  for (const part of marked.split(/(\[[A-Z]+:[^\]]+\])/)) {
    const { 1: entity_type, 2: entity_value } = /^\[([A-Z]+):([^\]]+)\]$/.exec(part) ?? []
    if (entity_type !== undefined && entity_value !== undefined)
      spans.push({
        entity_type,
        entity_value,
        start_position: text.length,
        end_position: text.length + entity_value.length,
      })
    text += entity_value ?? part
  }
  return { full_text: text, spans }
}
