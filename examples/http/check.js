// @ts-check
// Starts every server of this folder as its user would, and does to it over HTTP what scanners, people and attackers do.
// Run it: node examples/http/check.js, or with names, such as: node examples/http/check.js hono worker
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { generateKeyring, loadKeyring } from '@surveyseal/links'
import { build } from 'esbuild'
import { walk } from './walk.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const require = createRequire(import.meta.url)
const next = require.resolve('next/dist/bin/next')
/** @type {string} */
const workerd = require('workerd').default
const START_MILLISECONDS = 30_000

const keyring = generateKeyring()
const environment = {
  ...process.env,
  SURVEY_KEYRING: JSON.stringify(keyring),
  SURVEY_PEPPER: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))),
  PORT: '0',
  NEXT_TELEMETRY_DISABLED: '1',
}

/** @typedef {{ readonly command: string, readonly args: readonly string[], prepare?(): Promise<unknown> }} Server */

/** Each prints its address, or its port, once it listens. @type {Readonly<Record<string, Server>>} */
const servers = {
  hono: { command: process.execPath, args: ['hono.js'] },
  express: { command: process.execPath, args: ['express.js'] },
  fastify: { command: process.execPath, args: ['fastify.js'] },
  next: {
    command: process.execPath,
    args: [next, 'start', 'next', '--hostname', '127.0.0.1', '--port', '0'],
    prepare: () => finish(process.execPath, [next, 'build', 'next']),
  },
  worker: {
    command: workerd,
    args: ['serve', 'worker.capnp', '--control-fd=1'],
    prepare: () => bundle('worker.js'),
  },
}

const wanted = process.argv.slice(2)
for (const [name, server] of Object.entries(servers)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const started = Date.now()
  await server.prepare?.()
  const { origin, stop } = await start(server)
  try {
    const checks = await walk(origin, await loadKeyring(keyring))
    console.log(`${name}: ${checks} responses as they should be (${Date.now() - started} ms)`)
  } finally {
    await stop()
  }
}

/** @param {string} file */
function bundle(file) {
  return build({
    absWorkingDir: here,
    entryPoints: [file],
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker'],
    external: ['cloudflare:workers'],
    logLevel: 'error',
  })
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
async function finish(command, args) {
  const child = spawn(command, args, { cwd: here, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = heard(child)
  const [status] = await once(child, 'close')
  assert.equal(status, 0, said())
}

/** @param {Server} server */
async function start({ command, args }) {
  const child = spawn(command, args, { cwd: here, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = heard(child)
  const closed = once(child, 'close')
  const stop = async () => {
    child.kill()
    await closed
  }
  const deadline = Date.now() + START_MILLISECONDS
  for (;;) {
    const port = /(?:127\.0\.0\.1:|"port":)(\d+)/.exec(said())?.[1]
    if (port !== undefined) return { origin: `http://127.0.0.1:${port}`, stop }
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`${command} ${args.join(' ')} does not listen:\n${said()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** What a child says on both streams so far. @param {import('node:child_process').ChildProcess} child */
function heard({ stdout, stderr }) {
  let text = ''
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => (text += chunk))
  return () => text
}
