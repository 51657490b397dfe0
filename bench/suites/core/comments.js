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

/** Two values of two kinds in each, every kind as often as another. */
export function withTwoValues() {
  return comments((n) => [KINDS[n % 6], KINDS[(n + 1 + (n % 5)) % 6]])
}

export function withEveryKind() {
  return comments(() => KINDS)
}

function comments(kindsOf) {
  return Array.from({ length: COUNT }, (_, n) => {
    const kinds = kindsOf(n)
    const values = kinds.map((kind) => VALUES[kind](n))
    const asides = kinds.map((kind, index) => `And ${LEADS[kind]} ${values[index]} please.`)
    const sentences = []
    const size = () => [...sentences, ...asides].join(' ').length
    for (let at = n; size() < LENGTH - 40 && sentences.length < SENTENCES.length; at += 5)
      sentences.push(SENTENCES[at % SENTENCES.length])
    const mixed = sentences.flatMap((sentence, index) => [sentence, ...asides.slice(index, index + 1)])
    return { text: [...mixed, ...asides.slice(sentences.length)].join(' '), values }
  })
}
