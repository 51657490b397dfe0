import { fillNoticeTemplate, noticeTemplate } from '@surveyseal/consent/notices'
import { expect, test } from 'vitest'
import { surveyseal, temporaryFile } from './support.js'

const template = noticeTemplate({ tier: 'high', transfers: [] })
const values = Object.fromEntries(
  template.placeholders.map((name) => [
    name,
    name.endsWith('.fr') ? `ce que dit ${name} ici` : `what ${name} says here`,
  ]),
)
const notice = fillNoticeTemplate(template, {
  ...values,
  retention: 'P1Y',
  'controller.contact': 'privacy@acme.example',
})
const practices = notice.purposes.map(({ id }) => id)
const programme = (given: readonly unknown[] = practices) =>
  temporaryFile('programme.json', JSON.stringify({ name: 'NPS', practices: given }))

test('a notice that lacks nothing: exit code 0', async () => {
  const args = ['notice', 'lint', '-', '--programme', await programme(), '--languages', 'en, fr', '--json']
  const { code, stdout } = await surveyseal(args, JSON.stringify(notice))
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({
    code: 0,
    ok: true,
    id: 'feedback',
    version: '1',
    findings: [],
  })
  expect(Object.keys(JSON.parse(stdout).digests)).toEqual(['en', 'fr'])
})

test('what a notice lacks: exit code 1, with the place, the source and its date', async () => {
  const { dpo: _, rights: __, ...rest } = notice
  const file = await temporaryFile('notice.json', JSON.stringify(rest))
  const args = ['notice', 'lint', file, '--programme', await programme([...practices, 'close-the-loop'])]
  const { code, stdout } = await surveyseal([...args, '--languages', 'en,fr,de'])
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^error {4}rights\.access: A right .* \[right-missing\]\n {9}Regulation .*, as of 2016-04-27$/m,
  )
  expect(stdout).toMatch(/^error {4}wording \(de\): .* \[language-missing\]$/m)
  expect(stdout).toContain('[practice-without-purpose]')
  expect(stdout).toMatch(/^\d+ errors, 1 warnings$/m)
  expect(stdout).toContain('Not legal advice.')
})

test('warnings alone: exit code 0', async () => {
  const { dpo: _, ...rest } = notice
  const args = ['notice', 'lint', '-', '--programme', await programme(), '--json']
  const { code, stdout } = await surveyseal(args, JSON.stringify(rest))
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, ok: true, findings: [{ code: 'dpo-missing' }] })
})

test('--linkage demands that the wording tells it, and is one of five', async () => {
  const wording = Object.fromEntries(
    Object.entries(notice.wording).map(([language, { linkage: _, ...rest }]) => [language, rest]),
  )
  const args = ['notice', 'lint', '-', '--programme', await programme(), '--json', '--linkage']
  const { stdout } = await surveyseal([...args, 'pseudonymous'], JSON.stringify({ ...notice, wording }))
  expect(JSON.parse(stdout).findings).toMatchObject([{ code: 'linkage-unsaid' }, { code: 'linkage-unsaid' }])
  expect(await surveyseal([...args, 'anonymous'], JSON.stringify(notice))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ERR_CLI_USAGE: --linkage'),
  })
})

test('ERR_CONSENT_NOTICE_INVALID, ERR_CONSENT_DUPLICATE_KEY, ERR_PROGRAMME_INVALID: never shown', async () => {
  const args = ['notice', 'lint', '-', '--programme']
  const run = async (input: string, file: string) => {
    const { code, stdout, stderr } = await surveyseal([...args, file], input)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).not.toContain('secret')
    return stderr
  }
  expect(await run('{"secret":1}', await programme())).toContain('ERR_CONSENT_NOTICE_INVALID')
  expect(await run('{"secret":1,"secret":2}', await programme())).toContain('ERR_CONSENT_DUPLICATE_KEY')
  expect(await run(JSON.stringify(notice), await programme([]))).toContain('ERR_PROGRAMME_INVALID')
  expect(await surveyseal([...args, '-'], '{}')).toMatchObject({ code: 2 })
})

test('a path cannot steer the terminal', async () => {
  const rule = '\u001b[2J'
  const given = { ...notice, wording: { ...notice.wording, [rule]: notice.wording['en'] } }
  const { code, stdout, stderr } = await surveyseal(
    ['notice', 'lint', '-', '--programme', await programme()],
    JSON.stringify(given),
  )
  expect(code).toBe(1)
  expect(stdout + stderr).not.toContain('\u001b')
  const languages = await surveyseal(
    ['notice', 'lint', '-', '--programme', await programme(), '--languages', rule],
    JSON.stringify(notice),
  )
  expect(languages.stdout).not.toContain('\u001b')
})
