import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createConsentService, defineNotice } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { validateConsentRecord } from '@surveyseal/consent/export'
import { createTestSigner, memoryConsentStore } from '@surveyseal/consent/testing'
import { describe, expect, test } from 'vitest'
import { NOW, surveyseal, temporaryFile, temporaryFolder } from './support.js'

const { signer, keys } = await createTestSigner()
const about = { legalBasis: 'consent', dataCategories: ['answers'], recipients: ['Acme'], retention: 'P1Y' } as const
const notice = defineNotice({
  id: 'notice',
  version: '1',
  controller: { name: 'Example Air', contact: 'privacy@example.com' },
  purposes: [
    { id: 'improve', practices: ['standard-survey'], ...about },
    { id: 'call-back', practices: ['close-the-loop'], ...about },
  ],
  wording: {
    en: {
      title: 'Your feedback',
      summary: 'Questions.',
      purposes: {
        improve: { title: 'Improve', description: 'We read.' },
        'call-back': { title: 'Call back', description: 'We call.' },
      },
      withdrawal: 'Any time.',
    },
  },
})
const FACTS = {
  controller: { address: { street: '1 Runway', country: 'FR' } },
  process: { jurisdictions: ['loc:FR'] },
  storageLocations: ['loc:FR'],
  withdrawAt: 'https://feedback.example/withdraw',
}

/** What one person decided, as the receipts of it, one a line. */
async function receipts(person = 7) {
  const chain = { subject: Buffer.alloc(32, person).toString('base64url'), survey: 'spring-2026' }
  const service = createConsentService({
    ...{ store: memoryConsentStore(), signer, keys },
    ...{ audience: 'https://feedback.example', notices: [notice], clock: () => NOW },
  })
  const request = await service.request(notice, { ...chain, language: 'en' })
  const decisions = { improve: 'given', 'call-back': 'given' } as const
  const given = await service.record(await signConsent(request, decisions, { now: NOW }))
  const withdrawn = await service.withdraw({ receipt: given.receipt, purposes: ['improve'] })
  return [given.receipt, withdrawn.receipt]
}

async function files(facts: unknown = FACTS) {
  const folder = await temporaryFolder()
  const file = (name: string) => join(folder, name)
  await writeFile(file('receipts.txt'), `${(await receipts()).join('\n')}\n`)
  await writeFile(file('keys.json'), JSON.stringify(keys))
  await writeFile(file('facts.json'), JSON.stringify(facts))
  const from = ['consent', 'export', file('receipts.txt'), '--key', file('keys.json')]
  return { file, from, all: [...from, '--facts', file('facts.json')] }
}

describe('consent export', () => {
  test.each(['27560', '27560-receipt'])('--format %s writes what consent validate accepts', async (format) => {
    const { all } = await files()
    const { code, stdout, stderr } = await surveyseal([...all, '--format', format])
    expect(code).toBe(0)
    expect(await surveyseal(['consent', 'validate', '-'], stdout)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^valid: ISO\/IEC TS 27560\n/),
    })
    expect(stderr).toContain('lost: /receipts/0/event/salt (withheld)\n')
    expect(stderr).toContain('lost: /receipts/0/notice/purposes/0/practices/0 (no-term)\n')
    expect(stderr).toMatch(/^unstated: \/dpv:/m)
  })

  test('--format kantara writes what is given now, and says what is not in it', async () => {
    const { all } = await files()
    const { code, stdout } = await surveyseal([...all, '--format', 'kantara', '--id', 'receipt-1', '--json'])
    expect(code).toBe(0)
    const { document, lost, unstated } = JSON.parse(stdout)
    expect(document).toMatchObject({
      consentReceiptID: 'receipt-1',
      services: [{ purposes: [{ purpose: 'We call.', thirdPartyName: 'Acme' }] }],
    })
    expect(lost).toContainEqual({ path: '/record/processes/0/purposes/0/title', reason: 'not-given' })
    expect(unstated).toContain('/policyUrl')
    expect(validateConsentRecord(JSON.stringify(document)).valid).toBe(true)
  })

  test('receipts come from a pipe, and signed texts can stay at home', async () => {
    const { file } = await files()
    const [given = ''] = await receipts()
    const args = ['consent', 'export', '-', '--key', file('keys.json'), '--format', '27560', '--json']
    expect(JSON.parse((await surveyseal(args, given)).stdout).document['dct:source']).toHaveLength(1)
    const without = await surveyseal([...args, '--without-signed-texts'], given)
    expect(JSON.parse(without.stdout).document['dct:source']).toBeUndefined()
    expect(without.stdout).toContain('"path":"/receipts/0/event/jws","reason":"withheld"')
  })

  test('a receipt that stands in the file twice is one', async () => {
    const { file } = await files()
    const [given = ''] = await receipts()
    const args = ['consent', 'export', '-', '--key', file('keys.json'), '--format', '27560', '--json']
    const { code, stdout } = await surveyseal(args, `${given}\n\n${given}\n`)
    expect(code).toBe(0)
    expect(JSON.parse(stdout).document['dct:source']).toHaveLength(1)
  })

  test('a receipt that does not verify is refused, without a word of it', async () => {
    const { file } = await files()
    const [given = ''] = await receipts()
    const forged = given.replace(/.{4}$/, 'AAAA')
    const args = ['consent', 'export', '-', '--key', file('keys.json'), '--format', '27560']
    const { code, stdout, stderr } = await surveyseal(args, forged)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^surveyseal: ERR_CONSENT_/)
    expect(stderr).not.toContain(forged.slice(-40))
  })

  test('ERR_CONSENT_NOTHING_TO_EXPORT: a Kantara receipt of a withdrawal alone', async () => {
    const { file } = await files()
    const [, withdrawn = ''] = await receipts()
    const args = ['consent', 'export', '-', '--key', file('keys.json'), '--format', 'kantara']
    const { code, stderr } = await surveyseal(args, withdrawn)
    expect(code).toBe(1)
    expect(stderr).toContain('ERR_CONSENT_NOTHING_TO_EXPORT')
  })

  test('ERR_CLI_RECEIPTS_MIXED: receipts of two people, or none', async () => {
    const { file } = await files()
    const args = ['consent', 'export', '-', '--key', file('keys.json'), '--format', '27560']
    for (const input of ['', [...(await receipts(1)), ...(await receipts(2))].join('\n')]) {
      const { code, stderr } = await surveyseal(args, input)
      expect(code).toBe(1)
      expect(stderr).toContain('ERR_CLI_RECEIPTS_MIXED')
    }
  })

  test('ERR_CLI_FACTS_INVALID: facts that make a record nobody would accept', async () => {
    const { all } = await files({ ...FACTS, storageLocations: ['in our cellar, says alice@example.com'] })
    const { code, stdout, stderr } = await surveyseal([...all, '--format', '27560'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('ERR_CLI_FACTS_INVALID')
    expect(stderr).not.toContain('alice')
  })

  test('ERR_CLI_JSON_MALFORMED: facts that are none', async () => {
    for (const facts of [[], { parties: 5 }, { controller: { contacts: 'x' } }, { 'alice@example.com': 1 }]) {
      const { all } = await files(facts)
      const { code, stderr } = await surveyseal([...all, '--format', '27560'])
      expect(code).toBe(1)
      expect(stderr).toContain('ERR_CLI_JSON_MALFORMED')
      expect(stderr).not.toContain('alice')
    }
  })

  test('ERR_CLI_USAGE: a format there is not, or one pipe for two', async () => {
    const { from } = await files()
    expect(await surveyseal([...from, '--format', 'xml'])).toMatchObject({ code: 2 })
    expect(await surveyseal([...from, '--format', '__proto__'])).toMatchObject({ code: 2 })
    const twice = ['consent', 'export', '-', '--key', 'k', '--facts', '-', '--format', '27560']
    expect(await surveyseal(twice)).toMatchObject({ code: 2 })
  })
})

describe('consent validate', () => {
  test('names what is wrong and where, and nothing of the document', async () => {
    const record = { '@type': 'dpv:ConsentRecord', 'dct:identifier': 'alice@example.com', 'alice@example.com': 1 }
    const file = await temporaryFile('record.json', JSON.stringify(record))
    const { code, stdout, stderr } = await surveyseal(['consent', 'validate', file])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(
      /^refused: ISO\/IEC TS 27560\nerror: missing-member \/dct:conformsTo \(mandatory, and not there\)\n/,
    )
    expect(stdout).toContain('warning: unknown-member /* (')
    expect(stdout).not.toContain('alice')
  })

  test.each<[string, string, string]>([
    ['what is not JSON, a receipt for instance', 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA', 'not-json'],
    ['nothing', '', 'not-json'],
    ['nesting without an end', '{"a":'.repeat(100_000), 'not-json'],
    ['nesting that ends', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'too-deep'],
    ['__proto__', '{"__proto__":{}}', 'reserved-member'],
    ['a right-to-left override and an escape in a name', '{"\\u202egnp.exe\\u001b[31m":1}', 'missing-member'],
    ['a megabyte of free text as purpose', `{"dpv:hasPurpose":"${'x '.repeat(400_000)}"}`, 'missing-member'],
  ])('%s is refused with a reason in words, and none of it is shown', async (_, text, code) => {
    const { code: exit, stdout, stderr } = await surveyseal(['consent', 'validate', '-'], text)
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' })
    expect(stdout).toMatch(/^refused/)
    expect(stdout).toMatch(new RegExp(`^error: ${code} \\S+ \\([^)]+\\)$`, 'm'))
    for (const part of ['\u202e', '\u001b', 'x x', 'eyJ']) expect(stdout).not.toContain(part)
    expect(stdout.length).toBeLessThan(5000)
  })

  test('--json prints the findings as they are', async () => {
    const { code, stdout } = await surveyseal(['consent', 'validate', '-', '--json'], '{"a":1,"a":2}')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      valid: false,
      format: '27560',
      findings: [{ code: 'duplicate-member', path: '/*', severity: 'error' }],
    })
  })
})
