import * as door from '@surveyseal/core/risk'
import { expect, test } from 'vitest'

test('the door offers these values and no others', () => {
  expect(Object.keys(door).sort()).toEqual([
    'COUNTERMEASURES',
    'CRITERIA',
    'DPIA_LAW',
    'FACTORS',
    'PRACTICES',
    'RISK_TIERS',
    'RiskError',
    'SOURCES',
    'assessProgramme',
    'classifyPractice',
    'compareTiers',
    'countermeasuresFor',
    'parseDpiaLaw',
    'parseProgramme',
  ])
})
