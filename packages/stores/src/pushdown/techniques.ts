/**
 * The techniques in SQL.
 *
 * @module
 */

import type { Language, Rule } from '@surveyseal/core/anonymize'
import { languageIs } from './language.js'
import { replacementOf } from './replacement.js'
import { coarsenDate } from './techniques/coarsen-date.js'
import { band, round, topBottomCode } from './techniques/numbers.js'
import { region } from './techniques/region.js'
import type { Outcome, SqlTools, Value } from './value.js'
import { byType, textOf, typeUnsupported } from './value.js'

/** A technique in SQL. */
type TechniqueSql<R extends Rule> = (rule: R, value: Value, tools: SqlTools) => Outcome

/** Every technique has its SQL here, whatever it is named: one that is left out does not compile. */
const TECHNIQUES: { readonly [Id in Rule['technique']]: TechniqueSql<Extract<Rule, { technique: Id }>> } = {
  retain: (_rule, { sql }) => ({ sql, type: 'same' }),
  mask: fixed,
  blank: fixed,
  remove: () => null,
  comment,
  'random-email': randomEmail,
  round,
  'top-bottom-code': topBottomCode,
  band,
  'coarsen-date': coarsenDate,
  truncate: ({ keep }, value, tools) => {
    if (isDate(value)) throw typeUnsupported(value)
    return byType(value, { text: (sql) => `substr(${sql}, 1, ${keep})`, number: null }, tools)
  },
  region: (rule, value, tools) => {
    if (isDate(value)) throw typeUnsupported(value)
    return region(rule, value, tools)
  },
}

/**
 * What becomes of a column's value.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_COLUMN_TYPE`, `ERR_PUSHDOWN_RULE_UNSUPPORTED`, `ERR_PUSHDOWN_TOO_LARGE`
 */
export function techniqueSql(rule: Rule, value: Value, tools: SqlTools): Outcome {
  return (TECHNIQUES[rule.technique] as TechniqueSql<Rule>)(rule, value, tools)
}

/** Drivers hand dates over as text or as `Date`, which these techniques tell apart. */
function isDate({ type }: Value): boolean {
  return type === 'date' || type === 'timestamp' || type === 'timestamptz'
}

/** A column of numbers in SQLite makes a number of a text that looks like one. */
function fixed(rule: Rule, { type }: Value, tools: SqlTools): Outcome {
  const text = String(replacementOf(rule, '', tools.language))
  const mayTurn = tools.dialect.isDynamic && type !== 'text' && text.trim() !== '' && !Number.isNaN(Number(text))
  return { sql: textOf(text, tools), type: mayTurn ? 'any' : 'text' }
}

function randomEmail(rule: Rule, _value: Value, tools: SqlTools): Outcome {
  const address = String(replacementOf(rule, '', tools.language))
  const domain = textOf(address.slice(address.indexOf('@')), tools)
  return { sql: `${tools.dialect.randomWord(tools.binder)} || ${domain}`, type: 'text' }
}

/** As in JavaScript, a comment anonymized before keeps its sentence. */
function comment(rule: Rule, value: Value, tools: SqlTools): Outcome {
  const { dialect, language, columns } = tools
  const sentence = { en: String(replacementOf(rule, '', 'en')), fr: String(replacementOf(rule, '', 'fr')) }
  const isText = value.type === 'text' || dialect.isDynamic
  const sentenceIn = (chosen: Language) => {
    const [own, other] = chosen === 'en' ? [sentence.en, sentence.fr] : [sentence.fr, sentence.en]
    if (!isText) return textOf(own, tools)
    const another = textOf(other, tools)
    return `CASE WHEN ${dialect.binary(value.sql)} = ${another} THEN ${another} ELSE ${textOf(own, tools)} END`
  }
  const tag = columns.get('language')
  const another = language === 'en' ? 'fr' : 'en'
  const isAnother = tag === undefined ? null : languageIs(tag, another, dialect)
  if (isAnother === null) return { sql: sentenceIn(language), type: 'text' }
  return { sql: `CASE WHEN ${isAnother} THEN ${sentenceIn(another)} ELSE ${sentenceIn(language)} END`, type: 'text' }
}
