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
  --alarm: #a8380b; --late: #7d5b00; --met: #1a6a86;
  --low: #fff1c7; --low-ink: #3b2c00; --medium: #fdc870; --medium-ink: #3a2300;
  --high: #c2530e; --high-ink: #fff; --very-high: #671f09; --very-high-ink: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1318; --paper: #161d24; --ink: #e7edf3; --soft: #a9b6c2; --line: #36434f; --faint: #212b35; --accent: #7dbbe6;
    --alarm: #ff9a6b; --late: #e3bd55; --met: #62b6d3;
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
.figures li > span { display: block; color: var(--soft); font-size: 14px; line-height: 1.4 }
.figures .alarm { border-top-color: var(--alarm) }
.figures .alarm b { color: var(--alarm) }
.figures + .note { margin-top: 10px }
table { width: 100%; border-collapse: collapse; font-size: 14.5px; line-height: 1.45 }
caption { padding-bottom: 6px; color: var(--soft); font-size: 14px; text-align: left }
th, td { padding: 8px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400 }
th:first-child, td:first-child { padding-left: 0 }
th:last-child, td:last-child { padding-right: 0 }
thead th { border-bottom: 2px solid var(--ink); color: var(--soft); font-size: 13px; vertical-align: bottom }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
thead .number { white-space: normal }
code { font: .92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere }
svg { display: block; width: 100%; overflow: visible }
svg:not([height]) { height: auto }
.exposed { fill: var(--alarm) } .thin { fill: var(--medium); stroke: var(--late) } .safe, .bar { fill: var(--accent) } .track { fill: var(--faint) }
.outline { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3 }
.histogram { display: flex; gap: 10px; align-items: flex-end; margin: 22px 0 0; padding: 0; font-size: 14px; text-align: center; list-style: none }
.histogram li { display: flex; flex: 1 1 0; flex-direction: column-reverse; min-width: 0 }
.histogram li > span { min-height: 3.3em; padding-top: 6px; border-top: 1px solid var(--ink); color: var(--soft); line-height: 1.25 }
.histogram b { padding-bottom: 4px; font-weight: 600; font-variant-numeric: tabular-nums }
.bars th, .bars td { padding-top: 5px; padding-bottom: 5px; border: 0; vertical-align: middle }
.bars th { width: 28% } .bars td:last-child { width: 28%; font-variant-numeric: tabular-nums }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr)); gap: 24px 40px }
.columns ul { margin: 4px 0 0; padding-left: 20px }
.tier { display: inline-flex; align-items: center; gap: .45em; padding: .12em .6em; border-radius: 5px; font-size: 14px; font-weight: 600; line-height: 1.5; white-space: nowrap; vertical-align: middle; letter-spacing: 0 }
.figures .tier { margin-bottom: 4px; padding: .1em .5em; font-size: 22px }
.meter { flex: none; width: 1.2em; height: .75em }
.meter rect { fill: currentColor } .meter .off { opacity: .28 }
.low { --fill: var(--low); --on-fill: var(--low-ink) } .medium { --fill: var(--medium); --on-fill: var(--medium-ink) }
.high { --fill: var(--high); --on-fill: var(--high-ink) } .very-high { --fill: var(--very-high); --on-fill: var(--very-high-ink) }
.tier, .mark { background: var(--fill); color: var(--on-fill) }
.matrix { table-layout: fixed }
.matrix th:first-child { width: 34% }
.matrix th, .matrix td { vertical-align: middle }
.matrix thead th + th { border-top: 6px solid var(--fill); padding-top: 8px; color: var(--ink); text-align: center }
.matrix td { padding: 5px; border-left: 1px solid var(--faint); text-align: center }
.mark { display: block; padding: 5px 2px; border-radius: 5px; font-size: 13px; font-weight: 600; line-height: 1.3 }
.mark.inferred { font-weight: 400; font-style: italic }
.mark.before { border: 1.5px dashed var(--soft); background: none; color: var(--soft); font-size: 12px; font-weight: 400 }
.adds { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 0 }
.adds > div { padding: 10px 14px 12px; border: 1px solid var(--line); border-top: 6px solid var(--fill); border-radius: 6px }
.adds dt { font-weight: 600 }
.adds dd { margin: 0; font-size: 14px; line-height: 1.4 }
.adds ul { margin: 4px 0 0; padding-left: 16px }
.box { flex: none; width: 18px; height: 18px }
.box rect, .boxes rect { stroke-width: 1.6 }
rect.met { fill: var(--met); stroke: var(--met) } rect.gone { fill: var(--faint); stroke: var(--late) } rect.lacking { fill: none; stroke: var(--alarm); stroke-dasharray: 3 2.2 }
.sign { fill: none; stroke: var(--paper); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
rect.gone ~ .sign { stroke: var(--late); stroke-width: 1.5 }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 10px; padding: 0; font-size: 14px; list-style: none }
.legend li { display: flex; align-items: center; gap: 7px }
.gaps th div { display: flex; flex-wrap: wrap; gap: 5px 16px; align-items: center }
.gaps th span { flex: 1 1 200px }
.boxes { width: 176px; height: 18px }
.gaps .number { width: 92px }
.gaps tbody .number { font-size: 17px }
.gaps tfoot th, .gaps tfoot td { border-bottom: 0; font-weight: 600 }
.gaps .none { color: var(--soft) } .gaps .lacking { color: var(--alarm); font-weight: 600 } .gaps .gone, .late { color: var(--late) }
.tasks, .states, .lists, .chips { margin: 0; padding: 0; list-style: none }
.chips { display: flex; flex-wrap: wrap; gap: 5px 6px; margin: 5px 0 6px }
.tasks .chips li { padding: 1px 9px; border: 1px solid var(--line); border-radius: 11px; background: var(--faint); font-size: 14px }
.tasks > li, .states li { display: flex; gap: 12px; align-items: flex-start }
.tasks > li { padding: 12px 0; border-bottom: 1px solid var(--line) }
.tasks p { margin: 0 }
.tasks .box, .states .box { margin-top: 3px }
.tasks .soft { font-size: 14px }
.verdict { margin: 14px 0 6px; padding: 14px 18px; border: 1px solid var(--line); border-left: 6px solid var(--accent); border-radius: 6px; background: var(--faint) }
.verdict.alarm { border-left-color: var(--alarm) }
.verdict p, .verdict ul { margin: 0 } .verdict ul { margin-top: 4px; padding-left: 20px }
.ordinal { width: 44px; color: var(--soft); font-variant-numeric: tabular-nums }
.criteria th[scope="row"] { width: 42%; color: var(--soft) }
.is-met .ordinal, .is-met th { color: var(--ink) !important; font-weight: 600 }
.types td:first-child { width: 22% } .types th[scope="row"] { width: 36%; font-weight: 600 }
.lists li, .sources li { padding: 6px 0 }
.sources { margin: 0; padding-left: 26px }
.lists { font-size: 14.5px } .sources { font-size: 15px }
cite { font-style: normal }
.address { color: var(--soft); font-size: 13px; overflow-wrap: anywhere }
article { margin-top: 30px; padding-top: 4px; border-top: 1px solid var(--line) }
article h3 { margin-top: 12px }
.standing { color: var(--soft); font-size: 14px; font-weight: 400; font-style: italic }
.reasons thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.reasons th[scope="row"] { width: 27%; font-weight: 600 } .reasons td:nth-child(2) { width: 17% }
.reasons .tier { font-size: 13px }
.states { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); gap: 10px 28px; margin-top: 14px; font-size: 14.5px; line-height: 1.45 }
.state { margin-left: 2px; color: var(--soft); font-size: 13px } .state.lacking { color: var(--alarm) } .state.gone { color: var(--late) }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.risks { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: 12px; margin: 8px 0 0 }
.risks > div { padding: 12px 16px 14px; border: 1px solid var(--line); border-top: 4px solid var(--accent); border-radius: 6px }
.risks .alarm { border-top-color: var(--alarm) }
.risks dt { font-weight: 600 }
.risks dd { margin: 2px 0 0; font-size: 14.5px; line-height: 1.45 } .risks ul { margin: 0; padding-left: 18px }
.risks .calm dd { color: var(--soft) }
.relation { padding: .1em .6em; border: 1px solid var(--line); border-radius: 11px; color: var(--soft); font-size: 13px; font-weight: 400; vertical-align: middle }
.relation.subject { border-color: var(--accent); color: var(--accent) }
.changes th[scope="row"] { width: 24%; font-weight: 600 } .changes td { width: 25% }
.warnings { margin: 8px 0 0; padding-left: 20px }
footer { margin-top: 52px; padding-top: 16px; border-top: 2px solid var(--ink); font-size: 15px }
footer > :last-child { margin-bottom: 0 }
@media (max-width: 640px) {
  main { margin: 0; padding: 28px 18px 32px; border: 0; border-radius: 0 }
  h1 { font-size: 27px }
  header .lead { font-size: 17px }
  section { margin-top: 40px }
  .figures { grid-template-columns: repeat(2, 1fr); gap: 8px }
  .figures b { font-size: 22px }
  .figures .tier { font-size: 17px }
  .adds { grid-template-columns: 1fr 1fr }
  .matrix th:first-child { width: 32% }
  .matrix th, .matrix td { padding-right: 3px; padding-left: 3px }
  .matrix thead th, .mark { font-size: 11.5px }
  .mark.before { font-size: 10.5px }
  .gaps .number { width: 52px; padding-right: 2px; padding-left: 2px }
  .gaps thead .number { font-size: 11.5px }
  .boxes { width: 154px; height: 16px }
  table { font-size: 13.5px; overflow-wrap: anywhere }
  .histogram { gap: 4px; font-size: 11px }
  .changes { font-size: 12.5px }
  .changes th[scope="row"] { width: 28% }
  th, td { padding: 7px 5px }
  .ordinal { width: 22px }
  .reasons .tier { padding: 1px 5px; font-size: 11.5px }
  .reasons th[scope="row"], .reasons td:nth-child(2) { width: 27% }
}
@page { size: A4; margin: 16mm 15mm }
@media print {
  :root {
    color-scheme: light;
    --ground: #fff; --paper: #fff; --ink: #16202a; --soft: #4e5b68; --line: #c3ccd5; --faint: #eef2f5; --accent: #1c5d8a;
    --alarm: #a8380b; --late: #7d5b00; --met: #1a6a86;
    --low: #fff1c7; --low-ink: #3b2c00; --medium: #fdc870; --medium-ink: #3a2300;
    --high: #c2530e; --high-ink: #fff; --very-high: #671f09; --very-high-ink: #fff;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { font-size: 10pt }
  h1 { font-size: 22pt } h2 { font-size: 14pt } h3 { margin-top: 14pt; font-size: 11.5pt }
  header .lead { font-size: 12pt }
  table, .note, .small, .lists, .sources, .states, .figures span { font-size: 9.5pt }
  .figures { margin-top: 14pt }
  .figures b { font-size: 15pt } .figures .tier { font-size: 11.5pt }
  th, td { padding-top: 4pt; padding-bottom: 4pt }
  main { max-width: none; margin: 0; padding: 0; border: 0 }
  section { margin-top: 26pt }
  h1, h2, h3, caption, .hint, .legend { break-after: avoid }
  tr, li, svg, .figures, .adds > div, .risks > div, .verdict { break-inside: avoid }
  article { break-inside: avoid-page }
  thead { display: table-header-group } tfoot { display: table-row-group }
}
`

/** @internal SHA-256 of {@link STYLE} in base64; the tests recompute it. */
export const STYLE_DIGEST = 'oWLb353DClPul2Zuy6OhjQre+yvb3iuL/bDtNKNuTCU='
