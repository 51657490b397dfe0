import { matchSubject } from '@surveyseal/core/recognize'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

const ada = matchSubject({ email: 'Ada.Lovelace@Example.org' })
const phone = matchSubject({ phone: '06 12 34 56 78' }, { region: 'FR' })

function found(subject: typeof ada, text: string): string[] {
  return subject.find(text).map(({ start, end }) => text.slice(start, end))
}

describe('an e-mail address', () => {
  test.each([
    'ada.lovelace@example.org',
    'ADA.LOVELACE@EXAMPLE.ORG',
    'Ada.Lovelace%40example.org',
    'ada%2Elovelace%40example%2eorg',
    'ada.lovelace&#64;example.org',
    'ada.lovelace&#x40;example.org',
    'ada.lovelace (at) example.org',
    'ada[dot]lovelace [at] example [dot] org',
    'ada.lovelace\\u0040example.org',
    'ada.love\u200blace@exam\u2060ple.org',
    'ada.love\u00adlace@example.org',
    'ada.love&shy;lace@exam<wbr>ple.org',
    '&#97;d&#x61;.lovelace&#64;ex&#97;mple.org',
    '%61da%2Elovelace%40example.org',
    'ada.lovelace%2540example%252Eorg',
    'ada.lovelace @ example.org',
    'ａｄａ．ｌｏｖｅｌａｃｅ＠ｅｘａｍｐｌｅ．ｏｒｇ',
  ])('is found as %j, by itself and in a sentence', (spelling) => {
    for (const text of [spelling, `Write to ${spelling}.`, `<${spelling}>,`, `mailto:${spelling}?x`, `'${spelling}'`]) {
      expect(found(ada, text), text).toEqual([spelling])
    }
  })

  test.each([
    'q=mail%20ada.lovelace@example.org',
    '{"c":"hi\\nada.lovelace@example.org"}',
    '请联系ada.lovelace@example.org谢谢',
    '--ada.lovelace@example.org--',
    'thanks...ada.lovelace@example.org',
    'ada.lovelace@example.org.Thanks',
    'ada.lovelace@example.org/ada',
  ])('is found in %j', (text) => {
    expect(found(ada, text)).toEqual(['ada.lovelace@example.org'])
  })

  test.each([
    'bada.lovelace@example.org',
    'b&#97;da.lovelace@example.org',
    '&#98;ada.lovelace@example.org',
    '&#x62;ada.lovelace@example.org',
    '%62ada.lovelace@example.org',
    '%2Eada.lovelace@example.org',
    'x.ada.lovelace@example.org',
    'o_ada.lovelace@example.org',
    "d'ada.lovelace@example.org",
    'ada.lovelace@example.org.uk',
    'ada.lovelace@example.organic',
    'ada.lovelace@example.org-x.com',
    'ada.lovelace+news@example.org',
    'news+ada.lovelace@example.org',
    'adaXlovelace@example.org',
    'ádá.lovelace@example.org',
    'ada.lovelace at example.org',
    'lovelace@example.org',
  ])('is not found in another one, %j', (text) => {
    expect(found(ada, text)).toEqual([])
  })

  test('with a tag is the same only when tags are ignored, on either side', () => {
    const tagged = matchSubject({ email: 'ada+survey@example.org' }, { ignoreTags: true })
    expect(tagged.canonical).toEqual(['ada@example.org'])
    for (const text of [
      'ada@example.org',
      'ada+news@example.org',
      'ada%2Bnews%40example.org',
      'ADA+x.y-z@EXAMPLE.ORG',
    ]) {
      expect(found(tagged, `see ${text}, please`)).toEqual([text])
    }
    expect(found(tagged, 'adas+news@example.org')).toEqual([])
    expect(matchSubject({ email: 'ada+survey@example.org' }).find('ada@example.org')).toEqual([])
  })

  test('of an internationalized domain is found in letters and in Punycode', () => {
    const jerome = matchSubject({ email: 'jérôme@bücher.example' })
    expect(found(jerome, 'jérôme@bücher.example')).toEqual(['jérôme@bücher.example'])
    expect(found(jerome, 'JÉRÔME@xn--bcher-kva.example')).toEqual(['JÉRÔME@xn--bcher-kva.example'])
    expect(found(matchSubject({ email: 'a@xn--bcher-kva.example' }), 'a@xn--bcher-kva.example')).toHaveLength(1)
  })

  test('is read from what people copy', () => {
    for (const email of [
      '<ada@example.org>',
      'Ada <ada@example.org>',
      ' mailto:ADA@example.org ',
      'ada@example.org.',
    ]) {
      expect(matchSubject({ email }).canonical).toEqual(['ada@example.org'])
    }
  })
})

describe('a telephone number', () => {
  test.each([
    '0612345678',
    '06 12 34 56 78',
    '06.12.34.56.78',
    '06-12-34-56-78',
    '06/12/34/56/78',
    '06,12,34,56,78',
    '06·12·34·56·78',
    '06\n12\n34\n56\n78',
    '+33&nbsp;6&nbsp;12&#160;34&nbsp;56&nbsp;78',
    '+33612345678',
    '+33 6 12 34 56 78',
    '+33 (0)6 12 34 56 78',
    '0033 6 12 34 56 78',
    '33612345678',
    '612345678',
    '%2B33612345678',
    '٠٦١٢٣٤٥٦٧٨',
  ])('is found as %j, by itself and in a sentence', (spelling) => {
    for (const text of [spelling, `Call ${spelling}.`, `tel:${spelling};`, `12 May, ${spelling}!`]) {
      expect(found(phone, text), text).toEqual([spelling])
    }
  })

  test.each(['+1 612345678', '+44612345678', '06123456789', '90612345678', '0612345679', '061234567'])(
    'is not found in another one, %j',
    (text) => {
      expect(found(phone, text)).toEqual([])
    },
  )

  test('is found beside the address when both are given, as one place where they touch', () => {
    const both = matchSubject({ email: 'ada@example.org', phone: '+33612345678' })
    expect(found(both, '0612345678 or ada@example.org')).toEqual(['0612345678', 'ada@example.org'])
  })
})

test('ERR_INVALID_ARG_VALUE: no identifier, or none that can be looked for', () => {
  for (const wrong of [{}, { email: '' }, { email: 'ada' }, { email: 'a@b' }, { email: 'a b@example.org' }]) {
    expect(codeOf(() => matchSubject(wrong))).toBe('ERR_INVALID_ARG_VALUE')
  }
  for (const wrong of ['', '12', '06 12 34 56 78', 'ada@example.org', '9'.repeat(400)]) {
    expect(codeOf(() => matchSubject({ phone: wrong }))).toBe('ERR_INVALID_ARG_VALUE')
  }
})

test('ERR_INVALID_ARG_TYPE: an identifier that is no text', () => {
  expect(codeOf(() => matchSubject({ email: 5 as never }))).toBe('ERR_INVALID_ARG_TYPE')
  expect(codeOf(() => matchSubject({ email: 'a@b.example' }, { ignoreTags: 1 as never }))).toBe('ERR_INVALID_ARG_TYPE')
})

test('a megabyte of what almost matches takes no longer than its length', () => {
  for (const unit of [
    'ada.lovelace@',
    'ada.lovelace@example.',
    '06 12 34 56 7 ',
    '0'.repeat(50),
    'a',
    '%40',
    '(at) ',
    '+33 ',
  ]) {
    const text = unit.repeat(Math.ceil(2 ** 20 / unit.length))
    expect(found(ada, text)).toEqual([])
    expect(found(phone, text)).toEqual([])
  }
})
