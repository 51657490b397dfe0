// Migrates, and says how many steps were missing.
import { migrate } from '../../src/migrate.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, tablePrefix] = readArguments<[Target, string]>()
acknowledge(String((await migrate(await openTarget(target), { tablePrefix })).length))
process.exit(0)
