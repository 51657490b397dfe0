import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished, vi } from 'vitest'
import { run } from '../src/run.js'

// Whole files go through these tests, on machines that may be busy with others.
vi.setConfig({ testTimeout: 60_000 })

/** The instant every test runs at. */
export const NOW: Date = new Date('2026-11-22T12:00:00Z')

/** What one run of the command line left behind. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line in this process. */
export async function surveyseal(
  args: readonly string[],
  input: string | Buffer = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const stdout = new Collected()
  const stderr = new Collected()
  const code = await run(args, { stdin: Readable.from([Buffer.from(input)]), stdout, stderr, env, now: () => NOW })
  return { code, stdout: stdout.text, stderr: stderr.text }
}

/** A stream that keeps what is written to it. */
export class Collected extends Writable {
  text = ''
  isTTY?: boolean

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

/** A folder that is gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'surveyseal-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A file with this content, gone when the test is. */
export async function temporaryFile(name: string, content: string | Buffer): Promise<string> {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, content)
  return path
}

const data = process.env['SURVEYSEAL_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
const airline = join(data, 'pycanon/airline_passenger_sat.csv')
const adult = join(data, 'arx/adult.csv')

/** The real data sets, or none of them: tests iterate over this list, and `data.test.ts` says so when it is empty. */
export const realData: readonly { readonly airline: string; readonly adult: string }[] =
  existsSync(airline) && existsSync(adult) ? [{ airline, adult }] : []
