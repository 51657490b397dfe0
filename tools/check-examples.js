// The small examples run as they stand: node examples/NAME.js; one with servers is run by its node examples/NAME/check.js.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { capture, report, root } from './workspace.js'

const files = readdirSync(join(root, 'examples'))
  .map((name) => (name.endsWith('.js') ? name : `${name}/check.js`))
  .filter((file) => existsSync(join(root, 'examples', file)))
const problems = files.flatMap((file) => {
  const { ok, output } = capture('node', [join('examples', file)])
  return ok ? [] : [`examples/${file}:\n${output}`]
})
report(problems, `${files.length} examples run: ${files.join(', ')}`)
