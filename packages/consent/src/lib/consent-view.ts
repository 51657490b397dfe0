/**
 * The form a person decides in.
 *
 * @module
 */

import type { Choice, ConsentForm } from '../form/consent-form.js'
import { button, heading, isolate, make } from './form-dom.js'
import { noticeDetails, purposeView, type Scene, titleOf } from './notice-view.js'
import { type Panel, panel } from './panel.js'

/** What the person does. */
export interface ConsentActions {
  choose(purpose: string, choice: Choice): void
  chooseAll(choice: Choice): void
  save(): void
  /** Null where the host does not let people put the question off. */
  readonly dismiss: (() => void) | null
}

/** The form on the page. */
export interface ConsentView {
  readonly panel: Panel
  update(form: ConsentForm): void
  /** Says which choices are missing, and leads there. */
  miss(purposes: readonly string[]): void
}

/** Draws the form of a request. Nothing in it is chosen until {@link ConsentView.update} is told so. */
export function consentView(form: ConsentForm, scene: Scene, actions: ConsentActions): ConsentView {
  const { speech, level, document } = scene
  const under = { ...scene, level: level + 2 }
  const asked = Object.keys(form.choices)
  const questions = asked.map((id) => question(id, under, actions))
  const others = document.purposes.filter(({ id }) => !asked.includes(id))
  const part = (name: 'always' | 'choose'): HTMLElement => heading(level + 1, 'heading', speech.say(name))
  const all = (choice: Choice, name: 'allYes' | 'allNo'): HTMLElement =>
    button('all', speech.say(name), () => actions.chooseAll(choice))
  const save = make('button', { part: 'save' }, speech.say('save'))
  const sheet = make(
    'form',
    { novalidate: true },
    make(
      'div',
      { part: 'head' },
      make('div', {}, part('choose'), make('p', { part: 'hint' }, speech.say('chooseHint'))),
      ...(asked.length > 1 ? [make('div', { part: 'pair' }, all('given', 'allYes'), all('refused', 'allNo'))] : []),
    ),
    ...questions.map(({ root }) => root),
    noticeDetails(scene),
    make(
      'div',
      { part: 'actions' },
      save,
      ...(actions.dismiss ? [button('later', speech.say('later'), actions.dismiss)] : []),
    ),
  )
  sheet.addEventListener('submit', (event) => {
    event.preventDefault()
    actions.save()
  })
  const { title, summary } = document.wording
  const made = panel(
    scene,
    title,
    make('p', { part: 'lead' }, summary),
    ...(others.length > 0 ? [part('always'), ...others.map(({ id }) => purposeView(id, under).root)] : []),
    sheet,
  )
  return {
    panel: made,
    update: (next) => {
      for (const one of questions) one.update(next)
      if (next.phase !== 'failed' && next.undecided.length === 0) made.clear()
      made.say(speech.say('chosen', { chosen: asked.length - next.undecided.length, count: asked.length }))
      save.setAttribute('aria-disabled', String(next.phase === 'sending'))
    },
    miss: (purposes) => {
      const missing = questions.filter(({ id }) => purposes.includes(id))
      const items = missing.map(({ id, enter }) => make('li', {}, button('go', isolate(titleOf(id, scene)), enter)))
      for (const one of missing) one.miss()
      made.tell('missing', make('ul', {}, ...items))
    },
  }
}

interface Question {
  readonly id: string
  readonly root: HTMLElement
  update(form: ConsentForm): void
  miss(): void
  enter(): void
}

function question(id: string, scene: Scene, actions: ConsentActions): Question {
  const { speech } = scene
  const missing = make('p', { part: 'missing', hidden: true }, speech.say('missingOne'))
  const [yes, no] = [radioOf('given'), radioOf('refused')] as const
  const pair = make(
    'div',
    { part: 'pair', role: 'radiogroup', 'aria-required': 'true' },
    label(yes, 'yes'),
    label(no, 'no'),
  )
  const { root, name, about } = purposeView(id, scene, pair, missing)
  missing.id = `missing-${about.id}`
  pair.setAttribute('aria-labelledby', name.id)
  pair.setAttribute('aria-describedby', `${about.id} ${missing.id}`)

  function radioOf(value: Choice): HTMLInputElement {
    const radio = make('input', { type: 'radio', name: id, value })
    radio.addEventListener('change', () => actions.choose(id, value))
    return radio
  }

  function label(radio: HTMLInputElement, name: 'yes' | 'no'): HTMLElement {
    return make('label', { part: 'choice' }, radio, speech.say(name))
  }

  function mark(isMissing: boolean): void {
    missing.hidden = !isMissing
    pair.setAttribute('aria-invalid', String(isMissing))
  }

  return {
    id,
    root,
    update: ({ choices }) => {
      for (const radio of [yes, no]) radio.checked = choices[id] === radio.value
      if (choices[id] !== null) mark(false)
    },
    miss: () => mark(true),
    enter: () => yes.focus(),
  }
}
