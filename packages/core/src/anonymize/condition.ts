import { AnonymizeError } from './errors.js'
import { parsePath } from './path.js'
import { isPlainObject } from './plain-data.js'

/** What kind of field a value stands in. It is declared, never guessed from the value. */
export type FieldKind = 'identifier' | 'text' | 'choice' | 'number' | 'date' | 'boolean'

/** @internal */
export const FIELD_KINDS: readonly FieldKind[] = ['identifier', 'text', 'choice', 'number', 'date', 'boolean']

/**
 * When a rule applies: all that is given must hold, of the record as it was before any rule changed it. A value is compared as
 * text, exactly; numbers and booleans as JSON writes them, so that CSV and JSON agree. Nothing else is equal to a text.
 */
export interface When {
  /** Members of the record's `segments`, and the texts of which each must be one. */
  readonly segments?: Readonly<Record<string, readonly string[]>>
  /** The same for other fields, by path without `*`; segments of a flat table are its columns. */
  readonly fields?: Readonly<Record<string, readonly string[]>>
  /**
   * The first part, in lower case, of the language tag in the record's `language` ("fr" for "fr-CA" and "FR_be"). A record
   * without one is in no language.
   */
  readonly language?: string
  /** The kind declared for the field; a field no kind is declared for is of none. */
  readonly kind?: FieldKind
}

/** @internal A condition that only a record can decide. */
export type RecordCondition = Omit<When, 'kind'>

/** Where a condition looks, and the texts of which it must find one. */
export interface RecordTest {
  /** Names from the record down. */
  readonly path: readonly string[]
  readonly values: readonly string[]
}

const maxValues = 1000

/**
 * @internal
 *
 * @throws {@link AnonymizeError} `ERR_POLICY_INVALID`, `ERR_POLICY_PATH_INVALID`
 */
export function assertWhen(when: unknown, place: string): asserts when is When {
  if (!isPlainObject(when) || Object.keys(when).length === 0) throw invalid(place)
  for (const [name, value] of Object.entries(when)) {
    if (!Object.hasOwn(FORMS, name) || !FORMS[name as keyof When](value)) throw invalid(`${place}.${name}`)
  }
  testsOf(when, place)
}

const FORMS: Readonly<Record<keyof When, (value: unknown) => boolean>> = {
  segments: isTests,
  fields: isTests,
  language: (value) => typeof value === 'string' && /^[a-z]{2,3}$/.test(value),
  kind: (value) => FIELD_KINDS.includes(value as FieldKind),
}

function isTests(tests: unknown): boolean {
  return isPlainObject(tests) && Object.keys(tests).length > 0 && Object.values(tests).every(isValues)
}

function isValues(values: unknown): boolean {
  if (!Array.isArray(values) || values.length === 0 || values.length > maxValues) return false
  return values.every((value) => typeof value === 'string' && value.length <= 100)
}

/**
 * @internal The condition that holds where both do; `undefined` is always. Conditions on kinds are decided before.
 */
export function meetOfConditions(one: When = {}, other: When = {}): RecordCondition | 'never' | undefined {
  const { language = one.language } = other
  if (one.language !== undefined && language !== one.language) return 'never'
  const segments = meetOfTests(one.segments, other.segments)
  const fields = meetOfTests(one.fields, other.fields)
  if (segments === 'never' || fields === 'never') return 'never'
  const when = { ...(segments && { segments }), ...(fields && { fields }), ...(language && { language }) }
  return Object.keys(when).length === 0 ? undefined : when
}

type Tests = NonNullable<When['fields']>

function meetOfTests(one: Tests = {}, other: Tests = {}): Tests | 'never' | undefined {
  const tests = [...new Set([...Object.keys(one), ...Object.keys(other)])].map((path) => {
    const [values, others] = [one, other].map((tests) => (Object.hasOwn(tests, path) ? tests[path] : undefined))
    return [
      path,
      values && others ? values.filter((value) => others.includes(value)) : (values ?? others ?? []),
    ] as const
  })
  if (tests.some(([, values]) => values.length === 0)) return 'never'
  return tests.length === 0 ? undefined : Object.fromEntries(tests)
}

/** @internal Whether another condition holds wherever the first does, as far as one need not look at records. */
export function isCoveredBy(when: When = {}, other: When = {}): boolean {
  if (other.kind !== undefined && other.kind !== when.kind) return false
  if (other.language !== undefined && other.language !== when.language) return false
  const tests = testsOf(when)
  return testsOf(other).every((wider) => tests.some((test) => isNarrower(test, wider)))
}

function isNarrower(test: RecordTest, { path, values }: RecordTest): boolean {
  if (test.path.length !== path.length || !test.path.every((name, index) => name === path[index])) return false
  return test.values.every((value) => values.includes(value))
}

/**
 * What a condition asks of a record besides its language, for whoever asks elsewhere than in objects, as a database does.
 *
 * @param when - A condition of a policy that `parsePolicy` returned.
 * @returns The tests, all of which must hold; those on segments lead through `segments`.
 */
export function recordTests(when: When): readonly RecordTest[] {
  return testsOf(when)
}

function testsOf({ segments = {}, fields = {} }: When, place = ''): readonly RecordTest[] {
  const ofSegments = Object.entries(segments).map(([text, values], index) => {
    const path = exactPath(text, `${place}.segments[${index}]`)
    if (path.length > 1) throw pathInvalid(`${place}.segments[${index}]`)
    return { path: ['segments', ...path], values }
  })
  const ofFields = Object.entries(fields).map(([text, values], index) => {
    const path = exactPath(text, `${place}.fields[${index}]`)
    if (path[0] === 'segments') throw pathInvalid(`${place}.fields[${index}]`)
    return { path, values }
  })
  return [...ofSegments, ...ofFields]
}

function exactPath(text: string, place: string): readonly string[] {
  return parsePath(text, place).map((step) => {
    if (step === null) throw pathInvalid(place)
    return step
  })
}

/** @internal Makes a condition ready to be asked of many records. Getters do not run, and what is inherited does not count. */
export function compileCondition(when: RecordCondition): (record: object) => boolean {
  const tests = testsOf(when).map(({ path, values }) => ({ path, values: new Set<unknown>(values) }))
  const { language } = when
  return (record) => {
    if (language !== undefined && languageTag(textAt(record, ['language'])) !== language) return false
    return tests.every(({ path, values }) => values.has(textAt(record, path)))
  }
}

/** The first part of a language tag, in lower case; `undefined` for what is none. */
function languageTag(tag: unknown): string | undefined {
  return typeof tag === 'string' ? /^[A-Za-z]{2,3}(?=[-_]|$)/.exec(tag)?.[0].toLowerCase() : undefined
}

function textAt(record: object, path: readonly string[]): string | undefined {
  let value: unknown = record
  for (const name of path) {
    if (!isPlainObject(value)) return undefined
    const descriptor = Object.getOwnPropertyDescriptor(value, name)
    value = descriptor?.enumerable ? descriptor.value : undefined
  }
  if (typeof value === 'string') return value
  return Number.isFinite(value) || typeof value === 'boolean' ? String(value) : undefined
}

function invalid(place: string): AnonymizeError {
  return new AnonymizeError('ERR_POLICY_INVALID', `${place} is not of the documented form`)
}

function pathInvalid(place: string): AnonymizeError {
  return new AnonymizeError('ERR_POLICY_PATH_INVALID', `the name of ${place} is not a path of names`)
}
