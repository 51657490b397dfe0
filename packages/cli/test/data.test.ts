import { expect, test } from 'vitest'
import { realData } from './support.js'

test('the real data sets are there, or the run says that it went without them', () => {
  if (realData.length === 0) process.stderr.write('real data sets not found: set SURVEYSEAL_DATA to their folder\n')
  expect(realData.length > 0 || process.env['CI'] === undefined).toBe(true)
})
