/**
 * Someone at a screen. One walks in Chromium, the other over plain HTTP; the journey does not know which.
 *
 * @module
 */
import type { Decision } from '@surveyseal/consent'

/** A page as the visitor has it. */
export interface Seen {
  readonly status: number
  /** The path in the address bar. */
  readonly address: string
  readonly heading: string
  readonly html: string
  /** How many choices are made on it already. */
  readonly ticked: number
}

/** What a visitor can do. */
export interface Visitor {
  /** Says how the journey is walked. */
  readonly name: string
  /** Opens an address. */
  open(address: string): Promise<Seen>
  /** Fills in and sends the form with this action. Check boxes named here are all ticked. */
  send(action: string, values?: Readonly<Record<string, string>>): Promise<Seen>
  /** Decides on the notice page; the choices are signed by the browser module. */
  choose(decisions: Readonly<Record<string, Decision>>): Promise<Seen>
  /** Answers on the survey page. */
  answer(values: SurveyAnswer): Promise<Seen>
  /** Gets a file the page offers. */
  download(address: string): Promise<string>
  /** What this visitor noticed on the way, to be proved empty at the end. */
  readonly complaints: readonly string[]
  /** Says what was looked at. */
  readonly looked: string
  close(): Promise<void>
}

/** An answer to the survey. */
interface SurveyAnswer {
  readonly nps: number
  readonly npsComment: string
  readonly followUpDetails?: string
}
