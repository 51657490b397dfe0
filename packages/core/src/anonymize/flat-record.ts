import type { Language } from '../lib/text.js'
import type { Anonymized, Branch, Leaf } from './apply.js'
import { languageIn, nodeOf, Tally } from './apply.js'
import { isPlainObject } from './plain-data.js'
import { REMOVED } from './removed.js'
import type { Replace } from './techniques.js'
import { always } from './techniques.js'

/** Beyond this, records are not of a few kinds, and one more comparison is one more in vain. */
const maxShapes = 16
const maxNames = 256

/** @internal How {@link flatRecords} works, as {@link CompileOptions} says. */
export interface FlatRecordOptions {
  readonly language: Language
  readonly parsed?: boolean
  readonly functionConstructor?: FunctionConstructor
}

/** Names that records were seen to have, in their order. What becomes of each, and the report, are known from then on. */
interface Shape {
  readonly names: readonly string[]
  readonly changes: Anonymized['changes']
  readonly rebuild: Rebuild
}

/** The record that takes the place of one of the shape; `undefined` where the long way has to see to it. */
type Rebuild = (record: Readonly<Record<string, unknown>>) => Record<string, unknown> | undefined

/** What happens to one member. */
interface Step {
  readonly name: string
  readonly replace: Replace
}

/**
 * @internal
 *
 * The short way for records without nesting, of which many have the same names. It gives what {@link applyTo} gives, or
 * `undefined` for what it leaves to it: all that is not a plain object of scalars. Of a record it remembers the names only.
 */
export function flatRecords(root: Branch, options: FlatRecordOptions): (record: object) => Anonymized | undefined {
  const shapes: Shape[] = []
  return (record) => {
    if (!isPlainObject(record)) return undefined
    const shape = knownShape(record, shapes) ?? newShape(record, { shapes, root, options })
    const kept = shape?.rebuild(record)
    return shape && kept && { record: kept, changes: shape.changes }
  }
}

function knownShape(record: object, shapes: readonly Shape[]): Shape | undefined {
  for (const shape of shapes) if (hasNames(record, shape.names)) return shape
  return undefined
}

/** Whether these are the names of its own members. Inherited names come last, so that the last one tells of all. */
function hasNames(record: object, names: readonly string[]): boolean {
  let index = 0
  for (const name in record) {
    if (name !== names[index]) return false
    index += 1
  }
  return index === names.length && (index === 0 || Object.hasOwn(record, names[index - 1] ?? ''))
}

interface Memory {
  readonly shapes: Shape[]
  readonly root: Branch
  readonly options: FlatRecordOptions
}

/** The name `__proto__` is left to the long way: in an object literal it is none. */
function newShape(record: object, { shapes, root, options }: Memory): Shape | undefined {
  if (shapes.length === maxShapes) return undefined
  const names = Object.keys(record)
  if (names.length > maxNames || names.includes('__proto__')) return undefined
  if (!names.every((name) => isScalar(ownValue(record, name)))) return undefined
  const tally = new Tally()
  const steps = names.map((name) => {
    const { replace, change } = scalarLeaf(root, name)
    if (change !== undefined) tally.add(change)
    return { name, replace }
  })
  const make = options.functionConstructor
  const rebuild = (make && generated(steps, options, make)) ?? interpreted(steps, options)
  const shape = { names, changes: tally.changes(), rebuild }
  shapes.push(shape)
  return shape
}

/** What the policy does to a member of the record that is a scalar. */
function scalarLeaf(root: Branch, name: string): Leaf {
  const node = nodeOf(name, root)
  if (node !== undefined && 'replace' in node) return node
  return { replace: always(REMOVED), change: node?.deniedHere ?? root.denied(name) }
}

function interpreted(steps: readonly Step[], { language, parsed }: FlatRecordOptions): Rebuild {
  const named = steps.some(({ name }) => name === 'language')
  return (record) => {
    const circumstances = { language: (named && languageIn(ownValue(record, 'language'))) || language }
    const kept: Record<string, unknown> = {}
    for (const { name, replace } of steps) {
      const value = parsed ? record[name] : ownValue(record, name)
      if (!isScalar(value)) return undefined
      const replacement = 'fixed' in replace ? replace.fixed : replace(value, circumstances)
      if (replacement !== REMOVED) kept[name] = replacement
    }
    return kept
  }
}

/**
 * {@link interpreted} as the program one would write by hand for the shape. Nothing from outside is put into its text but
 * names, as `JSON.stringify` writes them.
 *
 * @returns `undefined` where the platform forbids to make functions of text.
 */
function generated(
  steps: readonly Step[],
  { language, parsed }: FlatRecordOptions,
  make: FunctionConstructor,
): Rebuild | undefined {
  const text = { values: '', replacements: '', members: '' }
  steps.forEach(({ name, replace }, index) => {
    const key = JSON.stringify(name)
    const [part, value] = [`part${index}`, `value${index}`]
    text.values += `const ${value} = ${parsed ? `record[${key}]` : `ownValue(record, ${key})`}; `
    text.values += `if (typeof ${value} !== 'string' && typeof ${value} !== 'number' && typeof ${value} !== 'boolean' && ${value} !== null) return;`
    if (name === 'language')
      text.replacements = `circumstances = { language: languageIn(${value}) ?? language };${text.replacements}`
    if (!('fixed' in replace)) {
      text.replacements += `const made${index} = ${part}(${value}, circumstances); if (made${index} === REMOVED) return;`
      text.members += `${key}: made${index},`
    } else if (replace.fixed !== REMOVED) text.members += `${key}: ${part},`
  })
  const tools = { language, usual: { language }, languageIn, ownValue, REMOVED }
  const parts = steps.map(({ replace }) => ('fixed' in replace ? replace.fixed : replace))
  const program = `const [${parts.map((_, index) => `part${index}`)}] = parts
    return (record) => { ${text.values} let circumstances = usual; ${text.replacements} return { ${text.members} } }`
  try {
    return make('parts', ...Object.keys(tools), program)(parts, ...Object.values(tools))
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
}

/** The value of an own property; a getter does not run and has none. */
function ownValue(record: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(record, name)?.value
}
