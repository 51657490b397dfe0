/**
 * A person is taken out of the records, and looked for afterwards.
 *
 * @module
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { verifySummary } from '@surveyseal/consent/erase'
import { listCustomers } from '../data/customers.js'
import { findRecords, listRecords } from '../data/records.js'
import { type Proof, prove } from './report.js'
import { deskOf, inLanguage, knownOf, planted, type Scene } from './scene.js'

/** Every record is found and shown, and nothing happens without the identifier typed again. */
export async function previewPerson({ host, visitor, folder, margaret, language }: Scene): Promise<Proof> {
  prove((await bytesHold(folder, knownOf(margaret))) !== 'none', 'the records hold the person before')
  await visitor.open(inLanguage('/operator/anonymize', language))
  const nobody = await visitor.send('/operator/anonymize/find', { identifier: 'nobody@mail.example' })
  prove(nobody.status === 200, 'an unknown address finds nobody')
  const page = await visitor.send('/operator/anonymize/find', { identifier: margaret.telephone })
  const count = page.html.match(/name="record"/g)?.length ?? 0
  prove(count === margaret.answers.length + 2, 'every answer of the person and their entry as a customer are found')
  prove(
    page.html.includes('id="residual"') && page.html.includes('id="dependents"'),
    'what is left is judged, and what hangs on it named',
  )
  prove(!page.html.includes(planted), 'values are masked')
  const wrong = await visitor.send('/operator/anonymize/confirm', { retyped: '+44 20 7946 0000' })
  const kept = (await findRecords(host.sql, margaret)).length
  prove(wrong.status === 422 && kept === margaret.answers.length + 1, 'a wrong number is refused')
  return [`${count} records found by telephone number; a wrong number typed again is refused (422)`]
}

/** Every record confirmed, the identifier typed again. */
export async function anonymizePerson({ host, visitor, margaret, language }: Scene): Promise<Proof> {
  const before = (await listRecords(host.sql)).length
  const page = await visitor.send('/operator/anonymize/confirm', { retyped: margaret.telephone })
  prove(page.status === 200 && page.html.includes('id="done-records"'), 'it is done')
  prove((await findRecords(host.sql, margaret)).length === 0, 'the address finds nothing')
  prove((await listRecords(host.sql)).length === before, 'answers still count')
  const customers = await listCustomers(host.sql)
  prove(!customers.some(({ person }) => person === margaret.person), 'the customer is gone')
  prove(page.html.includes('id="certificate"'), 'a certificate says what, and not whom')
  prove((await visitor.open(deskOf(margaret))).status === 404, 'and so is their page')
  prove((await host.eventsOf(margaret.person)).length === 0, 'the history of consent is gone')
  const [summary] = await host.sql.query('SELECT summary FROM surveyseal_consent_summaries')
  const { purposes } = await verifySummary(String(summary?.['summary']), { keys: host.keys.controllerKeys })
  prove(Object.keys(purposes).length > 0, 'signed summaries without name are left of it')
  prove((await host.erasures.journal.pending()).length === 0, 'nothing is under way any more')
  await visitor.open(inLanguage('/operator/anonymize', language))
  const again = await visitor.send('/operator/anonymize/find', { identifier: margaret.email })
  prove(!again.html.includes('name="record"'), 'a second search finds nothing')
  return [`nothing is found by address or number; all ${before} answers still count`]
}

/** In rows, and in the bytes of the database file. */
export async function searchBytes({ host, folder, margaret, withdrawal }: Scene): Promise<Proof> {
  const dead = await fetch(withdrawal)
  prove(dead.status === 404, 'the withdrawal link is stopped too')
  const known = [...knownOf(margaret), planted]
  const rows = JSON.stringify([await listRecords(host.sql), await listCustomers(host.sql)])
  prove(!known.some((text) => rows.includes(text)), 'no row holds anything of the person')
  const left = await bytesHold(folder, known)
  if (left === 'no file')
    return ['no row holds a thing of them; dead rows and backups of PostgreSQL are its own business']
  prove(left === 'none', 'the database file holds nothing of the person')
  return ['not one byte of name, address, number, plate, job or words in the database file and its log']
}

/** What the visitor noticed on the way, and on the pages the way did not lead to. */
export async function tellComplaints({ visitor }: Scene): Promise<Proof> {
  for (const address of ['/operator/consents', '/operator/links', '/invitation']) await visitor.open(address)
  prove(visitor.complaints.length === 0, `${visitor.complaints.length} complaints:\n${visitor.complaints.join('\n')}`)
  return [visitor.looked]
}

/** Searches the bytes of the database's own files. */
async function bytesHold(folder: string, texts: readonly string[]): Promise<'none' | 'some' | 'no file'> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('survey-app.db'))
  if (files.length === 0) return 'no file'
  const contents = await Promise.all(files.map((name) => readFile(join(folder, name))))
  return contents.some((bytes) => texts.some((text) => bytes.includes(text))) ? 'some' : 'none'
}
