// Issues a batch of links and writes each down before it asks for the next; what stands in the file is what it holds.
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createLinkService } from '@surveyseal/links'
import { linkStore } from '../../src/link-store.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, file, people] = readArguments<[Target, string, number]>()
const scope = { tenant: 'acme', survey: 'nps', purpose: 'survey', baseUrl: 'https://feedback.example/s' }
const links = createLinkService({
  ...scope,
  store: linkStore(await openTarget(target), scope),
  peppers: { current: { id: 'a', secret: new Uint8Array(32).fill(1) } },
})
const written = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
const held = new Set(written.map((line) => line.split(' ')[0]))
const output = openSync(file, 'a')
acknowledge('ready')

const invitations = Array.from({ length: people }, (_, at) => ({ respondent: `${at}` }))
const holds = ({ respondent }: { readonly respondent: unknown }): boolean => held.has(String(respondent))
for await (const { respondent, url } of links.issue(invitations, { batch: 'wave 1', holds })) {
  writeSync(output, `${respondent} ${url}\n`)
}
closeSync(output)
process.exit(0)
