/**
 * Base URLs that may carry links.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { LinkError } from '../errors.js'
import { looksPersonal, namesPersonalData } from './personal-data.js'

const MAX_LENGTH = 2048
const LOOPBACK = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])$/

/** Parses a base URL, or throws: it is https (http for loopback), has no fragment and shows no personal data. */
export function parseBaseUrl(baseUrl: string): URL {
  if (typeof baseUrl !== 'string') throw invalidArgumentType('baseUrl', 'string', baseUrl)
  const url = baseUrl.length <= MAX_LENGTH && URL.canParse(baseUrl) ? new URL(baseUrl) : null
  if (url === null) throw invalidArgumentValue('baseUrl', `an absolute URL of at most ${MAX_LENGTH} characters`)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    throw new LinkError('ERR_LINK_BASE_URL_INSECURE', 'the base URL is neither https nor http to a loopback host')
  }
  if (carriesPersonalData(url)) {
    throw new LinkError('ERR_LINK_BASE_URL_PERSONAL_DATA', 'the base URL carries what looks like personal data')
  }
  if (baseUrl.includes('#')) throw invalidArgumentValue('baseUrl', 'a URL without a fragment')
  return url
}

function carriesPersonalData({ username, password, pathname, search, searchParams, hash }: URL): boolean {
  const pieces = [...pathname.split(/[/;=]/), ...search.split(/[?&;=]/), ...hash.split(/[#?&;=]/)]
  return (
    username !== '' || password !== '' || [...searchParams.keys()].some(namesPersonalData) || pieces.some(looksPersonal)
  )
}
