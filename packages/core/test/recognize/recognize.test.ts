import { describe, expect, test } from 'vitest'
import { NATIONAL_IDS, type RecognizeOptions, recognize, type SpanKind } from '../../src/recognize.js'

/** What a text holds, as "kind: value". */
function found(text: string, options?: RecognizeOptions): string[] {
  return recognize(text, options).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)
}

const positives: readonly (readonly [SpanKind, string, string])[] = [
  ['email', 'write to jo.smith+survey@mail.example.org, please', 'jo.smith+survey@mail.example.org'],
  ['email', 'écrire à josé@exämple.fr.', 'josé@exämple.fr'],
  ['email', '用户@例子.公司 was it', '用户@例子.公司'],
  ['email', 'punycode x@xn--e1afmkfd.xn--p1ai', 'x@xn--e1afmkfd.xn--p1ai'],
  ['email', 'quoted "jo smith"@example.org', '"jo smith"@example.org'],
  ['email', 'full width ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ'],
  ['email', 'two: a@b.co;c@d.co', 'a@b.co'],
  ['url', 'see (https://example.org/a?b=c).', 'https://example.org/a?b=c'],
  ['url', 'at www.example.org/x today', 'www.example.org/x'],
  ['iban', 'pay DE89 3704 0044 0532 0130 00 now', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'gb29nwbk60161331926819', 'gb29nwbk60161331926819'],
  ['iban', 'FR14-2004-1010-0505-0001-3M02-606', 'FR14-2004-1010-0505-0001-3M02-606'],
  ['iban', 'my iban is DE88370400440532013000', 'DE88370400440532013000'],
  ['card', 'paid with 4111 1111 1111 1111', '4111 1111 1111 1111'],
  ['card', 'amex 378282246310005', '378282246310005'],
  ['card', 'card 4111-1111-1111-1112 was refused', '4111-1111-1111-1112'],
  ['ip', 'from 203.0.113.7 at', '203.0.113.7'],
  ['ip', 'from 2001:db8::1 at', '2001:db8::1'],
  ['ip', 'from ::ffff:203.0.113.7 at', '::ffff:203.0.113.7'],
  ['ip', 'from 6e40:4041:c617:e898:c11:40d2:c669:2eb4.', '6e40:4041:c617:e898:c11:40d2:c669:2eb4'],
  ['coordinates', 'at 48.8566, 2.3522', '48.8566, 2.3522'],
  ['coordinates', 'at -33.8688,151.2093', '-33.8688,151.2093'],
  ['coordinates', `at 48°51'24"N 2°21'8"E`, `48°51'24"N 2°21'8"E`],
  ['birth-date', 'I was born on 12 March 1980', '12 March 1980'],
  ['birth-date', 'DOB: 1980-03-12', '1980-03-12'],
  ['birth-date', 'née le 3 mars 1962 à Lyon', '3 mars 1962'],
  ['birth-date', 'date de naissance : 01/02/1990', '01/02/1990'],
  ['phone', 'call +33 6 12 34 56 78 today', '+33 6 12 34 56 78'],
  ['phone', 'ring 0044 20 7946 0958', '0044 20 7946 0958'],
  ['phone', 'Tél. 06 12 34 56 78', '06 12 34 56 78'],
  ['phone', '(202) 456-1111 is theirs', '(202) 456-1111'],
  ['phone', '905-674-3793x4587', '905-674-3793x4587'],
  ['phone', 'my phone is 4673395', '4673395'],
  ['phone', 'or ٠٦ ١٢ ٣٤ ٥٦ ٧٨', '٠٦ ١٢ ٣٤ ٥٦ ٧٨'],
  ['postal-code', 'London SW1A 1AA', 'SW1A 1AA'],
  ['postal-code', 'Halifax, B0J 2H0', 'B0J 2H0'],
  ['postal-code', 'Denver, CO 80202-1234', 'CO 80202-1234'],
  ['postal-code', 'habite 75011 Paris', '75011 Paris'],
  ['postal-code', 'my zip code is 3520', '3520'],
  ['postal-code', 'code postal : 69002', '69002'],
  ['postal-address', 'lives at 221B Baker Street', '221B Baker Street'],
  ['postal-address', 'au 12 bis rue de la République', '12 bis rue de la République'],
  ['postal-address', 'in der Hauptstraße 5', 'Hauptstraße 5'],
  ['postal-address', 'send it to PO Box 123', 'Box 123'],
  ['name', 'My name is Rose Field.', 'Rose Field'],
  ['name', 'my name is patricia desrosiers', 'patricia desrosiers'],
  ['name', "je m'appelle Jean-Pierre Dupont", 'Jean-Pierre Dupont'],
  ['name', 'Ask Mrs. Brown about it.', 'Brown'],
  ['name', 'Merci à Mme Lefèvre !', 'Lefèvre'],
  ['name', 'i spoke with sarah miller there', 'sarah'],
  ['name', 'Then Krisztián Szöllösy came.', 'Krisztián Szöllösy'],
  ['name', 'The clerk, Vincent van der Berg, helped.', 'Vincent van der Berg'],
  ['name', 'JENNIFER KOWALSKI HELPED ME', 'JENNIFER KOWALSKI'],
  ['name', 'Hi Victor, I have a problem.', 'Victor'],
  ['name', 'The clerk was rude. Nurses told M’baye Diop to wait.', 'M’baye Diop'],
  ['name', 'Très bien. La caissière, Solène, était aimable…', 'Solène'],
  ['name', 'L’infirmière Coralie a été douce.', 'Coralie'],
  ['name', 'Grace and Jennifer run that place.', 'Grace'],
  ['name', 'Rose et Karim sont adorables.', 'Rose'],
  ['name', 'They had six: Daisy, Christina and four more.', 'Daisy'],
  ['name', 'Thanks to Julia, Grace and Anna.', 'Grace'],
  ['name', 'It was Evan and April who helped.', 'April'],
  ['phone', 'joignable au 00 33 6 44 55 66 77', '00 33 6 44 55 66 77'],
  ['postal-code', 'chez moi à 44300 NANTES', '44300 NANTES'],
  ['card', 'I paid with 4111.1111.1111.1111 twice', '4111.1111.1111.1111'],
  ['postal-code', 'my postcode sw1a2aa is refused', 'sw1a2aa'],
  ['postal-code', 'no delivery to SW1A2AA', 'SW1A2AA'],
  ['postal-code', '13600 LA CIOTAT', '13600 LA CIOTAT'],
  [
    'postal-address',
    '8 allée des Tilleuls, 44300 SAINT-NAZAIRE CEDEX 2 merci',
    '8 allée des Tilleuls, 44300 SAINT-NAZAIRE CEDEX 2',
  ],
  ['postal-address', 'i live at 14 mill lane, it is noisy', '14 mill lane'],
  ['postal-address', 'j’habite 12 rue des lilas depuis peu', '12 rue des lilas'],
]

const negatives: readonly string[] = [
  'Delivered on 2026-11-22, between 10:30 and 12:45.',
  'Version 1.2.3.4 of the app, firmware v10.0.0.1.',
  'I gave it 10/10 in 2019-2020 and 2021/2022.',
  'It cost $1,234.56, then 1 250 000 € in all, or 12.500.000 pounds.',
  'Order 4500012345 has 3 items.',
  '@handle and user@localhost and a@b and @@@ and a@b..co',
  'The waiting time was far too long. Nobody told us. Definately would not buy again!',
  'Customer Service on Monday in English was great. CEOs and FAQs too. WHAT? I DO NOT KNOW.',
  "It's good, what's more, they're quick. That's all I'd say.",
  "Excellente expérience, livraison rapide. Le service client est parfait. Merci ! C'est génial.",
  'Trop lent. Je pense, et J’aurais dû le dire, qu’il faut attendre. Bref, Qu’ils livrent !',
  'Le Service Après-Vente et la Carte Fidélité. Petit-déjeuner excellent. Inadmissible. Continuez comme ça !',
  'Overpriced. Crashes on iPad, paid with Visa. Amazing! Meh. WORST EXPERIENCE EVER!!!',
  'std::vector<int> and a::b, :: and 1:2:3',
  'Card 1234 5678 9012 3456 7890 1234 5678 is too long for one.',
  '1111 1111 1111 1111 and 0000000000000000',
  'Reference 123-45 or 12-34, room 12, 5 stars, 100%.',
  'Ma référence est le 12345 Merci. Order 55812 The box was open. Order 10234 MISSING',
  'we stayed at 2 lovely road side cafes, from 10 the road was closed, at 7 am lane 3 too, at 5 star gardens',
  'Closed in April, and in May and June. Prices, Parking and Food: all bad. Product name: see above.',
  'Never on Mondays, nor with Americans or Germans around.',
  'it is a 10 minute drive to a 2 lane road, at 30 miles of road, and 3 avenue',
  'il est à 2 rue de là, à 5 rue plus loin, au 3 rue et au 4 avenue',
  'I PAID 12000 POUNDS AND THEN 20000 DOLLARS',
  'I would put it down the road, 12 times a day, at this place.',
]

describe('recognize', () => {
  test.each(positives)('finds %s in %j', (kind, text, value) => {
    expect(found(text)).toContain(`${kind}: ${value}`)
  })

  test.each(negatives)('finds nothing in %j', (text) => {
    expect(found(text)).toEqual([])
  })

  test('positions are UTF-16 units of the text given, whatever it is folded to', () => {
    const text = '😀 ﬁne — jo@example.org'
    expect(recognize(text)).toEqual([{ start: text.indexOf('jo@'), end: text.length, kind: 'email', confidence: 0.95 }])
  })

  test('a name found once is found again where a part of it stands alone', () => {
    expect(found('Walker was rude. Ask Jennifer Walker.')).toEqual(['name: Walker', 'name: Jennifer Walker'])
  })

  test('an e-mail address inside a web address is one span, the web address', () => {
    expect(found('https://example.org/?e=jo@example.org')).toEqual(['url: https://example.org/?e=jo@example.org'])
  })

  test('kinds limits what is looked for', () => {
    expect(found('jo@example.org from 203.0.113.7', { kinds: ['ip'] })).toEqual(['ip: 203.0.113.7'])
  })

  test('minimumConfidence leaves out what only looks like it', () => {
    expect(found('or 21-34-56-78 maybe')).toEqual(['phone: 21-34-56-78'])
    expect(found('or 21-34-56-78 maybe', { minimumConfidence: 0.7 })).toEqual([])
  })

  test('regions decide which national telephone formats count', () => {
    expect(found('0170 1234567', { minimumConfidence: 0.8 })).toEqual([])
    expect(found('0170 1234567', { minimumConfidence: 0.8, regions: ['DE'] })).toEqual(['phone: 0170 1234567'])
  })

  test.each([undefined, null, 7, {}, ['a']])('ERR_INVALID_ARG_TYPE for the text %j', (text) => {
    expect(() => recognize(text as string)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
  })

  test.each([
    { kinds: ['__proto__'] },
    { kinds: ['toString'] },
    { minimumConfidence: 2 },
    { minimumConfidence: Number.NaN },
    { nationalIds: [{ pattern: /1/ }] },
  ])('ERR_INVALID_ARG_VALUE for the options %j', (options) => {
    expect(() => recognize('x', options as unknown as RecognizeOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    )
  })
})

/** Published specimens, never issued to anybody. */
const specimens: readonly (readonly [string, string, string])[] = [
  ['us-ssn', '219-09-9999', '219-00-9999'],
  ['us-ssn-bare', 'SSN 219099999', 'SSN 000099999'],
  ['us-driver-licence', "driver's license F162823540116", 'F162823540116'],
  ['gb-nino', 'AA 12 34 56 C', 'GB 12 34 56 C'],
  ['gb-nhs', 'NHS number 943 476 5919', 'NHS number 943 476 5918'],
  ['fr-nir', '2 69 05 49 588 157 80', '2 69 05 49 588 157 81'],
  ['ca-sin', '130 692 544', '130 692 545'],
  ['de-steuer-id', 'Steuer-ID 86 095 742 719', 'Steuer-ID 86 095 742 718'],
  ['es-dni', '12345678Z', '12345678A'],
  ['it-codice-fiscale', 'RSSMRA85T10A562S', 'RSSMRA85T10A562T'],
  ['nl-bsn', 'BSN 111222333', 'BSN 111222334'],
  ['be-nrn', '85.07.30-033.28', '85.07.30-033.29'],
  ['ch-ahv', '756.9217.0769.85', '756.9217.0769.84'],
  ['se-personnummer', '811228-9874', '811228-9875'],
  ['pl-pesel', 'PESEL 44051401359', 'PESEL 44051401358'],
  ['fi-hetu', '131052-308T', '131052-308U'],
  ['br-cpf', '529.982.247-25', '529.982.247-26'],
  ['au-tfn', 'TFN 123 456 782', 'TFN 123 456 783'],
  ['lu-matricule', 'matricule 1893120105732', 'matricule 1983120105733'],
  ['passport', 'passport 12AB34567', 'order 12AB34567'],
]

describe('national identifiers', () => {
  test('every row of the table has a specimen, a date and a source', () => {
    expect(NATIONAL_IDS.map(({ id }) => id)).toEqual(specimens.map(([id]) => id))
    for (const { asOf, source } of NATIONAL_IDS) {
      expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(source).not.toBe('')
    }
  })

  test.each(specimens)('%s: %j is one and %j is not', (id, valid, invalid) => {
    const options = { kinds: ['national-id'], nationalIds: NATIONAL_IDS.filter((row) => row.id === id) } as const
    expect(recognize(valid, options)).toHaveLength(1)
    expect(recognize(invalid, options)).toEqual([])
  })

  test('the table can be replaced', () => {
    expect(found('219-09-9999', { nationalIds: [], kinds: ['national-id'] })).toEqual([])
  })
})
