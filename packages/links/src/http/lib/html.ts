/**
 * Writing HTML from text that others chose.
 *
 * @module
 */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** A form that posts to `action`, with fields nobody sees. */
export function postForm(
  action: string,
  fields: readonly (readonly [name: string, value: string])[],
  visible: string,
): string {
  const hidden = fields.map(([name, value]) => {
    return `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`
  })
  return `<form method="post" action="${escapeHtml(action)}">${hidden.join('')}${visible}</form>`
}
