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
