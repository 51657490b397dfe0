/**
 * Reading what a client sent. What cannot be read is as good as nothing sent.
 *
 * @module
 */
import type { Context } from 'hono'

/** A form that was sent. */
export interface SentForm {
  /** A field's text, empty when there is none. */
  text(name: string): string
  /** The texts of every field of this name. */
  texts(name: string): readonly string[]
  /** The text of an uploaded file, empty when there is none. */
  file(name: string): Promise<string>
}

/** Reads a form. */
export async function readForm(context: Context): Promise<SentForm> {
  const form = await context.req.formData().catch(() => new FormData())
  const texts = (name: string): string[] =>
    form
      .getAll(name)
      .filter((value) => typeof value === 'string')
      .filter(isStorable)
  return {
    texts,
    text: (name) => texts(name)[0] ?? '',
    file: async (name) => {
      const value = form.get(name)
      return typeof value === 'string' || value === null ? '' : value.text()
    },
  }
}

/** Reads JSON; undefined when it is none. */
export async function readJson(context: Context): Promise<unknown> {
  return context.req.json<unknown>().catch(() => undefined)
}

/** The databases hold well-formed text without U+0000 only. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text)
}
