/**
 * `--once`: a temporary host, a visitor, the walk, and nothing left behind.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase, openPostgres } from '../database.js'
import type { Language } from '../i18n.js'
import { startServer } from '../server.js'
import { createBrowserVisitor } from './browser-visitor.js'
import { findChromium } from './chromium.js'
import { createHttpVisitor } from './http-visitor.js'
import { createReport, JourneyFailure } from './report.js'
import type { Visitor } from './visitor.js'
import { walk } from './walk.js'

/** How to walk. */
export interface JourneyOptions {
  readonly databaseUrl: string | undefined
  /** The folder for pictures, if any; the journey is then walked in both languages. */
  readonly screenshots: string | undefined
}

/** Walks the journey; false when a step failed. */
export async function runJourney(options: JourneyOptions): Promise<boolean> {
  const languages: Language[] = options.screenshots === undefined ? ['en'] : ['en', 'fr']
  for (const language of languages) if (!(await walkOnce(options, language))) return false
  return true
}

async function walkOnce(options: JourneyOptions, language: Language): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'survey-app-'))
  try {
    await walkIn(folder, options, language)
    return true
  } catch (error) {
    console.log(`   failed: ${error instanceof Error ? error.message : String(error)}`)
    if (!(error instanceof JourneyFailure)) console.log(error)
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function walkIn(folder: string, { databaseUrl, screenshots }: JourneyOptions, language: Language): Promise<void> {
  const started = Date.now()
  const database = databaseUrl === undefined ? await openDatabase(folder, undefined) : await ownSchema(databaseUrl)
  const app = await startServer({ database, folder, port: 0, orNext: false })
  try {
    const visitor = await createVisitor({ origin: app.host.origin, language, pictures: screenshots })
    console.log(`The journey ${visitor.name}, on ${database.name}, in ${language === 'fr' ? 'French' : 'English'}`)
    try {
      await walk({ host: app.host, visitor, folder, language, report: createReport(console.log) })
    } finally {
      await visitor.close()
    }
    console.log(`   all of it in ${Math.round((Date.now() - started) / 1000)} s\n`)
  } finally {
    await app.close()
  }
}

async function createVisitor(options: {
  origin: string
  language: Language
  pictures: string | undefined
}): Promise<Visitor> {
  const executablePath = findChromium()
  if (executablePath !== null) return createBrowserVisitor({ ...options, executablePath })
  console.log('No Chromium was found (CHROMIUM_PATH names one): the same journey goes over plain HTTP.')
  return createHttpVisitor(options.origin)
}

/** Each journey on PostgreSQL has a schema of its own, dropped at the end. */
async function ownSchema(connectionString: string): Promise<Database> {
  const schema = `journey_${randomBytes(6).toString('hex')}`
  const outside = await openPostgres({ connectionString })
  await outside.sql.query(`CREATE SCHEMA ${schema}`)
  const inside = await openPostgres({ connectionString, options: `-c search_path=${schema}` })
  return {
    ...inside,
    close: async () => {
      await inside.close()
      await outside.sql.query(`DROP SCHEMA ${schema} CASCADE`)
      await outside.close()
    },
  }
}
