/**
 * Texts that hold nothing but perhaps a name: most comments.
 *
 * @module
 */

/** Without one of these no number or address is in a text; of what is not ASCII only accented letters of Latin-1 are harmless. */
const SIGN = /[@0-:&%([{\x80-\xbf\xd7\xf7\u0100-\uffff]/
const SITE = /www\./i

/** Whether nothing but a name can be found in a text. Never says so wrongly; often does not when it could. */
export function isQuiet(text: string): boolean {
  return !SIGN.test(text) && !SITE.test(text)
}
