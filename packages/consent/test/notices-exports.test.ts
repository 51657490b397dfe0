import { expect, test } from 'vitest'
import * as notices from '../src/notices.js'

test('@surveyseal/consent/notices offers exactly this', () => {
  expect(Object.keys(notices).sort()).toEqual([
    'ADEQUACY_DECISIONS',
    'CHANGE_KINDS',
    'EEA_COUNTRIES',
    'NOTICE_RULES',
    'compareNotices',
    'fillNoticeTemplate',
    'lintNotice',
    'noticeTemplate',
    'noticesInForce',
    'noticesOverTime',
  ])
})
