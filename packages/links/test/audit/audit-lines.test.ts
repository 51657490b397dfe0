import { describe, expect, test } from 'vitest'
import { type AuditedLine, auditLines, auditTemplate } from '../../src/audit.js'

async function collect(
  source: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<AuditedLine[]> {
  const lines: AuditedLine[] = []
  for await (const line of auditLines(source)) lines.push(line)
  return lines
}

/** "line: kind location" */
async function found(text: string): Promise<string[]> {
  return (await collect([text])).flatMap(({ findings }) =>
    findings.map(({ line, kind, location }) => `${line}: ${kind} ${location}`),
  )
}

describe('auditLines', () => {
  test('a list of URLs', async () => {
    expect(
      await found('https://a.example/?email=jo@example.org\n\nhttps://a.example/?x=1\r\n/s?email=jo@example.org'),
    ).toEqual(['1: email query.email', '4: email query.email'])
  })

  test('the combined log format: the target and the referrer', async () => {
    const log = `203.0.113.7 - jo [22/Nov/2026:13:55:36 +0000] "GET /s/1?email=jo%40example.org HTTP/1.1" 200 512 "https://mail.example/?u=al%40example.org" "Mozilla/5.0"`
    expect(await found(log)).toEqual(['1: email query.email', '1: email query.u'])
  })

  test('JSON lines, nested and escaped', async () => {
    const log =
      '{"level":"info","request":{"url":"https:\\/\\/a.example\\/?email=jo\\u0040example.org"},"to":"al@example.org"}\n{broken https://a.example/?email=x@y.co}'
    expect(await found(log)).toEqual(['1: email query.email', '2: email query.email'])
  })

  test('columns of a table', async () => {
    expect(await found('id,meta_url\n1,"https://a.example/?email=jo@example.org"\n2,https://a.example/s/1')).toEqual([
      '2: email query.email',
    ])
  })

  test('counts every URL and leaves out lines without one', async () => {
    expect(await collect(['nothing here\nhttps://a.example/ and https://b.example/\n'])).toEqual([
      { line: 2, scanned: 2, findings: [] },
    ])
  })

  test('bytes cut anywhere', async () => {
    const bytes = new TextEncoder().encode('https://a.example/?u=é\nhttps://a.example/?u=josé@example.org')
    const chunks = Array.from(bytes, (_byte, index) => bytes.subarray(index, index + 1))
    expect((await collect(chunks)).map(({ findings }) => findings.length)).toEqual([0, 1])
  })

  test('a line without an end is audited in pieces and keeps its number', async () => {
    const piece = `https://a.example/?email=jo@example.org ${'x '.repeat(2_500_000)}`
    const lines = await collect([piece, piece, '\nhttps://a.example/?email=jo@example.org'])
    expect(lines.map(({ line, findings }) => [line, findings.length])).toEqual([
      [1, 1],
      [1, 1],
      [2, 1],
    ])
  })
})

describe('auditTemplate', () => {
  test.each([
    ['Handlebars', '<a href="https://a.example/?e={{ contact.email }}&x=1">', 'email'],
    ['Mailchimp', '<a href="https://a.example/?e=*|EMAIL|*">', 'email'],
    ['Marketing Cloud', 'https://a.example/?n=%%First Name%%', 'name'],
    ['Qualtrics', `window.location='https://a.example/?e=\${e://Field/RecipientEmail}'`, 'email'],
    ['ERB', '<a href="https://a.example/?p=<%= phone %>">', 'phone'],
    ['escaped ampersands', '<a href="https://a.example/?a=1&amp;email=jo@example.org">', 'email'],
  ])('finds the tags of %s', (_title, template, kind) => {
    const [audited] = auditTemplate(`<p>\n${template}\n</p>`)
    expect(audited).toMatchObject({ line: 2, scanned: 1, findings: [{ line: 2, kind }] })
  })

  test('tags outside of URLs are no findings', () => {
    expect(
      auditTemplate(
        'Dear {{first_name}}, write to <a href="mailto:us@example.org">us</a>: https://a.example/s/{{token}}',
      ),
    ).toEqual([{ line: 1, scanned: 1, findings: [] }])
  })

  test('ERR_INVALID_ARG_TYPE for no string', () => {
    expect(() => auditTemplate(undefined as unknown as string)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
    )
  })
})
