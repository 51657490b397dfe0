/**
 * Merge tags of mail and survey systems.
 *
 * @module
 */

import { kindOfName, type NamedKind } from './parameter-names.js'

/** How each family writes a field's name, which the pattern captures; the opener spares the search. */
const NOTATIONS: readonly { readonly opener: string; readonly pattern: RegExp }[] = [
  { opener: '{{', pattern: /\{\{\{?[\s#^&]{0,4}([\w .:|()'"-]{1,100}?)\s{0,4}\}\}/g }, // Handlebars, Liquid, Klaviyo, HubSpot
  { opener: '*|', pattern: /\*\|([\w:. -]{1,100})\|\*/g }, // Mailchimp
  { opener: '%%', pattern: /%%([\w:=. -]{1,100})%%/g }, // Salesforce Marketing Cloud, Pardot
  { opener: '${', pattern: /\$\{(?:[a-z]{1,3}:\/\/)?([\w /.:-]{1,100})\}/gi }, // Qualtrics piped text, FreeMarker
  { opener: '<%', pattern: /<%=?\s{0,4}([\w.@ ]{1,100}?)\s{0,4}%>/g }, // Adobe Campaign, ERB, EJS
  { opener: '%', pattern: /%(?![\da-f]{2})([a-z][\w.]{1,100})%/gi }, // Mailgun, ActiveCampaign; no percent-encoding
  { opener: '[', pattern: /\[\[?([a-z][\w:., -]{1,100})\]/gi }, // Campaign Monitor, Emma, SurveyMonkey
  { opener: '{', pattern: /(?<![{$])\{!?(?:TOKEN:)?([a-z][\w:. -]{1,100})\}(?!\})/gi }, // LimeSurvey, Salesforce
]

/**
 * Finds the merge tags whose field is personal.
 *
 * @param text - A URL or a template, percent-encoding undone.
 * @returns What will stand in the URL once the tag is filled in.
 */
export function kindsOfMergeTags(text: string): NamedKind[] {
  const kinds: NamedKind[] = []
  for (const { opener, pattern } of NOTATIONS) {
    if (!text.includes(opener)) continue
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const kind = kindOfField(match[1] ?? '')
      if (kind !== null) kinds.push(kind)
    }
  }
  return kinds
}

/** "Field/RecipientEmail", "contact.email | default: 'x'", "First Name". */
function kindOfField(field: string): NamedKind | null {
  const [expression = ''] = field.split('|')
  return kindOfName(expression.trim().split(/[/.]/).at(-1) ?? '')
}
