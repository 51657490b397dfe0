/**
 * Putting a token into a URL and taking it out again.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { Placement } from '../placement.js'
import { malformedLink } from './token.js'

const QUERY_PARAMETER = 't'
/** Mail systems lengthen links; beyond this nobody meant one. */
export const MAX_URL_LENGTH = 8192

interface PlacementRule {
  /** What comes before and after the token in a base URL that was checked. */
  around(base: URL): { readonly before: string; readonly after: string }
  /** Finds the token by its delimiters alone, so that one spelling stays one spelling; `null` when there is none. */
  find(parts: UrlParts): string | null
}

interface UrlParts {
  readonly path: string
  readonly query: string | null
  readonly fragment: string | null
}

const PLACEMENTS = {
  path: {
    around: ({ origin, pathname, search }) => ({ before: `${origin}${pathname.replace(/\/$/, '')}/`, after: search }),
    find: ({ path }) => path.slice(path.lastIndexOf('/') + 1),
  },
  fragment: {
    around: ({ href }) => ({ before: `${href}#`, after: '' }),
    find: ({ fragment }) => fragment,
  },
  query: {
    around: ({ origin, pathname, search }) => ({
      before: `${origin}${pathname}${search === '' ? '?' : `${search}&`}${QUERY_PARAMETER}=`,
      after: '',
    }),
    find: ({ query }) => {
      const found = (query ?? '').split('&').filter((pair) => pair.startsWith(`${QUERY_PARAMETER}=`))
      return found.length === 1 ? (found[0]?.slice(QUERY_PARAMETER.length + 1) ?? null) : null
    },
  },
} as const satisfies Record<Placement, PlacementRule>

/** Prepares the adding of tokens to one base URL. */
export function tokenAdder(base: URL, placement: Placement): (token: string) => string {
  const { around } = rule(placement)
  if (placement === 'query' && base.searchParams.has(QUERY_PARAMETER)) {
    throw invalidArgumentValue('baseUrl', `a URL without a parameter "${QUERY_PARAMETER}"`)
  }
  const { before, after } = around(base)
  return (token) => before + token + after
}

/** Finds the token of an absolute or relative URL, or of a bare token; throws `ERR_LINK_MALFORMED`. */
export function findToken(url: string, placement: Placement): string {
  const { find } = rule(placement)
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH) throw malformedLink()
  const token = /[/?#:]/.test(url) ? find(split(url)) : url
  if (token === null) throw malformedLink()
  return token
}

function rule(placement: Placement): PlacementRule {
  if (!Object.hasOwn(PLACEMENTS, placement)) throw invalidArgumentValue('placement', "'path', 'fragment' or 'query'")
  return PLACEMENTS[placement]
}

function split(url: string): UrlParts {
  const [beforeFragment, fragment] = cut(url, '#')
  const [path, query] = cut(beforeFragment, '?')
  return { path, query, fragment }
}

function cut(text: string, delimiter: string): [string, string | null] {
  const at = text.indexOf(delimiter)
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)]
}
