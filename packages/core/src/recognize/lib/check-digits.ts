/**
 * Check digits of the numbers that people are known by.
 *
 * @module
 */

import { isDigit } from './digits.js'

/** ISO/IEC 7812-1: payment cards, and national numbers that borrowed it. Whatever stands between digits is passed over. */
export function luhn(text: string, start = 0, end: number = text.length): boolean {
  let sum = 0
  let double = false
  for (let index = end - 1; index >= start; index--) {
    const code = text.charCodeAt(index)
    if (!isDigit(code)) continue
    const digit = (code - 48) * (double ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
    double = !double
  }
  return sum % 10 === 0
}

/** ISO 7064 MOD 97-10 over letters and digits, as IBAN uses it: the remainder, after that of the characters before. */
export function mod97(characters: string, before = 0): number {
  let remainder = before
  for (let index = 0; index < characters.length; index++) {
    const code = characters.charCodeAt(index)
    const value = code < 58 ? code - 48 : (code | 32) - 87
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}

/** The sum of digits times weights. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0)
}

/** ISO 7064 MOD 11,10: the German tax identifier, the Croatian OIB. */
export function mod11Of10(digits: string): boolean {
  let product = 10
  for (const digit of digits.slice(0, -1)) {
    const sum = (product + Number(digit)) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === Number(digits.at(-1))
}
