// Streams links through sealLinks() and prints the most memory the process had: node stream.js COUNT
import { randomUUID } from 'node:crypto'
import { generateKeyring, loadKeyring, sealLinks } from '@surveyseal/links'

const count = Number(process.argv[2])
const expiresAt = new Date('2030-01-01T00:00:00Z')
const keyring = await loadKeyring(generateKeyring())
const options = { tenant: 'demo', survey: 'air', purpose: 'survey', keyring, baseUrl: 'https://survey.example/s' }

async function* batches() {
  for (let left = count; left > 0; left -= 1024) {
    yield Array.from({ length: Math.min(left, 1024) }, () => ({ respondent: randomUUID(), expiresAt }))
  }
}

let [sealed, characters] = [0, 0]
for await (const links of sealLinks(batches(), options)) {
  sealed += links.length
  for (const { url } of links) characters += url.length
}
process.stdout.write(JSON.stringify({ sealed, characters, megabytes: process.resourceUsage().maxRSS / 1024 }))
