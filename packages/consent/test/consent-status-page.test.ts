import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CONSENT_TRANSITIONS, type ConsentStatus } from '@surveyseal/consent'
import { expect, test } from 'vitest'

const page = fileURLToPath(new URL('../../../docs/consent-status.md', import.meta.url))

function table(): string {
  const statuses = Object.keys(CONSENT_TRANSITIONS.withdrawn) as ConsentStatus[]
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rows = Object.entries(CONSENT_TRANSITIONS).map(([act, row]) => [
    `**${act}**`,
    ...statuses.map((status) => (row[status] === status ? '=' : (row[status] ?? '–'))),
  ])
  const head = [row(['act \\ state', ...statuses]), row(['---', ...statuses.map(() => '---')])]
  return [...head, ...rows.map(row)].join('\n')
}

test('docs/consent-status.md shows the table that the code follows', () => {
  const [, shown] = readFileSync(page, 'utf8').split(/<!-- \/?transitions -->/)
  expect(shown?.trim()).toBe(table())
})
