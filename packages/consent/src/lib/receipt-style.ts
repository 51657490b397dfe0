/** The whole style of a receipt: system fonts, nothing to fetch, dark where the reader is; printed black on white. */
export const RECEIPT_STYLE = `
:root { color-scheme: light dark; color: light-dark(#111, #e8ecef); background: light-dark(#fff, #171c21); font: 11pt/1.45 system-ui, sans-serif; }
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
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; font-size: .9rem; }
dt { color: light-dark(#444, #b4bcc4); }
dd { margin: 0 0 .25rem; overflow-wrap: anywhere; }
.note { border: 1px solid #999; padding: .75rem; margin-top: 1.5rem; }
@media (max-width: 36rem) { .claims, dl { grid-template-columns: 1fr; } }
@page { margin: 18mm; }
@media print {
  :root { color-scheme: light; }
  body { margin: 0; max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  tr, li, dl > *, .note { break-inside: avoid; }
}
`
