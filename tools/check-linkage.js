// docs/answer-linkage.md says what packages/links does: it is made of the table the code reads. `--write` makes that page;
// without it a page that differs fails. The packages must be built.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ANSWER_LINKAGES } from '@surveyseal/links/answer-linkage'
import { report, root } from './workspace.js'

const SUBMITTED = {
  whole: 'the whole link',
  'without-respondent': 'the link without its respondent',
  nothing: 'nothing of the link',
  none: 'no answer comes through a personal link',
}

const page = join(root, 'docs/answer-linkage.md')
const linkages = Object.entries(ANSWER_LINKAGES)
const text = pageText()
const upToDate = existsSync(page) && readFileSync(page, 'utf8') === text

if (process.argv.includes('--write')) writeFileSync(page, text)
else
  report(upToDate ? [] : ['docs/answer-linkage.md is out of date; run "npm run tables"'], `${linkages.length} linkages`)

function pageText() {
  return `# What ties an answer to a person

One of five, chosen for each survey and declared before its first link goes out (\`declareLinkage\`). A survey that is declared is never
moved to a weaker one; to a stronger one only when that is asked for, for answers that are still to come. This page is generated from
\`ANSWER_LINKAGES\` of \`@surveyseal/links/answer-linkage\`, the table the code itself reads, by \`npm run tables\`.

None of the five is called anonymous. What each leaves open stands in its last rows, and no wording to respondents may hide it.
"Cannot know" means: from what is stored and from any key, given the code of these packages.

${table(['', ...linkages.map(([id]) => `**${id}**`)], rows())}

## What respondents are told

${linkages.map(([id, { wording }]) => `### ${id}\n\n${languages(wording)}`).join('\n\n')}
`
}

function rows() {
  const row = (title, cell) => [title, ...linkages.map(([, terms]) => cell(terms))]
  return [
    row('means', ({ means }) => means),
    row('the operator knows', ({ known }) => list(known)),
    row('the operator cannot know', ({ unknown }) => list(unknown)),
    row('reminders', ({ reminders }) => reminders),
    row('withdrawal', ({ withdrawal }) => withdrawal),
    row('re-identification', ({ reidentification }) => reidentification),
    row('personal links', ({ personalLinks }) => (personalLinks ? 'yes' : 'no')),
    row('`accept` is given', ({ submitted }) => SUBMITTED[submitted]),
    row('may become', ({ mayBecome }) => list(mayBecome)),
    row('remains', ({ residuals }) => list(residuals)),
  ]
}

function list(items) {
  return items.length === 0 ? '—' : items.join('; ')
}

function languages(wording) {
  return Object.entries(wording)
    .map(([language, words]) => `- ${language}: ${words}`)
    .join('\n')
}

function table(head, body) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
}
