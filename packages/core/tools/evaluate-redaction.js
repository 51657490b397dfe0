/**
 * Recall and harm of a redactor on labelled sentences.
 *
 * A value counts as found when it no longer stands in the output as it stood in the text; a harmless word is a different word
 * of four letters or more outside every label.
 *
 * @param {readonly import('./evaluate-redaction.js').Sentence[]} sentences
 * @param {(text: string) => string} redact
 * @returns {import('./evaluate-redaction.js').Evaluation}
 */
export function evaluateRedaction(sentences, redact) {
  const counts = new Map()
  let harmless = 0
  let destroyed = 0
  for (const { full_text: text, spans } of sentences) {
    const output = redact(text)
    for (const { entity_type: kind, entity_value: value } of spans) {
      const count = counts.get(kind) ?? { total: 0, found: 0 }
      count.total++
      if (!output.includes(value)) count.found++
      counts.set(kind, count)
    }
    const remaining = new Set(output.match(/\p{L}{4,}/gu))
    for (const word of new Set(outside(text, spans).match(/\p{L}{4,}/gu))) {
      harmless++
      if (!remaining.has(word)) destroyed++
    }
  }
  const recall = new Map([...counts].map(([kind, { total, found }]) => [kind, (100 * found) / total]))
  return { recall, lost: (100 * destroyed) / harmless }
}

function outside(text, spans) {
  let rest = text
  for (const { start_position: start, end_position: end } of spans)
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end)
  return rest
}
