// The most memory of a process that makes ten million objects and measures them.
import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
import { people, quasiIdentifiers } from './people.js'

const { persons } = measureDisclosureRisk(people(10_000_000), { quasiIdentifiers })
process.stdout.write(JSON.stringify({ persons, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
