import type { Language } from '../lib/text.js'
import type { Anonymized, Branch, Leaf, Written } from './apply.js'
import { languageIn, nodeOf, Tally } from './apply.js'
import type { JsonLine } from './json-line.js'
import type { JsonSink } from './json-sink.js'
import { type LineProgram, lineProgram, type Step } from './line-program.js'
import { isPlainObject } from './plain-data.js'
import { REMOVED } from './removed.js'
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
  readonly written: Written
  readonly programs: Programs
  readonly writeLine: LineProgram
}

type PlainRecord = Readonly<Record<string, unknown>>

/** What takes the place of a record of the shape; `undefined` where the long way has to see to it. */
interface Programs {
  rebuild(record: PlainRecord): Record<string, unknown> | undefined
  /** Writes the same as JSON, without the object in between where there is a program for it, or nothing at all. */
  write(record: PlainRecord, sink: JsonSink): true | undefined
}

/** @internal The short ways to what {@link CompiledPolicy} gives. */
export interface FlatRecords {
  apply(record: object): Anonymized | undefined
  write(record: object, sink: JsonSink): Written | undefined
  writeLine(line: JsonLine, sink: JsonSink): Written | undefined
}

/**
 * @internal
 *
 * The short way for records without nesting, of which many have the same names. It gives what {@link applyTo} gives, or
 * `undefined` for what it leaves to it: all that is not a plain object of scalars. Of a record it remembers the names only.
 */
export function flatRecords(root: Branch, options: FlatRecordOptions): FlatRecords {
  const shapes: Shape[] = []
  const shapeOf = (record: object): Shape | undefined =>
    knownShape(record, shapes) ?? newShape(record, { shapes, root, options })
  return {
    apply(record) {
      if (!isPlainObject(record)) return undefined
      const shape = shapeOf(record)
      const kept = shape?.programs.rebuild(record)
      return shape && kept && { record: kept, changes: shape.changes }
    },
    write(record, sink) {
      if (!isPlainObject(record)) return undefined
      const shape = shapeOf(record)
      return shape?.programs.write(record, sink) && shape.written
    },
    writeLine(line, sink) {
      for (const { writeLine, written } of shapes) if (writeLine(line, sink)) return written
      return undefined
    },
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
  const changes = tally.changes()
  const programs = (make && generated(steps, options, make)) ?? interpreted(steps, options)
  const writeLine = lineProgram(steps, options.language)
  const shape = { names, changes, written: { suppressed: false, changes } as const, programs, writeLine }
  shapes.push(shape)
  return shape
}

/** What the policy does to a member of the record that is a scalar. */
function scalarLeaf(root: Branch, name: string): Leaf {
  const node = nodeOf(name, root)
  if (node !== undefined && 'replace' in node) return node
  return { replace: always(REMOVED), change: node?.deniedHere ?? root.denied(name) }
}

function interpreted(steps: readonly Step[], { language, parsed }: FlatRecordOptions): Programs {
  const named = steps.some(({ name }) => name === 'language')
  const rebuild: Programs['rebuild'] = (record) => {
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
  return {
    rebuild,
    write(record, sink) {
      const kept = rebuild(record)
      if (kept === undefined) return undefined
      sink.text(JSON.stringify(kept))
      return true
    },
  }
}

/**
 * {@link interpreted} as the programs one would write by hand for the shape. Nothing from outside is put into their text but
 * names, as `JSON.stringify` writes them, and no value at all.
 *
 * @returns `undefined` where the platform forbids to make functions of text.
 */
function generated(
  steps: readonly Step[],
  { language, parsed = false }: FlatRecordOptions,
  make: FunctionConstructor,
): Programs | undefined {
  const { members, line, pieces } = textsOf(steps)
  const reading = `${readingOf(steps, parsed)} let circumstances = usual; ${replacingOf(steps)}`
  const tools = { language, usual: { language }, languageIn, ownValue, REMOVED, pieces }
  const parts = steps.map(({ replace }) => ('fixed' in replace ? replace.fixed : replace))
  const program = `const [${parts.map((_, index) => `part${index}`)}] = parts
    return {
      rebuild(record) { ${reading} return { ${members} } },
      write(record, sink) { ${reading} ${line} return true },
    }`
  try {
    return make('parts', ...Object.keys(tools), program)(parts, ...Object.values(tools))
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
}

/** Reads every value and leaves to the long way what is no scalar. */
function readingOf(steps: readonly Step[], parsed: boolean): string {
  const texts = steps.map(({ name }, index) => {
    const [key, value] = [JSON.stringify(name), `value${index}`]
    const read = `const ${value} = ${parsed ? `record[${key}]` : `ownValue(record, ${key})`};`
    return `${read} if (typeof ${value} !== 'string' && typeof ${value} !== 'number' && typeof ${value} !== 'boolean' && ${value} !== null) return;`
  })
  return texts.join(' ')
}

function replacingOf(steps: readonly Step[]): string {
  const language = steps.findIndex(({ name }) => name === 'language')
  const told = language === -1 ? '' : `circumstances = { language: languageIn(value${language}) ?? language };`
  const texts = steps.map(({ replace }, index) =>
    'fixed' in replace
      ? ''
      : `const made${index} = part${index}(value${index}, circumstances); if (made${index} === REMOVED) return;`,
  )
  return told + texts.join('')
}

/** What is left as the members of an object literal and as JSON, of which `pieces` are what is the same in all records. */
function textsOf(steps: readonly Step[]): { members: string; line: string; pieces: readonly Uint8Array[] } {
  const pieces: string[] = []
  let members = ''
  let line = ''
  let piece = '{'
  steps.forEach(({ name, replace }, index) => {
    if ('fixed' in replace && replace.fixed === REMOVED) return
    const key = JSON.stringify(name)
    piece += members === '' ? `${key}:` : `,${key}:`
    members += 'fixed' in replace ? `${key}: part${index},` : `${key}: made${index},`
    if ('fixed' in replace) piece += JSON.stringify(replace.fixed)
    else {
      line += `sink.piece(pieces[${pieces.length}]); sink.scalar(made${index}); `
      pieces.push(piece)
      piece = ''
    }
  })
  line += `sink.piece(pieces[${pieces.length}]);`
  const encoder = new TextEncoder()
  return { members, line, pieces: [...pieces, `${piece}}`].map((text) => encoder.encode(text)) }
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
}

/** The value of an own property; a getter does not run and has none. */
function ownValue(record: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(record, name)?.value
}
