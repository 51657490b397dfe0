import { SOURCES } from '@surveyseal/core/risk'

/** The published text a finding rests on. */
export interface RuleSource {
  readonly title: string
  /** The place in it, such as `article 13(1)(f)`. */
  readonly reference: string
  readonly url?: string
  /** Date of the version the rule was written after (ISO 8601); where the text bears none, the day it was read. */
  readonly asOf: string
}

const READ = '2026-11-24'
const gdprText = { title: SOURCES.gdpr.title, url: SOURCES.gdpr.url, asOf: SOURCES.gdpr.date ?? READ }
const consentText = {
  title: 'European Data Protection Board, Guidelines 05/2020 on consent under Regulation 2016/679, version 1.1',
  url: 'https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-052020-consent-under-regulation-2016679_en',
  asOf: '2020-05-13',
}
const transparencyText = {
  title: 'Article 29 Working Party, Guidelines on transparency under Regulation 2016/679, WP 260 rev.01',
  url: 'https://ec.europa.eu/newsroom/article29/items/622227',
  asOf: '2018-04-11',
}
const tierText = { title: SOURCES.forrester.title, url: SOURCES.forrester.url, asOf: READ }

/** @internal */
export function gdpr(reference: string): RuleSource {
  return { ...gdprText, reference }
}

/** @internal */
export function edpbConsent(reference: string): RuleSource {
  return { ...consentText, reference }
}

/** @internal */
export function wp260(reference: string): RuleSource {
  return { ...transparencyText, reference }
}

/** @internal */
export function tier(reference: string): RuleSource {
  return { ...tierText, reference }
}

/** @internal What this project holds notices to where no other text says it. */
export function project(reference: string): RuleSource {
  return { title: 'SurveySeal, exact privacy claims', reference, asOf: READ }
}
