/** The whole style of a printed receipt: black on white, system fonts, nothing to fetch. */
export const RECEIPT_STYLE = `
:root { color: #111; background: #fff; font: 11pt/1.45 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
p, td, dd { white-space: pre-line; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; vertical-align: top; padding: .5rem .5rem .5rem 0; border-top: 1px solid #999; }
thead th { border-top: 0; }
td:last-child { white-space: nowrap; font-weight: 700; }
td strong { display: block; }
.claims { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
ul { padding-inline-start: 1.2rem; margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; font-size: .9rem; }
dt { color: #444; }
dd { margin: 0; overflow-wrap: anywhere; }
.note { border: 1px solid #999; padding: .75rem; margin-top: 1.5rem; }
@media (max-width: 36rem) { .claims, dl { grid-template-columns: 1fr; } }
@page { margin: 18mm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  tr, li, dl > *, .note { break-inside: avoid; }
}
`
