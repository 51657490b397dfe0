// A page under a strict content policy: shows the form, decides, saves, and tells what the policy complained about.
import type { ConsentRequest } from '@surveyseal/consent'
import { defineConsentElement } from '@surveyseal/consent/element'
import { all, one, save, titleOf } from './element-parts.js'

const complaints: string[] = []
document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => complaints.push(effectiveDirective))

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

async function walk(request: ConsentRequest): Promise<void> {
  const element = document.querySelector('surveyseal-consent')
  if (element === null) return
  defineConsentElement()
  element.submit = async () => undefined
  element.request = request
  await until(() => all(element, '[part=save]').length > 0)
  const { paddingInlineStart: padding } = getComputedStyle(one(element, '[part=form]'))
  save(element)
  all(element, '[part=all]')[1]?.click()
  save(element)
  await until(() => all(element, '[part=save]').length === 0)
  const during = [...complaints]
  parent.postMessage({ title: titleOf(element), padding, during, control: await provoke() }, '*')
}

/** What the policy must refuse, so that its silence before means something. */
async function provoke(): Promise<string[]> {
  document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))
  try {
    document.body.insertAdjacentHTML('beforeend', '<p>')
  } catch {
    // Refused, and complained about.
  }
  await until(() => complaints.length >= 2)
  return [...complaints].sort()
}

window.addEventListener('message', ({ data }) => void walk(data as ConsentRequest))
