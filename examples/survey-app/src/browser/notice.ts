/**
 * Signs the respondent's choices in the browser and sends them.
 *
 * @module
 */
import { type ConsentRequest, type Decision, signConsent } from '@surveyseal/consent/browser'
import { readData, sendJson } from './wire.js'

interface NoticeData {
  readonly request: ConsentRequest
  readonly incomplete: string
  readonly failed: string
}

const { request, incomplete, failed } = readData<NoticeData>('notice')
const form = document.querySelector<HTMLFormElement>('#choices')
const problem = document.querySelector<HTMLElement>('#problem')

// Until now they could do nothing.
for (const button of document.querySelectorAll<HTMLButtonElement>('#choices button')) button.disabled = false

// One press decides all, either way, and signs nothing yet: the person sees every choice before sending them.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-all]')) {
  button.addEventListener('click', () => {
    for (const radio of document.querySelectorAll<HTMLInputElement>('#choices input[type=radio]')) {
      radio.checked = radio.value === button.dataset['all']
    }
  })
}

form?.addEventListener('submit', async (event) => {
  event.preventDefault()
  const decisions = chosen(form)
  if (Object.keys(decisions).length < request.purposes.length) return tell(incomplete)
  const buttons = form.querySelectorAll('button')
  for (const button of buttons) button.disabled = true
  try {
    const { next } = await sendJson('/respond/consent', await signConsent(request, decisions))
    location.assign(next)
  } catch {
    for (const button of buttons) button.disabled = false
    tell(failed)
  }
})

function chosen(choices: HTMLFormElement): Record<string, Decision> {
  return Object.fromEntries([...new FormData(choices)].map(([purpose, decision]) => [purpose, decision as Decision]))
}

function tell(text: string): void {
  if (problem === null) return
  problem.replaceChildren(Object.assign(document.createElement('p'), { textContent: text }))
  problem.hidden = false
  problem.focus()
}
