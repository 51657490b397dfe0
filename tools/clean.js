// Removes what the build made; installed packages stay.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { workspacePackages } from './workspace.js'

for (const { directory } of workspacePackages()) rmSync(join(directory, 'dist'), { recursive: true, force: true })
