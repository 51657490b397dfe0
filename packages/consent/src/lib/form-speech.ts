/**
 * How the form speaks: its words, the notice's terms, lists and durations, in one language and direction.
 *
 * @module
 */

import { type FormWording, WORDS } from '../element/form-wording.js'
import { type Content, isolate, make } from './form-dom.js'

/** The words of one form. */
export interface Speech {
  /** Of the notice. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  say(name: keyof FormWording, values?: Readonly<Record<string, number>>): Content
  /** Texts that all languages of the notice share, in a row. */
  list(texts: readonly string[]): Content
  /** An ISO 8601 duration in words; words as they are. */
  duration(text: string): Content
}

/** Where the words come from. */
export interface SpeechOptions {
  readonly language: string
  /** The host's own words, in the language of the notice. */
  readonly wording: Partial<FormWording>
  /** From the notice: how this language says what all languages share. */
  readonly terms?: Readonly<Record<string, string>> | undefined
}

/** Makes the words for a notice. Where neither host nor package has its language, they are English and marked so. */
export function createSpeech({ language, wording, terms = {} }: SpeechOptions): Speech {
  const [own] = language.split('-')
  const list = (texts: readonly string[]): Content => {
    const words = texts.map((text) => (Object.hasOwn(terms, text) ? (terms[text] ?? text) : text))
    const parts = new Intl.ListFormat(language, { type: 'unit', style: 'short' }).formatToParts(words)
    return make('span', {}, ...parts.map(({ type, value }) => (type === 'element' ? isolate(value) : value)))
  }
  return {
    language,
    direction: RIGHT_TO_LEFT.test(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr',
    say: (name, values = {}) => {
      const text = (wording[name] ?? WORDS[name][own === 'fr' ? 1 : 0]).replace(/\{(\w+)\}/g, (_, value: string) =>
        (values[value] ?? 0).toLocaleString(language),
      )
      const isForeign = wording[name] === undefined && own !== 'en' && own !== 'fr'
      return isForeign ? make('span', { lang: 'en', dir: 'ltr' }, text) : text
    },
    list,
    duration: (text) => list(durationIn(language, text)),
  }
}

/** Scripts written from right to left. */
const RIGHT_TO_LEFT = /Arab|Hebr|Thaa|Syrc|Nkoo|Adlm|Rohg/
const DURATION = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/
const UNITS = ['year', 'month', 'week', 'day']

function durationIn(language: string, text: string): readonly string[] {
  const [, ...amounts] = DURATION.exec(text) ?? []
  const words = UNITS.flatMap((unit, index) => {
    const amount = amounts[index]
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
    return amount === undefined ? [] : [format.format(Number(amount))]
  })
  return words.length > 0 ? words : [text]
}
