import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recognize, recognizePlainly } from '../../src/recognize/recognize.js'

/** What recognizers look for, whole and in pieces, and what stands around it. */
const pieces = [
  ...'jo@example.org|@|at|%40|&#64;|&commat;| (at) |[dot]|www.|WWW.x|://|https://a.b/c|mailto:'.split('|'),
  ...'+33 6 12 34 56 78|06.12.34.56.78|(202) 456-1111|905-674-3793x4587|x1980-03-122001|256.1.1.1|1.22.3.44|ext. |poste |call|tel |0044 20 7946 0958|00 33 6 44 55 66 77|00-1-212-555-0187|12 345|1 234'.split(
    '|',
  ),
  ...'DE89 3704 0044 0532 0130 00|gb29nwbk60161331926819|IBAN |DE|4111 1111 1111 1111|4111-1111-1111-1112|4111.1111.1111.1111|3782.822463.10005|card '.split(
    '|',
  ),
  ...'203.0.113.7|2001:db8::1|::ffff:203.0.113.7|6e40:4041:c617:e898:c11:40d2:c669:2eb4|::|:|10:30:45|v1.2.3.4'.split(
    '|',
  ),
  ...`48.8566, 2.3522|-33.8688,151.2093|48°51'24"N 2°21'8"E|1.234|1,5`.split('|'),
  ...'born on |DOB: |née le |date de naissance : |1980-03-12|12 March 1980|3 mars 1962|March 3, 1980|01/02/1990|19800312|2019'.split(
    '|',
  ),
  ...'219-09-9999|SSN 219099999|AA 12 34 56 C|NHS number 943 476 5919|2 69 05 49 588 157 80|269054958815780|130 692 544'.split(
    '|',
  ),
  ...'Steuer-ID 86 095 742 719|12345678Z|X1234567L|RSSMRA85T10A562S|BSN 111222333|85.07.30-033.28|756.9217.0769.85'.split(
    '|',
  ),
  ...'811228-9874|PESEL 44051401359|131052-308T|529.982.247-25|TFN 123 456 782|passport 12AB34567|2A 004|matricule '.split(
    '|',
  ),
  ..."driver's license F162823540116|SW1A 1AA|SW1A1AA|N19GU|SW119GU|B0J 2H0|CO 80202-1234|75011 Paris|S38NX|44300 NANTES|13600 LA CIOTAT CEDEX 2|12345 Merci|zip code |code postal : |cp 69002|ZIP |F-75011|00-950 W".split(
    '|',
  ),
  ...'221B Baker Street|12 bis rue de la République|Hauptstraße 5|PO Box 123|apt. #5|Rua Augusta, 5|5 5th Avenue|street|Rue|live at |14 mill lane|22 old mill road is|12 rue des lilas|3 ter, chemin des lilas'.split(
    '|',
  ),
  ..."Rose|Will|Anna|ANNA|Kowalska|Jean-Pierre|O'Brien|Grace and |Anna, Grace|Evan & April|et Rose|L'infirmière|D'habitude|Mondays|Anna's|I'm|It's|Don't|The|A|I|J.|Mr. Brown|Mrs|Dr. |M. ".split(
    '|',
  ),
  ..."my name is |Name is |NAME|call me |Call me |je m'appelle |nom est |anna|patricia|sarah miller|cœur|Œuvre|Čapek|Ωmega|😀|𝐀nna".split(
    '|',
  ),
  ..."Hi |thanks |Regards,\n|. |, |! |\n| |  |-|'|.|(|)|/|#|é|É|\u0301|\u200b|\ud800|ab|x|Z|p|the |was |of |van der |de la |0|1|7|12|123|1234|12345".split(
    '|',
  ),
]
/** Sentences that are quiet, or all but. */
const openers =
  "The It I We My Merci I'm You Great Service Le Les Will Rose Anna Mr Mrs Dr M Tout Miss A Is Me Call Name Nom Nurses Monday Très Équipe OK Ok Communication Zxq It's Don't L'équipe C’est We’re O'Hare D'Angelo M'appelle Qu'ils Name's".split(
    ' ',
  )
const prose = fc
  .array(
    fc.tuple(
      fc.constantFrom(...openers),
      fc.constantFrom(
        ' ',
        ', ',
        '. ',
        '! ',
        '.\n',
        "'s ",
        '-',
        '',
        'é ',
        '\n',
        '_',
        ' la ',
        ' œ',
        '.\u00a0',
        '?  ',
        '’s ',
        '’',
        ' – ',
        ' “',
        '… ',
        ' 😀 ',
        '\udc00',
        '\u2003',
      ),
      fc.constantFrom(
        'waiting time',
        'was',
        'name is',
        'tell me',
        'call me',
        'comme',
        'nom est',
        'mr',
        'prof',
        'I',
        'will',
        'anna',
        'w',
        'called',
        'was signed',
        "je m'appelle",
        "m'àppelle",
        'je me nomme',
        'prôf',
        'nòm ést',
        'cáll me',
        'nàmé îs rose',
        'élevé',
        'straße',
        'name’s rose',
        'je m’appelle',
        'I’m',
        "I've",
        'mr “',
        'www.',
        '',
      ),
      fc.constantFrom('. ', '. ', '.\n', '! ', '? ', ' ', ', ', '\n'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.map((part) => part.join('')).join(''))
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 14 })
const text = fc.oneof(
  prose,
  soup.map((parts) => parts.join(' ')),
  soup.map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(..." .-/()+:@,0123456789AaBbCDNSXabmnpswxz'"), maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

test('looking only where something can be finds what every recognizer finds over all of the text', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(0, 0.5, 0.7), (given, minimumConfidence) => {
      expect(recognize(given, { minimumConfidence })).toEqual(recognizePlainly(given, { minimumConfidence }))
    }),
    { numRuns: 3000 },
  )
})

test('names are found or left alone whatever else is looked for', () => {
  fc.assert(
    fc.property(text, (given) => {
      for (const kind of ['name', 'postal-code', 'email'] as const)
        expect(recognize(given, { kinds: [kind] })).toEqual(recognizePlainly(given, { kinds: [kind] }))
    }),
    { numRuns: 500 },
  )
})
