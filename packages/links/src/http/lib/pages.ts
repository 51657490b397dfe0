/**
 * The default pages: no script of their own, no style, a button where something happens.
 *
 * @module
 */

import type { LinkPage, Prefill } from '../link-handlers.js'
import { englishMessages, type LinkMessage, type LinkMessages } from '../messages.js'
import { escapeHtml, postForm } from './html.js'
import { FIELD, type Sent } from './read-request.js'
import type { Settings } from './settings.js'

type PageOf<Step extends LinkPage['step']> = Extract<LinkPage, { readonly step: Step }>

/** What a page is made with besides itself. */
interface Frame {
  readonly settings: Settings<never>
  readonly say: LinkMessages
  /** The host's part, or `null` for the default. */
  readonly body: string | null
  /** What to send again by a button, to the same address. */
  readonly retry: { readonly action: string; readonly fields: Sent['fields'] } | null
}

const PAGES: {
  readonly [Step in LinkPage['step']]: (page: PageOf<Step>, frame: Frame) => string
} = { open: openPage, claim: claimPage, submit: textPage, enter: enterPage, problem: problemPage }

/** Writes a whole document. */
export function writePage(page: LinkPage, options: Omit<Frame, 'say'>): string {
  const { script, stylesheet } = options.settings.options
  const say = options.settings.messages.get(page.language) ?? englishMessages
  // One function per step, each for the pages of that step alone.
  const write = PAGES[page.step] as (page: LinkPage, frame: Frame) => string
  return [
    `<!doctype html><html lang="${escapeHtml(page.language)}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow">`,
    `<title>${escapeHtml(messageOf(page, say).title)}</title>`,
    stylesheet === undefined ? '' : `<link rel="stylesheet" href="${escapeHtml(stylesheet)}">`,
    script === undefined ? '' : `<script type="module" src="${escapeHtml(script)}"></script>`,
    `</head><body><main>${write(page, { ...options, say })}</main></body></html>`,
  ].join('')
}

function messageOf(page: LinkPage, say: LinkMessages): LinkMessage {
  if (page.step === 'problem') return say[page.outcome]
  if (page.step === 'claim' && page.issues.length > 0) return say['answer-refused']
  return page.step === 'submit' ? say.kept : say[page.step]
}

function openPage(page: PageOf<'open'>, frame: Frame): string {
  const fields = [[FIELD.token, page.token], [FIELD.language, page.language], ...Object.entries(page.prefill)] as const
  return textPage(page, frame) + postForm(`${frame.settings.path}/claim`, fields, button(frame.say.start))
}

function claimPage(page: PageOf<'claim'>, frame: Frame): string {
  const fields = [
    [FIELD.token, page.token],
    [FIELD.key, page.idempotencyKey],
    [FIELD.language, page.language],
  ] as const
  const questions = frame.body ?? defaultQuestions(page, frame.say)
  return (
    introduction(page, frame.say) +
    postForm(`${frame.settings.path}/submit`, fields, questions + button(frame.say.send))
  )
}

/** A field for each declared parameter, and a comment; what was sent before stands in them again. */
function defaultQuestions({ prefill, answer }: PageOf<'claim'>, say: LinkMessages): string {
  const comment = valueIn(answer, 'comment')
  return [
    ...Object.entries(prefill as Prefill).map(([name, value]) => {
      return `<p><label>${escapeHtml(name)} <input name="${escapeHtml(name)}" value="${escapeHtml(value)}"></label></p>`
    }),
    `<p><label>${escapeHtml(say.comment)}<br><textarea name="comment" rows="6">\n${escapeHtml(comment)}</textarea></label></p>`,
  ].join('')
}

function valueIn(answer: unknown, name: string): string {
  const value =
    typeof answer === 'object' && answer !== null && Object.hasOwn(answer, name) && Reflect.get(answer, name)
  return typeof value === 'string' ? value : ''
}

function enterPage(page: PageOf<'enter'>, frame: Frame): string {
  const token = `<p><label>${escapeHtml(frame.say.token)} <input name="${FIELD.token}" required autocomplete="off" spellcheck="false"></label></p>`
  const fields = [[FIELD.language, page.language]] as const
  return textPage(page, frame) + postForm(`${frame.settings.path}/claim`, fields, token + button(frame.say.start))
}

function problemPage(page: PageOf<'problem'>, frame: Frame): string {
  const { retry, say } = frame
  return textPage(page, frame) + (retry === null ? '' : postForm(retry.action, retry.fields, button(say.again)))
}

function textPage(page: LinkPage, { say, body }: Frame): string {
  return body ?? introduction(page, say)
}

function introduction(page: LinkPage, say: LinkMessages): string {
  const { title, text } = messageOf(page, say)
  const wrong = page.step === 'problem' || (page.step === 'claim' && page.issues.length > 0)
  return `<h1>${escapeHtml(title)}</h1><p${wrong ? ' role="alert"' : ''}>${escapeHtml(text)}</p>`
}

function button(label: string): string {
  return `<p><button>${escapeHtml(label)}</button></p>`
}
