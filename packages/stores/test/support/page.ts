import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const packages = fileURLToPath(new URL('../../..', import.meta.url))

/** The page's half of the unlinkable links, as one file that a browser runs. */
export async function browserBundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as unlinkable from './unlinkable-browser.js'; globalThis.unlinkable = unlinkable`,
      resolveDir: `${packages}links/src`,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    alias: { '@surveyseal/core': `${packages}core/src` },
  })
  return outputFiles[0]?.text ?? ''
}

/** A web server on an origin of its own. */
export interface Origin {
  readonly url: string
  readonly requests: readonly Request[]
  close(): Promise<void>
}

/** Serves a handler; when it throws, the connection breaks before any reply. */
export async function serve(handler: (request: Request) => Promise<Response>): Promise<Origin> {
  const requests: Request[] = []
  const server: Server = createServer(async (incoming, outgoing) => {
    const request = await toRequest(incoming)
    requests.push(request.clone())
    const response = await handler(request).catch(() => null)
    if (response === null) return void incoming.socket.destroy()
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    requests,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
  const { method = 'GET', url } = incoming
  const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks)
  return new Request(`http://${incoming.headers.host}${url}`, { method, headers, body })
}
