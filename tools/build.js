// Builds the workspace: JavaScript with tsup, then every declaration in one `tsc --build`.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'tsup'
import { root, workspacePackages } from './workspace.js'

for (const { directory, manifest, published } of workspacePackages()) {
  if (published) await buildLibrary(directory, manifest)
  else if (manifest.scripts?.build) await import(pathToFileURL(join(directory, 'build.js')).href)
}

const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--build', 'tsconfig.json'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
process.exitCode = status ?? 1

/**
 * Entries come from package.json "exports", "imports" and "bin", so the map is the only list of what a package offers:
 * ./dist/NAME.js is built from ./src/NAME.ts. What "imports" names is left for the runtime or bundler to choose.
 */
async function buildLibrary(directory, manifest) {
  const files = [manifest.exports, manifest.imports, manifest.bin]
    .flatMap((map) => Object.values(map ?? {}))
    .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))
    .filter((file) => file.endsWith('.js'))
  removeJavaScript(join(directory, 'dist'))
  process.chdir(directory)
  await build({
    config: false,
    silent: true,
    entry: [...new Set(files.map((file) => join(directory, file.replace('./dist/', 'src/').replace(/\.js$/, '.ts'))))],
    outDir: join(directory, 'dist'),
    external: Object.keys(manifest.imports ?? {}),
    esbuildOptions: (options) => {
      options.absWorkingDir = directory
      // Those of lazy imports are named like their files otherwise, and nothing tells them from entries.
      options.chunkNames = 'chunk-[hash]'
    },
    format: 'esm',
    target: 'es2022',
    platform: manifest.surveyseal?.platform ?? 'neutral',
    splitting: true,
    clean: false,
    dts: false,
  })
}

/** Old chunks would otherwise stay behind; declarations are tsc's own business. */
function removeJavaScript(dist) {
  if (!existsSync(dist)) return
  for (const name of readdirSync(dist)) if (name.endsWith('.js')) rmSync(join(dist, name))
}
