import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import { migrate } from '../../src/migrate.js'
import { buildChildren, type Children } from './children.js'
import { type Engine, engines, type TestDatabase } from './engines.js'

type Suite = (engine: Engine) => void

/** The same suite on each engine, which runs as long as the suite does. */
export function onEngines(title: string, suite: Suite): void {
  for (const engine of engines()) on(engine, title, suite)
}

/** A suite about the files that SQLite keeps. */
export function onSqlite(title: string, suite: Suite): void {
  for (const engine of engines()) if (engine.name === 'SQLite') on(engine, title, suite)
}

function on(engine: Engine, title: string, suite: Suite): void {
  describe(`${title} on ${engine.name}`, () => {
    beforeAll(() => engine.start())
    afterAll(() => engine.stop())
    suite(engine)
  })
}

/** A database for each test of a suite, with the tables of the stores unless it is to be bare. */
export function databasePerTest(engine: Engine, { bare = false } = {}): TestDatabase {
  let database: TestDatabase
  beforeEach(async () => {
    database = await engine.database()
    if (!bare) await migrate(database.sql)
  })
  afterEach(() => database.close())
  return {
    get sql() {
      return database.sql
    },
    get target() {
      return database.target
    },
    another: () => database.another(),
    close: () => database.close(),
  }
}

/** The programs of `test/children`, there as long as the suite runs. */
export function childrenPerSuite(): Children {
  let children: Children
  beforeAll(async () => {
    children = await buildChildren()
  })
  afterAll(() => children.remove())
  return {
    spawn: (name, options) => children.spawn(name, options),
    get directory() {
      return children.directory
    },
    remove: () => children.remove(),
  }
}
