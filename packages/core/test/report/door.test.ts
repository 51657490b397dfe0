import * as door from '@surveyseal/core/report'
import { expect, test } from 'vitest'

test('the door offers these values and no others', () => {
  expect(Object.keys(door).sort()).toEqual([
    'Markup',
    'REPORT_CONTENT_POLICY',
    'REPORT_STYLE_SOURCE',
    'html',
    'keyFigures',
    'renderErasurePreview',
    'renderProgrammeReport',
    'reportPage',
    'shownIn',
  ])
})
