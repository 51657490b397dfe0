import { readdirSync, readFileSync } from 'node:fs'
import { TECHNIQUES } from '@surveyseal/core/anonymize'
import { expect, test } from 'vitest'

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
const page = read('docs/files.md')

test.each(Object.entries({ TECHNIQUES }))('docs/files.md has a row for every entry of %s', (_, table) => {
  for (const id of Object.keys(table)) expect(page).toContain(`| \`${id}\` |`)
})

test.each(readdirSync(new URL('../packages', import.meta.url)))(
  'the README of %s has a row for each of its entries',
  (name) => {
    const { exports } = JSON.parse(read(`packages/${name}/package.json`)) as { exports: Record<string, unknown> }
    const readme = read(`packages/${name}/README.md`)
    for (const entry of Object.keys(exports).filter((each) => each !== './package.json')) {
      expect(readme).toContain(`| \`@surveyseal/${name}${entry.slice(1)}\` |`)
    }
  },
)
