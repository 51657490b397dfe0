import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCsv, readCsv } from '../src/lib/csv.js'

const delimiters = [',', ';', '\t', '|']
const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', ' ', '"', '\n', '\r', "'", '=', ...delimiters),
  maxLength: 6,
})
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 }))

/** The text in pieces of any size, cut through characters too. */
async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('rows are read back as they were written, however the bytes arrive', async () => {
  const property = fc.asyncProperty(
    table,
    fc.constantFrom(...delimiters),
    fc.integer({ min: 1, max: 20 }),
    async (rows, delimiter, size) => {
      const header = (rows[0] ?? ['x']).map((_, at) => `column ${at}`)
      const text = formatCsv([header, ...rows], delimiter)
      const sniffed = header.length > 1 ? undefined : delimiter
      const read = await readCsv(pieces(text, size), sniffed)
      const readRows: (readonly string[])[] = []
      for await (const batch of read.rows) readRows.push(...batch)
      expect({ header: read.header, delimiter: read.delimiter, rows: readRows }).toEqual({ header, delimiter, rows })
    },
  )
  await fc.assert(property, { numRuns: 300 })
})
