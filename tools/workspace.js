// The workspace's packages, in the order they depend on each other, and how tools are called in it.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))
/** The one pnpm this workspace is installed and packed with; `npx` fetches it. */
export const pnpm = ['--yes', 'pnpm@12.21.0']

const order = ['core', 'links', 'ledger', 'consent', 'governance', 'stores', 'cli']

/** @returns {{ name: string, directory: string, manifest: Record<string, any>, published: boolean }[]} */
export function workspacePackages() {
  const published = order.map((name) => join(root, 'packages', name))
  const examples = readdirSync(join(root, 'examples')).map((name) => join(root, 'examples', name))
  return [...published, ...examples, join(root, 'bench')]
    .filter((directory) => existsSync(join(directory, 'package.json')))
    .map((directory) => {
      const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
      return { name: manifest.name, directory, manifest, published: manifest.private !== true }
    })
}

/**
 * What a manifest lets others import, `./package.json` left out.
 *
 * @param {Record<string, any>} manifest
 * @returns {{ specifier: string, file: string }[]} For instance `@surveyseal/links/testing` and `./dist/testing.js`.
 */
export function entriesOf(manifest) {
  return Object.entries(manifest.exports ?? {})
    .filter(([, target]) => typeof target === 'object')
    .map(([path, target]) => ({ specifier: manifest.name + path.slice(1), file: target.default }))
}

/**
 * Runs a command and answers with what it printed, both streams in one.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {string} [cwd]
 * @returns {{ ok: boolean, output: string }}
 */
export function capture(command, args, cwd = root) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  })
  if (error) throw error
  return { ok: status === 0, output: stdout + stderr }
}

/** Where pnpm put the command of a development dependency. */
export const bin = (name) => join(root, 'node_modules', '.bin', name)

/**
 * Ends a gate: prints what is wrong, one line each, and fails if there is anything.
 *
 * @param {string[]} problems
 * @param {string} allGood What to say when there is none.
 */
export function report(problems, allGood) {
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  if (problems.length > 0) process.exitCode = 1
  else process.stdout.write(`${allGood}\n`)
}
