/**
 * Which language a request is answered in.
 *
 * @module
 */
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { acceptedLanguage, type Language, parseLanguage } from './i18n.js'

/** The language links choose, else the one chosen before, else the fallback, else what the browser prefers. */
export function languageOf(context: Context, fallback?: Language): Language {
  const asked = parseLanguage(context.req.query('language'))
  if (asked !== null) keepLanguage(context, asked)
  const kept = parseLanguage(getCookie(context, cookieName(context)))
  return asked ?? kept ?? fallback ?? acceptedLanguage(context.req.header('Accept-Language'))
}

/** Remembers a choice until the browser is closed; staff and respondents choose apart. */
export function keepLanguage(context: Context, language: Language): void {
  setCookie(context, cookieName(context), language, { httpOnly: true, sameSite: 'Lax', path: '/' })
}

function cookieName(context: Context): string {
  return context.req.path.startsWith('/operator') ? 'desk-language' : 'language'
}
