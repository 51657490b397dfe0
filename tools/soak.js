// npm run soak -- [--links 100000] [--engine SQLite|PostgreSQL] [--kills 100] [--seed 1]
//
// Eight processes race for the same links on real databases and are killed meanwhile; exits with 1 unless every link was
// spent as one process alone would have spent it. Written in TypeScript beside the store's tests, which run a hundredth.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './workspace.js'

const packages = join(root, 'packages')
// As deep below packages/stores as the sources are, whose paths count on it.
const outfile = join(packages, 'stores/node_modules/.cache/soak.mjs')
await build({
  entryPoints: [join(packages, 'stores/test/soak/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['pg', 'esbuild', '@photostructure/sqlite'],
  alias: Object.fromEntries(
    ['core', 'links', 'consent'].map((name) => [`@surveyseal/${name}`, join(packages, name, 'src')]),
  ),
})
await import(pathToFileURL(outfile).href)
