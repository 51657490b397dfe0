import { TECHNIQUES } from '../../anonymize/techniques.js'
import type { ErasureChange } from '../../erase/erasure-target.js'
import type { PlannedRecord } from '../../erase/plan-erasure.js'
import type { Language } from '../../lib/text.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import type { Shown } from '../shown.js'
import type { ErasureWords } from './words.js'

interface Say {
  readonly words: ErasureWords
  readonly show: Shown
  readonly language: Language
}

/** One record as a preview shows it. */
export type PreviewedRecord = Pick<PlannedRecord, 'target' | 'id' | 'relation' | 'changes'>

/** @internal Each record, field by field. */
export function recordChanges(records: readonly PreviewedRecord[], say: Say): Markup {
  const { words } = say
  return html`<section>
<h2>${words.records}</h2>
<p class="hint">${words.recordsHint}</p>
${records.map((record) => one(record, say))}
</section>`
}

function one({ target, id, relation, changes }: PreviewedRecord, say: Say): Markup {
  const { words } = say
  const head = [words.field, words.technique, words.before, words.after].map(
    (word) => html`<th scope="col">${word}</th>`,
  )
  return html`<article>
<h3><bdi>${target}</bdi> <bdi>${id}</bdi> <span class="relation ${relation}">${words.relations[relation]}</span></h3>
${changes.length === 0 ? html`<p>${words.unchanged}</p>` : html`<table class="changes"><thead><tr>${head}</tr></thead><tbody>${changes.map((change) => row(change, say))}</tbody></table>`}
</article>`
}

function row(
  { field, technique, because, count, before, after }: ErasureChange,
  { words, show, language }: Say,
): Markup {
  const note = because === 'default-deny' ? words.unlisted : because === 'identifier' ? words.identifier : null
  const many = count > 1 ? `${show.count(count)} ${words.times}` : null
  const notes = [note, many].filter((each) => each !== null).join(', ')
  const removed = after === null && before.length > 0
  return html`<tr><th scope="row">${field === '' ? words.whole : html`<bdi>${field}</bdi>`}</th>
<td>${TECHNIQUES[technique].name[language]}${notes === '' ? null : html`<br><span class="soft">${notes}</span>`}</td>
<td>${before.map((value, at) => html`${at === 0 ? '' : ', '}<bdi>${value}</bdi>`)}</td>
<td>${after === null ? html`<span class="soft">${removed || because === 'default-deny' ? words.gone : ''}</span>` : html`<bdi>${after}</bdi>`}</td></tr>`
}
