// Answers by the links it is given, one after another, each with a row of the host's own, and says which were accepted; before
// each is kept it says so, and takes its time.
import { setTimeout } from 'node:timers/promises'
import type { KeyringDocument } from '@surveyseal/links'
import { answer, sealedSurvey } from '../support/sealed-survey.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, keyring, urls, first] = readArguments<[Target, KeyringDocument, readonly string[], number]>()
const { links } = await sealedSurvey(await openTarget(target), keyring)
for (const [index, url] of urls.entries()) {
  const { outcome } = await links.submit(url, {
    idempotencyKey: `idempotency-key-${first + index}`,
    accept: async (tx, { respondent }) => {
      await answer(tx, first + index, String(respondent))
      acknowledge('writing')
      await setTimeout(100)
    },
  })
  acknowledge(outcome)
}
process.exit(0)
