// The PostgreSQL server of the store's tests, for programs that run without a compiler.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './workspace.js'

/** Starts it; see packages/stores/test/support/postgres-server.ts. */
export async function startPostgres(options) {
  const stores = join(root, 'packages/stores')
  // As deep below packages/stores as the source, from where it looks for the server's programs.
  const outfile = join(stores, 'node_modules/.cache/postgres-server.mjs')
  await build({
    entryPoints: [join(stores, 'test/support/postgres-server.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg'],
  })
  const server = await import(pathToFileURL(outfile).href)
  return server.startPostgres(options)
}
