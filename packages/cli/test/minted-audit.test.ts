import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { groupLinkId } from '@surveyseal/links'
import { expect, test } from 'vitest'
import { realData, surveyseal, temporaryFile, temporaryFolder } from './support.js'

const COUNT = 25_976

/** As many invitees as the airline file has passengers, known by numbers as they are there. */
const invitees = `id\n${Array.from({ length: COUNT }, (_, at) => `${1 + ((at * 7919) % 129_880)}\n`).join('')}`

const where = ['--base-url', 'https://feedback.example/s', '--expires', '2027-01-31', '--respondent-column', 'id']

const sorts: readonly [string, readonly string[], (link: string) => string][] = [
  ['sealed', [], (link) => link],
  ['opaque, base64url', ['--mode', 'opaque', '--ids', 'base64url'], (link) => link],
  ['opaque, Crockford', ['--mode', 'opaque', '--ids', 'crockford'], (link) => link],
  ['opaque, Crockford in groups', ['--mode', 'opaque', '--ids', 'crockford'], grouped],
]

function grouped(link: string): string {
  const at = link.lastIndexOf('/') + 1
  return link.slice(0, at) + groupLinkId(link.slice(at))
}

async function mintedBy(options: readonly string[], input: string): Promise<readonly string[]> {
  const folder = await temporaryFolder()
  const [secret, database] = [join(folder, 'secret.json'), join(folder, 'links.db')]
  const isOpaque = options.includes('opaque')
  await surveyseal(['keys', 'new', '--out', secret, ...(isOpaque ? ['--pepper'] : [])])
  await surveyseal(['migrate', '--database', database])
  const held = isOpaque ? ['--pepper', secret, '--database', database] : ['--keyring', secret]
  const scope = ['--tenant', 'demo', '--survey', 'air', '--purpose', 'survey']
  const { code, stdout } = await surveyseal(['mint', '-', ...scope, ...held, ...where, ...options, '--json'], input)
  expect(code).toBe(0)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).link)
}

test.each(sorts)('25,976 minted links give no finding: %s', { timeout: 120_000 }, async (_sort, options, spell) => {
  const links = (await mintedBy(options, invitees)).map(spell)
  expect(new Set(links).size).toBe(COUNT)
  const file = await temporaryFile('links.txt', `${links.join('\n')}\n`)
  const { code, stdout } = await surveyseal(['audit', file, '--json'])
  expect({ code, ...JSON.parse(stdout) }).toEqual({ code: 0, scanned: COUNT, findings: [] })
})

test.each(realData)(
  'nor do those of the airline file itself, sealed and opaque',
  { timeout: 120_000 },
  async (data) => {
    const input = await readFile(data.airline, 'utf8')
    for (const [, options, spell] of sorts) {
      const links = (await mintedBy(options, input)).map(spell)
      expect(links).toHaveLength(COUNT)
      const { code, stdout } = await surveyseal(['audit', '-', '--json'], `${links.join('\n')}\n`)
      expect({ code, ...JSON.parse(stdout) }).toEqual({ code: 0, scanned: COUNT, findings: [] })
    }
  },
)
