/**
 * Pages that fetch nothing and run nothing.
 *
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** Everything up to the content of a page; its own policy lets in its one style and nothing else. */
export function pageHead(page: { readonly language: string; readonly title: string; readonly style: string }): string {
  const { language, title, style } = page
  const digest = btoa(String.fromCharCode(...sha256(utf8ToBytes(style))))
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`
  return [
    `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">',
    `<title>${escaped(title)}</title><style>${style}</style></head><body><main>`,
  ].join('\n')
}

/** Text of others, which must not turn the direction of what stands around it. */
export function apart(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`
}

/** Text as text, in elements and in quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** An instant in words, in UTC. */
export function instant(at: number, language: string): string {
  const date = new Date(at)
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' })
  return `<time datetime="${date.toISOString()}">${escaped(format.format(date))} UTC</time>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
