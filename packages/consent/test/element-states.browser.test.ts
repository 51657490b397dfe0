import type { ConsentElement } from '@surveyseal/consent/element'
import axe from 'axe-core'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { cdp } from 'vitest/browser'
import { ASKED, arabic, ask, decide, formNotice, mount, openPage, type Settings } from './support/element-page.js'
import { all, one, problemOf, save } from './support/element-parts.js'

beforeEach(openPage)

/** Every state a person can meet, from the first look to the last. */
const STATES: Readonly<Record<string, (set: Settings) => Promise<ConsentElement>>> = {
  asked: (set) => mount(set, { deferrable: '' }),
  'asked, every layer open': async (set) => {
    const element = await mount(set)
    for (const details of all<HTMLDetailsElement>(element, 'details')) details.open = true
    return element
  },
  chosen: async (set) => {
    const element = await mount(set)
    decide(element)
    return element
  },
  'choices missing': async (set) => {
    const element = await mount(set)
    save(element)
    return element
  },
  sending: async (set) => {
    const element = await mount({ ...set, submit: () => new Promise(() => {}) })
    decide(element)
    save(element)
    return element
  },
  failed: async (set) => {
    const element = await mount({ ...set, submit: () => Promise.reject(new Error('no')) })
    decide(element)
    save(element)
    await vi.waitFor(() => expect(problemOf(element)).not.toBe(''))
    return element
  },
  done: async (set) => {
    const element = await mount(set)
    decide(element)
    save(element)
    await vi.waitFor(() => one(element, '[part~=choices]'))
    return element
  },
  dismissed: async (set) => {
    const element = await mount(set, { deferrable: '' })
    one(element, '[part=later]').click()
    return element
  },
  broken: async (set) => mount({ ...set, request: { ...ask(), notice: 'A'.repeat(43) } }),
  'to withdraw': async (set) => {
    const { language } = set.request ?? ask()
    const document = JSON.parse(formNotice.documents[language] ?? '')
    return mount({ ...set, request: null, given: { document, purposes: ASKED } })
  },
  withdrawn: async (set) => {
    const { language } = set.request ?? ask()
    const document = JSON.parse(formNotice.documents[language] ?? '')
    const element = await mount({
      ...set,
      request: null,
      withdraw: async () => {},
      given: { document, purposes: ASKED },
    })
    save(element)
    await vi.waitFor(() => one(element, 'slot'))
    return element
  },
}

const violations = async (): Promise<string[]> =>
  (await axe.run(document, { resultTypes: ['violations'] })).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('\n')}`,
  )

describe('axe finds nothing wrong', () => {
  const looks = Object.keys(STATES).flatMap((state) =>
    (['light', 'dark'] as const).flatMap((scheme) =>
      (['en', 'fr', 'ar'] as const).map((language) => ({ state, scheme, language })),
    ),
  )
  test.each(looks)('$state, $scheme, $language', async ({ state, scheme, language }) => {
    document.documentElement.setAttribute('style', `color-scheme: ${scheme}; background: Canvas; color: CanvasText`)
    await STATES[state]?.({ request: ask(language), wording: language === 'ar' ? arabic : {} })
    expect(await violations()).toEqual([])
  })

  test('in forced colours, where a choice still shows', async () => {
    await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] })
    try {
      const element = await mount()
      decide(element)
      expect(matchMedia('(forced-colors: active)').matches).toBe(true)
      expect(getComputedStyle(one(element, ':checked')).appearance).toBe('auto')
      expect(await violations()).toEqual([])
    } finally {
      await cdp().send('Emulation.setEmulatedMedia', { features: [] })
    }
  })

  test('and nothing moves for those who want no motion', async () => {
    const element = await mount({ submit: () => new Promise(() => {}) })
    decide(element)
    save(element)
    const moving = (): string[] => [
      getComputedStyle(one(element, '[part=choice]')).transitionDuration,
      getComputedStyle(one(element, 'i')).animationName,
    ]
    await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] })
    expect(moving()).toEqual(['0s', 'none'])
    await cdp().send('Emulation.setEmulatedMedia', { features: [] })
    expect(moving()).toEqual(['0.15s', 'turn'])
  })
})
