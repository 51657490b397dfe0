// Prints the table of docs/redaction.md. The others pull in a hundred packages and more, so they are fetched by hand:
//   npm install redact-pii@3.4.0 @openredaction/core@1.1.5 compromise@14.17.0      all three MIT
// Run: npm run build && node packages/core/tools/compare-redactors.js DIRECTORY_WITH_NODE_MODULES synth_dataset_v2.json
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { redact } from '../dist/recognize.js'
import { evaluateRedaction } from './evaluate-redaction.js'

const [directory, dataset] = process.argv.slice(2)
if (dataset === undefined)
  throw new Error('usage: compare-redactors.js DIRECTORY_WITH_NODE_MODULES synth_dataset_v2.json')
const from = createRequire(join(resolve(directory), 'index.js'))
const sentences = JSON.parse(readFileSync(dataset, 'utf8'))

const subjects = {
  SurveySeal: (text) => redact(text).text,
  'redact-pii': redactPii(),
  openredaction: await openRedaction(),
  compromise: await compromise(),
}
const results = Object.entries(subjects).map(([name, run]) => [name, evaluateRedaction(sentences, run)])
const kinds = [...results[0][1].recall.keys()]
process.stdout.write(`| | ${results.map(([name]) => name).join(' | ')} |\n| --- |${' ---: |'.repeat(results.length)}\n`)
for (const kind of kinds) row(kind, ({ recall }) => recall.get(kind).toFixed(1))
row('harmless words lost, %', ({ lost }) => lost.toFixed(2))

function row(label, figure) {
  process.stdout.write(`| ${label} | ${results.map(([, result]) => figure(result)).join(' | ')} |\n`)
}

function redactPii() {
  const { SyncRedactor } = from('redact-pii')
  const redactor = new SyncRedactor()
  return (text) => redactor.redact(text)
}

/** Its detection is asynchronous, so every sentence goes first. */
async function openRedaction() {
  const { OpenRedaction } = from('@openredaction/core')
  const redactor = new OpenRedaction()
  const outputs = new Map()
  for (const { full_text: text } of sentences) outputs.set(text, (await redactor.detect(text)).redacted)
  return (text) => outputs.get(text)
}

/** Everything it has a name for that is somebody's. */
async function compromise() {
  const { default: nlp } = await import(pathToFileURL(from.resolve('compromise')).href)
  return (text) => {
    const document = nlp(text)
    for (const method of ['people', 'places', 'organizations', 'emails', 'phoneNumbers', 'urls'])
      document[method]().replaceWith('X')
    return document.text()
  }
}
