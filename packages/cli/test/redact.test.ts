import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { surveyseal, temporaryFile, temporaryFolder } from './support.js'

describe('surveyseal redact', () => {
  test('replaces line by line, empty lines too', async () => {
    expect(await surveyseal(['redact', '-'], 'mail jo@example.org\r\n\nmail al@example.org')).toEqual({
      code: 0,
      stdout: 'mail [EMAIL_1]\n\nmail [EMAIL_1]\n',
      stderr: '',
    })
  })

  test('--json gives one object per line, offsets in UTF-16 units', async () => {
    const { stdout } = await surveyseal(['redact', '-', '--json'], '😀 jo@example.org\nnothing here\n')
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { text: '😀 [EMAIL_1]', spans: [{ start: 3, end: 17, kind: 'email', confidence: 0.95 }] },
      { text: 'nothing here', spans: [] },
    ])
  })

  test('--subject replaces the values a person is known by', async () => {
    const subject = await temporaryFile('subject.txt', 'Zoé Müller\nC-0042\n')
    expect(await surveyseal(['redact', '-', '--subject', subject], 'then zoe muller sent c-0042\n')).toMatchObject({
      stdout: 'then [SUBJECT_1] sent [SUBJECT_2]\n',
    })
  })

  test('--kinds limits what is looked for', async () => {
    expect(await surveyseal(['redact', '-', '--kinds', 'ip'], 'jo@example.org from 203.0.113.9\n')).toMatchObject({
      stdout: 'jo@example.org from [IP_1]\n',
    })
  })

  test('ERR_CLI_USAGE for a kind that there is not', async () => {
    expect(await surveyseal(['redact', '-', '--kinds', 'jo@example.org'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'surveyseal: ERR_CLI_USAGE: --kinds names a kind that there is not (see --help)\n',
    })
  })

  test('--html writes a page that tells what was replaced where, in both languages, and holds no value', async () => {
    const text = 'write jo@example.org\n\nnothing\nask Agnieszka or 21-34-56-78 <i>\n'
    for (const [language, kind, line] of [
      ['en', 'E-mail addresses', 'Line 4'],
      ['fr', 'Adresses électroniques', 'Ligne 4'],
    ]) {
      const file = join(await temporaryFolder(), 'report.html')
      expect(await surveyseal(['redact', '-', '--html', file, '--language', language as string], text)).toMatchObject({
        code: 0,
      })
      const page = await readFile(file, 'utf8')
      expect(page).toContain(kind)
      expect(page).toContain(line)
      for (const value of ['jo@', 'example', 'Agnieszka', '21-34', '<i>']) expect(page).not.toContain(value)
    }
  })

  test('ERR_CLI_NOT_UTF8 for bytes that are no UTF-8', async () => {
    const file = await temporaryFile('latin1.txt', Buffer.from('M\xfcller\n', 'latin1'))
    expect(await surveyseal(['redact', file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ERR_CLI_NOT_UTF8'),
    })
  })

  test('ERR_CLI_USAGE for a language that there is not', async () => {
    expect(await surveyseal(['redact', '-', '--language', 'xx'])).toMatchObject({ code: 2, stdout: '' })
  })

  test('ERR_CLI_RECORD_TOO_LONG for a line of more than a mebibyte', async () => {
    expect(await surveyseal(['redact', '-'], `ok\n${'x'.repeat(1_100_000)}`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('line 2'),
    })
  })
})
