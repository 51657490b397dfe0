// Installs the workspace with the pinned pnpm and builds it: `npm run setup` needs only Node and npm. With `--all` also the
// server frameworks of examples/http, 125 MB that only their own check and the linters look at.
import { spawnSync } from 'node:child_process'
import { pnpm, root } from './workspace.js'

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

const left = process.argv.includes('--all') ? [] : ['--filter=!@surveyseal/example-http']
run('npx', [...pnpm, 'install', '--frozen-lockfile', '--reporter=silent', ...left])
run(process.execPath, ['tools/build.js'])
