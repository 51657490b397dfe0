import type { TechniqueId } from '../anonymize.js'
import type { Text } from '../lib/text.js'
import type { ErasureCertificate } from './erasure-certificate.js'
import type { ErasureMessage, ErasureOutbox } from './erasure-outbox.js'
import type { ErasureTarget, Fingerprint } from './erasure-target.js'
import { ErasureError } from './errors.js'
import type { ErasureTools } from './execute-erasure.js'
import { fingerprintWith } from './fingerprint.js'
import type { JournalEntry } from './journal-entry.js'
import { type FoundItem, findAll, keyOf } from './plan-erasure.js'

/** @internal Does the steps that are not done, makes sure that nothing is left, and destroys the journal. */
export async function runEntry(
  id: string,
  { entry, done }: { readonly entry: JournalEntry; readonly done: ReadonlySet<number> },
  tools: ErasureTools,
): Promise<ErasureCertificate> {
  const { targets, journal, outbox } = tools
  const byName = new Map(targets.map((target) => [target.name, target]))
  if (!entry.steps.every(({ target }) => byName.has(target))) {
    throw new ErasureError('ERR_ERASURE_TARGET_MISSING', 'a target of the erasure was not given')
  }
  const changed = await runSteps(id, { entry, done, byName }, tools)
  const limits: Text[] = []
  for (const target of targets) limits.push(...((await target.finish?.()) ?? []))
  // A record changed by somebody else is for another plan, and so is one that has come since. Until that is done the journal stays:
  // nothing else knows the references under which it may have to be looked for.
  const problem = changed ?? (await leftover(entry, tools))
  if (problem !== undefined) throw problem
  const keyOfMessage = fingerprintWith(entry.salt)
  const certificate = await certify(entry, targets, limits)
  await outbox?.put([
    { key: await keyOfMessage(['completed', id]), type: 'erasure.completed', erasure: id, certificate },
  ])
  for (const done of [...(entry.continues ?? []), id]) await journal.destroy(done)
  return certificate
}

/** From the last target to the first. Returns the refusal of a step whose record has changed. */
async function runSteps(
  id: string,
  run: { entry: JournalEntry; done: ReadonlySet<number>; byName: ReadonlyMap<string, ErasureTarget> },
  { journal, outbox }: ErasureTools,
): Promise<ErasureError | undefined> {
  const fingerprint = fingerprintWith(run.entry.salt)
  let changed: ErasureError | undefined
  for (const [index, step] of [...run.entry.steps.entries()].reverse()) {
    const target = run.byName.get(step.target)
    if (target === undefined || run.done.has(index)) continue
    try {
      await eraseAndTell(step, { target, outbox, fingerprint })
    } catch (error) {
      if (!(error instanceof ErasureError) || error.code !== 'ERR_ERASURE_DATA_CHANGED') throw error
      changed = error
      continue
    }
    await journal.mark(id, index)
  }
  return changed
}

/** In one transaction where target and outbox share a database; else the telling follows, and is repeated after a crash. */
async function eraseAndTell(
  step: FoundItem,
  {
    target,
    outbox,
    fingerprint,
  }: { target: ErasureTarget; outbox: ErasureOutbox | undefined; fingerprint: Fingerprint },
): Promise<void> {
  const messages = await Promise.all(
    step.notices.map(async (notice): Promise<ErasureMessage> => {
      const { target, id } = step
      return { key: await fingerprint([notice, target, id]), type: `erasure.${notice}`, target, id }
    }),
  )
  let isTold = messages.length === 0
  const tell = async (tx: unknown): Promise<void> => {
    if (messages.length > 0) isTold = (await outbox?.putWithin?.(tx, messages)) ?? false
  }
  await target.erase(step, { fingerprint, tell })
  if (!isTold) await outbox?.put(messages)
}

async function leftover(entry: JournalEntry, { targets, subject }: ErasureTools): Promise<ErasureError | undefined> {
  const kept = new Set(entry.kept.map(keyOf))
  const { salt, references } = entry
  const { items } = await findAll(targets, { subject, salt, references })
  if (items.every((item) => kept.has(keyOf(item)))) return undefined
  return new ErasureError('ERR_ERASURE_INCOMPLETE', 'something of the person is still found')
}

async function certify(
  { steps, kept }: JournalEntry,
  targets: readonly ErasureTarget[],
  limits: readonly Text[],
): Promise<ErasureCertificate> {
  const policies = await Promise.all(targets.map(async (target) => target.policyDigest?.()))
  return {
    records: countOf(steps, 'subject'),
    mentions: countOf(steps, 'mention'),
    dependents: countOf(steps, 'dependent'),
    kept: kept.length,
    techniques: techniquesOf(steps),
    policies: [...new Set(policies.filter((digest) => digest !== undefined))].sort(),
    limits: [...new Map(limits.map((limit) => [limit.en, limit])).values()],
  }
}

function countOf(steps: readonly FoundItem[], relation: FoundItem['relation']): number {
  return steps.filter((step) => step.relation === relation).length
}

function techniquesOf(steps: readonly FoundItem[]): ErasureCertificate['techniques'] {
  const techniques: Partial<Record<TechniqueId, number>> = {}
  for (const { technique, count } of steps.flatMap(({ changes }) => changes)) {
    techniques[technique] = (techniques[technique] ?? 0) + count
  }
  return techniques
}
