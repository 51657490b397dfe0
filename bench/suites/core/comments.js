// Comments as people write them, made of whole sentences, the same ones every time.
const SENTENCES = [
  'The waiting time was far too long, but the person at the desk was kind and explained everything.',
  'I would have liked a clearer answer about the delivery, because nobody could tell me when the parcel would arrive.',
  'Next time please send a message the day before.',
  'Apart from that I am happy with the shop.',
  'The room was clean and quiet, although the lift was out of order on both days.',
  'My order came with the wrong charger and the return label did not work.',
  'Staff were friendly and the food was excellent, so we will certainly come back.',
  'It took three calls before anybody understood what the problem was.',
  'Your website is slow in the evening and I lost my basket twice.',
  'We waited for almost an hour and then were told that the appointment had been cancelled.',
  'Prices have gone up a lot, and I wonder whether it is still worth it.',
  'Everything was fine until the invoice arrived, which listed things we never ordered.',
  'She said that somebody would ring back, but nobody ever did.',
  'The new app is much better than the old one, especially the search.',
  'Parking is difficult and there are no signs that tell you where to go.',
  'Overall a good experience, thank you for the quick help.',
  "I'm disappointed, since the same thing happened last year.",
  'Please keep the small branch open, because older people depend on it.',
]

/** Each opens with a word that no list of ours holds by itself; it is looked up in the dictionary. */
const RARER_OPENERS = [
  'Nurses were kind and took their time with every question, even late at night.',
  'Checkout needs a larger screen, because nobody can read the small letters there.',
  'Reception knew nothing of the change, which was rather late for our plans.',
  'Communication between the two departments is poor and should be better soon.',
  'Breakfast was served until ten in the morning and the coffee was excellent.',
  'Lighting in the car park is weak, so one hardly finds the way back.',
]
const FRENCH = [
  "Le délai de livraison était trop long, mais la personne à l'accueil a tout expliqué.",
  "J'aurais aimé une réponse plus claire, car personne ne savait quand le colis arriverait.",
  'Merci de prévenir la veille la prochaine fois.',
  "La chambre était propre et calme, bien que l'ascenseur fût en panne les deux jours.",
  "L'équipe est aimable et les prix sont honnêtes, nous reviendrons donc sûrement.",
  'Votre site est très lent le soir et mon panier a été perdu deux fois.',
  'Tout allait bien jusqu’à la facture, qui comptait des articles jamais commandés.',
  'Il a fallu trois appels avant que quelqu’un comprenne le problème.',
]

const VALUES = {
  email: (n) => `person${n}.surname@mail${n % 7}.example.org`,
  url: (n) => `https://www.example.com/help/${n}?page=${n % 9}`,
  iban: (n) => ['DE89 3704 0044 0532 0130 00', 'GB29NWBK60161331926819', 'FR14 2004 1010 0505 0001 3M02 606'][n % 3],
  card: (n) => ['4111 1111 1111 1111', '5500-0000-0000-0004', '378282246310005'][n % 3],
  ip: (n) => `203.0.113.${1 + (n % 250)}`,
  phone: (n) => ['+33 6 12 34 56 78', '(202) 456-1111', '020 7946 0958', '905-674-3793', '06.12.34.56.78'][n % 5],
}
const LEADS = {
  email: 'write to',
  url: 'as described on',
  iban: 'refund it to',
  card: 'it was charged to card',
  ip: 'the session came from',
  phone: 'call me on',
}
const KINDS = Object.keys(VALUES)
const COUNT = 120
const LENGTH = 300

export function clean() {
  return comments(() => [])
}

export function cleanWithRarerOpeners() {
  return comments(() => [], RARER_OPENERS)
}

export function cleanFrench() {
  return comments(() => [], FRENCH)
}

/** Two values of two kinds in each, every kind as often as another. */
export function withTwoValues() {
  return comments((n) => [KINDS[n % 6], KINDS[(n + 1 + (n % 5)) % 6]])
}

export function withEveryKind() {
  return comments(() => KINDS)
}

function comments(kindsOf, pool = SENTENCES) {
  return Array.from({ length: COUNT }, (_, n) => {
    const kinds = kindsOf(n)
    const values = kinds.map((kind) => VALUES[kind](n))
    const asides = kinds.map((kind, index) => `And ${LEADS[kind]} ${values[index]} please.`)
    const sentences = []
    const size = () => [...sentences, ...asides].join(' ').length
    for (let at = n; size() < LENGTH - 40 && sentences.length < pool.length; at += 5)
      sentences.push(pool[at % pool.length])
    const mixed = sentences.flatMap((sentence, index) => [sentence, ...asides.slice(index, index + 1)])
    return { text: [...mixed, ...asides.slice(sentences.length)].join(' '), values }
  })
}
