// Bundles the app: the server with its packages left outside, one script per page for the browser, and the style sheets.
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const surveyStyles = createRequire(import.meta.url).resolve('survey-core/survey-core.fontless.min.css')

await rm(`${here}dist/public`, { recursive: true, force: true })
await mkdir(`${here}dist/public`, { recursive: true })
await Promise.all([
  build({
    absWorkingDir: here,
    entryPoints: ['src/main.ts'],
    outdir: 'dist',
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
  }),
  build({
    absWorkingDir: here,
    entryPoints: ['src/browser/notice.ts', 'src/browser/survey.ts', 'src/browser/page.ts'],
    outdir: 'dist/public',
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    legalComments: 'linked',
    // Entries share chunks, and some of one is nothing another needs.
    logOverride: { 'ignored-bare-import': 'silent' },
  }),
  copyFile(`${here}src/style.css`, `${here}dist/public/style.css`),
  copyFile(`${here}src/icon.svg`, `${here}dist/public/icon.svg`),
  copyFile(surveyStyles, `${here}dist/public/survey.css`),
])
