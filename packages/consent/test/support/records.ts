import type { ConsentRecord, RecordContact, RecordEvent, RecordParty, RecordProcess } from '@surveyseal/consent/export'
import fc from 'fast-check'

/** Text that is no term, no reference and no instant, and no other text. */
const word = fc
  .tuple(fc.uuid(), fc.string({ unit: 'grapheme', maxLength: 8 }))
  .map(([uuid, text]) => `${uuid} ${text}`)
  .filter((text) => !/\p{Cs}/u.test(text))
const term = fc.constantFrom('pd:Name', 'pd:EmailAddress', 'dpv:Marketing', 'loc:FR', 'https://terms.example/x')
const terms = fc.uniqueArray(term, { minLength: 1, maxLength: 3 })
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const optional = <T extends object>(shape: { [K in keyof T]-?: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(shape, { requiredKeys: [] }) as unknown as fc.Arbitrary<T>

const item = optional({ id: word, categories: terms, title: word, description: word, url: word })

const duration = fc.oneof(
  fc.record({ types: fc.constant(['dpv:TemporalDuration']), value: fc.constantFrom('P2Y', 'P3M', 'PT12H', 'P1Y2M') }),
  fc.record({ types: fc.constant(['dpv:UntilTimeDuration']), value: fc.constantFrom('2027-12-31', '2028-02-29') }),
  fc.record({ types: fc.constant(['dpv:UntilEventDuration']), value: word }),
  fc.record({ types: fc.constant(['dpv:FixedOccurrencesDuration']), value: fc.constantFrom('1', '12') }),
)

const contact: fc.Arbitrary<RecordContact> = optional<RecordContact>({
  text: word,
  name: word,
  kind: word,
  email: word,
  phone: word,
  url: word,
}).filter((each) => Object.keys(each).length > 0)

function party(id: string): fc.Arbitrary<RecordParty> {
  return fc
    .tuple(
      fc.record({
        types: fc.constantFrom(['dpv:DataController'], ['dpv:Organisation', 'dpv:ThirdParty']),
        name: word,
        address: optional({
          text: word,
          street: word,
          postalCode: word,
          locality: word,
          region: word,
          country: word,
        }).filter((each) => Object.keys(each).length > 0),
        contacts: fc.array(contact, { minLength: 1, maxLength: 2 }),
      }),
      optional({ url: word, location: term }),
    )
    .map(([must, may]) => ({ id, identifier: id, ...must, ...may }))
}

interface Known {
  readonly parties: readonly string[]
  readonly principal: string
  readonly notices: readonly string[]
  readonly sources: readonly string[]
}

function event(known: Known): fc.Arbitrary<RecordEvent> {
  return fc
    .tuple(
      fc.record({
        state: fc.constantFrom(
          ...(['requested', 'deferred', 'given', 'renewed', 'refused'] as const),
          ...(['withdrawn', 'revoked', 'expired', 'invalidated', 'unknown'] as const),
        ),
        type: fc.constantFrom('explicit', 'expressed', 'implied', 'informed', 'uninformed'),
        at: instant,
        validity: duration,
        by: fc.subarray([known.principal, ...known.parties], { minLength: 1 }),
      }),
      fc.record(
        {
          method: word,
          notices: fc.subarray([...known.notices], { minLength: 1 }),
          exercisedAt: word,
          ...(known.sources.length === 0 ? {} : { sources: fc.subarray([...known.sources], { minLength: 1 }) }),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([must, may]) => ({ ...must, ...may }) as RecordEvent)
}

function process(known: Known): fc.Arbitrary<RecordProcess> {
  const parties = fc.subarray([...known.parties], { minLength: 1 })
  const dataSource = fc.record({ types: terms, description: word })
  return fc
    .tuple(
      fc.record({
        purposes: fc.array(item, { minLength: 1, maxLength: 2 }),
        personalData: fc.array(
          fc.tuple(item, terms).map(([each, categories]) => ({ ...each, categories })),
          { minLength: 1, maxLength: 3 },
        ),
        controllers: parties,
        recipients: parties,
        storage: fc.tuple(terms, duration).map(([locations, each]) => [
          { types: ['dpv:StorageLocation'], locations },
          { types: ['dpv:StorageDuration'], duration: each },
        ]),
        jurisdictions: terms,
        controls: fc.array(fc.record({ types: fc.constant(['dpv:WithdrawConsent']), at: word }), {
          minLength: 1,
          maxLength: 1,
        }),
        rights: fc.array(optional({ types: terms, title: word, at: word, laws: terms }), {
          minLength: 1,
          maxLength: 2,
        }),
        events: fc.array(event(known), { minLength: 1, maxLength: 4 }),
      }),
      optional({
        title: word,
        legalBases: terms,
        processors: parties,
        dataSources: fc.array(dataSource, { minLength: 1, maxLength: 2 }),
        operations: fc.array(item, { minLength: 1, maxLength: 2 }),
        scale: terms,
        necessity: term,
        conditions: fc.array(fc.record({ types: terms, locations: terms, duration }), { minLength: 1, maxLength: 2 }),
        restrictions: fc.array(fc.record({ types: terms, operations: terms }), { minLength: 1, maxLength: 2 }),
        services: fc.array(item, { minLength: 1, maxLength: 2 }),
        laws: terms,
        measures: fc.array(item, { minLength: 1, maxLength: 2 }),
        assessments: fc.array(item, { minLength: 1, maxLength: 2 }),
      }),
    )
    .map(([must, may]) => ({ ...must, ...may }))
}

/** Records that use every member there is, and whose references resolve. */
export const record: fc.Arbitrary<ConsentRecord> = fc
  .tuple(fc.uniqueArray(fc.uuid(), { minLength: 6, maxLength: 6 }), fc.integer({ min: 1, max: 3 }), fc.boolean())
  .chain(([ids, count, withSources]) => {
    const [principal = '', notice = '', source = '', ...rest] = ids
    const parties = rest.slice(0, count).map((id) => `_:${id}`)
    const known = { principal, notices: [notice], sources: withSources ? [source] : [], parties }
    const sources = { sources: fc.tuple(fc.record({ id: fc.constant(source), text: word, accepted: instant })) }
    return fc
      .tuple(
        fc.record({
          profile: fc.constantFrom('record', 'record-2'),
          id: word,
          principal: fc.record({ id: fc.constant(principal), categories: terms }),
          languages: fc.subarray(['en', 'fr', 'zh-Hant'], { minLength: 1 }),
          notices: fc.tuple(
            optional({ title: word, description: word, version: word, versionOf: word, url: word, date: word }).map(
              (each) => ({ id: notice, ...each }),
            ),
          ),
          processes: fc.array(process(known), { minLength: 1, maxLength: 3 }),
          parties: fc.tuple(...parties.map(party)),
          ...(withSources ? sources : {}),
        }),
        optional({ created: instant, modified: instant, issued: instant, creator: fc.constantFrom(...parties) }),
      )
      .map(([must, may]) => ({ ...must, ...may }) as ConsentRecord)
  })

/** Every value that is not an array or object, by JSON Pointer. */
export function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([name, member]) =>
    leaves(member, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}
