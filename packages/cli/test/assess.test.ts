import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DPIA_LAW } from '@surveyseal/core/risk'
import { expect, test } from 'vitest'
import { surveyseal, temporaryFile, temporaryFolder } from './support.js'

const notice = { countermeasure: 'transparency-notice', practice: 'standard-survey', source: 'notice v3' }

const programme = (...evidence: unknown[]) => JSON.stringify({ name: 'NPS', practices: ['standard-survey'], evidence })

test('a programme that lacks nothing: exit code 0', async () => {
  const input = programme({ ...notice, from: '2026-01-01' })
  const { code, stdout } = await surveyseal(['assess', '-', '--json'], input)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    tier: 'low',
    practices: [{ id: 'standard-survey', tier: 'low' }],
    missing: [],
    dpia: { required: false, criteria: expect.any(Array) },
  })
})

test('missing countermeasures: exit code 1, with who has to act', async () => {
  const file = await temporaryFile('programme.json', programme())
  const human = await surveyseal(['assess', file])
  expect(human.code).toBe(1)
  expect(human.stdout).toContain('missing  Transparency notice (Feedback programme owner)')
  expect(human.stdout).toContain('Not legal advice.')
  const { code, stdout } = await surveyseal(['assess', file, '--json'])
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({
    code: 1,
    missing: [{ practice: 'standard-survey', countermeasure: 'transparency-notice' }],
  })
})

test('what a programme is called cannot steer the terminal', async () => {
  const hostile = '\u001b]0;title\u0007\u009b2J\u202e\r\n'
  const practices = ['standard-survey', { id: hostile, factors: ['survey-answers'] }]
  const evidence = [{ ...notice, from: '2026-01-01', source: hostile }]
  const { stdout } = await surveyseal(['assess', '-'], JSON.stringify({ name: hostile, practices, evidence }))
  const shown = String.raw`\u{1b}]0;title\u{7}\u{9b}2J\u{202e}\u{d}\u{a}`
  expect(stdout.split(shown)).toHaveLength(4)
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
})

test('the instant is now, or --at', async () => {
  const input = programme({ ...notice, from: '2026-01-01', until: '2026-06-30' })
  expect(await surveyseal(['assess', '-'], input)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Transparency notice, lapsed 2026-06-30T00:00:00.000Z'),
  })
  expect(await surveyseal(['assess', '-', '--at', '2026-06-29T23:59:59+00:00'], input)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('met      Transparency notice: notice v3'),
  })
})

test('ERR_CLI_JSON_MALFORMED: not JSON, never shown', async () => {
  for (const input of ['', 'secret', '{"name":"secret"']) {
    const { code, stdout, stderr } = await surveyseal(['assess', '-'], input)
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'surveyseal: ERR_CLI_JSON_MALFORMED: "-" is not a JSON document\n',
    })
  }
})

test('ERR_PROGRAMME_INVALID, ERR_PRACTICE_UNKNOWN: JSON that is no programme', async () => {
  expect((await surveyseal(['assess', '-'], '[]')).stderr).toContain('ERR_PROGRAMME_INVALID')
  const unknown = '{"name":"NPS","practices":["secret-practice"],"evidence":[]}'
  const { code, stderr } = await surveyseal(['assess', '-'], unknown)
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_PRACTICE_UNKNOWN') })
  expect(stderr).not.toContain('secret-practice')
})

test('ERR_CLI_RECORD_TOO_LONG: a document of more than 1 MiB', async () => {
  const { code, stderr } = await surveyseal(['assess', '-'], ' '.repeat(1024 * 1024 + 1))
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_CLI_RECORD_TOO_LONG') })
})

test('ERR_CLI_USAGE: --at that is no instant', async () => {
  expect(await surveyseal(['assess', '-', '--at', 'today'], programme())).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ERR_CLI_USAGE: --at'),
  })
})

test('says by which criterion, list and tier a DPIA is required', async () => {
  const practices = ['social-media-feedback', 'video-feedback']
  const { stdout } = await surveyseal(['assess', '-'], JSON.stringify({ name: 'NPS', practices }))
  expect(stdout).toContain('Data protection impact assessment: required (rules of 2026-11-30)\n')
  expect(stdout).toContain('  criterion 6: Matching or combining datasets\n')
  expect(stdout).toContain('  ico 7: Invisible processing\n')
  expect(stdout).toContain('  very high tier: video-feedback\n')
  expect((await surveyseal(['assess', '-'], programme())).stdout).toContain('not required by the rules looked at')
})

test('--law takes rules of one’s own, and says whose they are', async () => {
  const input = JSON.stringify({ name: 'NPS', practices: ['personalized-survey'] })
  const [list] = DPIA_LAW.lists
  const ours = { ...list, id: 'ours', name: { en: 'Ours', fr: 'La nôtre' }, territory: { en: 'Here', fr: 'Ici' } }
  const type = { number: '1', name: { en: 'Any survey', fr: 'Toute enquête' }, when: [{ factors: ['survey-answers'] }] }
  const law = await temporaryFile(
    'law.json',
    JSON.stringify({ version: 'ours 3', lists: ['cnil', { ...ours, types: [type] }] }),
  )
  const html = join(await temporaryFolder(), 'report.html')
  const { stdout } = await surveyseal(['assess', '-', '--law', law, '--html', html], input)
  expect(stdout).toMatch(/assessment: required \(rules of ours 3\)\n(?: {2}.*\n)* {2}ours 1: Any survey\n/)
  expect(await readFile(html, 'utf8')).toContain('Any survey')
  const one = await temporaryFile('one.json', '{"version":"ours 4","criteriaNeeded":1}')
  const { dpia } = JSON.parse((await surveyseal(['assess', '-', '--law', one, '--json'], input)).stdout)
  expect(dpia).toMatchObject({ required: true, because: ['criteria'], law: 'ours 4', criteriaNeeded: 1 })
  expect(await surveyseal(['assess', '-', '--law', '-'], input)).toMatchObject({ code: 2, stdout: '' })
  const wrong = await temporaryFile('wrong.json', '{"version":"1","criteriaNeded":1}')
  const { code, stderr } = await surveyseal(['assess', '-', '--law', wrong], input)
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('ERR_DPIA_LAW_INVALID') })
  expect(stderr).not.toContain('Neded')
})

test('the rules in docs/files.md are rules, and name every list that is built in', async () => {
  const page = await readFile(new URL('../../../docs/files.md', import.meta.url), 'utf8')
  const [, section = ''] = page.split('for `assess --law`')
  const law = await temporaryFile('law.json', section.split('```json')[1]?.split('```')[0] ?? '')
  const practices = [{ id: 'kiosk', factors: ['video-recordings', 'children'] }]
  const { stdout } = await surveyseal(['assess', '-', '--law', law], JSON.stringify({ name: 'NPS', practices }))
  expect(stdout).toContain('  ours 1: Recordings of children\n')
  for (const { id } of DPIA_LAW.lists) expect(section.split('## ')[0]).toContain(`\`${id}\``)
})

test.each([
  ['en', 'How risky each practice is'],
  ['fr', 'Le risque de chaque pratique'],
])('--html writes a report in %s as of --at, and never over a file', async (language, title) => {
  const file = join(await temporaryFolder(), 'report.html')
  const args = ['assess', '-', '--html', file, '--language', language, '--at', '2026-03-01', '--json']
  const { code, stdout } = await surveyseal(args, programme())
  expect({ code, tier: JSON.parse(stdout).tier }).toEqual({ code: 1, tier: 'low' })
  const page = await readFile(file, 'utf8')
  expect(page).toContain(`<html lang="${language}">`)
  expect(page).toContain(title)
  expect(page).toContain(language === 'en' ? '1 March 2026' : '1er mars 2026')
  expect(await surveyseal(args, programme())).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('ERR_CLI_FILE_UNWRITABLE'),
  })
})

test('ERR_CLI_USAGE: --language without words', async () => {
  expect(await surveyseal(['assess', '-', '--language', 'de'], programme())).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ERR_CLI_USAGE: --language is en or fr'),
  })
})
