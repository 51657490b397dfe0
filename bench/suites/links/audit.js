// Personal data in URLs: 95 ordinary ones, then 5 that carry somebody.
import assert from 'node:assert/strict'
import { PIIConfig, pii } from '@openai/guardrails'
import { auditUrl } from '@surveyseal/links/audit'
import { hostileUrls, mixedUrls, ordinaryUrls } from './urls.js'

/**
 * The reference: the check for personal data of @openai/guardrails with encoded data looked at, its default entities but the one
 * that calls every URL personal data, its options parsed once.
 */
const defaults = PIIConfig.parse({ block: true, detect_encoded_pii: true })
const config = { ...defaults, entities: defaults.entities.filter((entity) => entity !== 'URL') }

export async function auditCases() {
  const [mixed, ordinary, hostile] = [mixedUrls(2000), ordinaryUrls(2000), hostileUrls(300)]
  const found = hostile.filter((url) => auditUrl(url).length > 0).length
  const others = await Promise.all(hostile.map((url) => pii(null, url, config)))
  const foundByOthers = others.filter(({ tripwireTriggered }) => tripwireTriggered).length
  assert.equal(found, hostile.length)
  assert.ok(foundByOthers > 0 && foundByOthers < found, 'higher recall')
  assert.deepEqual(
    ordinary.filter((url) => auditUrl(url).length > 0),
    [],
  )
  const all = (urls) => (times) => {
    let findings = 0
    for (let index = 0; index < times; index++) for (const url of urls) findings += auditUrl(url).length
    return findings
  }
  return [
    {
      name: 'guardrails pii',
      operations: mixed.length,
      async run(times) {
        for (let index = 0; index < times; index++) for (const url of mixed) await pii(null, url, config)
      },
    },
    {
      name: 'audit',
      reference: 'guardrails pii',
      limit: { of: 'ratio', atLeast: 5 },
      operations: mixed.length,
      run: all(mixed),
    },
    {
      name: 'audit-ordinary',
      limit: { of: 'value', atLeast: 100_000 },
      operations: ordinary.length,
      run: all(ordinary),
    },
  ]
}
