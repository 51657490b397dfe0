// @ts-check
// Two questions about a feedback programme: what do its practices demand, and whom do its answers still point at?
// Run it: node examples/risk.js
import { compilePolicy, parsePolicy } from '@surveyseal/core/anonymize'
import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
import { assessProgramme, parseProgramme } from '@surveyseal/core/risk'

const programme = parseProgramme({
  name: 'Airport satisfaction',
  practices: ['standard-survey', 'close-the-loop', 'mine-call-transcripts'],
  evidence: [
    { countermeasure: 'transparency-notice', practice: 'standard-survey', from: '2026-01-01', source: 'notice v3' },
    { countermeasure: 'transparency-notice', practice: 'close-the-loop', from: '2026-01-01', source: 'notice v3' },
  ],
})
const { tier, practices } = assessProgramme(programme, { at: new Date() })
console.log(`programme: ${tier}`)
for (const practice of practices)
  console.log(`- ${practice.id}: ${practice.tier}, missing ${practice.missing.join(', ') || 'nothing'}`)

const answers = [
  { id: 'a', age: 34, region: 'north', class: 'economy', score: 7, comment: 'Fine.' },
  { id: 'b', age: 34, region: 'north', class: 'economy', score: 9, comment: 'Great crew.' },
  { id: 'c', age: 71, region: 'south', class: 'first', score: 2, comment: 'My wife and I waited for hours.' },
]
const policy = parsePolicy({
  version: 1,
  fields: { score: { technique: 'retain' }, region: { technique: 'retain' }, class: { technique: 'mask', with: '*' } },
})
const { apply } = compilePolicy(policy)
const anonymized = answers.map((answer) => apply(answer).record ?? {})
console.log('anonymized:', JSON.stringify(anonymized.at(-1)))

// The columns an attacker is assumed to know. Age is gone: no rule named it.
const before = measureDisclosureRisk(answers, { quasiIdentifiers: ['age', 'region', 'class'] })
const after = measureDisclosureRisk(anonymized, { quasiIdentifiers: ['region', 'class'] })
console.log(
  `unique persons: ${before.uniques} before, ${after.uniques} after; one in the south is still one in the south`,
)
