import type { ConsentElement } from '@surveyseal/consent/element'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { arabic, ask, askWith, decide, heard, mount, openPage, shown } from './support/element-page.js'
import { all, one, save, shadow } from './support/element-parts.js'

beforeEach(openPage)
afterEach(() => page.viewport(800, 900))

describe('the notice', () => {
  test('is shown in layers: titles and descriptions first, everything else a press away', async () => {
    const element = await mount()
    expect(all<HTMLDetailsElement>(element, 'details').map(({ open }) => open)).toEqual([false, false, false, false])
    const facts = all(element, 'details')[1]
    expect([...(facts?.querySelectorAll('dd') ?? [])].map(({ textContent }) => textContent)).toEqual([
      'answers, booking class',
      'Example Air customer care',
      '2 years',
      'your consent',
    ])
    expect(one(element, '[part=form]').textContent).toContain('until the report is written')
  })

  test('of a later format is shown with all it says', async () => {
    const text = 'said by a later notice'
    const request = await askWith(({ wording, ...document }) => ({
      ...document,
      dpo: { name: 'Officer', contact: 'dpo@example.com' },
      wording: {
        ...wording,
        rights: `rights ${text}`,
        terms: { answers: 'what you answered' },
        details: [{ title: 'Anything else', text: `details ${text}` }],
        purposes: {
          ...wording.purposes,
          'call-back': { title: 'Call', description: 'We call.', insights: `insights ${text}`, ai: `ai ${text}` },
        },
      },
    }))
    const element = await mount({ request })
    const { textContent } = one(element, '[part=form]')
    for (const what of ['rights', 'details', 'insights', 'ai']) expect(textContent).toContain(`${what} ${text}`)
    expect(textContent).toContain('Officer, dpo@example.com')
    expect(textContent).toContain('what you answered')
  })

  test('that would not be the signed one is not shown, not even its title', async () => {
    const request = ask()
    const element = await mount({ request: null })
    const broken = heard(element, 'consent-error')
    element.request = { ...request, document: request.document.replace('five', 'fifty') }
    expect((await broken).detail.error.code).toBe('ERR_CONSENT_NOTICE_MISMATCH')
    expect(one(element, '[part=form]').textContent).toBe(
      'This notice cannot be shownIt cannot be signed here. Nothing was saved.',
    )
  })

  test('is text: no markup of it becomes an element, no address of it a script', async () => {
    const attack = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"><svg onload=window.hacked=1>`
    const request = await askWith(({ wording, purposes, ...document }) => ({
      ...document,
      controller: { name: attack, contact: 'javascript:window.hacked=1//@x' },
      purposes: purposes.map((purpose) => ({
        ...purpose,
        dataCategories: [attack],
        recipients: [attack],
        retention: attack,
      })),
      wording: {
        ...{ title: attack, summary: attack, withdrawal: attack },
        purposes: Object.fromEntries(
          Object.keys(wording.purposes).map((id) => [id, { title: attack, description: attack, ai: attack }]),
        ),
      },
    }))
    const element = await mount({ request, wording: { save: attack, chooseHint: attack } })
    save(element)
    expect(all(element, 'img, svg, script, [onerror], [onload], a')).toEqual([])
    expect(one(element, '[part=title]').textContent).toBe(attack)
    decide(element)
    save(element)
    await shown(element, 'Your choices are saved')
    expect(all(element, 'img, svg, script')).toEqual([])
    expect('hacked' in window).toBe(false)
  })

  test('links what is a mail address or an https page, and nothing else', async () => {
    const linkOf = async (contact: string): Promise<string | null> => {
      const request = await askWith((document) => ({ ...document, controller: { name: 'A', contact } }))
      const element = await mount({ request })
      const href = all(element, 'a')[0]?.getAttribute('href') ?? null
      element.remove()
      return href
    }
    expect(await linkOf('privacy@example.com')).toBe('mailto:privacy@example.com')
    expect(await linkOf('https://example.com/privacy')).toBe('https://example.com/privacy')
    for (const contact of [
      'javascript:alert(1)',
      'data:text/html,x',
      'a@b?bcc=c@d',
      'http://example.com',
      '+44 20 7946 0018',
    ]) {
      expect(await linkOf(contact), contact).toBe(null)
    }
  })

  test('that turns its direction turns nothing but itself', async () => {
    const turned = '\u202Eevil\u2066'
    const request = await askWith(({ wording, purposes, ...document }) => ({
      ...document,
      controller: { name: turned, contact: turned },
      purposes: purposes.map((purpose) => ({
        ...purpose,
        dataCategories: [turned, turned],
        recipients: [turned],
        retention: turned,
      })),
      wording: {
        ...{ title: turned, summary: turned, withdrawal: turned },
        purposes: Object.fromEntries(
          Object.keys(wording.purposes).map((id) => [id, { title: turned, description: turned }]),
        ),
      },
    }))
    const element = await mount({ request })
    save(element)
    const texts = document.createTreeWalker(shadow(element), NodeFilter.SHOW_TEXT)
    let seen = 0
    while (texts.nextNode() !== null) {
      const { textContent, parentElement } = texts.currentNode
      if (!textContent?.includes('\u202E') || parentElement === null) continue
      seen += 1
      expect(getComputedStyle(parentElement).unicodeBidi, parentElement.outerHTML).toBe('isolate')
    }
    expect(seen).toBeGreaterThan(20)
  })
})

describe('the page around it', () => {
  test.each(['en', 'ar'])('%s: nothing sticks out at 320 pixels, nor at twice the size', async (language) => {
    for (const [width, size] of [
      [320, '100%'],
      [640, '200%'],
      [320, '200%'],
    ] as const) {
      await page.viewport(width, 900)
      document.documentElement.style.fontSize = size
      const element = await mount(
        { request: ask(language), wording: language === 'ar' ? arabic : {} },
        { deferrable: '' },
      )
      for (const details of all<HTMLDetailsElement>(element, 'details')) details.open = true
      save(element)
      expect(document.documentElement.scrollWidth, `${width} ${size}`).toBeLessThanOrEqual(width)
      expect(all(element, 'button, label').every((target) => target.offsetHeight >= 24)).toBe(true)
      element.remove()
    }
  })

  test('a language from right to left is laid out so, and what has no words in it is marked English', async () => {
    const element = await mount({ request: ask('ar'), wording: arabic })
    const form = one(element, '[part=form]')
    expect([form.lang, form.dir]).toEqual(['ar', 'rtl'])
    const [yes, no] = all(element, '[part=choice]').map((label) => label.getBoundingClientRect().left)
    expect(yes).toBeGreaterThan(no ?? Number.POSITIVE_INFINITY)
    const [spoken] = all(element, '[part=heading]')
    expect(spoken?.querySelector('span')?.outerHTML).toBe('<span lang="en" dir="ltr">For everyone</span>')
    expect(one(element, '[part=save]').textContent).toBe('وقّع واحفظ')
  })

  test('its colours are the host’s, by custom properties', async () => {
    const element = await mount()
    element.style.setProperty('--consent-accent', 'rgb(120, 0, 120)')
    const button = one(element, '[part=save]')
    button.style.transition = 'none'
    expect(getComputedStyle(button).backgroundColor).toBe('rgb(120, 0, 120)')
  })

  test('its colours are the host’s even where the host’s own names are those of the form', async () => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`:root { --ink: rgb(1, 2, 3); --accent: rgb(4, 5, 6) }
      surveyseal-consent { --consent-ink: var(--ink); --consent-accent: var(--accent) }`)
    document.adoptedStyleSheets = [sheet]
    const element = await mount()
    expect(getComputedStyle(one(element, '[part=title]')).color).toBe('rgb(1, 2, 3)')
    expect(getComputedStyle(one(element, '[part=save]')).backgroundColor).toBe('rgb(4, 5, 6)')
    expect(getComputedStyle(one(element, '[part=choice]')).borderStyle).toBe('solid')
    document.adoptedStyleSheets = []
  })

  test('heading levels follow the host’s', async () => {
    const levels = (element: ConsentElement): string[] => [
      ...new Set(all(element, 'h1, h2, h3, h4, h5, h6').map(({ tagName }) => tagName)),
    ]
    expect(levels(await mount())).toEqual(['H2', 'H3', 'H4'])
    expect(levels(await mount({}, { heading: '1' }))).toEqual(['H1', 'H2', 'H3'])
    expect(levels(await mount({}, { heading: '5' }))).toEqual(['H5', 'H6'])
    expect(levels(await mount({}, { heading: '9' }))).toEqual(['H2', 'H3', 'H4'])
  })

  test('the strictest content policy holds: no inline style or script, and trusted types', async () => {
    const frame = document.createElement('iframe')
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
    const script = new URL('./support/element-frame.ts', import.meta.url).href
    frame.srcdoc = `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="${policy}">
      <title>t</title><main><h1>t</h1><surveyseal-consent></surveyseal-consent></main><script type="module" src="${script}"></script>`
    const result = new Promise<MessageEvent>((resolve) => window.addEventListener('message', resolve, { once: true }))
    document.body.append(frame)
    frame.addEventListener('load', () => frame.contentWindow?.postMessage(ask(), '*'))
    const { data } = await result
    expect(data).toEqual({
      title: 'Your choices are saved',
      padding: '16px',
      during: [],
      control: ['require-trusted-types-for', 'style-src-elem'],
    })
  })
})
