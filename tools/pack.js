// The published packages as the tarballs a registry would serve.
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { capture, pnpm, root } from './workspace.js'

/**
 * Packs with pnpm, because npm would leave `workspace:^` in the tarballs.
 *
 * @param {string} destination A folder that is emptied first.
 * @returns {{ name: string, version: string, tarball: string, files: string[] }[]}
 */
export function packPackages(destination) {
  rmSync(destination, { recursive: true, force: true })
  mkdirSync(destination, { recursive: true })
  const { ok, output } = capture('npx', [
    ...pnpm,
    ...['--filter', './packages/*', 'pack', '--json', '--pack-destination', destination],
  ])
  if (!ok) throw new Error(`pnpm pack failed:\n${output}`)
  return JSON.parse(output.slice(output.indexOf('['), output.lastIndexOf(']') + 1)).map((packed) => ({
    name: packed.name,
    version: packed.version,
    tarball: join(destination, basename(packed.filename)),
    files: packed.files.map(({ path }) => path),
  }))
}

if (process.argv[1] === import.meta.filename) {
  const destination = process.argv[2] ?? join(root, 'packed')
  for (const { tarball } of packPackages(destination)) process.stdout.write(`${tarball}\n`)
}
