/**
 * From the question to its outcome: what every press does.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import type { ConsentRequest } from '../consent-request.js'
import type { ConsentElement } from '../element/consent-element.js'
import { type Choice, createConsentForm } from '../form/consent-form.js'
import { type ConsentView, consentView } from './consent-view.js'
import { button, make } from './form-dom.js'
import { type Scene, titleOf } from './notice-view.js'
import { panel } from './panel.js'

/** Where a flow plays. */
export interface Stage {
  /** What the host has set, and where it listens. */
  readonly host: ConsentElement
  readonly scene: Scene
  /** Draws something in place of everything else, and moves the reader to its title if the reader was here. */
  show(view: { readonly root: HTMLElement; readonly title: HTMLElement }): void
  emit(type: string, detail: object): void
}

/** Asks. `isRenewed` tells the person that this is another question than before. */
export function startConsentFlow(
  request: ConsentRequest,
  stage: Stage & { readonly isRenewed: boolean; askAgain(request: ConsentRequest): void },
): void {
  const { host, scene, show, emit } = stage
  const { speech } = scene
  let form = createConsentForm(request)
  let kept = { of: '', signed: '' }
  let view = draw()
  if (stage.isRenewed) view.panel.tell('renewed')

  function draw(): ConsentView {
    const drawn = consentView(form, scene, {
      choose: (purpose, choice) => change(form.decide(purpose, choice)),
      chooseAll: (choice) => change(choice === 'given' ? form.acceptAll() : form.refuseAll()),
      save,
      dismiss: host.hasAttribute('deferrable') ? dismiss : null,
    })
    drawn.update(form)
    show(drawn.panel)
    return drawn
  }

  function change(next: typeof form): void {
    const isChanged = next !== form
    form = next
    // Also when nothing changed: a press while sending has moved the browser's own mark.
    view.update(form)
    if (isChanged) emit('consent-change', { choices: form.choices })
  }

  function dismiss(): void {
    const next = form.dismiss()
    if (next === form) return
    form = next
    const reopen = button('reopen', speech.say('reopen'), () => {
      form = form.reopen()
      view = draw()
    })
    show(panel(scene, speech.say('dismissed'), make('p', { part: 'lead' }, speech.say('dismissedText')), reopen))
    emit('consent-dismiss', { request })
  }

  async function save(): Promise<void> {
    const submission = form.submit()
    if (submission.outcome === 'undecided') return view.miss(submission.purposes)
    if (submission.outcome === 'ignored') return
    form = submission.form
    view.update(form)
    const failure = await view.panel.run(host.timeLimit, (signal) => send(submission.decisions, signal))
    if (failure === null) return
    form = form.fail()
    view.update(form)
    view.panel.tell('failed')
    emit('consent-error', failure)
  }

  /** The same decisions are the same bytes, however often they are sent: a repetition is no second answer. */
  async function send(decisions: Readonly<Record<string, Choice>>, signal: AbortSignal): Promise<void> {
    const { submit } = host
    if (submit === null) throw invalidArgumentType('submit', 'function', submit)
    const of = JSON.stringify(Object.entries(decisions))
    if (kept.of !== of) kept = { of, signed: await host.sign(request, decisions) }
    const { signed } = kept
    const answer = await submit(signed, { request, decisions, signal })
    if (signal.aborted) return
    if (answer?.request !== undefined) return stage.askAgain(answer.request)
    form = form.succeed()
    show(saved(decisions, scene))
    emit('consent-sent', { signed, decisions })
  }
}

/** The choices as they arrived, how to change them, and what the host adds in the slot `done`. */
function saved(decisions: Readonly<Record<string, Choice>>, scene: Scene): ReturnType<typeof panel> {
  const { speech, document } = scene
  const rows = Object.entries(decisions).flatMap(([id, choice]) => [
    make('dt', {}, titleOf(id, scene)),
    make('dd', {}, speech.say(choice === 'given' ? 'yes' : 'no')),
  ])
  return panel(
    scene,
    speech.say('done'),
    make('dl', { part: 'facts choices' }, ...rows),
    make('p', { part: 'lead' }, document.wording.withdrawal),
    make('slot', { name: 'done' }),
  )
}
