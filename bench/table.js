// Results as people read them.

/**
 * @param {import('./harness.js').Suite} suite
 * @param {readonly import('./harness.js').Result[]} results
 */
export function table({ name }, results) {
  const rows = results.map((result) => [result.case, amount(result), compared(result), limit(result)])
  const width = (column) => Math.max(...rows.map((row) => row[column].length))
  const lines = rows.map(([label, value, ratio, required]) =>
    `${label.padEnd(width(0))}  ${value.padStart(width(1))}  ${ratio.padEnd(width(2))}  ${required}`.trimEnd(),
  )
  return `${name}\n${lines.join('\n')}\n\n`
}

/** Which limits were not reached. */
export function missed(results) {
  const limited = results.filter(({ limit: required }) => required !== null)
  const below = limited.filter(({ met }) => !met).map(({ suite, case: label }) => `${suite} ${label}`)
  return `${limited.length - below.length} of ${limited.length} limits met${below.length > 0 ? `; not: ${below.join(', ')}` : ''}\n`
}

function amount({ value, unit }) {
  return `${Math.round(value).toLocaleString('en')} ${unit}`
}

function compared({ ratio, reference }) {
  return ratio === null ? '' : `${ratio.toPrecision(3)} x ${reference}`
}

function limit({ limit: required, unit, met }) {
  if (required === null) return ''
  const sign = required.atLeast === undefined ? '<=' : '>='
  const bound = (required.atLeast ?? required.atMost).toLocaleString('en')
  return `${met ? 'met' : 'MISSED'}: ${required.of === 'ratio' ? `${sign} ${bound} x` : `${sign} ${bound} ${unit}`}`
}
