// What must not be in the repository: download addresses, absolute paths of one machine, unfinished marks.
import { readFileSync } from 'node:fs'
import { capture, report } from './workspace.js'

/** Written so that this file does not match itself. */
const forbidden = [
  { what: 'a path that exists on one machine only', pattern: /(?:^|[\s"'`(=])\/(?:work|root|home|Users)\/\w/ },
  { what: 'a package registry by its host name', pattern: /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\b/ },
  { what: 'an unfinished mark', pattern: /\b(?:TO[D]O|FIX[M]E|XX[X])\b/ },
]
/** A lockfile that names where a package came from installs from there, whatever registry the reader uses. */
const lockfiles = { pattern: /(?:^|\/)(?:pnpm-lock\.yaml|package-lock\.json)$/, forbidden: /\bhttps?:\/\/|\btarball:/ }

const files = capture('git', ['ls-files', '-z']).output.split('\0').filter(Boolean)
report(files.flatMap(problemsIn), `${files.length} tracked files: no download address, machine path or unfinished mark`)

function problemsIn(file) {
  const bytes = readFileSync(file)
  if (bytes.includes(0)) return []
  const lines = bytes.toString('utf8').split('\n')
  const rules = lockfiles.pattern.test(file)
    ? [{ what: 'a download address', pattern: lockfiles.forbidden }, ...forbidden]
    : forbidden
  return lines.flatMap((line, index) =>
    rules.filter(({ pattern }) => pattern.test(line)).map(({ what }) => `${file}:${index + 1}: ${what}`),
  )
}
