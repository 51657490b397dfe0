/**
 * The web server, on this machine only.
 *
 * @module
 */
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { createApp } from './app.js'
import type { Database } from './database.js'
import { createEffects } from './effects.js'
import { type Host, openHost } from './host.js'
import { seed } from './seed.js'

/** A server that answers. */
export interface RunningApp {
  readonly host: Host
  close(): Promise<void>
}

/** Which port to take. */
export interface ServerOptions {
  readonly database: Database
  /** Where keys are kept. */
  readonly folder: string
  /** The wanted port; 0 lets the system choose. */
  readonly port: number
  /** Whether the next ports may be tried when the wanted one is taken. */
  readonly orNext: boolean
}

const loopback = '127.0.0.1'

/** Starts the server, then opens the host: links need to know the port they lead to. */
export async function startServer({ database, folder, port, orNext }: ServerOptions): Promise<RunningApp> {
  let app: Hono | null = null
  const server = createAdaptorServer({
    fetch: (request) => app?.fetch(request) ?? new Response('Starting', { status: 503 }),
  })
  await listen(server, port, orNext ? 20 : 0)
  const { port: taken } = server.address() as AddressInfo
  const host = await openHost({ sql: database.sql, folder, origin: `http://${loopback}:${taken}` })
  await seed(host)
  const stopping = new AbortController()
  const delivering = deliver(host, stopping.signal)
  app = createApp(host, { publicFolder: fileURLToPath(new URL('./public', import.meta.url)) })
  return {
    host,
    close: async () => {
      stopping.abort()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        // Browsers keep idle connections open, and would keep the server open with them.
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await delivering
      await database.close()
    },
  }
}

/** Tells what was recorded until the server stops. A database that fails is asked again. */
async function deliver(host: Host, signal: AbortSignal): Promise<void> {
  const dispatcher = createEffects(host)
  while (!signal.aborted) {
    await dispatcher.run({ signal, pollSeconds: 1 }).catch((error: unknown) => {
      console.error(`outbox: ${String((error as { code?: unknown }).code ?? 'failed')}`)
      return setTimeout(1000)
    })
  }
}

function listen(server: ReturnType<typeof createAdaptorServer>, port: number, further: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' && further > 0) resolve(listen(server, port + 1, further - 1))
      else reject(error)
    }
    server.once('error', fail)
    server.listen(port, loopback, () => {
      server.off('error', fail)
      resolve()
    })
  })
}
