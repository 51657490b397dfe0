// A fresh project outside the workspace installs the tarballs with npm and uses every entry: imported, required,
// type-checked, bundled for a browser. What only works inside the workspace fails here.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { packPackages } from './pack.js'
import { capture, entriesOf, report, root, workspacePackages } from './workspace.js'

const project = join(tmpdir(), `surveyseal-consumer-${process.pid}`)
const published = workspacePackages().filter((each) => each.published)
const entries = published.flatMap(({ manifest }) => entriesOf(manifest).map(({ specifier }) => specifier))
const portable = published
  .filter(({ manifest }) => manifest.surveyseal?.platform !== 'node')
  .flatMap(({ manifest }) => entriesOf(manifest).map(({ specifier }) => specifier))
  .filter((specifier) => !/\/(?:node|unlinkable)$/.test(specifier))

try {
  install()
  report(
    [...imports(), ...commands(), ...types('NodeNext', 'NodeNext'), ...types('ESNext', 'Bundler'), ...(await bundle())],
    `${entries.length} entries work in a fresh project: import, require, types (NodeNext, Bundler), browser bundle`,
  )
} finally {
  rmSync(project, { recursive: true, force: true })
}

function install() {
  mkdirSync(project, { recursive: true })
  const tarballs = packPackages(join(project, 'tarballs'))
  const dependencies = Object.fromEntries(tarballs.map(({ name, tarball }) => [name, `file:${tarball}`]))
  write('package.json', JSON.stringify({ private: true, type: 'module', dependencies }))
  const { ok, output } = capture('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], project)
  if (!ok) throw new Error(`npm install failed:\n${output}`)
}

function imports() {
  write('import.mjs', entries.map((specifier) => `await import('${specifier}')`).join('\n'))
  write('require.cjs', entries.map((specifier) => `require('${specifier}')`).join('\n'))
  return ['import.mjs', 'require.cjs'].flatMap((file) => problemOf(file, capture('node', [file], project)))
}

/** A command is only proved to start; what it does is the package's own tests' business. */
function commands() {
  const names = published.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}))
  return names.flatMap((name) => problemOf(`${name} --help`, capture('npx', ['--no', name, '--', '--help'], project)))
}

/** The declarations themselves are checked too (no skipLibCheck): they must not lean on this workspace's types. */
function types(module, moduleResolution) {
  write('use.ts', entries.map((specifier, index) => `export * as entry${index} from '${specifier}'`).join('\n'))
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        ...{ module, moduleResolution, strict: true, noEmit: true, skipLibCheck: false },
        ...{ target: 'ES2022', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] },
      },
      files: ['use.ts'],
    }),
  )
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  return problemOf(`types under ${moduleResolution}`, capture('node', [tsc, '-p', 'tsconfig.json'], project))
}

async function bundle() {
  const contents = portable.map((specifier, index) => `export * as entry${index} from '${specifier}'`).join('\n')
  const options = { bundle: true, write: false, platform: 'browser', format: 'esm', logLevel: 'silent' }
  return build({ ...options, stdin: { contents, resolveDir: project } }).then(
    () => [],
    ({ message }) => [`browser bundle: ${message}`],
  )
}

function problemOf(what, { ok, output }) {
  return ok ? [] : [`${what}:\n${output}`]
}

function write(file, text) {
  writeFileSync(join(project, file), text)
}
