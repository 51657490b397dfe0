import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const packages = fileURLToPath(new URL('../..', import.meta.url))

/** Makes the command a file of its own, bundled from the sources, so that a test needs no build. */
export async function bundleCommand(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(packages, 'cli/src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg', '@photostructure/sqlite', '@duckdb/node-api'],
    plugins: [
      {
        name: 'sources of sibling packages',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^@surveyseal\// }, ({ path }) => {
            const [, name = '', subpath = 'index'] = path.split('/')
            return { path: join(packages, name, 'src', `${subpath}.ts`) }
          }),
      },
    ],
  })
}

/** The command as a file beside the packages it may load, for databases; `remove` takes it away. */
export async function bundledCommand(): Promise<{ readonly bin: string; remove(): Promise<void> }> {
  const cache = join(packages, 'cli', 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'command-'))
  const bin = join(folder, 'surveyseal.mjs')
  await bundleCommand(bin)
  return { bin, remove: () => rm(folder, { recursive: true, force: true }) }
}
