// node ndjson-by-hand.js INPUT OUTPUT: the reference of anonymize-ndjson, which trusts its input.
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { overwritten } from './customers.js'

const [input, output] = process.argv.slice(2)

/** Text goes on in blocks, because a promise for every line would take most of the time. */
async function* masked(blocks) {
  let rest = ''
  for await (const block of blocks) {
    const lines = (rest + block).split('\n')
    rest = lines.pop()
    yield lines.map(mask).join('')
  }
  if (rest !== '') yield mask(rest)
}

function mask(line) {
  return `${JSON.stringify(overwritten(JSON.parse(line)))}\n`
}

await pipeline(createReadStream(input, 'utf8'), masked, createWriteStream(output))
