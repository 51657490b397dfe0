// Installs the workspace with the pinned pnpm and builds it: `npm run setup` needs only Node and npm.
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

run('npx', [...pnpm, 'install', '--frozen-lockfile', '--reporter=silent'])
run(process.execPath, ['tools/build.js'])
