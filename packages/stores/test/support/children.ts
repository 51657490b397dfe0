import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const packages = fileURLToPath(new URL('../../..', import.meta.url))
const cache = join(packages, 'stores', 'node_modules', '.cache')

/** Programs of `test/children`, built from the sources so that a process of its own can run them. */
export interface Children {
  spawn(name: string, options: { readonly args: readonly unknown[]; readonly uid?: number }): Child
  /** Where the programs lie, for whoever wants to run them elsewhere. */
  readonly directory: string
  remove(): void
}

/** A running program; what it prints is what it acknowledges. */
export interface Child {
  readonly process: ChildProcessWithoutNullStreams
  /** Whole lines of standard output so far. */
  readonly lines: readonly string[]
  /** Resolves when it has printed so many lines, or when there will be no more. */
  printed(count: number): Promise<void>
  /** Resolves with the exit code, null after a signal; everything printed has been read by then. */
  readonly exit: Promise<number | null>
  /** What it complained about. */
  errors(): string
}

export async function buildChildren(): Promise<Children> {
  mkdirSync(cache, { recursive: true })
  const directory = mkdtempSync(join(cache, 'children-'))
  chmodSync(directory, 0o755)
  await build({
    entryPoints: [join(packages, 'stores/test/children/*.ts')],
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg', '@photostructure/sqlite'],
    alias: {
      ...Object.fromEntries(
        ['core', 'links', 'ledger', 'consent'].map((name) => [`@surveyseal/${name}`, join(packages, name, 'src')]),
      ),
      '#crypto': join(packages, 'ledger/src/lib/crypto-node.ts'),
    },
  })
  return {
    directory,
    spawn: (name, { args, uid }) =>
      watch(
        spawn(process.execPath, [join(directory, `${name}.mjs`), ...args.map((arg) => JSON.stringify(arg))], {
          ...(uid === undefined ? {} : { uid, gid: uid }),
        }),
      ),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Lets programs go at once, when each has said that it is ready. */
export async function letGo(racers: readonly Child[]): Promise<void> {
  for (const racer of racers) await racer.printed(1)
  for (const { process } of racers) process.stdin.write('go\n')
}

export function watch(child: ChildProcessWithoutNullStreams): Child {
  const lines: string[] = []
  let complaints = ''
  let ended = false
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  reader.on('close', () => {
    ended = true
  })
  child.stderr.on('data', (data) => {
    complaints += String(data)
  })
  const exit = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(([[code]]) => code as number | null)
  const printed = async (count: number): Promise<void> => {
    while (lines.length < count && !ended) await new Promise((resolve) => setImmediate(resolve))
  }
  return { process: child, lines, printed, exit, errors: () => complaints }
}
