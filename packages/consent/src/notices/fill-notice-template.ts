import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { NoticeInput } from '../notice.js'
import type { NoticeTemplate } from './notice-template.js'
import { findPlaceholders, replacePlaceholders } from './placeholders.js'

/**
 * Fills in a template: every placeholder, and nothing else.
 *
 * @example
 * From template to notice.
 *
 * ```ts
 * import { defineNotice, type Notice } from '@surveyseal/consent'
 * import { fillNoticeTemplate, noticeTemplate } from '@surveyseal/consent/notices'
 *
 * export function publish(values: Record<string, string>): Notice {
 *   return defineNotice(fillNoticeTemplate(noticeTemplate({ tier: 'low', transfers: [] }), values))
 * }
 * ```
 *
 * @param template - From `noticeTemplate`.
 * @param values - A text for each name in `template.placeholders`.
 * @returns The notice, for its author to read, change, lint and define.
 * @throws RangeError `ERR_INVALID_ARG_VALUE` when a placeholder has no text, a text has a placeholder, or a name is none.
 */
export function fillNoticeTemplate(
  { notice, placeholders }: NoticeTemplate,
  values: Readonly<Record<string, string>>,
): NoticeInput {
  if (typeof values !== 'object' || values === null) throw invalidArgumentType('values', 'object', values)
  for (const name of placeholders)
    assertText(`values["${name}"]`, Object.hasOwn(values, name) ? values[name] : undefined)
  if (Object.keys(values).some((name) => !placeholders.includes(name))) {
    throw invalidArgumentValue('values', 'of no more names than the template has placeholders')
  }
  return fill(notice, values) as NoticeInput
}

function assertText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value.trim() === '' || findPlaceholders(value).length > 0) {
    throw invalidArgumentValue(name, 'a text without placeholders')
  }
}

function fill(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return replacePlaceholders(value, (name) => values[name] ?? '')
  if (Array.isArray(value)) return value.map((item) => fill(item, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [fill(name, values), fill(member, values)]))
}
