/**
 * `npm start` runs the app until it is stopped; `npm start -- --once` walks the whole journey by itself and exits.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { listInvitations, stateOf } from './data/invitations.js'
import { openDatabase } from './database.js'
import type { Host } from './host.js'
import { issueOpaque } from './invite.js'
import { runJourney } from './journey/run.js'
import { startServer } from './server.js'

const usage = `The SurveySeal example app.

  npm start                              run it on 127.0.0.1, with invented customers
  npm start -- --once                    walk the whole journey once, then exit
  npm start -- --once --screenshots DIR  also save every page as a picture, in English and French

  PORT          the port to use instead of 4180
  DATABASE_URL  a PostgreSQL database to use instead of SQLite
  CHROMIUM_PATH the browser to walk in`

const dataFolder = fileURLToPath(new URL('../../../.survey-app', import.meta.url))

async function main(): Promise<number | null> {
  const { once, screenshots, help } = parseArgs({
    options: { once: { type: 'boolean' }, screenshots: { type: 'string' }, help: { type: 'boolean' } },
  }).values
  const databaseUrl = process.env['DATABASE_URL']
  if (help) {
    console.log(usage)
    return 0
  }
  if (once) return (await runJourney({ databaseUrl, screenshots })) ? 0 : 1
  await serve(databaseUrl)
  return null
}

async function serve(databaseUrl: string | undefined): Promise<void> {
  const database = await openDatabase(dataFolder, databaseUrl)
  const wanted = process.env['PORT']
  const app = await startServer({
    database,
    folder: dataFolder,
    port: Number(wanted ?? 4180),
    orNext: wanted === undefined,
  })
  console.log(await whatToOpen(app.host, database.name))
  const stop = (): void => {
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

async function whatToOpen(host: Host, databaseName: string): Promise<string> {
  const open = (await listInvitations(host.sql)).filter((invitation) => stateOf(invitation, Date.now()) === 'open')
  const sealed = open.find(({ kind }) => kind === 'sealed')
  const opaque = open.find(({ kind }) => kind === 'opaque')
  return [
    `Rivage Ferries asks its customers, on ${databaseName}. Open:`,
    '',
    `  the operator's desk   ${host.origin}/operator`,
    ...(sealed === undefined ? [] : [`  a sealed link         ${host.sealedSurveyLink(sealed)}`]),
    // An opaque link exists nowhere but in the message it was sent in, so this is a fresh one.
    ...(opaque === undefined ? [] : [`  an opaque link        ${await issueOpaque(host, opaque)}`]),
    '',
    'Ctrl-C stops it. What you do is kept in .survey-app/ at the top of the repository; remove it to start afresh.',
  ].join('\n')
}

main().then(
  (code) => {
    if (code !== null) process.exit(code)
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
