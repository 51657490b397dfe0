// Every published package, as packed: "exports" and dist agree, nothing else is inside, publint and attw find no fault.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packPackages } from './pack.js'
import { bin, capture, entriesOf, report, workspacePackages } from './workspace.js'

/** What may be in a tarball; sources, tests, build information and local files may not. */
const mayBePacked =
  /^(?:dist\/[\w./-]+\.(?:js|d\.ts)|schema\/[\w.-]+\.json|LICENSE|README\.md|CHANGELOG\.md|package\.json)$/

const folder = join(tmpdir(), `surveyseal-packages-${process.pid}`)
const tarballs = packPackages(folder)
const published = workspacePackages().filter((each) => each.published)
report(
  [...published.flatMap(exportsAndDistAgree), ...tarballs.flatMap(contents), ...tarballs.flatMap(lint)],
  `${tarballs.length} packages: exports, contents, publint and attw are fine`,
)
rmSync(folder, { recursive: true })

/** Each target is built, and each built file is a target or a chunk that tsup split off. */
function exportsAndDistAgree({ name, directory, manifest }) {
  const targets = [
    ...entriesOf(manifest).flatMap(({ file }) => [file, file.replace(/\.js$/, '.d.ts')]),
    ...Object.values(manifest.bin ?? {}),
  ]
  const missing = targets.filter((file) => !existsSync(join(directory, file)))
  const unknown = readdirSync(join(directory, 'dist'))
    .filter((file) => file.endsWith('.js') && !file.startsWith('chunk-'))
    .filter((file) => !targets.includes(`./dist/${file}`))
  return [
    ...missing.map((file) => `${name}: "exports" names ${file}, which the build does not make`),
    ...unknown.map((file) => `${name}: dist/${file} is not in "exports"`),
  ]
}

function contents({ name, files }) {
  return files.filter((file) => !mayBePacked.test(file)).map((file) => `${name}: ${file} must not be packed`)
}

function lint({ name, tarball }) {
  const checks = [
    ['publint', ['run', tarball, '--strict']],
    [
      'attw',
      [tarball, '--profile', 'esm-only', '--no-definitely-typed', '--format', 'ascii', '--no-color', '--no-emoji'],
    ],
  ]
  return checks
    .map(([tool, args]) => ({ tool, ...capture(bin(tool), args) }))
    .filter(({ ok }) => !ok)
    .map(({ tool, output }) => `${name}: ${tool}\n${output}`)
}
