/** A language SurveySeal has texts in. */
export type Language = 'en' | 'fr'

/** A text in every {@link Language}. */
export type Text = Readonly<Record<Language, string>>
