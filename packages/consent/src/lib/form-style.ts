/**
 * How the form looks. Yes and no share every rule, and a host that styles one styles the other.
 *
 * @module
 */

/**
 * Made by the browser's own constructor, which a content policy without `unsafe-inline` allows. Sizes are in em and rem,
 * sides are logical, colours follow the page's `color-scheme`.
 */
export function createFormStyle(): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  return sheet
}

// The names inside are the form's own, and so not on the host, where the page's may be the same.
const STYLE = `
:host{display:block;container-type:inline-size}
:host([hidden]),[hidden]{display:none!important}
*,::before{box-sizing:border-box;margin:0;padding:0}
[part=form]{
--ink:var(--consent-ink,light-dark(#1b2530,#e8ecef));
--surface:var(--consent-surface,light-dark(#fff,#1a222a));
--accent:var(--consent-accent,light-dark(#0b5a6f,#7cc7da));
--on-accent:var(--consent-on-accent,light-dark(#fff,#08222a));
--bad:var(--consent-bad,light-dark(#a1241f,#f5a6a0));
--radius:var(--consent-radius,12px);
--soft:color-mix(in srgb,var(--ink)75%,var(--surface));
--edge:color-mix(in srgb,var(--ink)60%,var(--surface));
--line:color-mix(in srgb,var(--ink)16%,var(--surface));
color:var(--ink);line-height:1.55;background:var(--surface);border:1px solid var(--line);border-radius:var(--radius);padding:clamp(1rem,4cqi,2rem);overflow-wrap:anywhere}
h1,h2,h3,h4,h5,h6{font-size:1rem;font-weight:650;line-height:1.3;text-wrap:balance}
[part=title]{font-size:1.5rem;line-height:1.2;margin-block-end:.6rem}
[part=heading]{font-size:1.1rem;margin-block-start:1.75rem}
p,dd{white-space:pre-line;max-inline-size:68ch}
[part=hint],[part=status],dt{color:var(--soft)}
[part=head],[part=purpose]{display:grid;align-items:start;gap:.5rem 2rem}
[part=head]{align-items:end;margin-block:-1rem 1rem}
[part=purpose]{padding-block:1.1rem .9rem;border-block-start:1px solid var(--line)}
[part=about]{margin-block-start:.2rem}
[part=lead]{margin-block-end:1rem}
[part=heading]~[part=purpose]{margin-block-start:.6rem}
form>details{border-block-start:1px solid var(--line);padding-block-start:.8rem}
[part=pair]{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(7.5rem,100%),1fr));gap:.6rem}
[part=choice],button{display:flex;align-items:center;justify-content:center;gap:.6rem;min-block-size:2.75rem;padding:.5rem 1rem;
border:1px solid var(--edge);border-radius:calc(var(--radius)*.7);background:var(--surface);color:var(--ink);font:inherit;font-weight:600;line-height:1.3;cursor:pointer}
[part=choice]{justify-content:start}
[part=all]{padding-inline:.4rem}
[part=choice]:hover,button:hover,[part=choice]:has(:checked),[part=save]{border-color:var(--accent)}
[part=choice]:has(:checked){background:color-mix(in srgb,var(--accent)12%,var(--surface));box-shadow:inset 0 0 0 1px var(--accent)}
input{inline-size:1.15rem;block-size:1.15rem;flex:none;accent-color:var(--accent)}
input:focus,[tabindex="-1"]{outline:none}
[part=choice]:has(:focus-visible),:is(button,summary,a):focus-visible{outline:3px solid var(--accent);outline-offset:2px}
[part=save]{background:var(--accent);color:var(--on-accent);min-inline-size:min(100%,18rem)}
[aria-disabled=true]{opacity:.55;cursor:progress}
[part=missing]{color:var(--bad);font-weight:600;margin-block-start:.4rem}
[aria-invalid=true] [part=choice]{border-color:var(--bad)}
[part=problem]{background:color-mix(in srgb,var(--bad)10%,var(--surface));color:var(--bad);border:0 solid;border-inline-start-width:4px;border-radius:4px;padding:.85rem 1rem;margin-block-start:1.25rem}
[part=problem] ul{list-style:none}
[part=go]{all:unset;cursor:pointer;text-decoration:underline;text-underline-offset:.2em;padding-block:.25rem}
details{font-size:.92rem}
summary{display:flex;align-items:center;gap:.6rem;inline-size:fit-content;padding-block:.4rem;font-weight:600;cursor:pointer}
summary,a{color:var(--accent)}
summary::before{content:"";flex:none;inline-size:.45em;block-size:.45em;border:solid;border-width:0 2px 2px 0;rotate:-45deg}
[dir=rtl] summary::before{rotate:135deg}
[open] summary::before{rotate:45deg}
dl{display:grid;gap:0 1.5rem;padding-block:.3rem}
dd{margin-block-end:.4rem}
[part=actions]{display:flex;flex-wrap:wrap;gap:.75rem 1rem;margin-block-start:1.25rem}
[part=status]:not(:empty){margin-block-start:.7rem}
i{display:inline-block;inline-size:.9em;block-size:.9em;margin-inline-end:.6em;border:2px solid;border-block-start-color:transparent;border-radius:50%}
[part~=choices]{grid-template-columns:1fr auto;max-inline-size:32rem;margin-block:.6rem 1rem}
[part~=choices] dd{font-weight:650}
.aside{position:absolute;clip-path:inset(50%)}
@container (min-width:38rem){
[part=purpose]:has(button,input),[part=head]{grid-template-columns:1fr 16rem}
[part=control]{grid-area:1/2}
[part=withdraw]{margin-inline-start:auto}
[part=purpose]>details{grid-area:2/1/auto/-1}
[part=facts]{grid-template-columns:minmax(8rem,max-content) 1fr}
}
@media (prefers-reduced-motion:no-preference){
[part=choice],button,summary::before{transition:.15s}
i{animation:turn 1s linear infinite}
@keyframes turn{to{rotate:1turn}}
}
`
