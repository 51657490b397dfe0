// Building, testing and starting leave the checkout as it was.
import { spawnSync } from 'node:child_process'
import { root } from './workspace.js'

const { stdout, status } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })
if (status !== 0 || stdout !== '') {
  process.stdout.write(`changed or untracked:\n${stdout}`)
  if (process.env.SURVEYSEAL_ALLOW_DIRTY !== '1') process.exitCode = 1
}
