import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import { createLinkHandlers, englishMessages, frenchMessages, type LinkPage } from '../../src/http.js'
import { addKey, generateKey, generateKeyring, loadKeyring, promoteKey, revokeKey, sealLink } from '../../src/index.js'
import { fixedClock, memoryLinkStore } from '../../src/testing.js'
import { BASE_URL, LATER, NOW, SCOPE } from '../support.js'
import { SCANNERS } from './scanners.js'
import { claimKey, FORM, form, formOf, get, json, members, ORIGIN, OURS, openHost, tokenOf } from './support.js'

const answer = { rating: 9 }

describe('a person without JavaScript', () => {
  test('opens, presses the button, answers and is thanked', async () => {
    const host = openHost()
    const url = await host.invite()
    const opened = await formOf(await host.handlers.fetch(get(url)))
    expect(opened.action).toBe('/s/claim')
    const claimed = await formOf(await host.handlers.fetch(form('claim', opened.fields)))
    expect(claimed.action).toBe('/s/submit')
    const response = await host.handlers.fetch(form('submit', { ...claimed.fields, rating: '9', comment: 'a <b>' }))
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(englishMessages.kept.title)
    expect(host.kept).toEqual([{ respondent: '4711', answer: { rating: '9', comment: 'a <b>' } }])
  })

  test('gets the questions back with the answer in them when it is refused, and sends it again with the same key', async () => {
    const host = openHost()
    const opened = await formOf(await host.handlers.fetch(get(`${await host.invite()}?rating=3`)))
    const { fields } = await formOf(await host.handlers.fetch(form('claim', opened.fields)))
    const refused = await host.handlers.fetch(form('submit', { ...fields, rating: '11', comment: '"so"\n&so' }))
    expect(refused.status).toBe(422)
    const html = await refused.clone().text()
    expect(html).toContain('role="alert"')
    expect(html).toContain('&quot;so&quot;\n&amp;so</textarea>')
    expect((await formOf(refused)).fields['link-key']).toBe(fields['link-key'])
    expect((await host.handlers.fetch(form('submit', { ...fields, rating: '10' }))).status).toBe(200)
    expect(host.kept).toHaveLength(1)
  })

  test('finds the links of a survey called claim', async () => {
    const baseUrl = 'https://feedback.example/claim'
    const { links, invite } = openHost({ placement: 'fragment' })
    const { fetch } = createLinkHandlers({ links, baseUrl, placement: 'fragment', accept: async () => {} })
    expect((await fetch(get(baseUrl))).status).toBe(200)
    const body = new URLSearchParams({ 'link-token': tokenOf(await invite()) })
    expect((await fetch(new Request(`${baseUrl}/claim`, { method: 'POST', body }))).status).toBe(200)
  })

  test('is asked for the link where a reload finds it gone from the address', async () => {
    for (const placement of ['path', 'query'] as const) {
      const host = openHost({ placement })
      const page = await host.handlers.fetch(get(BASE_URL))
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(englishMessages.token)])
      expect((await host.handlers.fetch(get(`${BASE_URL}${placement === 'path' ? '/x' : '?t=x'}`))).status).toBe(404)
    }
  })

  test('is asked for the link or code where the address holds none, since only the fragment does', async () => {
    const host = openHost({ placement: 'fragment' })
    const url = await host.invite()
    const page = await host.handlers.fetch(get(BASE_URL))
    expect(page.status).toBe(200)
    expect(await page.clone().text()).toContain(englishMessages.token)
    for (const typed of [url, tokenOf(url)]) {
      const claimed = await host.handlers.fetch(
        form('claim', { ...(await formOf(page.clone())).fields, 'link-token': typed }),
      )
      expect(claimed.status).toBe(200)
    }
  })
})

describe('a script', () => {
  test('opens, claims and submits in JSON', async () => {
    const host = openHost()
    const url = await host.invite({ expiresAt: LATER })
    const opened = await host.handlers.fetch(get(url, { Accept: 'application/json' }))
    expect([opened.status, await members(opened)]).toEqual([
      200,
      { outcome: 'usable', language: 'en', expiresAt: LATER.toISOString(), prefill: {} },
    ])
    const idempotencyKey = await claimKey(host, url)
    expect(idempotencyKey).toMatch(/^[A-Za-z0-9_-]{16,64}$/)
    const submitted = await host.handlers.fetch(json('submit', { token: tokenOf(url), idempotencyKey, answer }))
    expect([submitted.status, await members(submitted)]).toEqual([200, { outcome: 'kept' }])
    expect(host.kept).toEqual([{ respondent: '4711', answer }])
    expect(await members(await host.handlers.fetch(get(url, { Accept: 'application/json' })))).toEqual({
      outcome: 'used',
    })
  })

  test('sends the key in a header, quoted or not, or in the body, and never two', async () => {
    for (const spell of [(key: string) => key, (key: string) => `"${key}"`]) {
      const host = openHost()
      const url = await host.invite()
      const key = await claimKey(host, url)
      const sent = { token: tokenOf(url), answer }
      const other = json('submit', { ...sent, idempotencyKey: 'another-key-1234' }, { 'Idempotency-Key': spell(key) })
      expect((await members(await host.handlers.fetch(other))).outcome).toBe('key-invalid')
      const right = json('submit', { ...sent, idempotencyKey: key }, { 'Idempotency-Key': spell(key) })
      expect((await members(await host.handlers.fetch(right))).outcome).toBe('kept')
    }
  })

  test('gives the token of a fragment in a header', async () => {
    const host = openHost({ placement: 'fragment' })
    const token = tokenOf(await host.invite())
    const headers = { Accept: 'application/json', 'SurveySeal-Link': token }
    expect((await members(await host.handlers.fetch(get(BASE_URL, headers)))).outcome).toBe('usable')
    expect((await host.handlers.fetch(get(BASE_URL, { Accept: 'application/json' }))).status).toBe(404)
  })

  test('learns the outcome of each link by its own status', async () => {
    const host = openHost({ clock: fixedClock(NOW) })
    const [used, revoked] = [await host.invite({ serial: 1 }), await host.invite({ serial: 2 })]
    const expired = await host.invite({ serial: 3, expiresAt: NOW })
    const early = await host.invite({ serial: 4, notBefore: LATER })
    const idempotencyKey = await claimKey(host, used)
    await host.handlers.fetch(json('submit', { token: tokenOf(used), idempotencyKey, answer }))
    await host.links.revoke({ link: revoked })
    for (const [url, status, outcome] of [
      [used, 410, 'used'],
      [revoked, 410, 'revoked'],
      [expired, 410, 'expired'],
      [early, 403, 'not-yet-valid'],
      [`${BASE_URL}/nonsense`, 404, 'unknown'],
    ] as const) {
      for (const request of [
        get(url, { Accept: 'application/json' }),
        json('claim', { token: tokenOf(url) }),
        json('submit', { token: tokenOf(url), idempotencyKey: 'another-key-1234', answer }),
      ]) {
        const response = await host.handlers.fetch(request)
        expect([response.status, await members(response)]).toEqual([status, { outcome }])
      }
      const page = await (await host.handlers.fetch(get(url))).text()
      expect(page).toContain(englishMessages[outcome].text)
    }
  })

  test('and a page learn nothing of whose link it is', async () => {
    const respondent = '0b9f6a3e-51d2-4c8e-9d0a-7f6f2f3c1a55'
    const host = openHost()
    const url = await host.invite({ respondent, cohort: 'sales-2026' })
    const idempotencyKey = await claimKey(host, url)
    const sent = { token: tokenOf(url), idempotencyKey, answer }
    const steps = [form('claim', { 'link-token': sent.token }), json('claim', sent), json('submit', sent)]
    for (const request of [get(url), get(url, { Accept: 'application/json' }), ...steps, get(url)]) {
      const response = await host.handlers.fetch(request)
      const told = [await response.text(), ...response.headers].join()
      expect(told).not.toMatch(/0b9f6a3e|sales-2026/)
    }
  })

  test('of a declared origin may use the handlers from there, and no other may', async () => {
    const host = openHost({ origins: ['https://app.example'] })
    const token = tokenOf(await host.invite())
    const from = (Origin: string) => ({ Origin, 'Sec-Fetch-Site': 'cross-site' })
    const asked = await host.handlers.fetch(
      new Request(`${BASE_URL}/submit`, { method: 'OPTIONS', headers: from('https://app.example') }),
    )
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(asked.headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
    const allowed = await host.handlers.fetch(json('claim', { token }, from('https://app.example')))
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, 'https://app.example'])
    const refused = await host.handlers.fetch(json('claim', { token }, from('https://evil.example')))
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })
})

describe('prefill', () => {
  const nobody = { 'Sec-Fetch-Site': 'none' }

  test('of a one-click rating is shown and recorded only when it is submitted', async () => {
    const host = openHost()
    const url = `${await host.invite()}?rating=9&utm_source=mail&comment=hello`
    const opened = await formOf(await host.handlers.fetch(get(url)))
    expect(opened.fields).toMatchObject({ rating: '9' })
    expect(opened.fields).not.toHaveProperty('utm_source')
    const claimed = await formOf(await host.handlers.fetch(form('claim', opened.fields, nobody)))
    expect(claimed.fields).toMatchObject({ rating: '9' })
    expect(host.kept).toEqual([])
    await host.handlers.fetch(form('submit', { ...claimed.fields, rating: '2' }))
    expect(host.kept).toEqual([{ respondent: '4711', answer: { rating: '2' } }])
  })

  test('that fails its check, is too long or occurs twice is none', async () => {
    const host = openHost({ prefill: { rating: () => true } })
    const url = await host.invite()
    for (const query of [`rating=${'9'.repeat(257)}`, 'rating=9&rating=8', 'other=1']) {
      const opened = await host.handlers.fetch(get(`${url}?${query}`, { Accept: 'application/json' }))
      expect((await members(opened))['prefill']).toEqual({})
    }
    const strict = openHost()
    const refused = await strict.handlers.fetch(
      get(`${await strict.invite()}?rating=11`, { Accept: 'application/json' }),
    )
    expect((await members(refused))['prefill']).toEqual({})
  })

  test('reaches the page escaped', async () => {
    const host = openHost({ prefill: { rating: () => true } })
    const nasty = '"><script>alert(1)</script>'
    const opened = await host.handlers.fetch(get(`${await host.invite()}?rating=${encodeURIComponent(nasty)}`))
    expect(await opened.clone().text()).not.toContain('<script')
    expect((await formOf(opened)).fields['rating']).toBe(nasty)
  })
})

describe('what is not asked properly', () => {
  const outcomeOf = async (response: Response) => [response.status, (await members(response))['outcome']]
  const asJson = { ...OURS, Accept: 'application/json' }
  const post = (step: string, type: string, body: BodyInit, headers: Record<string, string> = {}) =>
    new Request(`${BASE_URL}/${step}`, {
      method: 'POST',
      headers: { ...asJson, ...(type !== '' && { 'Content-Type': type }), ...headers },
      body,
      ...({ duplex: 'half' } as object),
    })

  test.each([
    ['open', ['POST', 'PUT', 'DELETE', 'PATCH'], 'GET, HEAD, OPTIONS'],
    ['claim', ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'], 'POST, OPTIONS'],
    ['submit', ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'], 'POST, OPTIONS'],
  ] as const)(
    '%s: other methods are refused, and OPTIONS and Allow say which are not',
    async (step, methods, allow) => {
      const { handlers, invite } = openHost()
      const url = step === 'open' ? await invite() : `${BASE_URL}/${step}`
      for (const method of methods) {
        const response = await handlers.fetch(new Request(url, { method, headers: asJson }))
        expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, allow])
      }
      const asked = await handlers.fetch(new Request(url, { method: 'OPTIONS' }))
      expect([asked.status, asked.headers.get('allow'), await asked.text()]).toEqual([204, allow, ''])
    },
  )

  test('HEAD says what GET says, without a body', async () => {
    const { handlers, invite } = openHost()
    for (const url of [await invite(), `${BASE_URL}/nonsense`]) {
      const [head, whole] = [
        await handlers.fetch(new Request(url, { method: 'HEAD' })),
        await handlers.fetch(new Request(url)),
      ]
      expect([head.status, [...head.headers]]).toEqual([whole.status, [...whole.headers]])
      expect(await head.text()).toBe('')
    }
  })

  test('another type, charset or coding of the body is not read', async () => {
    const { handlers, invite } = openHost()
    const body = JSON.stringify({ token: tokenOf(await invite()) })
    for (const type of [
      '',
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'constructor',
    ]) {
      expect(await outcomeOf(await handlers.fetch(post('claim', type, body)))).toEqual([415, 'unsupported-type'])
    }
    const coded = post('claim', 'application/json', body, { 'Content-Encoding': 'gzip' })
    expect(await outcomeOf(await handlers.fetch(coded))).toEqual([415, 'unsupported-type'])
    for (const type of ['application/json', 'Application/JSON; charset="UTF-8"', 'application/json;charset=utf8']) {
      expect(await outcomeOf(await handlers.fetch(post('claim', type, body)))).toEqual([200, 'usable'])
    }
  })

  test('a body that is too long is not read to its end, whatever it says of its length', async () => {
    const { handlers } = openHost({ maxBodyBytes: 1000 })
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1
        controller.enqueue(new Uint8Array(500).fill(32))
      },
    })
    expect(await outcomeOf(await handlers.fetch(post('submit', 'application/json', endless)))).toEqual([
      413,
      'too-large',
    ])
    expect(pulled).toBeLessThan(10)
    const long = post('submit', FORM, 'x'.repeat(1001))
    expect(await outcomeOf(await handlers.fetch(long))).toEqual([413, 'too-large'])
  })

  test('a body that is not what its type says is malformed', async () => {
    const { handlers } = openHost()
    const bodies = [
      '',
      '{',
      '[]',
      'null',
      '1',
      '{}',
      '{"token":1}',
      '{"token":"x","idempotencyKey":1}',
      '['.repeat(30_000),
    ]
    for (const body of [...bodies, '{"token":"x","answer":{"__proto__":{}}}', '{"token":"x","\\u005f_proto__":1}']) {
      expect(await outcomeOf(await handlers.fetch(post('submit', 'application/json', body)))).toEqual([
        400,
        'malformed',
      ])
    }
    for (const body of ['', 'a=b', 'link-token=x&link-token=x', 'link-token=x&__proto__=y']) {
      expect(await outcomeOf(await handlers.fetch(post('submit', FORM, body)))).toEqual([400, 'malformed'])
    }
    const notUtf8 = post('claim', 'application/json', Uint8Array.of(0x7b, 0xff, 0x7d))
    expect(await outcomeOf(await handlers.fetch(notUtf8))).toEqual([400, 'malformed'])
  })

  test('a form of very many fields of one name is read in time proportional to it', async () => {
    const host = openHost({ maxBodyBytes: 2_000_000 })
    const token = tokenOf(await host.invite())
    const body = `link-token=${token}&link-key=${'k'.repeat(22)}&rating=1${'&a='.repeat(600_000)}`
    expect((await host.handlers.fetch(post('submit', FORM, body))).status).toBe(200)
    expect(host.kept).toMatchObject([{ answer: { a: expect.objectContaining({ length: 600_000 }) } }])
  })

  test('a submission without a usable key is not taken', async () => {
    const host = openHost()
    const token = tokenOf(await host.invite())
    for (const idempotencyKey of [undefined, null, '', 'short', `${'k'.repeat(65)}`, 'not base64url !!']) {
      const response = await host.handlers.fetch(json('submit', { token, idempotencyKey, answer }))
      expect(await outcomeOf(response)).toEqual([400, 'key-invalid'])
    }
    expect(host.kept).toEqual([])
  })

  test('what another site made the browser send is refused, and only on evidence of that', async () => {
    const { handlers, invite } = openHost()
    const token = tokenOf(await invite())
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-site', Origin: 'https://www.feedback.example' },
      { Origin: 'https://evil.example' },
    ]) {
      for (const step of ['claim', 'submit']) {
        const response = await handlers.fetch(json(step, { token, idempotencyKey: 'k'.repeat(22), answer }, headers))
        expect(await outcomeOf(response)).toEqual([403, 'cross-site'])
      }
    }
    for (const headers of [{}, { Origin: 'null' }, { Origin: ORIGIN }, { 'Sec-Fetch-Site': 'none' }]) {
      expect(await outcomeOf(await handlers.fetch(json('claim', { token }, headers)))).toEqual([200, 'usable'])
    }
  })

  test('options that cannot be used are refused when the handlers are made', () => {
    const { links } = openHost()
    const right = { links, baseUrl: BASE_URL, accept: async () => {} }
    for (const [wrong, code] of [
      [{ baseUrl: 'http://feedback.example/s' }, 'ERR_LINK_BASE_URL_INSECURE'],
      [{ baseUrl: 'https://feedback.example/s?mail=ann@example.org' }, 'ERR_LINK_BASE_URL_PERSONAL_DATA'],
      [{ placement: 'header' }, 'ERR_INVALID_ARG_VALUE'],
      [{ links: {} }, 'ERR_INVALID_ARG_TYPE'],
      [{ accept: null }, 'ERR_INVALID_ARG_TYPE'],
      [{ maxBodyBytes: 0 }, 'ERR_INVALID_ARG_VALUE'],
      [{ origins: ['https://app.example/'] }, 'ERR_INVALID_ARG_VALUE'],
      [{ prefill: { t: () => true } }, 'ERR_INVALID_ARG_VALUE'],
      [{ prefill: { 'link-key': () => true } }, 'ERR_INVALID_ARG_VALUE'],
      [{ prefill: { rating: /x/ } }, 'ERR_INVALID_ARG_TYPE'],
      [{ messages: { de: {} } }, 'ERR_INVALID_ARG_VALUE'],
      [{ bucketSecret: new Uint8Array(31) }, 'ERR_INVALID_ARG_VALUE'],
      [{ bucketSecret: 'secret' }, 'ERR_INVALID_ARG_TYPE'],
    ] as const) {
      expect([wrong, codeOf(() => createLinkHandlers({ ...right, ...(wrong as object) }))]).toEqual([wrong, code])
    }
  })
})

describe('ERR_LINK_ANSWER_REFUSED', () => {
  test('keeps nothing, says the host’s words, and leaves link and key as they were', async () => {
    const host = openHost()
    const url = await host.invite()
    const [token, idempotencyKey] = [tokenOf(url), await claimKey(host, url)]
    const refused = await host.handlers.fetch(json('submit', { token, idempotencyKey, answer: { rating: 'x' } }))
    expect([refused.status, await members(refused)]).toEqual([422, { outcome: 'answer-refused', issues: ['rating'] }])
    expect((await host.links.open(url)).state).toBe('usable')
    const kept = await host.handlers.fetch(json('submit', { token, idempotencyKey, answer }))
    expect(kept.status).toBe(200)
    expect(host.kept).toHaveLength(1)
  })
})

describe('a store that is down between claim and submit', () => {
  test('loses nothing: 503, Retry-After, and the same key works when it is back', async () => {
    const [store, down] = [memoryLinkStore(), new Error('connection lost')]
    let reachable = true
    const flaky = new Proxy(store, {
      get: (target, name, receiver) => (reachable ? Reflect.get(target, name, receiver) : () => Promise.reject(down)),
    })
    const host = openHost({ store: flaky })
    const url = await host.invite()
    const opened = await formOf(await host.handlers.fetch(get(url)))
    const { fields } = await formOf(await host.handlers.fetch(form('claim', opened.fields)))
    const mine = { ...fields, rating: '7', comment: '"long" & <dear>' }
    reachable = false
    for (const request of [
      get(url),
      form('claim', opened.fields),
      json('submit', { token: tokenOf(url), idempotencyKey: fields['link-key'] }),
    ]) {
      const response = await host.handlers.fetch(request)
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    }
    const failed = await host.handlers.fetch(form('submit', mine))
    expect(failed.status).toBe(503)
    expect(host.errors).toEqual([down, down, down, down])
    // The page carries what was sent, so that a person can press a button instead of typing it again.
    const again = await formOf(failed)
    expect(again).toEqual({ action: '/s/submit', fields: mine })
    reachable = true
    expect((await host.handlers.fetch(form('submit', again.fields))).status).toBe(200)
    expect(host.kept).toHaveLength(1)
  })

  test('ERR_LINK_OVERTAKEN is tried once more before it is anybody’s trouble', async () => {
    const host = openHost()
    const url = await host.invite()
    let failures = 1
    const { LinkError } = await import('../../src/index.js')
    const submit: typeof host.links.submit = async (link, options) => {
      if (failures-- > 0) throw new LinkError('ERR_LINK_OVERTAKEN', 'submit again')
      return host.links.submit(link, options)
    }
    const links = { open: host.links.open.bind(host.links), claim: host.links.claim.bind(host.links), submit }
    const { handlers } = openHost({ links })
    const sent = { token: tokenOf(url), idempotencyKey: await claimKey(host, url), answer }
    expect((await handlers.fetch(json('submit', sent))).status).toBe(200)
    failures = 2
    expect((await handlers.fetch(json('submit', sent))).status).toBe(503)
    expect((await handlers.fetch(json('submit', sent))).status).toBe(200)
  })

  test('a host’s own failure in accept, render or onError is no more than that', async () => {
    const broken = openHost({ accept: () => Promise.reject(new TypeError('a bug')) })
    const url = await broken.invite()
    const sent = { token: tokenOf(url), idempotencyKey: await claimKey(broken, url), answer }
    expect((await broken.handlers.fetch(json('submit', sent))).status).toBe(503)
    expect((await broken.links.open(url)).state).toBe('usable')
    const fail = (): never => {
      throw new Error('a bug')
    }
    const pageless = openHost({ render: fail, onError: fail })
    const page = await pageless.handlers.fetch(get(await pageless.invite()))
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(englishMessages.open.title)])
    for (const unfit of [Response.error(), new Response('once')]) {
      const host = openHost({ render: () => unfit })
      const url = await host.invite()
      await (await host.handlers.fetch(get(url))).text()
      expect((await host.handlers.fetch(get(url))).status).toBe(200)
      expect(host.errors.length).toBeGreaterThan(0)
    }
  })
})

describe('limits', () => {
  test('are asked before the store, by step and by a bucket that is not the token', async () => {
    const seen: { step: string; bucket: string }[] = []
    const store = memoryLinkStore()
    let lookups = 0
    const find: typeof store.find = (key) => {
      lookups += 1
      return store.find(key)
    }
    const host = openHost({
      store: { ...store, find },
      limit: ({ step, bucket }) => {
        seen.push({ step, bucket })
        return 2.5
      },
    })
    const token = tokenOf(await host.invite())
    for (const request of [get(`${BASE_URL}/${token}`), json('claim', { token }), json('submit', { token, answer })]) {
      const response = await host.handlers.fetch(request)
      expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3'])
    }
    expect(lookups).toBe(0)
    expect(seen.map(({ step }) => step)).toEqual(['open', 'claim', 'submit'])
    expect(new Set(seen.map(({ bucket }) => bucket)).size).toBe(1)
    expect(seen[0]?.bucket).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(seen[0]?.bucket).not.toBe(token)
  })

  test('have buckets that agree where the secret does, and nowhere else', async () => {
    const bucketOf = async (bucketSecret?: Uint8Array): Promise<string> => {
      let found = ''
      const limit = ({ bucket }: { bucket: string }): null => {
        found = bucket
        return null
      }
      await openHost({ limit, ...(bucketSecret && { bucketSecret }) }).handlers.fetch(
        get(`${BASE_URL}/${'A'.repeat(22)}`),
      )
      return found
    }
    const secret = new Uint8Array(32).fill(1)
    expect(await bucketOf(secret)).toBe(await bucketOf(secret))
    expect(await bucketOf()).not.toBe(await bucketOf())
  })

  test('that fail let through, or refuse where the host says so', async () => {
    const limit = (): Promise<null> => Promise.reject(new Error('the counter is down'))
    for (const [limitFailure, status] of [
      ['open', 200],
      ['closed', 503],
      [undefined, 200],
    ] as const) {
      const host = openHost({ limit, ...(limitFailure && { limitFailure }) })
      expect((await host.handlers.fetch(get(await host.invite()))).status).toBe(status)
      expect(host.errors).toHaveLength(1)
    }
  })

  test('a check of the gesture is asked of claims and submissions, and its no and its failure refuse', async () => {
    const verdicts: [() => boolean, number][] = [
      [() => true, 200],
      [() => false, 403],
      [
        () => {
          throw new Error('the challenge service is down')
        },
        503,
      ],
    ]
    for (const [verifyGesture, status] of verdicts) {
      const host = openHost({ verifyGesture })
      const url = await host.invite()
      expect((await host.handlers.fetch(get(url))).status).toBe(200)
      expect((await host.handlers.fetch(json('claim', { token: tokenOf(url) }))).status).toBe(status)
    }
  })
})

describe('languages', () => {
  const titleOf = async (response: Response) => /<h1>(.*?)<\/h1>/.exec(await response.text())?.[1]

  test('are asked for, then hinted by the link, then preferred by the browser, then English', async () => {
    const keyring = await loadKeyring(generateKeyring())
    const { handlers, invite } = openHost({ keyring })
    const sealed = sealLink(
      { respondent: '1', expiresAt: LATER, language: 'fr-CH' },
      { ...SCOPE, keyring, baseUrl: BASE_URL },
    )
    const opaque = await invite()
    for (const [url, accepted, language] of [
      [`${sealed.url}?language=en`, 'fr', 'en'],
      [sealed.url, 'en', 'fr'],
      [opaque, 'de, fr-CA;q=0.5, en;q=0.4', 'fr'],
      [opaque, 'fr;q=0, en', 'en'],
      [opaque, 'tlh', 'en'],
      [opaque, `${'x'.repeat(100_000)},fr`, 'en'],
    ] as const) {
      const response = await handlers.fetch(get(url, { Accept: 'text/html', 'Accept-Language': accepted }))
      expect(response.headers.get('content-language')).toBe(language)
      expect(await titleOf(response)).toBe((language === 'fr' ? frenchMessages : englishMessages).open.title)
    }
  })

  test('stay the same from page to page, and can be added', async () => {
    const german = { ...englishMessages, kept: { title: 'Danke', text: 'Angekommen.' } }
    const host = openHost({ messages: { de: german } })
    const opened = await formOf(await host.handlers.fetch(get(`${await host.invite()}?language=de`)))
    const claimed = await formOf(await host.handlers.fetch(form('claim', opened.fields)))
    expect(await titleOf(await host.handlers.fetch(form('submit', { ...claimed.fields, rating: '1' })))).toBe('Danke')
  })

  test('English and French say everything, and differ', () => {
    expect(Object.keys(frenchMessages).sort()).toEqual(Object.keys(englishMessages).sort())
    for (const [name, message] of Object.entries(englishMessages)) {
      expect(frenchMessages[name as keyof typeof frenchMessages]).not.toEqual(message)
    }
  })
})

describe('pages of the host', () => {
  test('replace the default, keep its form, or are whole responses that get the headers they lack', async () => {
    const seen: LinkPage[] = []
    const host = openHost({
      render: (page) => {
        seen.push(page)
        if (page.step === 'open') return '<p>Dear guest</p>'
        if (page.step === 'claim') return '<input type="number" name="rating">'
        const headers = { Location: '/thanks', 'Referrer-Policy': 'same-origin', 'Set-Cookie': 'a=b' }
        return page.step === 'submit' ? new Response(null, { status: 303, headers }) : null
      },
    })
    const url = await host.invite()
    const opened = await host.handlers.fetch(get(url))
    expect(await opened.clone().text()).toContain('<p>Dear guest</p><form method="post" action="/s/claim">')
    const claimed = await host.handlers.fetch(form('claim', (await formOf(opened)).fields))
    expect(await claimed.clone().text()).toContain('<input type="number" name="rating"><p><button>')
    const { fields } = await formOf(claimed)
    const thanked = await host.handlers.fetch(form('submit', { ...fields, rating: '5' }))
    expect([thanked.status, thanked.headers.get('location')]).toEqual([303, '/thanks'])
    expect(thanked.headers.get('referrer-policy')).toBe('same-origin')
    expect(thanked.headers.get('cache-control')).toBe('no-store')
    expect(thanked.headers.getSetCookie()).toEqual(['a=b'])
    expect(seen.map(({ step }) => step)).toEqual(['open', 'claim', 'submit'])
    expect(seen[1]).toMatchObject({ link: { respondent: '4711' }, issues: [], answer: null })
    expect((await host.handlers.fetch(get(url))).status).toBe(410)
  })

  test('allow a script or style sheet of their own origin only when the host names one', async () => {
    const policyOf = async (options: object) => {
      const host = openHost(options)
      const response = await host.handlers.fetch(get(await host.invite()))
      return [response.headers.get('content-security-policy'), await response.text()].join('\n')
    }
    expect(await policyOf({})).not.toMatch(/script|style/)
    const both = await policyOf({ script: '/links.js', stylesheet: '/links.css' })
    expect(both).toContain("script-src 'self'; connect-src 'self'; style-src 'self'")
    expect(both).toContain('<script type="module" src="/links.js"></script>')
  })
})

test('a link whose key was revoked is as unknown as a forged one', async () => {
  const first = generateKeyring()
  const old = await loadKeyring(first)
  const { url } = sealLink({ respondent: '1', expiresAt: LATER }, { ...SCOPE, keyring: old, baseUrl: BASE_URL })
  const document = revokeKey(promoteKey(addKey(first, generateKey(2)), 2), 1)
  const { handlers } = openHost({ keyring: await loadKeyring(document) })
  const [revoked, forged] = [await handlers.fetch(get(url)), await handlers.fetch(get(`${url.slice(0, -4)}AAAA`))]
  expect([revoked.status, await revoked.text()]).toEqual([forged.status, await forged.text()])
})

test('what each scanner gets', async () => {
  const got: Record<string, number> = {}
  for (const [name, scan] of Object.entries(SCANNERS)) {
    const host = openHost()
    const url = await host.invite()
    got[name] = (await scan(host.handlers, url)).status
    expect((await host.links.open(url)).state).toBe('usable')
  }
  expect(got).toEqual({
    'Safe Links: a GET without cookies': 200,
    'Safe Links: a browser that posts the form of the page': 200,
    'a browser that posts every form there is': 422,
    'a scanner without a browser that posts the form': 422,
    'another site that posts the form': 403,
    'Proofpoint: HEAD, then GET': 200,
    'Slack: HEAD, then a part of the page': 200,
    'WhatsApp and iMessage: previews': 200,
    'a prefetch': 200,
    'a prerender': 200,
    'an antivirus that asks again': 200,
    'a script that opens': 200,
    'a script that claims, twice': 200,
    OPTIONS: 204,
    'methods nobody offered': 405,
    'a GET of what only takes a POST': 405,
    'a submission without a key': 400,
    'a submission without an answer': 422,
  })
})
