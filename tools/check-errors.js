// Every error code is explained where its union is declared, has a test that names it, and stands in docs/errors.md.
// `--write` makes that page; without it a page that differs fails.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture, report, root } from './workspace.js'

const page = join(root, 'docs/errors.md')
const files = capture('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', 'packages']).output.split(
  '\0',
)
const read = (pattern) =>
  files
    .filter((file) => pattern.test(file) && existsSync(file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
const sources = read(/\/src\/.*\.ts$/)
const tests = read(/\/test\/.*\.ts$/)

const meanings = new Map(sources.flatMap(explained))
const codes = [...new Set(sources.flatMap(declared))].sort()
const text = pageText()
const upToDate = existsSync(page) && readFileSync(page, 'utf8') === text

if (process.argv.includes('--write')) writeFileSync(page, text)
else report(problems(), `${codes.length} error codes are explained, tested and listed`)

function problems() {
  return [
    ...codes.filter((code) => !meanings.has(code)).map((code) => `${code}: no docstring explains it`),
    ...codes
      .filter((code) => !tests.some((test) => test.text.includes(code)))
      .map((code) => `${code}: no test names it`),
    ...(upToDate ? [] : ['docs/errors.md is out of date; run "npm run tables"']),
  ]
}

/** Members of a union of codes, one a line or all on one. */
function declared({ text: source }) {
  const unions = source.match(/^export type \w+ErrorCode =[^=]*?(?=\n\n|\n\/\*\*|$(?![\s\S]))/gm) ?? []
  return unions.flatMap((union) => union.match(/\bERR_[A-Z0-9_]+\b/g) ?? [])
}

/** Docstrings list codes as "- `CODE`: meaning" or "| `CODE` | meaning |"; a meaning may go on in the next line. */
function explained({ file, text: source }) {
  const entries = source.matchAll(
    /^ \* (?:- |\| )`(ERR_[A-Z0-9_]+)`(?::| \|) ([\s\S]*?)(?=\n \* ?(?:[-|@]|$)|\n \*\/)/gm,
  )
  return [...entries].map(([, code, meaning]) => [code, { package: file.split('/')[1], meaning: plain(meaning) }])
}

function plain(meaning) {
  return meaning
    .replaceAll(/\n \*\s*/g, ' ')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .replace(/ \|$/, '')
    .replaceAll('|', '\\|')
}

function pageText() {
  const rows = codes.map((code) => `| \`${code}\` | ${meanings.get(code)?.package} | ${meanings.get(code)?.meaning} |`)
  return `# Error codes

Compare \`code\`, never the message or the class: messages may change, and two copies of a package have two classes. Codes are
append-only. No error holds a token, a secret, an answer or personal data. This page is generated from the docstrings by
\`npm run tables\`.

| code | package | means |
| --- | --- | --- |
${rows.join('\n')}
`
}
