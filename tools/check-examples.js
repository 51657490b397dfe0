// The small examples run as they stand: node examples/NAME.js.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { capture, report, root } from './workspace.js'

const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.js'))
const problems = files.flatMap((file) => {
  const { ok, output } = capture('node', [join('examples', file)])
  return ok ? [] : [`examples/${file}:\n${output}`]
})
report(problems, `${files.length} examples run: ${files.join(', ')}`)
