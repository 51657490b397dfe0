/** The words of another language: a text for each text, whatever it says, and groups of texts for groups. */
export type Translation<Words> = {
  readonly [K in keyof Words]: Words[K] extends string ? string : Readonly<Record<keyof Words[K], string>>
}
