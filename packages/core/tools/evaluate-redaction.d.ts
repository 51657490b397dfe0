/** A sentence of presidio-research, with what is in it. */
export interface Sentence {
  full_text: string
  spans: { entity_type: string; entity_value: string; start_position: number; end_position: number }[]
}

/** In percent. */
export interface Evaluation {
  /** By kind of value. */
  recall: Map<string, number>
  /** Of harmless words. */
  lost: number
}

export function evaluateRedaction(sentences: readonly Sentence[], redact: (text: string) => string): Evaluation
