import { ANONYMIZED_DOMAIN } from '../anonymize/anonymized-comment.js'
import { isIdentifierName } from '../anonymize/identifiers.js'
import { escapeFieldName, parsePath } from '../anonymize/path.js'
import type { Policy } from '../anonymize.js'
import { invalidArgumentType } from '../errors.js'
import { type RecognizeOptions, recognize } from './recognize.js'
import type { SpanKind } from './span.js'

/**
 * How many values of a field hold something that is recognized. The value itself is not told.
 *
 * @group Recognizing
 */
export interface FieldIdentifiers {
  /** A path, as reports of changes write it: `*` for an element, and for a name that neither policy nor host names. */
  readonly field: string
  /** What it is; `identifier` for a member that is called like one and that the policy does not name, whatever it holds. */
  readonly kind: SpanKind | 'identifier'
  /** How many values hold at least one. */
  readonly values: number
}

/**
 * Counts as records come.
 *
 * @group Recognizing
 */
export interface IdentifierTally {
  /** Looks through a record that `CompiledPolicy.apply` of `core/anonymize` returned. */
  add(record: Readonly<Record<string, unknown>>): void
  /** What was found so far, in the order in which it came. */
  findings(): readonly FieldIdentifiers[]
}

/**
 * What {@link tallyIdentifiers} can be told.
 *
 * @group Recognizing
 */
export interface TallyOptions extends Pick<RecognizeOptions, 'regions'> {
  /** Field names that are the host's own, such as the header of a table. @defaultValue none */
  readonly columns?: readonly string[]
}

/** What is an identifier by its form; below this confidence a number of a customer passes for one of a telephone. */
const KINDS: readonly SpanKind[] = ['email', 'iban', 'card', 'national-id', 'ip', 'phone']
const LEAST = 0.6

/**
 * Looks for what a policy left in the values it keeps: it refuses identifiers by the names and kinds of fields, and cannot know
 * that a field called `reference` holds addresses.
 *
 * A policy that keeps an object keeps what is called `email` in it: members called like identifiers that neither policy nor host
 * names are counted too. Texts and names of members are looked through for e-mail addresses, telephone numbers, IBANs, card numbers, national ids and
 * IP addresses. Names of people and places, numbers that are no text, and what is spelled so that nothing recognizes it are not:
 * nothing found does not mean that nothing is there. Addresses that the policy itself made are not counted. A field takes as long
 * as {@link recognize}; it is for previews and samples, not for every record on its way.
 *
 * @example
 * What is still there.
 *
 * ```ts
 * import { compilePolicy, parsePolicy } from '@surveyseal/core/anonymize'
 * import { tallyIdentifiers } from '@surveyseal/core/recognize'
 *
 * const policy = parsePolicy({ version: 1, fields: { reference: { technique: 'retain' } } })
 * const { record } = compilePolicy(policy).apply({ reference: 'jo@example.org', email: 'jo@example.org' })
 * const tally = tallyIdentifiers(policy)
 * if (record !== null) tally.add(record)
 * // tally.findings(): [{ field: 'reference', kind: 'email', values: 1 }]
 * ```
 *
 * @param policy - By which the records were made; the names in it may appear in findings.
 * @param options - See {@link TallyOptions}.
 * @returns The tally.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when a record is no object.
 * @group Recognizing
 */
export function tallyIdentifiers(
  policy: Pick<Policy, 'fields' | 'segments'>,
  { columns = [], regions }: TallyOptions = {},
): IdentifierTally {
  const names = new Set([...namesOf(policy), ...columns])
  const found = new Map<string, FieldIdentifiers & { values: number }>()
  const note = (field: string, kinds: Iterable<FieldIdentifiers['kind']>): void => {
    for (const kind of kinds) {
      const key = `${kind} ${field}`
      const counted = found.get(key)
      if (counted === undefined) found.set(key, { field, kind, values: 1 })
      else counted.values += 1
    }
  }
  const visit = (value: unknown, field: string): void => {
    if (typeof value === 'string') note(field, kindsIn(value, regions))
    if (typeof value !== 'object' || value === null || value instanceof Date) return
    for (const [name, member] of Object.entries(value)) {
      const isOwn = !Array.isArray(value) && names.has(name)
      const path = `${field}${field && '.'}${isOwn ? escapeFieldName(name) : '*'}`
      if (!isOwn) note(path, kindsIn(name, regions))
      if (!isOwn && !Array.isArray(value) && isIdentifierName(name)) note(path, ['identifier'])
      visit(member, path)
    }
  }
  return {
    add(record) {
      if (typeof record !== 'object' || record === null) throw invalidArgumentType('record', 'object', record)
      visit(record, '')
    },
    findings: () => Array.from(found.values(), (finding) => ({ ...finding })),
  }
}

function kindsIn(text: string, regions: RecognizeOptions['regions']): ReadonlySet<SpanKind> {
  const spans = recognize(text, { kinds: KINDS, minimumConfidence: LEAST, regions })
  return new Set(
    spans.filter(({ end }) => !text.slice(0, end).endsWith(`@${ANONYMIZED_DOMAIN}`)).map(({ kind }) => kind),
  )
}

function namesOf({ fields, segments }: Pick<Policy, 'fields' | 'segments'>): readonly string[] {
  const paths = Object.keys(fields).flatMap((path) => parsePath(path, 'a field'))
  return [...paths.filter((name) => name !== null), 'segments', ...Object.keys(segments)]
}
