// Erases the person of the tests, saying each step before and after it is done; with `resume` it finishes what is pending.
import { setTimeout } from 'node:timers/promises'
import { type ErasurePlan, type ErasureTarget, executeErasure, resumeErasure } from '@surveyseal/core/erase'
import { erasureJournal } from '../../src/erasure-journal.js'
import { answers, subject } from '../support/answers.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, plan] = readArguments<[Target, ErasurePlan]>()
const sql = await openTarget(target)
const inner = answers(sql)
const slow: ErasureTarget = {
  name: inner.name,
  find: (search) => inner.find(search),
  finish: async () => (await inner.finish?.()) ?? [],
  erase: async (step, tools) => {
    acknowledge(`doing ${step.id}`)
    await inner.erase(step, tools)
    acknowledge(`done ${step.id}`)
    // Gives whoever wants to kill it in the middle time to do so.
    await setTimeout(20)
  },
}
const journal = erasureJournal(sql, { tenant: 'acme' })
const tools = { subject, targets: [slow], journal }
const begun = (await journal.pending()).includes(plan.id)
const confirmed = plan.records.map(({ key }) => key)
const certificate = await (begun ? resumeErasure(plan.id, tools) : executeErasure(plan, { ...tools, confirmed }))
acknowledge(JSON.stringify(certificate))
process.exit(0)
