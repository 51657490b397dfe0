/**
 * What the steps of the journey share.
 *
 * @module
 */
import type { SeedCustomer } from '../data/seed-customers.js'
import type { Host } from '../host.js'
import type { Language } from '../i18n.js'
import { type ProgrammePractice, practices } from '../programme.js'
import type { Visitor } from './visitor.js'

/** The people, the places, and what is handed from step to step. */
export interface Scene {
  readonly host: Host
  readonly visitor: Visitor
  /** The data folder, whose bytes are searched at the end. */
  readonly folder: string
  readonly language: Language
  /** The person the journey follows to the end. */
  readonly margaret: SeedCustomer
  /** Someone who answers without being matched. */
  readonly helene: SeedCustomer
  /** Margaret's link to the survey, and Hélène's. */
  sealed: string
  opaque: string
  /** An invitation of Margaret's that she has not answered. */
  second: string
  /** The receipt in hand. */
  receipt: string
  /** Her request to be erased. */
  erasure: string
  /** Margaret's link to withdraw. */
  withdrawal: string
}

/** The words Margaret writes, with her own name and number in them: free text always may. */
export const planted = 'The night crew was splendid. Margaret Whitcombe, 020 7946 0018'

/** The same address in the journey's language. */
export function inLanguage(address: string, language: Language): string {
  return `${address}?language=${language}`
}

/** Where the operator looks at one person. */
export function deskOf({ person }: SeedCustomer): string {
  return `/operator/consents/${person}`
}

/** The gate's answer for every practice: `allow`, or the reason why not. */
export async function gateFor(host: Host, person: string): Promise<Record<ProgrammePractice, string>> {
  const answers = practices.map(async (practice) => {
    const permission = await host.mayRun(practice, person)
    return [practice, permission.outcome === 'allow' ? 'allow' : permission.reason] as const
  })
  return Object.fromEntries(await Promise.all(answers)) as Record<ProgrammePractice, string>
}

/** The last part of a link. */
export function tokenOf(link: string): string {
  return new URL(link).pathname.split('/').at(-1) ?? ''
}

/** Changes one character in the middle. */
export function flip(text: string): string {
  const middle = Math.floor(text.length / 2)
  return `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`
}

/** What anyone would recognise the person by. */
export function knownOf(customer: SeedCustomer): string[] {
  const { email, telephone, firstName, lastName, customerNumber, jobLevel, jobPosition, vehiclePlate, answers } =
    customer
  const numbers = [telephone, telephone.replace(/[^\d+]/g, '')]
  const details = [firstName, lastName, customerNumber, jobLevel, jobPosition, vehiclePlate]
  return [email, ...numbers, ...details, ...answers.map(({ comment }) => comment)]
}
