/**
 * The host's own tables, as something that a person can be erased from.
 *
 * @module
 */
import type { ErasureItem, ErasureTarget, RecordStore, StoredRecord } from '@surveyseal/core/erase'
import type { Sql } from '@surveyseal/stores'
import { customerRecord, findCustomer, listCustomers, removeCustomer } from './customers.js'
import { effectsOf, removeEffects } from './effects.js'
import { invitationsOf, removeInvitations } from './invitations.js'
import { findRecord, listRecords, replaceRecord, writeFields } from './records.js'

/** The list of customers: whoever is erased is taken off it. */
export function customerRecords(sql: Sql): RecordStore {
  return {
    async *scan() {
      yield (await listCustomers(sql)).map((customer) => [customer.person, customerRecord(customer)] as const)
    },
    replace: (id, change) =>
      sql.transaction(async (tx) => {
        const customer = await findCustomer(tx, id)
        const left = customer && (await change(customerRecord(customer), tx))
        if (left) await removeCustomer(tx, id)
      }),
  }
}

/** The answers, whatever survey they are of. */
export function answerRecords(sql: Sql): RecordStore {
  return {
    async *scan() {
      yield (await listRecords(sql)).map(({ id, person, fields }) => [id, recordOf(person, fields)] as const)
    },
    replace: (id, change) =>
      sql.transaction(async (tx) => {
        const record = await findRecord(tx, id)
        const left = record && (await change(recordOf(record.person, record.fields), tx))
        if (!left) return
        const { person, ...fields } = left
        // Of somebody else's answer only the name of the person goes; one's own is nobody's afterwards, under another id.
        if (person === undefined) await replaceRecord(tx, id, fields)
        else await writeFields(tx, id, fields)
      }),
    finish: async () => (sql.dialect === 'sqlite' ? [BACKUPS] : [BACKUPS, DEAD_ROWS]),
  }
}

/** What was sent to a person. */
export function invitationErasure(sql: Sql): ErasureTarget {
  return {
    name: 'invitations',
    async find({ references, fingerprint }) {
      const items: ErasureItem[] = []
      for (const person of references) {
        const invitations = await invitationsOf(sql, person)
        if (invitations.length === 0) continue
        items.push({ ...DEPENDENT, id: person, before: await fingerprint(invitations), references: [person] })
      }
      return items
    },
    erase: async ({ id }) => removeInvitations(sql, id),
  }
}

/** What was done because a person withdrew. `eventsOf` names their consent events, which are erased with them. */
export function effectErasure(sql: Sql, eventsOf: (person: string) => Promise<readonly string[]>): ErasureTarget {
  return {
    name: 'effects',
    async find({ references, fingerprint }) {
      const items: ErasureItem[] = []
      for (const person of references) {
        const events = await eventsOf(person)
        const effects = await effectsOf(sql, events)
        if (effects.length === 0) continue
        const before = await fingerprint(effects)
        items.push({ ...DEPENDENT, id: person, before, after: events, references: [person] })
      }
      return items
    },
    erase: async ({ after }) => removeEffects(sql, after as readonly string[]),
  }
}

const BACKUPS = {
  en: 'Backups and copies of the database made before.',
  fr: 'Les sauvegardes et copies de la base faites auparavant.',
}
const DEAD_ROWS = {
  en: 'Dead rows in the files and the log of PostgreSQL, until vacuum, reuse and rotation.',
  fr: 'Les lignes mortes dans les fichiers et le journal de PostgreSQL, jusqu’au nettoyage, au réemploi et à la rotation.',
}

const DEPENDENT = { relation: 'dependent', after: null, changes: [], warnings: [], notices: [] } as const

function recordOf(person: string | null, fields: object): StoredRecord {
  return { ...fields, ...(person === null ? {} : { person }) }
}
