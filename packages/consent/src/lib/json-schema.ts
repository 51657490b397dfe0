/**
 * The part of JSON Schema 2020-12 that the schemas of this package are written in.
 *
 * @module
 */

import type { RecordFindingCode } from '../export/finding.js'

/** A JSON Schema object with the keywords `checkSchema` knows; a test holds it to ajv. */
export interface JsonSchema {
  readonly $schema?: string
  readonly $id?: string
  readonly title?: string
  readonly description?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly $ref?: string
  readonly type?: 'object' | 'array' | 'string' | 'boolean' | 'integer'
  readonly const?: unknown
  readonly enum?: readonly string[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: false
  readonly minProperties?: number
  readonly items?: JsonSchema
  readonly contains?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly allOf?: readonly JsonSchema[]
  readonly if?: JsonSchema
  readonly then?: JsonSchema
  readonly else?: JsonSchema
}

/** Tells what is wrong where; names of members the schema does not know are `*`. */
type Report = (code: RecordFindingCode, path: string) => void

/** What a check carries along. */
interface Check {
  readonly root: JsonSchema
  readonly report: Report
}

type Keyword = (argument: never, value: unknown, at: { path: string; schema: JsonSchema } & Check) => void

/**
 * Checks a value of `JSON.parse` and reports everything it finds.
 *
 * @param value - Of bounded depth.
 * @param schema - With `$ref` to its own `$defs` only.
 */
export function checkSchema(value: unknown, schema: JsonSchema, report: Report): void {
  visit(value, schema, '', { root: schema, report })
}

/** One segment of a JSON Pointer. */
export function segment(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function visit(value: unknown, schema: JsonSchema, path: string, check: Check): void {
  if (schema.type !== undefined && !TYPES[schema.type](value)) {
    check.report('wrong-type', path)
    return
  }
  for (const keyword of Object.keys(schema)) {
    const apply = KEYWORDS[keyword]
    apply?.(schema[keyword as keyof JsonSchema] as never, value, { ...check, path, schema })
  }
}

function matches(value: unknown, schema: JsonSchema, root: JsonSchema): boolean {
  let found = false
  visit(value, schema, '', { root, report: () => (found = true) })
  return !found
}

const TYPES: Readonly<Record<NonNullable<JsonSchema['type']>, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
}

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $ref: (name: string, value, { root, report, path }) => {
    const target = root.$defs?.[name.slice('#/$defs/'.length)]
    if (target !== undefined) visit(value, target, path, { root, report })
  },
  const: (expected: unknown, value, { report, path }) => {
    if (!isSame(expected, value)) report('wrong-value', path)
  },
  enum: (allowed: readonly unknown[], value, { report, path }) => {
    if (!allowed.includes(value)) report('wrong-value', path)
  },
  required: (names: readonly string[], value, { report, path }) => {
    if (!isObject(value)) return
    for (const name of names) if (!Object.hasOwn(value, name)) report('missing-member', path + segment(name))
  },
  properties: (properties: Record<string, JsonSchema>, value, { path, ...check }) => {
    if (!isObject(value)) return
    for (const [name, schema] of Object.entries(properties)) {
      if (Object.hasOwn(value, name)) visit(value[name], schema, path + segment(name), check)
    }
  },
  additionalProperties: (_: false, value, { schema, report, path }) => {
    if (!isObject(value)) return
    const unknown = Object.keys(value).some((name) => !Object.hasOwn(schema.properties ?? {}, name))
    if (unknown) report('unknown-member', `${path}/*`)
  },
  minProperties: (least: number, value, { report, path }) => {
    if (isObject(value) && Object.keys(value).length < least) report('too-few', path)
  },
  items: (schema: JsonSchema, value, { path, ...check }) => {
    if (!Array.isArray(value)) return
    for (const [index, element] of value.entries()) visit(element, schema, path + segment(index), check)
  },
  contains: (schema: JsonSchema, value, { root, report, path }) => {
    if (!Array.isArray(value) || value.some((element) => matches(element, schema, root))) return
    report('missing-member', path)
  },
  minItems: (least: number, value, { report, path }) => {
    if (Array.isArray(value) && value.length < least) report('too-few', path)
  },
  maxItems: (most: number, value, { report, path }) => {
    if (Array.isArray(value) && value.length > most) report('too-many', path)
  },
  minLength: (least: number, value, { report, path }) => {
    if (typeof value === 'string' && value.length < least) report('too-few', path)
  },
  maxLength: (most: number, value, { report, path }) => {
    if (typeof value === 'string' && value.length > most && isLonger(value, most)) report('too-long', path)
  },
  minimum: (least: number, value, { report, path }) => {
    if (typeof value === 'number' && value < least) report('wrong-value', path)
  },
  maximum: (most: number, value, { report, path }) => {
    if (typeof value === 'number' && value > most) report('wrong-value', path)
  },
  pattern: (pattern: string, value, { report, path }) => {
    if (typeof value === 'string' && !new RegExp(pattern, 'u').test(value)) report('wrong-form', path)
  },
  allOf: (schemas: readonly JsonSchema[], value, { path, ...check }) => {
    for (const schema of schemas) visit(value, schema, path, check)
  },
  if: (condition: JsonSchema, value, { schema, path, ...check }) => {
    const branch = matches(value, condition, check.root) ? schema.then : schema.else
    if (branch !== undefined) visit(value, branch, path, check)
  },
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON Schema counts characters, not UTF-16 units. */
function isLonger(text: string, most: number): boolean {
  let length = 0
  for (const _ of text) if (++length > most) return true
  return false
}

function isSame(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  )
}
