/**
 * The frame around every page.
 *
 * @module
 */
import { html } from 'hono/html'
import { type Language, languages, phrases } from '../i18n.js'

/** Escaped markup, as `html` makes it. */
export type Html = ReturnType<typeof html>

/** Someone answering a survey, or someone running one. */
type Area = 'respondent' | 'operator'

/** What the frame needs to know of a page. */
export interface PageFrame {
  readonly area: Area
  readonly language: Language
  readonly title: string
  readonly body: Html
  /** The operator tab this page belongs to. */
  readonly tab?: Tab
  /** Scripts of `src/browser` besides `page.js`, without their extension. */
  readonly scripts?: readonly string[]
  readonly styles?: readonly string[]
  /** Where the language links lead; the page itself when absent. A page that answers a POST names a GET page here. */
  readonly here?: string
  /** What the address bar shows once the page is open, when the real address holds a token. */
  readonly address?: string
}

/** The pages of the operator, in the order the work is done. */
const tabs = ['programme', 'links', 'consents', 'answers', 'requests', 'anonymize'] as const
type Tab = (typeof tabs)[number]

const words = phrases({
  skip: ['Skip to content', 'Aller au contenu'],
  programme: ['Programme', 'Programme'],
  links: ['Links', 'Liens'],
  consents: ['Consents', 'Consentements'],
  answers: ['Answers', 'Réponses'],
  requests: ['Requests', 'Demandes'],
  anonymize: ['Anonymize', 'Anonymiser'],
  tabs: ['Operator pages', 'Pages de l’opérateur'],
  language: ['Language', 'Langue'],
  respondentName: ['customer feedback', 'avis des clients'],
  operatorName: ['feedback desk', 'bureau des avis'],
  important: ['Important', 'Important'],
  unprotected: [
    'This desk has no sign-in. It answers on this machine only; a real host puts its own authentication in front of it.',
    'Ce bureau n’a pas d’authentification. Il ne répond que sur cette machine ; un hôte réel place la sienne devant.',
  ],
  respondentFoot: [
    'Rivage Ferries is an invented company; this page is the example app of SurveySeal.',
    'Rivage Ferries est une société inventée ; cette page est l’application d’exemple de SurveySeal.',
  ],
  operatorFoot: [
    'Example app of SurveySeal. Every person here is invented.',
    'Application d’exemple de SurveySeal. Toutes les personnes sont inventées.',
  ],
})

/** Writes a whole page. */
export function page(frame: PageFrame): Html {
  const { area, language, title, scripts = [], styles = [], body } = frame
  const say = words(language)
  const operator = area === 'operator'
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${title} · Rivage Ferries</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        ${styles.map((name) => html`<link rel="stylesheet" href="/${name}.css" />`)}
        <link rel="stylesheet" href="/style.css" />
        ${['page', ...scripts].map((name) => html`<script type="module" src="/${name}.js"></script>`)}
      </head>
      <body class="${area}"${frame.address === undefined ? '' : html` data-address="${frame.address}"`}>
        <header class="masthead">
          <a class="skip" href="#content">${say.skip}</a>
          <div class="measure">
            <span class="brand">
              ${wave}
              <span>Rivage Ferries <small>${operator ? say.operatorName : say.respondentName}</small></span>
            </span>
            ${operator ? tabLinks(frame) : ''} ${languageLinks(frame)}
          </div>
        </header>
        ${operator ? html`<aside class="notice-bar" aria-label="${say.important}"><div class="measure"><p>${say.unprotected}</p></div></aside>` : ''}
        <main id="content" class="measure" tabindex="-1">${body}</main>
        <footer class="colophon">
          <div class="measure"><p>${operator ? say.operatorFoot : say.respondentFoot}</p></div>
        </footer>
      </body>
    </html>`
}

function tabLinks({ language, tab }: PageFrame): Html {
  const say = words(language)
  return html`<nav class="tabs" aria-label="${say.tabs}">
    ${tabs.map((name) => html`<a href="/operator/${name}"${current(name === tab, 'page')}>${say[name]}</a>`)}
  </nav>`
}

function languageLinks({ language, here = '' }: PageFrame): Html {
  return html`<nav class="languages" aria-label="${words(language).language}">
    ${Object.entries(languages).map(
      ([code, name]) =>
        html`<a href="${here}?language=${code}" lang="${code}" hreflang="${code}"${current(code === language, 'true')}
          >${name}</a
        >`,
    )}
  </nav>`
}

function current(yes: boolean, value: string): Html | '' {
  return yes ? html` aria-current="${value}"` : ''
}

const wave: Html = html`<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.6" aria-hidden="true">
  <path d="M5 17h22l-4 6H9zM16 4v13M16 6l7 8h-7" stroke-linejoin="round" />
  <path d="M2 28c3-2 5-2 7 0s5 2 7 0 5-2 7 0 5 2 7 0" stroke-linecap="round" />
</svg>`
