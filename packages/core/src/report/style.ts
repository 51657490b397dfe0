/**
 * @internal
 *
 * One style for every report, so that one digest lets it in. Tiers are told apart by lightness as well (ColorBrewer's
 * YlOrBr), states by pattern and sign.
 */
export const STYLE: string = `
:root {
  color-scheme: light dark;
  --ground: #eef1f4; --paper: #fff; --ink: #16202a; --soft: #4e5b68; --line: #d2dae2; --faint: #eef2f5; --accent: #1c5d8a;
  --alarm: #a8380b; --late: #7d5b00;
  --low: #fff1c7; --low-ink: #3b2c00; --medium: #fdc870; --medium-ink: #3a2300;
  --high: #c2530e; --high-ink: #fff; --very-high: #671f09; --very-high-ink: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1318; --paper: #161d24; --ink: #e7edf3; --soft: #a9b6c2; --line: #36434f; --faint: #212b35; --accent: #7dbbe6;
    --alarm: #ff9a6b; --late: #e3bd55;
    --low: #3d3725; --low-ink: #f6eac6; --medium: #7c591b; --medium-ink: #fff;
    --high: #d9752d; --high-ink: #1c0e03; --very-high: #ffb99f; --very-high-ink: #2c0f04;
  }
}
*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
main { max-width: 1000px; margin: 32px auto; padding: 48px 56px 40px; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; overflow-wrap: break-word }
h1 { margin: 0; font-size: 34px; line-height: 1.15; letter-spacing: -.015em; text-wrap: balance }
h2 { margin: 0 0 6px; font-size: 21px; line-height: 1.25; letter-spacing: -.005em }
h3 { margin: 28px 0 6px; font-size: 17px; line-height: 1.3 }
p { margin: 0 0 12px; max-width: 72ch }
a { color: var(--accent); text-underline-offset: 2px }
header { padding-bottom: 4px }
header .kind { margin: 0 0 8px; color: var(--accent); font-size: 13px; font-weight: 700; letter-spacing: .07em; text-transform: uppercase }
header .lead { margin: 14px 0 0; font-size: 18px; line-height: 1.5 }
.soft, .hint, .note { color: var(--soft) }
.note, .small { font-size: 14px }
section { margin-top: 52px }
section > .hint { margin-bottom: 16px }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 28px 0 0; padding: 0; list-style: none }
.figures li { padding: 14px 16px 12px; border: 1px solid var(--line); border-top: 4px solid var(--accent); border-radius: 6px }
.figures b { display: block; font-size: 28px; line-height: 1.2; letter-spacing: -.01em; font-variant-numeric: tabular-nums }
.figures span { display: block; color: var(--soft); font-size: 14px; line-height: 1.4 }
.figures .alarm { border-top-color: var(--alarm) }
.figures .alarm b { color: var(--alarm) }
.figures + .note { margin-top: 10px }
.wide { overflow-x: auto }
table { width: 100%; border-collapse: collapse; font-size: 14.5px; line-height: 1.45 }
caption { padding-bottom: 6px; color: var(--soft); font-size: 14px; text-align: left }
th, td { padding: 8px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400 }
th:first-child, td:first-child { padding-left: 0 }
th:last-child, td:last-child { padding-right: 0 }
thead th { border-bottom: 2px solid var(--ink); color: var(--soft); font-size: 13px; vertical-align: bottom }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
thead .number { white-space: normal }
code { font: .92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere }
svg { display: block; width: 100%; height: auto; overflow: visible }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: var(--ink) }
svg line { stroke: var(--line) }
.exposed { fill: var(--alarm) } .thin { fill: var(--medium); stroke: var(--late) } .safe, .bar { fill: var(--accent) } .track { fill: var(--faint) }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr)); gap: 24px 40px }
.columns ul { margin: 4px 0 0; padding-left: 20px }
footer { margin-top: 52px; padding-top: 16px; border-top: 2px solid var(--ink); font-size: 15px }
footer > :last-child { margin-bottom: 0 }
@media (max-width: 640px) {
  main { margin: 0; padding: 28px 18px 32px; border: 0; border-radius: 0 }
  h1 { font-size: 27px }
  header .lead { font-size: 17px }
  section { margin-top: 40px }
  .figures { grid-template-columns: repeat(2, 1fr); gap: 8px }
  .figures b { font-size: 22px }
}
@page { size: A4; margin: 16mm 15mm }
@media print {
  :root {
    color-scheme: light;
    --ground: #fff; --paper: #fff; --ink: #16202a; --soft: #4e5b68; --line: #c3ccd5; --faint: #eef2f5; --accent: #1c5d8a;
    --alarm: #a8380b; --late: #7d5b00;
    --low: #fff1c7; --low-ink: #3b2c00; --medium: #fdc870; --medium-ink: #3a2300;
    --high: #c2530e; --high-ink: #fff; --very-high: #671f09; --very-high-ink: #fff;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { font-size: 10.5pt }
  main { max-width: none; margin: 0; padding: 0; border: 0 }
  section { margin-top: 26pt }
  h1, h2, h3, caption { break-after: avoid }
  tr, li, svg, .figures { break-inside: avoid }
  thead { display: table-header-group }
  .wide { overflow: visible }
}
`

/** @internal SHA-256 of {@link STYLE} in base64; the tests recompute it. */
export const STYLE_DIGEST = 'ygk9PihOAsBTF/v4Zk6avrcv3jPgZN/fptIHfBGXnyw='
