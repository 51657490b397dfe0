import { type ConsentElement, defineConsentElement } from '@surveyseal/consent/element'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  arabic,
  ask,
  BOTH,
  checked,
  decide,
  heard,
  mount,
  openPage,
  quick,
  shown,
  submitted,
} from './support/element-page.js'
import { all, choose, one, problemOf, save, shadow, titleOf } from './support/element-parts.js'

const registeredByImport = customElements.get('surveyseal-consent')

beforeEach(openPage)
afterEach(() => page.viewport(800, 900))

describe('defining', () => {
  test('importing registers nothing; defining does, twice as once, under any name', async () => {
    expect(registeredByImport).toBe(undefined)
    defineConsentElement()
    defineConsentElement({ name: 'other-consent' })
    expect(customElements.get('other-consent')).not.toBe(customElements.get('surveyseal-consent'))
  })

  test('what a page set before the element was defined is taken over', async () => {
    const early = document.createElement('early-consent')
    document.querySelector('main')?.append(early)
    Object.assign(early, { submit: submitted, sign: quick, wording: { save: 'Go' }, request: ask() })
    defineConsentElement({ name: 'early-consent' })
    const element = early as ConsentElement
    await vi.waitFor(() => expect(one(element, '[part=save]').textContent).toBe('Go'))
    element.request = null
    expect(all(element, '[part=form]')).toEqual([])
  })

  test('without a request, the page sees what it put into the element itself', async () => {
    const element = await mount({ request: null })
    const inside = element.querySelector('p')
    expect(inside?.getBoundingClientRect().height).toBeGreaterThan(0)
    element.request = ask()
    await vi.waitFor(() => expect(inside?.getBoundingClientRect().height).toBe(0))
  })

  test('a newer request replaces an older one, also while that is still being checked', async () => {
    const element = await mount({ request: null })
    element.request = ask('fr')
    element.request = ask('en')
    await shown(element, 'Your feedback')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(titleOf(element)).toBe('Your feedback')
  })
})

describe('yes and no', () => {
  const look = (element: HTMLElement): Record<string, string> => {
    const style = getComputedStyle(element)
    const { width, height } = element.getBoundingClientRect()
    return {
      ...Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)])),
      box: `${width} ${height}`,
    }
  }

  test.each([320, 800])(
    'look the same and are as large as each other, %i pixels wide, in every language',
    async (width) => {
      await page.viewport(width, 900)
      for (const language of ['en', 'fr', 'ar']) {
        const element = await mount({ request: ask(language), wording: language === 'ar' ? arabic : {} })
        for (const selector of ['[part=choice]', '[part=all]', 'input']) {
          const [yes, no] = all(element, selector)
          if (yes === undefined || no === undefined) return expect.unreachable()
          expect(look(no), `${selector} ${language}`).toEqual(look(yes))
        }
        element.remove()
      }
    },
  )

  test('look the same when they are chosen', async () => {
    const element = await mount()
    choose(element, 'improve-service', 'given')
    choose(element, 'call-back', 'refused')
    one(element, '[part=save]').focus()
    // No transition is waited for.
    for (const label of all(element, '[part=choice]')) label.style.transition = 'none'
    const [yes, no] = all(element, '[part=choice]:has(:checked)')
    if (yes === undefined || no === undefined) return expect.unreachable()
    expect(look(no)).toEqual(look(yes))
  })

  test('cannot be styled apart by the page that holds them', async () => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`surveyseal-consent::part(choice) { background: rgb(255, 0, 0); min-inline-size: 9em }
      surveyseal-consent::part(all) { background: rgb(0, 128, 0) }`)
    document.adoptedStyleSheets = [sheet]
    const element = await mount()
    for (const [selector, colour] of [
      ['[part=choice]', 'rgb(255, 0, 0)'],
      ['[part=all]', 'rgb(0, 128, 0)'],
    ] as const) {
      const colours = all(element, selector).map((label) => {
        label.style.transition = 'none'
        return getComputedStyle(label).backgroundColor
      })
      expect(new Set(colours)).toEqual(new Set([colour]))
    }
    document.adoptedStyleSheets = []
  })

  test('are both unchosen at first, whatever the request says', async () => {
    const smuggled = { ...ask(), decisions: BOTH, choices: BOTH, checked: true, default: 'given' }
    const element = await mount({ request: smuggled })
    expect(all(element, 'input')).toHaveLength(4)
    expect(all(element, 'input[checked]')).toEqual([])
    expect(checked(element)).toBe(0)
  })

  test('take one press each for all purposes, and none of them sends anything', async () => {
    const submit = vi.fn(submitted)
    const element = await mount({ submit })
    const [yes, no] = all(element, '[part=all]')
    yes?.click()
    expect(all(element, ':checked[value=given]')).toHaveLength(2)
    no?.click()
    expect(all(element, ':checked[value=refused]')).toHaveLength(2)
    expect(one(element, '[role=status]').textContent).toBe('2 of 2 chosen')
    expect(submit).not.toHaveBeenCalled()
  })
})

describe('a person', () => {
  test('can do everything with the keyboard alone', async () => {
    const element = await mount({}, { deferrable: '' })
    const press = async (keys: string, times = 1): Promise<void> => {
      for (let count = 0; count < times; count += 1) await userEvent.keyboard(keys)
    }
    const focused = (): string | null | undefined =>
      shadow(element).activeElement?.getAttribute('value') ?? shadow(element).activeElement?.getAttribute('part')
    one(element, 'summary').focus()
    await press('{Enter}')
    expect(one<HTMLDetailsElement>(element, 'details').open).toBe(true)
    const order: unknown[] = []
    for (let count = 0; count < 9; count += 1) {
      await press('{Tab}')
      order.push(focused())
    }
    expect(order).toEqual(['all', 'all', 'summary', 'given', 'summary', 'given', 'summary', 'save', 'later'])
    all(element, 'input')[0]?.focus()
    await press(' ')
    await press('{Tab}{Tab}')
    await press(' ')
    await press('{ArrowRight}')
    expect(all<HTMLInputElement>(element, ':checked').map(({ name, value }) => [name, value])).toEqual(
      Object.entries(BOTH),
    )
    const sent = heard(element, 'consent-sent')
    await press('{Enter}')
    expect((await sent).detail).toEqual({ signed: 'signed', decisions: BOTH })
  })

  test('is told which choices are missing, led there, and the message goes when all are made', async () => {
    const submit = vi.fn(submitted)
    const element = await mount({ submit })
    choose(element, 'improve-service', 'refused')
    save(element)
    expect(shadow(element).activeElement).toBe(one(element, '[part=problem]'))
    expect(problemOf(element)).toBe('Some choices are missing')
    const [first, second] = all(element, '[role=radiogroup]')
    expect([first, second].map((group) => group?.getAttribute('aria-invalid'))).toEqual(['false', 'true'])
    const described = second?.getAttribute('aria-describedby')?.split(' ') ?? []
    expect(described.map((id) => shadow(element).getElementById(id)?.textContent)).toContain('Yes or no?')
    all(element, '[part=go]')[0]?.click()
    expect(shadow(element).activeElement).toBe(one(element, 'input[name=call-back]'))
    choose(element, 'call-back', 'refused')
    expect(problemOf(element)).toBe('')
    expect(second?.getAttribute('aria-invalid')).toBe('false')
    expect(submit).not.toHaveBeenCalled()
  })

  test('sends once, however often the button is pressed, and cannot change what is on its way', async () => {
    const submit = vi.fn(() => new Promise<undefined>(() => {}))
    const sign = vi.fn(quick)
    const element = await mount({ submit, sign })
    decide(element)
    save(element)
    save(element)
    await vi.waitFor(() => expect(submit).toHaveBeenCalledOnce())
    choose(element, 'call-back', 'given')
    all(element, '[part=all]')[0]?.click()
    save(element)
    expect(all<HTMLInputElement>(element, ':checked').map(({ value }) => value)).toEqual(['given', 'refused'])
    expect(one(element, '[part=save]').getAttribute('aria-disabled')).toBe('true')
    expect([submit.mock.calls.length, sign.mock.calls.length]).toEqual([1, 1])
  })

  test('may put the question off, which chooses nothing, and take it up again with nothing chosen', async () => {
    const submit = vi.fn(submitted)
    const element = await mount({ submit }, { deferrable: '' })
    one(element, '[part=later]').focus()
    decide(element)
    const dismissed = heard(element, 'consent-dismiss')
    one(element, '[part=later]').click()
    expect((await dismissed).detail.request).toBe(element.request)
    expect(titleOf(element)).toBe('You have not decided')
    expect(shadow(element).activeElement).toBe(one(element, '[part=title]'))
    one(element, '[part=reopen]').click()
    expect([titleOf(element), checked(element)]).toEqual(['Your feedback', 0])
    expect(submit).not.toHaveBeenCalled()
  })

  test('is offered no way to put it off where the host has none', async () => {
    expect(all(await mount(), '[part=later]')).toEqual([])
  })

  test('reads in the end what was saved and how to change it, with what the host adds', async () => {
    const element = await mount()
    element.insertAdjacentHTML('beforeend', '<a slot="done" href="#receipt">Receipt</a>')
    decide(element)
    one(element, '[part=save]').focus()
    save(element)
    await shown(element, 'Your choices are saved')
    expect(shadow(element).activeElement).toBe(one(element, '[part=title]'))
    expect(all(element, 'dt, dd').map(({ textContent }) => textContent)).toEqual([
      'Improve our service',
      'Yes',
      'Call you back',
      'No',
    ])
    expect(one(element, '[part=form]').textContent).toContain('Use the link on your receipt at any time.')
    expect(element.querySelector('a')?.getBoundingClientRect().height).toBeGreaterThan(0)
  })
})
