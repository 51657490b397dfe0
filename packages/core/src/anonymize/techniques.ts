import type { Language, Text } from '../lib/text.js'
import { ANONYMIZED_COMMENT, ANONYMIZED_DOMAIN } from './anonymized-comment.js'
import type { When } from './condition.js'
import { GENERALIZATIONS, type GeneralizationRule } from './generalize.js'
import { REMOVED } from './removed.js'

/** The family of a technique in the classification of ISO/IEC 20889:2018; `none` leaves the value as it is. */
export type TechniqueFamily = 'suppression' | 'generalization' | 'randomization' | 'none'

/** What every {@link Rule} may carry. */
export interface RuleBase {
  /** Handed on in the report when the rule changes a record, such as a report that will no longer add up. */
  readonly warning?: string
  /**
   * When the rule applies, in a policy of version 2.
   *
   * @defaultValue always
   */
  readonly when?: When
}

/** Keeps the value. It is the only way to keep one. */
export interface RetainRule extends RuleBase {
  readonly technique: 'retain'
}

/** Replaces the value by a fixed string, the same for everybody. */
export interface MaskRule extends RuleBase {
  readonly technique: 'mask'
  /**
   * The string, at most 100 characters.
   *
   * @defaultValue `***`
   */
  readonly with?: string
}

/** Replaces a comment by a sentence that says it was anonymized, in the language of the record or else of the policy. */
export interface CommentRule extends RuleBase {
  readonly technique: 'comment'
}

/** Replaces the value by the empty string. */
export interface BlankRule extends RuleBase {
  readonly technique: 'blank'
}

/** Leaves the field out, as if it had never been there. */
export interface RemoveRule extends RuleBase {
  readonly technique: 'remove'
}

/** Replaces the value by a random e-mail address under `.invalid` (RFC 2606), another one every time. */
export interface RandomEmailRule extends RuleBase {
  readonly technique: 'random-email'
}

/** What happens to one value of a record. */
export type Rule = RetainRule | MaskRule | CommentRule | BlankRule | RemoveRule | RandomEmailRule | GeneralizationRule

/** A rule, or several of which the first that applies counts. Where none does the value is removed. */
export type FieldRule = Rule | readonly Rule[]

/** Drops the whole record. */
export interface SuppressRecordRule extends RuleBase {
  readonly technique: 'suppress-record'
}

/** Names a technique. */
export type TechniqueId = Rule['technique'] | SuppressRecordRule['technique']

/** What a technique may ask about the record it works on. */
export interface Circumstances {
  readonly language: Language
}

/** Gives the replacement of a value, or {@link REMOVED}. */
export interface Replace {
  (value: unknown, circumstances: Circumstances): unknown
  /** The replacement, where it is the same for every value and record. */
  readonly fixed?: unknown
  /** Whether the value stays as it is. */
  readonly keeps?: boolean
  /** The only texts that are told from other values, where it is so. */
  readonly among?: readonly string[]
}

/** What a technique is given when a policy is compiled. */
export interface Tools {
  /** Makes an unguessable word that was never made before. */
  readonly randomWord: () => string
}

/** A way to treat a value or a record. */
export interface Technique {
  readonly family: TechniqueFamily
  readonly name: Text
  /** @internal The options of its rules and what their values must be. */
  readonly options: Readonly<Record<string, (value: unknown) => boolean>>
}

/** @internal A way to treat a value. */
export interface ValueTechnique<R extends Rule = Rule> extends Technique {
  /** Those of the options that cannot be left out. */
  readonly required?: readonly string[]
  /** Whether options that are right one by one go together. */
  isSound?(rule: R): boolean
  compile(rule: R, tools: Tools): Replace
}

/** @internal The techniques for values. */
export const VALUE_TECHNIQUES: {
  readonly [Id in Rule['technique']]: ValueTechnique<Extract<Rule, { technique: Id }>>
} = {
  retain: {
    family: 'none',
    name: { en: 'Retain', fr: 'Conserver' },
    options: {},
    compile: () => Object.assign((value: unknown) => value, { keeps: true }),
  },
  mask: {
    family: 'suppression',
    name: { en: 'Mask by a fixed string', fr: 'Masquer par une chaîne fixe' },
    options: { with: (value) => typeof value === 'string' && value.length <= 100 },
    compile: ({ with: replacement = '***' }) => always(replacement),
  },
  comment: {
    family: 'suppression',
    name: { en: 'Replace by a fixed sentence', fr: 'Remplacer par une phrase fixe' },
    options: {},
    compile: () => Object.assign(replaceComment.bind(null), { among: Object.values(ANONYMIZED_COMMENT) }),
  },
  blank: {
    family: 'suppression',
    name: { en: 'Blank', fr: 'Vider' },
    options: {},
    compile: () => always(''),
  },
  remove: {
    family: 'suppression',
    name: { en: 'Remove', fr: 'Supprimer' },
    options: {},
    compile: () => always(REMOVED),
  },
  'random-email': {
    family: 'randomization',
    name: { en: 'Replace by a random e-mail address', fr: 'Remplacer par une adresse e-mail aléatoire' },
    options: {},
    compile: (_rule, { randomWord }) => Object.assign(() => `${randomWord()}@${ANONYMIZED_DOMAIN}`, { among: [] }),
  },
  ...GENERALIZATIONS,
}

/** Every technique, named as ISO/IEC 20889:2018 classifies it. */
export const TECHNIQUES: Readonly<Record<TechniqueId, Technique>> = {
  ...VALUE_TECHNIQUES,
  'suppress-record': {
    family: 'suppression',
    name: { en: 'Suppress the record', fr: 'Supprimer la fiche' },
    options: {},
  },
}

/** @internal */
export function always(replacement: unknown): Replace {
  return Object.assign(() => replacement, { fixed: replacement })
}

/** A comment anonymized before keeps its sentence: the language it was chosen by may be gone from the record. */
function replaceComment(value: unknown, { language }: Circumstances): string {
  const other = ANONYMIZED_COMMENT[language === 'en' ? 'fr' : 'en']
  return value === other ? other : ANONYMIZED_COMMENT[language]
}

/** @internal */
export function isTechniqueId(id: unknown): id is TechniqueId {
  return typeof id === 'string' && Object.hasOwn(TECHNIQUES, id)
}

/** @internal Resolves the registry's entry of a rule, paired so that the entry accepts that rule. */
export function compileRule(rule: Rule, tools: Tools): Replace {
  return (VALUE_TECHNIQUES[rule.technique] as ValueTechnique<Rule>).compile(rule, tools)
}
