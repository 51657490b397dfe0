import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type ConsentRecord,
  consentRecordSchema,
  exportKantara,
  exportReceipt,
  exportRecord,
  importConsentRecord,
  type RecordFindingCode,
  RecordRefusedError,
  validateConsentRecord,
} from '@surveyseal/consent/export'
import { describe, expect, test } from 'vitest'
import { codeOf } from './support/matchers.js'

type Json = Record<string, unknown>

const NOW = new Date('2026-03-01T09:00:00Z')
const text = (value: unknown): string => JSON.stringify(value)

const RECORD: ConsentRecord = {
  profile: 'record',
  id: 'a3a9e7de-6f5e-4f0f-9a43-0d2f6d7c1b11',
  principal: { id: 'subject-1' },
  languages: ['en'],
  notices: [{ id: 'notice-1', title: 'Your feedback', url: 'https://feedback.example/notice' }],
  processes: [
    {
      purposes: [{ id: 'call-back', title: 'Call you back' }],
      legalBases: ['eu-gdpr:A6-1-a'],
      personalData: [{ categories: ['pd:TelephoneNumber'], description: 'telephone number' }],
      controllers: ['_:air'],
      recipients: ['_:air', '_:calls'],
      storage: [
        { types: ['dpv:StorageLocation'], locations: ['loc:FR'] },
        { types: ['dpv:StorageDuration'], duration: { types: ['dpv:TemporalDuration'], value: 'P3M' } },
      ],
      services: [{ title: 'Survey spring-2026' }],
      jurisdictions: ['loc:FR'],
      controls: [{ types: ['dpv:WithdrawConsent'], at: 'https://feedback.example/withdraw' }],
      rights: [{ types: ['eu-gdpr:A7-3'] }],
      events: [
        {
          state: 'given',
          type: 'explicit',
          at: '2026-03-01T09:00:00Z',
          validity: { types: ['dpv:TemporalDuration'], value: 'P1Y' },
          by: ['subject-1'],
          method: 'signed in the browser',
          notices: ['notice-1'],
        },
      ],
    },
  ],
  parties: [
    {
      id: '_:air',
      identifier: 'Example Air',
      types: ['dpv:DataController'],
      name: 'Example Air',
      address: { street: '1 Runway', country: 'FR' },
      contacts: [{ email: 'privacy@air.example', phone: '+33 1 00 00 00 00' }],
    },
    {
      id: '_:calls',
      identifier: '_:calls',
      types: ['dpv:ThirdParty'],
      name: 'Example Calls',
      address: { text: 'Somewhere' },
      contacts: [{ text: 'by post' }],
    },
  ],
}

const document = (): Json => structuredClone(exportRecord(RECORD).document) as Json
const processIn = (value: Json): Json => (value['dpv:hasProcess'] as Json[])[0] as Json
const eventIn = (value: Json): Json => (processIn(value)['dpv:hasConsentStatus'] as Json[])[0] as Json
const partyIn = (value: Json): Json => (value['dpv:hasEntity'] as Json[])[0] as Json

function changed(change: (value: Json) => void): string {
  const value = document()
  change(value)
  return text(value)
}

function findingsOf(json: string): string[] {
  return validateConsentRecord(json).findings.map(({ code, path }) => `${code} ${path}`)
}

test('the record these tests damage is valid', () => {
  expect(validateConsentRecord(text(document()))).toEqual({ valid: true, format: '27560', findings: [] })
})

describe('each code', () => {
  const event = '/dpv:hasProcess/0/dpv:hasConsentStatus/0'
  const twice = text(document()).replace('"dpv:hasPurpose"', '"dpv:hasPurpose":[],"dpv:hasPurpose"')
  const cases: [RecordFindingCode, string, string][] = [
    ['too-long', '', `"${'x'.repeat(1_048_577)}"`],
    ['too-long', '/dct:identifier', changed((value) => Object.assign(value, { 'dct:identifier': 'x'.repeat(20_001) }))],
    ['not-json', '', '{'],
    ['not-json', '', `@prefix dpv: <https://w3id.org/dpv#> .`],
    ['duplicate-member', '/dpv:hasProcess/0/dpv:hasPurpose', twice],
    ['duplicate-member', '/*', changed((value) => Object.assign(value, { 'https://w3id.org/dpv#hasProcess': [] }))],
    ['reserved-member', '', text(document()).replace('{', '{"__proto__":{},')],
    ['too-deep', '', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['ill-formed-text', '', text(document()).replace('"Call you back"', '"\\ud800"')],
    ['not-a-record', '', '[]'],
    ['not-a-record', '', text({ '@graph': [{ '@type': 'dpv:Process' }] })],
    ['context-unusable', '/@context', changed((value) => Object.assign(value, { '@context': { '@import': 'x:y' } }))],
    ['context-unusable', '/@context', changed((value) => Object.assign(processIn(value), { '@context': {} }))],
    ['missing-member', '/dct:identifier', changed((value) => delete value['dct:identifier'])],
    ['missing-member', `${event}/dpv:hasDuration`, changed((value) => delete eventIn(value)['dpv:hasDuration'])],
    ['missing-member', '/dpv:hasEntity/0/schema:address', changed((value) => delete partyIn(value)['schema:address'])],
    ['unknown-member', '/*', changed((value) => Object.assign(value, { 'rdfs:comment': 'x' }))],
    ['wrong-type', '/dct:identifier', changed((value) => Object.assign(value, { 'dct:identifier': 17 }))],
    ['wrong-value', '/dct:conformsTo', changed((value) => Object.assign(value, { 'dct:conformsTo': 'dct:other' }))],
    [
      'wrong-form',
      `${event}/dpv:isIndicatedAtTime`,
      changed((value) => Object.assign(eventIn(value), { 'dpv:isIndicatedAtTime': '2026-03-01T09:00:00' })),
    ],
    ['too-few', '/dct:identifier', changed((value) => Object.assign(value, { 'dct:identifier': '' }))],
    [
      'too-many',
      '/dct:language',
      changed((value) => Object.assign(value, { 'dct:language': Array.from({ length: 257 }, () => 'en') })),
    ],
    [
      'status-unknown',
      `${event}/@type/0`,
      changed((value) => Object.assign(eventIn(value), { '@type': ['dpv:ConsentTerminated'] })),
    ],
    [
      'status-ambiguous',
      `${event}/@type`,
      changed((value) => Object.assign(eventIn(value), { '@type': ['dpv:ConsentGiven', 'dpv:ConsentRefused'] })),
    ],
    [
      'consent-type-missing',
      `${event}/@type`,
      changed((value) => {
        delete processIn(value)['dpv:hasLegalBasis']
        Object.assign(eventIn(value), { '@type': ['dpv:ConsentGiven'] })
      }),
    ],
    [
      'dangling-reference',
      '/dpv:hasProcess/0/dpv:hasDataController/0',
      changed((value) => Object.assign(processIn(value), { 'dpv:hasDataController': ['_:aire'] })),
    ],
    [
      'dangling-reference',
      `${event}/dpv:hasNotice/0`,
      changed((value) => Object.assign(eventIn(value), { 'dpv:hasNotice': ['notice-2'] })),
    ],
    [
      'duplicate-id',
      '/dpv:hasEntity/2/@id',
      changed((value) => (value['dpv:hasEntity'] as Json[]).push({ ...partyIn(value) })),
    ],
    [
      'time-impossible',
      `${event}/dpv:isIndicatedAtTime`,
      changed((value) => Object.assign(eventIn(value), { 'dpv:isIndicatedAtTime': '2026-02-30T09:00:00Z' })),
    ],
    [
      'time-impossible',
      `${event}/dpv:hasDuration/rdf:value`,
      changed((value) => Object.assign(eventIn(value), { 'dpv:hasDuration': 'P1Y2' })),
    ],
    [
      'not-available',
      '/dpv:hasProcess/0/dpv:hasJurisdiction/0',
      changed((value) => Object.assign(processIn(value), { 'dpv:hasJurisdiction': ['dpv:NotAvailable'] })),
    ],
  ]

  test.each(cases)('%s at %s', (code, path, json) => {
    expect(findingsOf(json)).toContain(`${code} ${path}`)
  })

  test('too-large: nodes that name each other unfold no further than memory is cheap', () => {
    const nodes = Array.from({ length: 30 }, (_, i) => ({
      '@id': `_:n${i}`,
      '@type': 'dpv:Process',
      'dpv:hasProcess': [{ '@id': `_:n${i + 1}` }, { '@id': `_:n${i + 1}` }],
    }))
    const json = text({ '@graph': [{ '@type': 'dpv:ConsentRecord', 'dpv:hasProcess': '_:n0' }, ...nodes] })
    expect(findingsOf(json)).toEqual(['too-large '])
  })

  test('the profile for the GDPR asks for more', () => {
    const json = changed((value) => Object.assign(value, { 'dct:conformsTo': 'dpv-27560:record-eu-gdpr' }))
    expect(findingsOf(json).filter((each) => each.startsWith('missing-member'))).toEqual(
      ['hasDataSource', 'hasProcessing', 'hasProcessingCondition', 'hasAuthority'].map(
        (name) => `missing-member /dpv:hasProcess/0/dpv:${name}`,
      ),
    )
  })

  test('a circle of references ends', () => {
    const circle = { '@id': '_:p', '@type': 'dpv:Process', 'dpv:hasProcess': { '@id': '_:p' } }
    const json = text({ '@graph': [{ '@type': 'dpv:ConsentRecord', 'dpv:hasProcess': '_:p' }, circle] })
    expect(findingsOf(json)).toEqual(['too-large '])
  })

  test('a chain of ten thousand nodes ends', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => ({ '@id': `_:${i}`, 'dpv:hasProcess': `_:${i + 1}` }))
    const json = text({ '@graph': [{ '@type': 'dpv:ConsentRecord', 'dpv:hasProcess': '_:0' }, ...chain] })
    expect(findingsOf(json)).toEqual(['too-large '])
  })

  test('a megabyte that ten thousand processes inherit is looked at once', () => {
    const process = {
      'dpv:hasJurisdiction': 'x'.repeat(400_000),
      'dpv:hasNotice': { 'dct:title': 'x'.repeat(400_000) },
    }
    const json = text({
      '@type': 'dpv:ConsentRecord',
      ...process,
      'dpv:hasProcess': Array.from({ length: 10_000 }, () => ({})),
    })
    expect(findingsOf(json)).toContain('too-many ')
  })

  test.each([
    ['names', `{${Array.from({ length: 60_000 }, (_, i) => `"n${i}":1`).join()}}`],
    [
      'languages',
      changed((value) => Object.assign(value, { 'dct:language': Array.from({ length: 90_000 }, () => 'en') })),
    ],
    [
      'definitions',
      text({ '@context': Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`t${i}`, `t${i + 1}:`])) }),
    ],
    ['contexts', text({ '@context': Array.from({ length: 20_000 }, () => ({ a: 'b:' })) })],
    ['purposes', text({ version: 'KI-CR-v1.1.0', services: Array.from({ length: 90_000 }, () => 1) })],
  ])('a megabyte of %s is refused', (_, json) => {
    const { valid, findings } = validateConsentRecord(json)
    expect(valid).toBe(false)
    expect(findings.length).toBeLessThanOrEqual(1101)
  })

  test('definitions of a context that stand on each other lead nowhere', () => {
    const context = { a: 'b:', b: 'a:', c: 'c:c', d: 'd', e: { '@id': `${'a'.repeat(9000)}:x` } }
    const json = changed((value) => Object.assign(value, { '@context': context, 'a:x': 1, 'c:x': 1, d: 1, e: 1 }))
    expect(validateConsentRecord(json).valid).toBe(true)
  })

  test('a context that moves a prefix of the profile moves the members with it', () => {
    const json = changed((value) => Object.assign(value, { '@context': { dpv: 'https://elsewhere.example/' } }))
    expect(findingsOf(json)).toContain('missing-member /dpv:hasProcess')
  })
})

describe('ERR_CONSENT_IMPORT_REFUSED', () => {
  test('says why in findings, and nothing of the document', () => {
    try {
      importConsentRecord(
        changed((value) => Object.assign(value, { 'alice@example.com': 'alice' })).replace('_:air', 'alice'),
      )
      expect.unreachable('nothing was thrown')
    } catch (error) {
      expect(error).toBeInstanceOf(RecordRefusedError)
      const { code, message, findings } = error as RecordRefusedError
      expect(code).toBe('ERR_CONSENT_IMPORT_REFUSED')
      expect(text([message, findings])).not.toContain('alice')
      expect(findings.map((finding) => finding.code)).toContain('dangling-reference')
    }
  })

  test('warnings are no reason to refuse: what is unknown is lost and said', () => {
    const json = changed((value) => Object.assign(partyIn(value), { 'schema:vatID': 'X' }))
    const { lost, warnings, records } = importConsentRecord(json)
    expect(records).toEqual([RECORD])
    expect(lost).toEqual([{ path: '/dpv:hasEntity/0/*', reason: 'no-term' }])
    expect(warnings).toEqual([{ code: 'unknown-member', path: '/dpv:hasEntity/0/*', severity: 'warning' }])
  })

  test('the language of a single text is lost and said', () => {
    const json = changed((value) =>
      Object.assign(processIn(value), { 'dct:title': { '@value': 'T', '@language': 'en' } }),
    )
    const { lost, records } = importConsentRecord(json)
    expect(records[0]?.processes[0]?.title).toBe('T')
    expect(lost).toEqual([{ path: '/dpv:hasProcess/0/dct:title/@language', reason: 'no-term' }])
  })
})

test('ERR_CONSENT_NOTHING_TO_EXPORT: a Kantara receipt of a consent that was withdrawn would be a lie', async () => {
  const [process] = RECORD.processes
  const [given] = process?.events ?? []
  if (process === undefined || given === undefined) return expect.unreachable('no event')
  const withdrawn = { ...given, state: 'withdrawn' as const, at: '2026-03-02T09:00:00Z' }
  const record = { ...RECORD, processes: [{ ...process, events: [given, withdrawn] }] }
  expect(await codeOf(() => exportKantara(record))).toBe('ERR_CONSENT_NOTHING_TO_EXPORT')
})

test('members stated once for a record, processes in processes and notices in events make whole processes', () => {
  const { 'dpv:hasProcess': _, 'dpv:hasNotice': notices, ...rest } = document()
  const { 'dpv:hasPurpose': purpose, 'dpv:hasConsentStatus': __, ...shared } = processIn(document())
  const event = { ...eventIn(document()), 'dpv:hasNotice': notices }
  const inner = (state: string) => ({
    'dpv:hasPurpose': purpose,
    'dpv:hasConsentStatus': { ...event, '@type': [state, 'dpv:ExplicitlyExpressedConsent'] },
  })
  const nested = { 'dpv:hasProcess': [inner('dpv:ConsentGiven'), inner('dpv:ConsentRefused')] }
  const { records, lost } = importConsentRecord(
    text({ ...rest, ...shared, '@type': 'dpv:ConsentRecord', 'dpv:hasProcess': nested }),
  )
  const [first] = RECORD.processes
  const refused = first?.events.map((each) => ({ ...each, state: 'refused' }))
  expect(records).toEqual([{ ...RECORD, processes: [first, { ...first, events: refused }] }])
  expect(lost).toEqual([])
})

test('the languages of the notices are those of a record that names none', () => {
  const json = changed((value) => {
    delete value['dct:language']
    Object.assign(value, {
      'dpv:hasNotice': [{ ...(value['dpv:hasNotice'] as Json[])[0], 'dct:language': ['en', 'fr'] }],
    })
  })
  expect(importConsentRecord(json).records[0]?.languages).toEqual(['en', 'fr'])
})

describe('records that others published', () => {
  const data = process.env['SURVEYSEAL_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
  const isThere = existsSync(`${data}/dpv`) && existsSync(`${data}/kantara`)
  const read = (name: string): string => readFileSync(`${data}/${name}`, 'utf8')

  test('they are there, or SURVEYSEAL_DATA says where they are not', () => {
    if (!isThere) process.stderr.write(`published consent records left out: ${data}/dpv and kantara are absent\n`)
    expect(typeof isThere).toBe('boolean')
  })

  test.runIf(isThere)('dpv/AUG23.json is refused for the mandatory members it lacks', () => {
    const found = findingsOf(read('dpv/AUG23.json'))
    for (const name of ['dct:conformsTo', 'dct:identifier', 'dct:language', 'dpv:hasNotice']) {
      expect(found).toContain(`missing-member /${name}`)
    }
    expect(found.filter((each) => each.startsWith('dangling-reference'))).toEqual([])
  })

  test.runIf(isThere).each(['dpv/SEP-01a.json', 'dpv/SEP-01b.json'])(
    '%s is refused for the party it does not describe',
    (name) => {
      expect(findingsOf(read(name))).toEqual(
        expect.arrayContaining([
          'dangling-reference /dct:creator',
          'dangling-reference /dpv:hasProcess/0/dpv:hasDataController/0',
          'dangling-reference /dpv:hasProcess/0/dpv:hasRecipient/0',
        ]),
      )
    },
  )

  test.runIf(isThere)(
    'dpv/SEP-01b.json is read once its faults are mended: given for two recipients, refused for a third',
    () => {
      const mended = read('dpv/SEP-01b.json')
        .replace('"company:Signatu":', '"company:SignatuAS":')
        .replaceAll('T16:08:50"', 'T16:08:50Z", "dpv:isIndicatedBy": "UUID-4"')
        .replace('"dpv:hasRight"', '"dpv:hasJurisdiction": "loc:NO", "dpv:hasRight"')
        .replace('["dpv:ConsentRefused", "dpv:ExpressedConsent"],', '["dpv:ConsentRefused"], "dpv:hasDuration": "P6M",')
      const { records, lost } = importConsentRecord(mended)
      const [given, refused] = records[0]?.processes ?? []
      expect(given).toMatchObject({ recipients: ['company:SignatuAS', 'company:Alpha'], events: [{ state: 'given' }] })
      expect(refused).toMatchObject({ recipients: ['company:Beta'], events: [{ state: 'refused' }] })
      expect(given?.purposes).toEqual(refused?.purposes)
      expect(lost).toEqual([])
    },
  )

  test.runIf(isThere)('a record of the drafts with a member twice is refused', () => {
    const twice = read('dpv/SEP-01a.json').replace('"dct:language"', '"dct:language": "fr", "dct:language"')
    expect(findingsOf(twice)).toEqual(['duplicate-member /dct:language'])
  })

  test.runIf(isThere)('kantara/example.json is accepted, and what is no consent is not taken for one', () => {
    const { records, lost, format } = importConsentRecord(read('kantara/example.json'))
    expect(format).toBe('kantara')
    const states = records[0]?.processes.map(({ events }) => events[0]?.state)
    expect(states).toEqual(['given', 'given', 'given', 'unknown'])
    const others = lost.filter(({ path }) => !/purposeCategory|primaryPurpose/.test(path))
    expect(others.map(({ path }) => path)).toEqual(['/publicKey', '/services/0/purposes/2/thirdPartyName'])
  })

  test.runIf(isThere).each([
    ['without a mandatory member', (value: Json) => delete value['policyUrl'], 'missing-member /policyUrl'],
    [
      'with a third party and no name for it',
      (value: Json) => delete purposeOf(value)['thirdPartyName'],
      'missing-member /services/0/purposes/0/thirdPartyName',
    ],
    [
      'with an instant as text',
      (value: Json) => Object.assign(value, { consentTimestamp: '1' }),
      'wrong-type /consentTimestamp',
    ],
    ['of another version', (value: Json) => Object.assign(value, { version: 'KI-CR-v2.0.0' }), 'wrong-form /version'],
  ])('a Kantara receipt %s is refused', (_, change, finding) => {
    const value = JSON.parse(read('kantara/example.json'))
    change(value)
    expect(findingsOf(text(value))).toEqual([finding])
  })

  test.runIf(isThere)('the Kantara schema itself is not JSON', () => {
    expect(findingsOf(read('kantara/schema.json'))).toEqual(['not-json '])
  })
})

function purposeOf(receipt: Json): Json {
  const [service] = receipt['services'] as { purposes: Json[] }[]
  return service?.purposes[0] as Json
}

test('the published schema is that of the code', async () => {
  const file = `${text(consentRecordSchema())}\n`
  const published = readFileSync(
    fileURLToPath(new URL('../schema/consent-record.schema.json', import.meta.url)),
    'utf8',
  )
  expect(`${text(JSON.parse(published))}\n`).toBe(file)
})

test('an export says what it leaves unstated', () => {
  const [process] = RECORD.processes
  if (process === undefined) return expect.unreachable('no process')
  const record = { ...RECORD, processes: [{ ...process, jurisdictions: ['dpv:NotAvailable'] }] }
  expect(exportRecord(record).unstated).toEqual(['/dpv:hasProcess/0/dpv:hasJurisdiction/0'])
  expect(exportReceipt([record], { now: NOW }).unstated).toEqual([
    '/dpv:hasRecordOfActivity/0/dpv:hasProcess/0/dpv:hasJurisdiction/0',
  ])
  expect(exportKantara(record).unstated).toEqual(['/jurisdiction'])
})
