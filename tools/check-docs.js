// The documentation is true: the reference builds without a warning, every `ts` block of the pages and of the @example
// tags compiles against the built packages, the blocks of the READMEs run and print what they say, links lead somewhere, and
// the scripts they name exist.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { transformSync } from 'esbuild'
import ts from 'typescript'
import { bin, capture, report, root } from './workspace.js'

/** @typedef {{ file: string, line: number, code: string }} Block Where its first line stands, counted from 1. */

const tracked = capture('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']).output.split('\0')
const pages = tracked.filter((file) => file.endsWith('.md') && !file.startsWith('.changeset/') && existsSync(file))
const sources = tracked.filter((file) => /^packages\/[^/]+\/src\/.*\.ts$/.test(file) && existsSync(file))

const blocks = [
  ...pages.flatMap((file) => blocksIn(file, readFileSync(file, 'utf8'))),
  ...sources.flatMap((file) => blocksIn(file, commentsOf(readFileSync(file, 'utf8')))),
]
const runnable = blocks.filter(({ file }) => /^(?:packages\/[^/]+\/)?README\.md$/.test(file))
report(
  [
    ...reference(),
    ...compile(blocks),
    ...runnable.flatMap(run),
    ...pages.flatMap(deadLinks),
    ...pages.flatMap(unknownScripts),
  ],
  `reference built, ${blocks.length} examples compile, ${runnable.length} run, ${pages.length} pages agree with the code`,
)

function reference() {
  const { ok, output } = capture(bin('typedoc'), [])
  return ok ? [] : [output]
}

/** @returns {Block[]} */
function blocksIn(file, text) {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length + 1,
    code: match[1],
  }))
}

/** A source with everything but its doc comments blanked, so that line numbers stay. */
function commentsOf(source) {
  let inside = false
  return source
    .split('\n')
    .map((line) => {
      if (/^\s*\/\*\*/.test(line)) inside = true
      const text = inside ? line.replace(/^\s*(?:\/\*\*|\*\/|\*) ?/, '') : ''
      if (line.includes('*/')) inside = false
      return text
    })
    .join('\n')
}

/** Each block is a module of its own, seen by the compiler as a file beside the one that shows it. */
function compile(examples) {
  const files = new Map(
    examples.map((block) => [
      join(root, dirname(block.file), `${block.line}.${block.file.split('/').at(-1)}.ts`),
      block,
    ]),
  )
  const options = {
    ...{
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
    },
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, moduleDetection: 3 },
    ...{
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    },
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name)?.code ?? readFile(name)
  host.getSourceFile = (name, languageVersion, ...rest) =>
    files.has(name)
      ? ts.createSourceFile(name, files.get(name).code, languageVersion)
      : getSourceFile(name, languageVersion, ...rest)
  const program = ts.createProgram([...files.keys()], options, host)
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
    const block = files.get(diagnostic.file?.fileName ?? '')
    if (block === undefined) return message
    const { line } = ts.getLineAndCharacterOfPosition(diagnostic.file, diagnostic.start ?? 0)
    return `${block.file}:${block.line + line}: ${message}`
  })
}

/** What `console.log(…) // text` promises must be what the block prints. */
function run({ file, line, code }) {
  const script = join(root, '.ci/out', `readme-${line}.mjs`)
  mkdirSync(dirname(script), { recursive: true })
  writeFileSync(script, transformSync(code, { loader: 'ts', format: 'esm', target: 'es2022' }).code)
  const { ok, output } = capture('node', [script])
  rmSync(script)
  const promised = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, text]) => text)
  if (!ok) return [`${file}:${line}: the block fails\n${output}`]
  if (output.trimEnd() === promised.join('\n')) return []
  return [`${file}:${line}: the block prints\n${output}but its comments say\n${promised.join('\n')}`]
}

function deadLinks(file) {
  const targets = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(
    ([, to]) => to,
  )
  return targets
    .filter((target) => !existsSync(join(root, dirname(file), target)))
    .map((target) => `${file}: links to ${target}, which does not exist`)
}

function unknownScripts(file) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return [...readFileSync(file, 'utf8').matchAll(/npm run (?:-s )?([\w-]+)/g)]
    .filter(([, script]) => !Object.hasOwn(scripts, script))
    .map(([command]) => `${file}: "${command}" is not a script of package.json`)
}
