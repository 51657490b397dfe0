/**
 * One e-mail address wherever it stands.
 *
 * @module
 */

import { invalidArgumentValue } from '../errors.js'
import { foldText } from './lib/fold.js'
import { matchesOf } from './lib/matches.js'
import type { SubjectPlace } from './match-subject.js'

/** Finds one identifier in a text and in its folded twin of the same length. */
export interface IdentifierFinder {
  readonly canonical: string
  readonly find: (folded: string, text: string) => SubjectPlace[]
}

/** Without one of these a text holds no address: most texts end here. */
const SIGN = /@|%(?:25){0,2}40|\\u0040|&#|&commat;|[([{] ?(?:at|arobase) ?[)\]}]/i

/** Characters nobody sees, which a copied address may carry, or an editor puts where a line may break. */
const INVISIBLE = '(?:[\\u200b-\\u200d\\u2060\\ufeff]|&(?:shy|zwnj|#173);|<wbr ?/?>)?'

/** What begins an escape in a URL, and in a URL that is part of another. */
const PERCENT = '%(?:25){0,2}'

/** How a character of an address may be written besides itself. */
const SPELLINGS: Readonly<Record<string, string>> = {
  '@': `(?:[ \\t]{0,2}@[ \\t]{0,2}|${PERCENT}40|\\\\u0040|&#0{0,4}64;|&#x0{0,4}40;|&commat;|\\s?[([{] ?(?:at|arobase) ?[)\\]}]\\s?)`,
  '.': `(?:\\.|${PERCENT}2e|&#0{0,4}46;|&#x0{0,4}2e;|&period;|\\s?[([{] ?(?:dot|point) ?[)\\]}]\\s?)`,
  '+': `(?:\\+|${PERCENT}2b|&#0{0,4}43;|&plus;)`,
  '-': `(?:-|${PERCENT}2d)`,
  _: `(?:_|${PERCENT}5f|&lowbar;)`,
}

/** A sub-address, as short as can be. */
const TAG = "(?:(?:\\+|%2b)[a-z0-9.!#$&'*/=?^_`{|}~%-]{0,64}?)?"

/**
 * A letter before the address, or one punctuation mark on a letter, makes it another, longer address, also when it is escaped
 * itself; unless the letter belongs to an escape of something else (`%20`, `\n`) or is of a script that writes no spaces.
 */
const LETTER = '[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{N}\\p{M}_]'
const WORD_HEX = '2[bde]|3\\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a]'
const WORD_DECIMAL = '4[3568-9]|5[0-7]|6[5-9]|[78]\\d|9[05-9]|1[01]\\d|12[0-2]'
const BEFORE = `(?:(?<=%(?!${WORD_HEX})[0-9a-f]{2}|\\\\[nrtbf])|(?<!${LETTER}|${LETTER}[.+'&*!#$^|~-]|&#(?:0{0,4}(?:${WORD_DECIMAL})|x0{0,4}(?:${WORD_HEX}));))`
const AFTER = '(?![\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{N}\\p{M}_]|-[a-z0-9])'

/** `example.org` goes on as another domain only with a country's or one of the oldest endings. */
const LONGER_DOMAIN = /^\.(?:[a-z]{2}|com|org|net|edu|gov)(?![\p{L}\p{N}])/u

/** @internal */
export function emailFinder(email: string, { ignoreTags }: { readonly ignoreTags: boolean }): IdentifierFinder {
  const canonical = canonicalEmail(email, ignoreTags)
  const [local, domain] = halves(canonical)
  const spelled = [...domains(domain)].map((form) => `(?:${spell(form)})`).join('|')
  const pattern = new RegExp(
    `${BEFORE}${spell(foldText(local))}${ignoreTags ? TAG : ''}${INVISIBLE}${SPELLINGS['@']}${INVISIBLE}(?:${spelled})${AFTER}`,
    'giu',
  )
  const isAscii = canonical === foldText(canonical)
  return {
    canonical,
    find(folded, text) {
      if (!SIGN.test(folded)) return []
      const places = matchesOf(folded, pattern).map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
      }))
      return places.filter(
        ({ start, end }) =>
          !LONGER_DOMAIN.test(folded.slice(end, end + 5)) && (!isAscii || !ACCENTED.test(text.slice(start, end))),
      )
    },
  }
}

/** An accent makes another address. */
const ACCENTED = /[\u00c0-\u024f]|\p{M}/u

function canonicalEmail(email: string, ignoreTags: boolean): string {
  const bare = /<([^<>]+)>\s*$/.exec(email)?.[1] ?? email.trim().replace(/^mailto:/i, '')
  const [local, domain] = halves(bare.normalize('NFKC').trim().toLowerCase().replace(/\.$/, ''))
  const untagged = ignoreTags ? local.replace(/(?<=.)\+.*$/, '') : local
  if (!isLocalPart(untagged) || !isDomain(domain)) throw invalidArgumentValue('email', 'an e-mail address')
  return `${untagged}@${domain}`
}

function halves(email: string): [string, string] {
  const at = email.lastIndexOf('@')
  return at === -1 ? ['', ''] : [email.slice(0, at), email.slice(at + 1)]
}

function isLocalPart(local: string): boolean {
  return /^[^\s@<>()[\]\\,;:]{1,64}$/u.test(local)
}

function isDomain(domain: string): boolean {
  return /^(?=.{3,253}$)[\p{L}\p{N}\p{M}-]{1,63}(?:\.[\p{L}\p{N}\p{M}-]{1,63})+$/u.test(domain)
}

/** An internationalized domain is written in letters or in Punycode. */
function domains(domain: string): ReadonlySet<string> {
  try {
    return new Set([foldText(domain), new URL(`http://${domain}`).hostname])
  } catch {
    return new Set([foldText(domain)])
  }
}

function spell(part: string): string {
  return [...part].map(spellCharacter).join(INVISIBLE)
}

function spellCharacter(character: string): string {
  if (Object.hasOwn(SPELLINGS, character)) return SPELLINGS[character] ?? ''
  const escaped = character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  if (/[a-z0-9]/.test(character)) return spellWordCharacter(character)
  const encoded = encodeURIComponent(character)
  return encoded === character ? escaped : `(?:${escaped}|${encoded})`
}

/** Those who hide addresses from robots write letters as escapes and entities. */
function spellWordCharacter(character: string): string {
  const codes = [...new Set([character, character.toUpperCase()])].map((one) => one.charCodeAt(0))
  const hex = codes.map((code) => code.toString(16)).join('|')
  return `(?:${character}|${PERCENT}(?:${hex})|&#(?:0{0,4}(?:${codes.join('|')})|x0{0,4}(?:${hex}));)`
}
