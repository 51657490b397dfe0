// docs/specification.md lists what the property suites of consent and ledger hold, title by title, in the order in which one
// reads a specification. `--write` makes that page; without it a page that differs fails.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import { report, root } from './workspace.js'

/** Chapters, and the parts of each in their order: a file, or one of its groups. What stands nowhere comes at the end. */
const CHAPTERS = [
  ['Notice', ['consent.prop#notice', 'notices.prop', 'notices-over-time.prop']],
  [
    'Event',
    [
      'consent.prop#event',
      'event-attacks.prop',
      'es256.prop',
      'ed25519.prop',
      'consent.prop#JSON',
      'consent.prop#record',
    ],
  ],
  ['Transition', ['consent-status.prop']],
  ['Gate', ['consent.prop#gate', 'gate.prop']],
  ['Receipt', ['consent.prop#receipt', 'receipt.prop']],
  ['Ledger', ['merkle.prop']],
  ['Form', ['form.prop']],
  ['Rights', ['rights.prop']],
  ['Records of other formats', ['consent-record.prop', 'record-imported.prop']],
]
/** A suite that comes later: the packages whose whole remainder belongs to one chapter. */
const REMAINDER = { ledger: 'Ledger', consent: 'Further' }

const suites = ['consent', 'ledger'].flatMap((name) =>
  readdirSync(join(root, 'packages', name, 'test'))
    .filter((file) => file.endsWith('.prop.test.ts'))
    .sort()
    .flatMap((file) => groupsOf(name, file)),
)
const chapters = arrange(suites)
const text = pageText()
const page = join(root, 'docs/specification.md')
const upToDate = existsSync(page) && readFileSync(page, 'utf8') === text
const count = suites.flatMap(({ titles }) => titles).length

if (process.argv.includes('--write')) writeFileSync(page, text)
else report(upToDate ? [] : ['docs/specification.md is out of date; run "npm run tables"'], `${count} properties`)

/** The groups of a suite with their titles; what stands in no group is a group without a name. */
function groupsOf(name, file) {
  const path = join('packages', name, 'test', file)
  const source = ts.createSourceFile(file, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest)
  const groups = []
  visit(source, '')
  return groups

  function visit(node, group) {
    const call = ts.isCallExpression(node) ? named(node) : null
    if (call?.verb === 'test') put(group, call.title)
    ts.forEachChild(node, (child) => visit(child, call?.verb === 'describe' ? call.title : group))
  }

  function put(group, title) {
    const last = groups.at(-1)
    if (last?.group === group) last.titles.push(title)
    else groups.push({ name, path, suite: basename(file, '.test.ts'), group, titles: [title] })
  }
}

/** `test('title', …)`, `describe.each(…)('title', …)`: what is filled in becomes an ellipsis. */
function named(call) {
  const [title] = call.arguments
  if (title === undefined || !ts.isStringLiteralLike(title)) return null
  let callee = call.expression
  while (!ts.isIdentifier(callee)) {
    if (!ts.isCallExpression(callee) && !ts.isPropertyAccessExpression(callee)) return null
    callee = callee.expression
  }
  if (callee.text !== 'test' && callee.text !== 'describe') return null
  return { verb: callee.text, title: title.text.replaceAll(/%[sdifjo]/g, '…') }
}

function arrange(all) {
  const left = new Set(all)
  const take = (part) => {
    const [suite, group] = part.split('#')
    const found = all.filter((each) => left.has(each) && each.suite === suite && (group ?? each.group) === each.group)
    for (const each of found) left.delete(each)
    return found
  }
  const arranged = CHAPTERS.map(([title, parts]) => [title, parts.flatMap(take)])
  for (const [name, title] of Object.entries(REMAINDER)) {
    const rest = [...left].filter((each) => each.name === name)
    const chapter = arranged.find(([known]) => known === title)
    if (chapter !== undefined) chapter[1].push(...rest)
    else if (rest.length > 0) arranged.push([title, rest])
  }
  return arranged
}

function pageText() {
  return `# Specification of consent and ledger

What must hold, as sentences. Each is the title of a property that the test suite tries on generated input (fast-check), so a
sentence that stops being true fails the build: \`npx vitest run --project property packages/consent packages/ledger\`. Named
cases and attacks are in the other tests of these packages. This page is generated from the suites by \`npm run tables\`.

${chapters.map(chapter).join('\n\n')}
`
}

function chapter([title, groups], index) {
  return `## ${index + 1}. ${title}\n\n${groups.map(section).join('\n\n')}`
}

function section({ group, path, titles }) {
  const link = `[${basename(path, '.prop.test.ts')}](../${path})`
  const heading = group === '' ? link : `${capital(group)} (${link})`
  return `### ${heading}\n\n${titles.map((title) => `- ${escaped(title)}`).join('\n')}`
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function escaped(title) {
  return title.replaceAll(/[<>*_`[\]]/g, '\\$&')
}
