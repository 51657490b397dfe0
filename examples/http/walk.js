// @ts-check
// What must hold of the links wherever they are served.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { sealLink } from '@surveyseal/links'
import { baseUrl, scope } from './survey.js'

const ALWAYS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow, noarchive',
}
/** What servers add of their own, different each time. */
const OF_THE_MOMENT = ['date', 'connection', 'keep-alive']
/** A little longer than the handlers read: of a body still on its way, HTTP/1.1 may end in a reset instead of a response. */
const TOO_LONG = 70_000

/**
 * @param {string} origin Where the server listens.
 * @param {import('@surveyseal/links').Keyring} keyring The one it has.
 * @returns {Promise<number>} How many responses were looked at.
 */
export async function walk(origin, keyring) {
  const visitor = createVisitor(origin)
  const invite = () => {
    const invitee = { respondent: randomUUID(), expiresAt: new Date(Date.now() + 3_600_000) }
    return sealLink(invitee, { ...scope, baseUrl, keyring }).token
  }
  await answers(visitor, invite())
  await answersThroughPages(visitor, invite())
  await racesWithItself(visitor, invite())
  await tellsNothing(visitor, invite())
  await refuses(visitor, invite())
  return visitor.responses()
}

/** @typedef {ReturnType<typeof createVisitor>} Visitor */

/** Scanners look, the invitee answers, once. @param {Visitor} visitor @param {string} token */
async function answers({ open, post }, token) {
  for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) await open(token, { method, expected: 200 })
  await open('claim', { expected: 405 })
  await open('submit', { expected: 405 })
  const { idempotencyKey } = JSON.parse((await post('claim', { token }, { expected: 200 })).text)
  assert.match(idempotencyKey, /^[\w-]{16,64}$/)
  await post('submit', { token, idempotencyKey, answer: { rating: 11 } }, { expected: 422 })
  await open(token, { expected: 200 })

  const answer = { token, idempotencyKey, answer: { rating: 9 } }
  const kept = await post('submit', answer, { expected: 200 })
  assert.deepEqual(JSON.parse(kept.text), { outcome: 'kept' })
  assert.deepEqual(await post('submit', answer, { expected: 200 }), kept)
  await post('submit', { ...answer, idempotencyKey: freshKey() }, { expected: 410 })
  await post('claim', { token }, { expected: 410 })
  await open(token, { expected: 410 })
}

/** A browser without scripts. @param {Visitor} visitor @param {string} token */
async function answersThroughPages({ open, send }, token) {
  const invitation = await open(`${token}?rating=7`, { accept: 'text/html', expected: 200 })
  assert.match(invitation.text, /<form method="post" action="\/s\/claim"/)
  const questions = await send('claim', form({ 'link-token': token, rating: '7' }), { expected: 200 })
  assert.match(questions.text, /name="rating"[^>]*value="7"/)
  const key = /name="link-key" value="([\w-]+)"/.exec(questions.text)?.[1] ?? ''
  const answer = form({ 'link-token': token, 'link-key': key, rating: '8' })
  await send('submit', answer, { expected: 200 })
  await send('submit', answer, { expected: 200 })
  await open(token, { accept: 'text/html', expected: 410 })
}

/** Ten tabs at once. @param {Visitor} visitor @param {string} token */
async function racesWithItself({ post }, token) {
  const answers = Array.from({ length: 10 }, (_, rating) => ({ token, idempotencyKey: freshKey(), answer: { rating } }))
  const replies = await Promise.all(answers.map((answer) => post('submit', answer)))
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, ...Array(9).fill(410)])
}

/** Malformed, forged and unknown are one response. @param {Visitor} visitor @param {string} token */
async function tellsNothing({ open, post }, token) {
  const forged = token.slice(0, -5) + (token.at(-5) === 'A' ? 'B' : 'A') + token.slice(-4)
  const bad = ['x', 'a'.repeat(2000), forged, randomBytes(16).toString('base64url'), '%00', '%F0%9F%8E%82']
  const submission = { idempotencyKey: freshKey(), answer: { rating: 9 } }
  for (const ask of [
    /** @param {string} of */ (of) => open(of, { expected: 404 }),
    /** @param {string} of */ (of) => open(of, { expected: 404, accept: 'text/html' }),
    /** @param {string} of */ (of) => open(of, { expected: 404, method: 'HEAD' }),
    /** @param {string} of */ (of) => post('claim', { token: of }, { expected: 404 }),
    /** @param {string} of */ (of) => post('submit', { token: of, ...submission }, { expected: 404 }),
  ]) {
    const [first, ...others] = await Promise.all(bad.map(ask))
    for (const other of others) assert.deepEqual(other, first)
  }
}

/** Bodies and senders that are turned away reach the handlers too. @param {Visitor} visitor @param {string} token */
async function refuses({ open, post, send }, token) {
  await post('claim', { token, language: 'x'.repeat(TOO_LONG) }, { expected: 413 })
  await send('claim', inPieces('x'.repeat(TOO_LONG)), {
    expected: 413,
    headers: { 'content-type': 'application/json' },
  })
  await send('claim', 'token', { expected: 415, headers: { 'content-type': 'text/plain' } })
  await send('claim', '{', { expected: 400, headers: { 'content-type': 'application/json' } })
  await post('claim', { token }, { expected: 403, headers: { 'sec-fetch-site': 'cross-site' } })
  await post('claim', { token }, { expected: 403, headers: { origin: 'https://elsewhere.example' } })
  await post('claim', { token }, { expected: 200, headers: { origin: new URL(baseUrl).origin } })
  await open('', { expected: 200, accept: 'text/html' })
}

/**
 * Asks, and looks at what every response must have.
 *
 * @param {string} origin
 */
function createVisitor(origin) {
  let count = 0
  /**
   * @typedef {{ readonly expected?: number | undefined, readonly headers?: Readonly<Record<string, string>> }} Expected
   * @param {string} path
   * @param {RequestInit & { readonly expected?: number | undefined, readonly duplex?: 'half' }} request
   */
  const ask = async (path, { expected, ...request }) => {
    const url = path === '' ? `${origin}/s` : `${origin}/s/${path}`
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(10_000) })
    const [text, headers] = [await response.text(), Object.fromEntries(response.headers)]
    const what = `${request.method ?? 'GET'} of ${path.slice(0, 60)}: ${response.status} ${text.slice(0, 200)}`
    if (expected !== undefined) assert.equal(response.status, expected, what)
    for (const [name, value] of Object.entries(ALWAYS)) assert.equal(headers[name], value, `${name}, ${what}`)
    assert.equal(headers['set-cookie'], undefined, what)
    for (const name of OF_THE_MOMENT) delete headers[name]
    count += 1
    return { status: response.status, headers, text }
  }
  /** @param {string} step @param {BodyInit} body @param {Expected} [expected] */
  const send = (step, body, expected = {}) => ask(step, { method: 'POST', body, duplex: 'half', ...expected })
  return {
    responses: () => count,
    /** @param {string} path @param {{ method?: string, accept?: string, expected: number }} how */
    open: (path, { method = 'GET', accept = 'application/json', expected }) =>
      ask(path, { method, expected, headers: { accept } }),
    send,
    /** @param {string} step @param {object} body @param {Expected} [expected] */
    post: (step, body, { expected, headers } = {}) =>
      send(step, JSON.stringify(body), { expected, headers: { 'content-type': 'application/json', ...headers } }),
  }
}

/** @param {Record<string, string>} fields */
function form(fields) {
  return new URLSearchParams(fields)
}

/** A body whose length nobody says beforehand. @param {string} text */
function inPieces(text) {
  return new Blob([text]).stream()
}

function freshKey() {
  return randomBytes(16).toString('base64url')
}
