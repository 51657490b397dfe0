// npm run soak -- [--links 100000] [--engine SQLite|PostgreSQL] [--kills 100] [--seed 1]
// npm run soak:ledger -- [--events 100000] [--engine SQLite|PostgreSQL] [--kills 100]
//
// The first: eight processes race for the same links on real databases and are killed meanwhile; exits with 1 unless every
// link was spent as one process alone would have spent it. The second: four processes append events to one log and are
// killed meanwhile; exits with 1 unless the log verifies and nothing acknowledged is lost. Written in TypeScript beside the
// store's tests, which run a hundredth.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './workspace.js'

const isLedger = process.argv[2] === 'ledger'
if (isLedger) process.argv.splice(2, 1)
const packages = join(root, 'packages')
// As deep below packages/stores as the sources are, whose paths count on it.
const outfile = join(packages, 'stores/node_modules/.cache/soak.mjs')
await build({
  entryPoints: [join(packages, `stores/test/soak/${isLedger ? 'ledger-main' : 'main'}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['pg', 'esbuild', '@photostructure/sqlite'],
  alias: {
    ...Object.fromEntries(
      ['core', 'links', 'ledger', 'consent'].map((name) => [`@surveyseal/${name}`, join(packages, name, 'src')]),
    ),
    '#crypto': join(packages, 'ledger/src/lib/crypto-node.ts'),
  },
})
await import(pathToFileURL(outfile).href)
