// @ts-check
// Survey links without a database: seal one for an invitee, open it, see what is refused, change the key.
// Run it: node examples/seal-and-open.js
import { generateKey, generateKeyring, loadKeyring, openLink, sealLink } from '@surveyseal/links'

const scope = { tenant: 'acme', survey: 'nps-2026', purpose: 'survey' }
const baseUrl = 'https://survey.example/s'
const invitee = {
  respondent: '3f2b8c1e-9d47-4a6b-8e05-71c9d2a4f6b3',
  expiresAt: new Date(Date.now() + 30 * 86_400_000),
}

// The document holds the secret. It belongs where secrets are kept, never beside the survey's data.
const document = generateKeyring()
const keyring = await loadKeyring(document)

const { url } = sealLink(invitee, { ...scope, baseUrl, keyring })
console.log('a link:            ', url)
console.log('it opens to:       ', openLink(url, { ...scope, keyring }).respondent)

// Sealing the same again gives the same link: a batch that broke off is simply run again.
console.log('sealed twice, same:', sealLink(invitee, { ...scope, baseUrl, keyring }).url === url)

console.log(
  'another survey:    ',
  codeOf(() => openLink(url, { ...scope, survey: 'nps-2027', keyring })),
)
console.log(
  'one letter changed:',
  codeOf(() => openLink(changed(url), { ...scope, keyring })),
)
console.log(
  'in two months:     ',
  codeOf(() => openLink(url, { ...scope, keyring, now: new Date(Date.now() + 60 * 86_400_000) })),
)

// A new key seals from now on; the old one still opens what it sealed, until it is retired for good.
const sealedEarlier = document.keys.map((key) => ({ ...key, status: /** @type {const} */ ('retired') }))
const rotated = await loadKeyring({
  version: 1,
  keys: [{ ...generateKey(2), status: 'primary' }, ...sealedEarlier],
})
console.log('after rotation:    ', openLink(url, { ...scope, keyring: rotated }).respondent)
console.log('new links by key:  ', sealLink(invitee, { ...scope, baseUrl, keyring: rotated }).keyId)

/** @param {string} link */
function changed(link) {
  return link.slice(0, -5) + (link.at(-5) === 'A' ? 'B' : 'A') + link.slice(-4)
}

/** @param {() => unknown} attempt */
function codeOf(attempt) {
  try {
    attempt()
    return 'accepted'
  } catch (error) {
    return /** @type {{ code: string }} */ (error).code
  }
}
