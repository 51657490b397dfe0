/**
 * What the server remembers of a respondent between two pages, for one hour. It never leaves this process.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { WithdrawalEffects } from '@surveyseal/consent'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/** A survey link that a person has started to use. */
interface Claim {
  readonly person: string
  readonly token: string
  /** From the link service: sending with it twice keeps the answer once. */
  readonly idempotencyKey: string
}

/** One visit. */
export interface Session {
  /** Whose link was claimed, and what its submission carries; absent for someone who came to withdraw. */
  readonly claim?: Claim
  /** Receipt of the last decision or withdrawal. */
  receipt?: string
  /** What that withdrawal ends. */
  readonly effects?: WithdrawalEffects
  /** Whose page of requests is open. */
  readonly rightsOf?: string
}

/** Sessions of this process. */
export interface Sessions {
  /** Starts a session and gives its name to the browser. */
  start(context: Context, session: Session): void
  /** The session of a request, or null. */
  find(context: Context): Session | null
}

const cookie = 'visit'
const lifetimeSeconds = 3600
const atMost = 10_000

/** Makes an empty set of sessions. */
export function createSessions(): Sessions {
  const sessions = new Map<string, { readonly session: Session; readonly until: number }>()

  function sweep(): void {
    const now = Date.now()
    for (const [id, { until }] of sessions) {
      if (until > now && sessions.size < atMost) break
      sessions.delete(id)
    }
  }

  return {
    start(context, session) {
      sweep()
      const id = randomBytes(32).toString('base64url')
      sessions.set(id, { session, until: Date.now() + lifetimeSeconds * 1000 })
      const secure = new URL(context.req.url).protocol === 'https:'
      setCookie(context, cookie, id, { httpOnly: true, sameSite: 'Strict', path: '/', secure, maxAge: lifetimeSeconds })
    },
    find(context) {
      const found = sessions.get(getCookie(context, cookie) ?? '')
      return found !== undefined && found.until > Date.now() ? found.session : null
    },
  }
}
