// Erases the person of the tests from everything, and kills itself at the call it is told, counted from 1.
import type { ErasurePlan } from '@surveyseal/core/erase'
import { carryOut, type HostKeys, wholeHost } from '../support/whole-host.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, keys, plan, dieAt] = readArguments<[Target, HostKeys, ErasurePlan, number]>()
const { tools } = await wholeHost(await openTarget(target), keys)
let calls = 0

/** A moment in which the power may fail. */
async function moment(): Promise<void> {
  calls += 1
  if (calls < dieAt) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => undefined)
}

const { journal, outbox } = tools
const certificate = await carryOut(plan, {
  ...tools,
  targets: tools.targets.map((inner) => ({
    name: inner.name,
    policyDigest: async () => inner.policyDigest?.() ?? '',
    find: (search) => inner.find(search),
    finish: async () => {
      await moment()
      return (await inner.finish?.()) ?? []
    },
    erase: async (step, more) => {
      await moment()
      await inner.erase(step, more)
      await moment()
    },
  })),
  outbox: {
    put: async (messages) => {
      await outbox.put(messages)
      await moment()
    },
    putWithin: async (tx, messages) => {
      const isOurs = await outbox.putWithin?.(tx, messages)
      await moment()
      return isOurs ?? false
    },
  },
  journal: {
    ...journal,
    begin: async (id, text) => {
      await moment()
      await journal.begin(id, text)
      await moment()
    },
    destroy: async (id) => {
      await moment()
      await journal.destroy(id)
    },
  },
})
acknowledge(JSON.stringify(certificate))
process.exit(0)
