import { readFileSync } from 'node:fs'
import { TECHNIQUES } from '@surveyseal/core/anonymize'
import { COUNTERMEASURES, FACTORS, PRACTICES } from '@surveyseal/core/risk'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('../docs/files.md', import.meta.url), 'utf8')

test.each(Object.entries({ PRACTICES, FACTORS, COUNTERMEASURES, TECHNIQUES }))(
  'docs/files.md has a row for every entry of %s',
  (_, table) => {
    for (const id of Object.keys(table)) expect(page).toContain(`| \`${id}\` |`)
  },
)
