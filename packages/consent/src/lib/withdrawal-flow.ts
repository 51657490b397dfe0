/**
 * Taking permission back: every press withdraws, and there is no second step.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import type { Stage } from './consent-flow.js'
import { aside, button, make } from './form-dom.js'
import { purposeView, titleOf } from './notice-view.js'
import { panel } from './panel.js'

/** Shows what was given, with a button each and one for all, until nothing is left. */
export function startWithdrawalFlow(purposes: readonly string[], stage: Stage): void {
  const { host, scene, show, emit } = stage
  const { speech } = scene
  const isLone = purposes.length === 1
  const all = button('save', speech.say(isLone ? 'withdraw' : 'withdrawAll'), () => void press(purposes))
  const each = isLone ? [] : purposes.map((id) => button('withdraw', speech.say('withdraw'), () => void press([id])))
  const rows = purposes.map((id, place) => {
    each[place]?.append(aside(titleOf(id, scene)))
    return purposeView(id, { ...scene, level: scene.level + 1 }, ...each.slice(place, place + 1)).root
  })
  const made = panel(
    scene,
    speech.say('given'),
    make('p', { part: 'lead' }, speech.say('givenHint')),
    ...rows,
    make('div', { part: 'actions' }, all),
  )
  let isSending = false
  show(purposes.length > 0 ? made : panel(scene, speech.say('nothingGiven')))

  function block(isBlocked: boolean): void {
    isSending = isBlocked
    for (const one of [all, ...each]) one.setAttribute('aria-disabled', String(isBlocked))
  }

  async function press(leaving: readonly string[]): Promise<void> {
    if (isSending) return
    block(true)
    const failure = await made.run(host.timeLimit, (signal) => send(leaving, signal))
    if (failure === null) return
    block(false)
    made.tell('failed')
    emit('consent-error', failure)
  }

  async function send(leaving: readonly string[], signal: AbortSignal): Promise<void> {
    const { withdraw } = host
    if (withdraw === null) throw invalidArgumentType('withdraw', 'function', withdraw)
    await withdraw(leaving, { signal })
    if (signal.aborted) return
    const left = purposes.filter((id) => !leaving.includes(id))
    if (left.length > 0) startWithdrawalFlow(left, stage)
    else
      show(
        panel(
          scene,
          speech.say('withdrawn'),
          make('p', { part: 'lead' }, speech.list(leaving.map((id) => titleOf(id, scene)))),
          make('slot', { name: 'done' }),
        ),
      )
    emit('consent-withdrawn', { purposes: leaving })
  }
}
