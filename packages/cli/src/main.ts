#!/usr/bin/env node
/**
 * The `surveyseal` command.
 *
 * @module
 */

import process from 'node:process'
import { run } from './run.js'

const { stdin, stdout, stderr, env } = process

// A closed pipe is reported to whoever writes; without a listener it would also end the process with a stack trace.
for (const stream of [stdout, stderr]) stream.on('error', () => {})

process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, env, now: () => new Date() })
