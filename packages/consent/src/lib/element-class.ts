/**
 * The element itself. Its class is made on demand: a server has no `HTMLElement` to extend.
 *
 * @module
 */

import type { ConsentRequest } from '../consent-request.js'
import type { ConsentElement, GivenConsent, Sign, Submit, Withdraw } from '../element/consent-element.js'
import type { FormWording } from '../element/form-wording.js'
import type { NoticeDocument } from '../notice.js'
import { readNotice, signConsent } from '../sign-consent.js'
import { type Stage, startConsentFlow } from './consent-flow.js'
import { make, moveTo } from './form-dom.js'
import { createSpeech } from './form-speech.js'
import { createFormStyle } from './form-style.js'
import { panel } from './panel.js'
import { startWithdrawalFlow } from './withdrawal-flow.js'

/** Makes the class of the element. */
export function createElementClass(): CustomElementConstructor {
  const style = createFormStyle()

  return class extends HTMLElement implements ConsentElement {
    declare submit: Submit | null
    declare sign: Sign
    declare withdraw: Withdraw | null
    declare wording: Partial<FormWording>
    declare timeLimit: number
    readonly #root = this.attachShadow({ mode: 'open' })
    #request: ConsentRequest | null = null
    #given: GivenConsent | null = null
    /** Counts what was asked to be shown, so that what comes late is not. */
    #turn = 0

    constructor() {
      super()
      this.#root.adoptedStyleSheets = [style]
      this.#clear()
      // What was set before the element was defined.
      const before = { ...this }
      for (const name of Object.keys(before)) Reflect.deleteProperty(this, name)
      Object.assign(this, { submit: null, sign: signConsent, withdraw: null, wording: {}, timeLimit: 30_000 }, before)
    }

    get request(): ConsentRequest | null {
      return this.#request
    }
    set request(request: ConsentRequest | null) {
      this.#given = null
      void this.#ask(request, false)
    }

    get given(): GivenConsent | null {
      return this.#given
    }
    set given(given: GivenConsent | null) {
      this.#request = null
      this.#given = given
      this.#turn += 1
      if (given === null) this.#clear()
      else startWithdrawalFlow(given.purposes, this.#stage(given.document))
    }

    async #ask(request: ConsentRequest | null, isRenewed: boolean): Promise<void> {
      this.#request = request
      this.#turn += 1
      const turn = this.#turn
      if (request === null) return this.#clear()
      try {
        const document = await readNotice(request)
        if (turn !== this.#turn) return
        const askAgain = (next: ConsentRequest): void => {
          if (turn === this.#turn) void this.#ask(next, true)
        }
        startConsentFlow(request, { ...this.#stage(document), isRenewed, askAgain })
      } catch (error) {
        if (turn === this.#turn) this.#break(error)
      }
    }

    /** Nothing of a notice that is not the one to be signed is shown, nor is its language believed. */
    #break(error: unknown): void {
      const page = this.closest('[lang]')?.getAttribute('lang') ?? ''
      const speech = createSpeech({ language: page.startsWith('fr') ? 'fr' : 'en', wording: {} })
      const scene = { speech, level: this.#level() }
      this.#show(panel(scene, speech.say('broken'), make('p', { role: 'alert' }, speech.say('brokenText'))), speech)
      this.dispatchEvent(new CustomEvent('consent-error', { detail: { error } }))
    }

    #stage(document: NoticeDocument): Stage {
      const turn = this.#turn
      const { language } = document
      const speech = createSpeech({ language, wording: this.wording, terms: document.wording.terms })
      return {
        host: this,
        scene: { document, speech, level: this.#level() },
        show: (view) => {
          if (turn === this.#turn) this.#show(view, speech)
        },
        emit: (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail })),
      }
    }

    #show(view: Parameters<Stage['show']>[0], { language, direction }: { language: string; direction: string }): void {
      const isReading = this.#root.activeElement !== null
      Object.assign(view.root, { lang: language, dir: direction })
      this.#root.replaceChildren(view.root)
      if (isReading) moveTo(view.title)
    }

    #level(): number {
      return Number(/^[1-6]$/.exec(this.getAttribute('heading') ?? '2') ?? 2)
    }

    #clear(): void {
      this.#root.replaceChildren(make('slot', {}))
    }
  }
}
