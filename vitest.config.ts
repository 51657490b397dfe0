import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findChromium } from './tools/chromium.js'

// Tests run on the sources: @surveyseal/NAME[/SUBPATH] is packages/NAME/src/{SUBPATH|index}.ts, as in every package's "exports".
// What a package's "imports" let the runtime choose is chosen here.
const resolveFor = (runtime: 'node' | 'portable') => ({
  alias: [
    {
      find: '#backend',
      replacement: fileURLToPath(new URL(`packages/links/src/lib/backend-${runtime}.ts`, import.meta.url)),
    },
    {
      find: '#ed25519',
      replacement: fileURLToPath(new URL(`packages/consent/src/lib/ed25519-${runtime}.ts`, import.meta.url)),
    },
    {
      find: '#es256',
      replacement: fileURLToPath(new URL(`packages/consent/src/lib/es256-${runtime}.ts`, import.meta.url)),
    },
    {
      find: '#crypto',
      replacement: fileURLToPath(new URL(`packages/ledger/src/lib/crypto-${runtime}.ts`, import.meta.url)),
    },
    {
      find: /^@surveyseal\/([a-z]+)\/([a-z-]+)$/,
      replacement: fileURLToPath(new URL('packages/$1/src/$2.ts', import.meta.url)),
    },
    {
      find: /^@surveyseal\/([a-z]+)$/,
      replacement: fileURLToPath(new URL('packages/$1/src/index.ts', import.meta.url)),
    },
  ],
})
const resolve = resolveFor('node')

const chromium = findChromium()
if (chromium === null) {
  process.stderr.write('browser tests are left out: no Chromium found (set CHROMIUM_PATH, or install it)\n')
}

const browser = {
  resolve: resolveFor('portable'),
  test: {
    name: 'browser',
    include: ['packages/*/test/**/*.browser.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: chromium ?? '',
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
}

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          // How long a test takes says nothing about the code on a machine that does other things too.
          testTimeout: 60_000,
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/*.prop.test.ts', '**/*.browser.test.ts', '**/*.store.test.ts', '**/node_modules/**'],
        },
      },
      {
        resolve,
        test: {
          name: 'property',
          include: ['packages/*/test/**/*.prop.test.ts'],
          testTimeout: 60_000,
          setupFiles: ['test/property-seed.ts'],
        },
      },
      {
        resolve,
        test: {
          name: 'store',
          include: ['packages/*/test/**/*.store.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      ...(chromium !== null && existsSync('packages') ? [browser] : []),
    ],
    coverage: { include: ['packages/*/src/**'] },
  },
})
