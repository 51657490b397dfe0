// Opens an SQLite file and writes to it; says the code of what stops it. Run where the driver or the right to write is missing.
import { openSqlite } from '../../src/sqlite.js'
import { acknowledge, readArguments } from './host.js'

const [file, builtin] = readArguments<[string, boolean]>()
if (!builtin) process.getBuiltinModule = () => undefined as never
try {
  const database = await openSqlite(file)
  await database.query('CREATE TABLE written (id INTEGER)')
  acknowledge('written')
} catch (error) {
  acknowledge(String((error as { code?: unknown }).code))
}
process.exit(0)
