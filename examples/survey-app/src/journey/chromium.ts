/**
 * Finding a Chromium on this machine. Nothing is ever downloaded.
 *
 * @module
 */
import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Where the browser is, or null. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const candidates = env['CHROMIUM_PATH'] === undefined ? places : [env['CHROMIUM_PATH']]
  return candidates.find((path) => existsSync(path)) ?? null
}
