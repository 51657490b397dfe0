import { verifyConsent } from '@surveyseal/consent'
import type { Submit } from '@surveyseal/consent/element'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  ASKED,
  ask,
  BOTH,
  checked,
  decide,
  formNotice,
  heard,
  mount,
  openPage,
  quick,
  shown,
  submitted,
  told,
} from './support/element-page.js'
import { all, choose, one, save, shadow, titleOf } from './support/element-parts.js'

const document_ = JSON.parse(formNotice.documents['en'] ?? '')

beforeEach(openPage)
afterEach(() => vi.useRealTimers())

describe('sending', () => {
  test('what is signed is what was chosen, for the server to verify, and no key is made before', async () => {
    indexedDB.deleteDatabase('surveyseal-consent')
    const request = ask('fr')
    const element = document.createElement('surveyseal-consent')
    document.body.append(element)
    const submit = vi.fn<Submit>(submitted)
    Object.assign(element, { submit, request })
    await shown(element, 'Votre avis')
    decide(element)
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('surveyseal-consent')
    save(element)
    await shown(element, 'Vos choix sont enregistrés')
    const [signed = '', context] = submit.mock.calls[0] ?? []
    const event = await verifyConsent(signed, { request })
    expect(event.decisions).toEqual(BOTH)
    expect(event.language).toBe('fr')
    expect(context).toMatchObject({ request, decisions: BOTH })
  })

  test('a second try sends the same bytes; other choices are signed anew', async () => {
    const submit = vi.fn<Submit>(() => Promise.reject(new Error('no reply')))
    let count = 0
    const element = await mount({ submit, sign: async () => `signature ${++count}` })
    decide(element)
    for (const tries of [1, 2]) {
      const failed = heard(element, 'consent-error')
      save(element)
      expect((await failed).detail.error.message).toBe('no reply')
      await told(element, 'This may not have been saved')
      expect(submit).toHaveBeenCalledTimes(tries)
      expect(shadow(element).activeElement).toBe(one(element, '[part=problem]'))
      expect(checked(element)).toBe(2)
    }
    choose(element, 'call-back', 'given')
    save(element)
    await vi.waitFor(() => expect(submit).toHaveBeenCalledTimes(3))
    expect(submit.mock.calls.map(([signed]) => signed)).toEqual(['signature 1', 'signature 1', 'signature 2'])
  })

  test('says that it still waits, and gives up at the time limit; what comes later is not heard', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let arrive = (): void => {}
    let aborted = false
    const submit: Submit = (_, { signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      return new Promise((resolve) => {
        arrive = () => resolve(undefined)
      })
    }
    const sent = vi.fn()
    const element = await mount({ submit, timeLimit: 300 })
    element.addEventListener('consent-sent', sent)
    decide(element)
    save(element)
    expect(one(element, '[role=status]').textContent).toBe('Saving…')
    vi.advanceTimersByTime(5000)
    expect(one(element, '[role=status]').textContent).toBe('Still saving…')
    vi.useRealTimers()
    await told(element, 'This may not have been saved')
    expect(aborted).toBe(true)
    arrive()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(sent).not.toHaveBeenCalled()
    expect(titleOf(element)).toBe('Your feedback')
  })

  test('the host may ask again: the new question says so, and nothing is chosen in it', async () => {
    const next = ask('en')
    const submit = vi.fn<Submit>(async (_, { request }) => (request === next ? undefined : { request: next }))
    const element = await mount({ submit })
    decide(element)
    save(element)
    await told(element, 'The question has changed')
    expect(element.request).toBe(next)
    expect(checked(element)).toBe(0)
    decide(element)
    save(element)
    await shown(element, 'Your choices are saved')
    expect(submit).toHaveBeenCalledTimes(2)
  })

  test('without a way to send nothing is signed, and the host hears of its mistake', async () => {
    const sign = vi.fn(quick)
    const element = await mount({ submit: null, sign })
    decide(element)
    const failed = heard(element, 'consent-error')
    save(element)
    expect((await failed).detail.error.code).toBe('ERR_INVALID_ARG_TYPE')
    expect(sign).not.toHaveBeenCalled()
  })

  test('choices are heard on the element and nowhere above', async () => {
    const [here, above] = [vi.fn(), vi.fn()]
    for (const type of ['consent-change', 'consent-sent']) document.addEventListener(type, above)
    const element = await mount()
    element.addEventListener('consent-change', ({ detail }) => here(detail.choices))
    decide(element)
    save(element)
    await shown(element, 'Your choices are saved')
    expect(here.mock.calls).toEqual([[{ 'improve-service': 'given', 'call-back': null }], [BOTH]])
    expect(above).not.toHaveBeenCalled()
  })
})

describe('withdrawing', () => {
  const given = { document: document_, purposes: ASKED }

  test('takes one press, fewer than giving', async () => {
    const withdraw = vi.fn(async () => {})
    const element = await mount({ request: null, withdraw, given })
    const withdrawn = heard(element, 'consent-withdrawn')
    save(element)
    expect((await withdrawn).detail).toEqual({ purposes: ASKED })
    expect(withdraw).toHaveBeenCalledWith(ASKED, { signal: expect.any(AbortSignal) })
    expect(titleOf(element)).toBe('Withdrawn')
  })

  test('takes one press for one purpose, and leaves the others', async () => {
    const withdraw = vi.fn(async () => {})
    const element = await mount({ request: null, withdraw, given })
    const [first] = all(element, '[part=withdraw]')
    expect(first?.textContent).toBe('Withdraw Improve our service')
    first?.focus()
    first?.click()
    first?.click()
    await vi.waitFor(() => expect(all(element, '[part=purpose]')).toHaveLength(1))
    expect(withdraw.mock.calls).toHaveLength(1)
    expect(shadow(element).activeElement).toBe(one(element, '[part=title]'))
    save(element)
    await shown(element, 'Withdrawn')
    expect(withdraw.mock.calls).toHaveLength(2)
  })

  test('that failed is offered again', async () => {
    const withdraw = vi.fn(async () => {})
    withdraw.mockRejectedValueOnce(new Error('no reply'))
    const element = await mount({ request: null, withdraw, given })
    save(element)
    await told(element, 'This may not have been saved')
    save(element)
    await shown(element, 'Withdrawn')
  })

  test('of nothing says so', async () => {
    expect(titleOf(await mount({ request: null, given: { document: document_, purposes: [] } }))).toBe(
      'There is nothing to withdraw',
    )
  })
})
