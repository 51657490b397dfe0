import * as element from '@surveyseal/consent/element'
import * as form from '@surveyseal/consent/form'
import { expect, test } from 'vitest'
import { WORDS } from '../src/element/form-wording.js'

test('@surveyseal/consent/element offers exactly this', () => {
  expect(Object.keys(element)).toEqual(['defineConsentElement'])
})

test('@surveyseal/consent/form offers exactly this', () => {
  expect(Object.keys(form)).toEqual(['createConsentForm'])
})

test('on a server importing and defining the element do nothing', () => {
  expect('HTMLElement' in globalThis).toBe(false)
  expect(element.defineConsentElement()).toBe(undefined)
})

test('every phrase is there in English and French, with the same values in it', () => {
  const valuesOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([value]) => value).sort()
  for (const [name, [english, french]] of Object.entries(WORDS)) {
    expect(
      [english, french].every((text) => /^\S.*\S$/.test(text)),
      name,
    ).toBe(true)
    expect(valuesOf(french), name).toEqual(valuesOf(english))
  }
})
