import { createRequire } from 'node:module'
import Ajv from 'ajv'
import { describe, expect, test } from 'vitest'
import { type AuditReport, auditTemplate, formatAuditJson, formatAuditSarif, formatAuditText } from '../../src/audit.js'

const report: AuditReport = {
  scanned: 3,
  findings: [
    { line: 2, kind: 'email', location: 'query.email', decoded: ['percent', 'base64'], file: 'logs/access log.txt' },
    { line: 7, kind: 'known-subject', location: 'path[2]', decoded: ['sha256'], row: 4 },
  ],
}

describe('audit reports', () => {
  test('text: one finding per line, then the count', () => {
    expect(formatAuditText(report)).toBe(
      [
        'logs/access log.txt:2: E-mail address in query.email through percent, base64',
        '-:7: Value of a known person in path[2] through sha256 (known person 4)',
        '3 URLs read, 2 findings',
        '',
      ].join('\n'),
    )
    expect(formatAuditText({ scanned: 1, findings: [] })).toBe('1 URL read, 0 findings\n')
  })

  test('JSON: the shape that others script against', () => {
    expect(JSON.parse(formatAuditJson(report))).toEqual(report)
    expect(formatAuditJson({ scanned: 0, findings: [] })).toBe('{"scanned":0,"findings":[]}\n')
  })

  test('SARIF: every result points to a rule, a file as a URI and a line, and has no snippet', () => {
    const { version, runs } = JSON.parse(formatAuditSarif(report))
    expect(version).toBe('2.1.0')
    const [{ tool, results }] = runs
    expect(results).toHaveLength(2)
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
      expect(level).toBe('error')
      expect(message.text).not.toBe('')
      expect(Object.keys(locations[0].physicalLocation)).toEqual(['artifactLocation', 'region'])
      expect(Object.keys(locations[0].physicalLocation.region)).toEqual(['startLine'])
    }
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('logs/access%20log.txt')
    expect(results[1].locations[0].physicalLocation.artifactLocation.uri).toBe('stdin')
  })

  test.each([0, 1, 2, 25_001])(
    'SARIF: a report of %i findings is valid and within the limits of code scanning',
    (count) => {
      const findings = Array.from({ length: count }, (_, index) => ({
        ...(report.findings[index % 2] ?? { line: 1, kind: 'email' as const, location: 'fragment', decoded: [] }),
        line: index + 1,
      }))
      const text = formatAuditSarif({ scanned: count, findings })
      const sarif = JSON.parse(text)
      const require = createRequire(import.meta.url)
      const ajv = new Ajv({ schemaId: 'auto' }).addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'))
      const validate = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))
      expect([validate(sarif), validate.errors]).toEqual([true, null])
      expect(validate({ ...sarif, version: '2.0.0' })).toBe(false)
      expect(text.length).toBeLessThan(100_000_000)
      expect(sarif.runs.length).toBeLessThanOrEqual(20)
      const hashes = new Set<string>()
      for (const { tool, results } of sarif.runs) {
        expect(tool.driver.rules.length).toBeLessThanOrEqual(25_000)
        expect(results.length).toBeLessThanOrEqual(25_000)
        for (const { partialFingerprints } of results) hashes.add(partialFingerprints.primaryLocationLineHash)
      }
      expect(hashes.size).toBe(count)
    },
  )

  test('SARIF: a finding whose line moves keeps its fingerprint', () => {
    const prints = (line: number): unknown =>
      JSON.parse(
        formatAuditSarif({ scanned: 1, findings: [{ line, kind: 'email', location: 'fragment', decoded: [] }] }),
      ).runs[0].results[0].partialFingerprints
    expect(prints(1)).toEqual(prints(7))
  })

  test('SARIF: what was seen of origins is valid', () => {
    const origin = {
      origin: 'https://survey.example',
      protocol: null,
      cipher: null,
      certificate: null,
      hsts: null,
      redirects: null,
      findings: [{ kind: 'origin-unreachable', location: 'origin', decoded: [] }],
    } as const
    const sarif = JSON.parse(formatAuditSarif({ scanned: 0, findings: [], origins: [origin] }))
    const require = createRequire(import.meta.url)
    const ajv = new Ajv({ schemaId: 'auto' }).addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'))
    const validate = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))
    expect([validate(sarif), validate.errors]).toEqual([true, null])
    const [{ results, tool }] = sarif.runs
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe('origin-unreachable')
  })

  test('text: a file name cannot steer the terminal', () => {
    const file = 'a\u001b]0;owned\u0007\u202e.log'
    const text = formatAuditText({
      scanned: 1,
      findings: [{ line: 1, kind: 'email', location: 'fragment', decoded: [], file }],
    })
    expect(text).toContain('a\\u{1b}]0;owned\\u{7}\\u{202e}.log:1:')
  })

  test('no format repeats what was found', () => {
    const findings = auditTemplate('https://a.example/?jo.smith=jo.smith@example.org&first_name=Josephine').flatMap(
      (line) => line.findings,
    )
    expect(findings).toHaveLength(2)
    for (const format of [formatAuditText, formatAuditJson, formatAuditSarif]) {
      expect(format({ scanned: 1, findings })).not.toMatch(/jo\.smith|josephine/i)
    }
  })
})
