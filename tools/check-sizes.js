// Bundles every portable entry as an application would and holds it to tools/sizes.json: gzip bytes at most, strings
// that must not occur. `--write` brings the table in README.md up to date; without it a table that is off fails.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { entriesOf, report, root, workspacePackages } from './workspace.js'

const readme = join(root, 'README.md')
const [begin, end] = ['<!-- sizes:begin (npm run tables) -->', '<!-- sizes:end -->']
/** Compression differs a little between Node versions, and a table is no changelog: a figure may drift this much. */
const tolerance = 0.05

/**
 * `beside` names an entry whose bytes are not counted again: the ceiling is for what the other one adds to it.
 *
 * @typedef {{ gzip: number, beside?: string, forbidden?: string[] }} Limit
 * @type {{ forbiddenEverywhere: string[], entries: Record<string, Limit> }}
 */
const limits = JSON.parse(readFileSync(join(root, 'tools/sizes.json'), 'utf8'))

const measured = []
for (const { directory, manifest, published } of workspacePackages()) {
  // A server's disk does not mind a kilobyte, testing doubles never ship, and NAME/node and the key side of
  // NAME/unlinkable are for servers only.
  if (!published || manifest.surveyseal?.platform === 'node') continue
  for (const { specifier, file } of entriesOf(manifest)) {
    if (!/\/(?:testing|node|unlinkable)$/.test(specifier))
      measured.push({ specifier, ...(await measure(join(directory, file))) })
  }
}

if (process.argv.includes('--write')) writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), measured))
else
  report(
    [...measured.flatMap(overLimit), ...staleLimits(), ...tableProblems()],
    `${measured.length} entries within their ceilings`,
  )

/**
 * A `node:` import fails the bundle by itself, because the platform is a browser.
 *
 * @returns {Promise<{ gzip: number, text: string, dependencies: string[] }>}
 */
async function measure(entry) {
  const options = {
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    absWorkingDir: root,
    // Entries share chunks, and some of one is nothing another needs.
    logOverride: { 'ignored-bare-import': 'silent' },
  }
  const [small, readable] = await Promise.all([
    build({ ...options, target: 'es2022', minify: true, legalComments: 'none' }),
    build({ ...options, metafile: true }),
  ])
  const inputs = Object.values(readable.metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => packageOf(path))
  return {
    gzip: gzipSync(small.outputFiles[0].contents, { level: 9 }).length,
    text: readable.outputFiles[0].text,
    dependencies: [...new Set(used)].filter((name) => name !== null).sort(),
  }
}

/** The third-party package a bundled file belongs to, or null for this workspace's own. */
function packageOf(path) {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null
}

function overLimit({ specifier, gzip, text }) {
  const limit = limits.entries[specifier]
  if (limit === undefined) return [`${specifier}: no ceiling in tools/sizes.json (now ${gzip} bytes)`]
  const added = gzip - (measured.find((other) => other.specifier === limit.beside)?.gzip ?? 0)
  const forbidden = [...limits.forbiddenEverywhere, ...(limit.forbidden ?? [])].filter((word) => text.includes(word))
  return [
    ...(added > limit.gzip ? [`${specifier}: ${added} bytes gzip, ceiling ${limit.gzip}`] : []),
    ...forbidden.map((word) => `${specifier}: the bundle contains "${word}"`),
  ]
}

function staleLimits() {
  const known = measured.map(({ specifier }) => specifier)
  return Object.keys(limits.entries)
    .filter((specifier) => !known.includes(specifier))
    .map((specifier) => `tools/sizes.json: ${specifier} is not an entry`)
}

function withTable(text, rows) {
  const table = [
    '| entry | gzip bytes | packages in the bundle |',
    '| --- | ---: | --- |',
    ...rows.map(({ specifier, gzip, dependencies }) => {
      return `| \`${specifier}\` | ${gzip} | ${dependencies.map((name) => `\`${name}\``).join(', ') || 'none'} |`
    }),
  ]
  const [before, after] = [text.split(begin)[0], text.split(end)[1]]
  return `${before}${begin}\n${table.join('\n')}\n${end}${after}`
}

/** The table as it is must be the table as it would be written now, figures within the tolerance. */
function tableProblems() {
  const text = readFileSync(readme, 'utf8')
  const figures = (table) => [...table.matchAll(/\| (\d+) \|/g)].map(([, figure]) => Number(figure))
  const words = (table) => table.replaceAll(/\| \d+ \|/g, '| |')
  const fresh = withTable(text, measured)
  const now = figures(fresh)
  const near = figures(text).every((figure, index) => Math.abs(figure - now[index]) <= now[index] * tolerance)
  if (words(text) === words(fresh) && near) return []
  return [`${relative(root, readme)}: the size table is out of date; run "npm run tables"`]
}
