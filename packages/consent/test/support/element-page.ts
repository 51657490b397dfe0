import { type ConsentRequest, createConsentRequest, defineNotice, type NoticeDocument } from '@surveyseal/consent'
import { type ConsentElement, defineConsentElement, type FormWording } from '@surveyseal/consent/element'
import { expect, vi } from 'vitest'
import { all, choose, one, problemOf, titleOf } from './element-parts.js'
import { AUDIENCE, noticeInput, SUBJECT, SURVEY } from './fixtures.js'

/** Two purposes to decide on, one that is only told, in three languages, one of them from right to left. */
export const formNotice = defineNotice({
  ...noticeInput,
  purposes: [
    ...noticeInput.purposes,
    {
      id: 'survey',
      practices: ['standard-survey'],
      legalBasis: 'legitimate-interests',
      dataCategories: ['answers'],
      recipients: ['Example Air'],
      retention: 'until the report is written',
    },
  ],
  wording: {
    ...Object.fromEntries(
      Object.entries(noticeInput.wording).map(([language, wording]) => [
        language,
        {
          ...wording,
          purposes: {
            ...wording.purposes,
            survey: { title: 'Survey', description: 'We read totals.\nNobody is named.' },
          },
        },
      ]),
    ),
    ar: {
      title: 'رأيك',
      summary: 'نسأل خمسة أسئلة عن رحلتك.',
      purposes: {
        'improve-service': { title: 'تحسين الخدمة', description: 'نقرأ إجاباتك مع حجزك.' },
        'call-back': { title: 'الاتصال بك', description: 'قد نتصل بك بشأن ما ساء.' },
        survey: { title: 'الاستطلاع', description: 'نقرأ المجاميع.' },
      },
      withdrawal: 'استخدم رابط الإيصال في أي وقت.',
    },
  },
})

export const arabic: Partial<FormWording> = {
  yes: 'نعم',
  no: 'لا',
  allYes: 'نعم للكل',
  allNo: 'لا للكل',
  save: 'وقّع واحفظ',
}

export const ASKED = ['improve-service', 'call-back'] as const

export function ask(language = 'en', overrides: object = {}): ConsentRequest {
  return createConsentRequest(formNotice, {
    ...{ subject: SUBJECT, survey: SURVEY, language, audience: AUDIENCE, head: null, purposes: ASKED },
    ...overrides,
  })
}

/** A request whose document says whatever is wanted, under a digest that fits. */
export async function askWith(change: (document: NoticeDocument) => object): Promise<ConsentRequest> {
  const request = ask()
  const document = JSON.stringify(change(JSON.parse(request.document) as NoticeDocument))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(document))
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return { ...request, document, notice: text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') }
}

export const checked = (element: ConsentElement): number => all(element, ':checked').length

export const BOTH = { 'improve-service': 'given', 'call-back': 'refused' } as const

export function decide(element: ConsentElement): void {
  for (const [purpose, choice] of Object.entries(BOTH)) choose(element, purpose, choice)
}

export const told = (element: ConsentElement, problem: string): Promise<void> =>
  vi.waitFor(() => expect(problemOf(element)).toContain(problem))

export const shown = (element: ConsentElement, title: string): Promise<void> =>
  vi.waitFor(() => expect(titleOf(element)).toBe(title))

export const heard = (element: ConsentElement, type: string): Promise<CustomEvent> =>
  new Promise((resolve) => element.addEventListener(type, (event) => resolve(event as CustomEvent), { once: true }))

/** Signing is real where a test looks at it; elsewhere it would only take time. */
export const quick = async (): Promise<string> => 'signed'
export const submitted = async (): Promise<undefined> => undefined

/** What a host may set. */
export type Settings = Partial<
  Pick<ConsentElement, 'request' | 'submit' | 'sign' | 'given' | 'withdraw' | 'wording' | 'timeLimit'>
>

/** Begins a page of its own. */
export function openPage(): void {
  document.documentElement.lang = 'en'
  document.documentElement.removeAttribute('style')
  document.title = 'Consent'
  document.body.innerHTML = '<main><h1>Page</h1></main>'
  defineConsentElement()
}

/** Puts the element on the page, as a host does, and waits until it shows. */
export async function mount(settings: Settings = {}, attributes: Record<string, string> = {}): Promise<ConsentElement> {
  const element = document.createElement('surveyseal-consent')
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.innerHTML = '<p>Without a script</p>'
  document.querySelector('main')?.append(element)
  Object.assign(element, { submit: submitted, sign: quick, request: ask(), ...settings })
  if (element.request !== null || element.given !== null) await vi.waitFor(() => one(element, '[part=form]'))
  return element
}
