/**
 * Public holidays where the company is: periods of the law end on the next working day. They are the host's data.
 *
 * @module
 */

/** The same day every year, by article L3133-1 of the Code du travail. */
const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']

/** Easter Monday, Ascension Day and Whit Monday. */
const movable: Readonly<Record<number, readonly string[]>> = {
  2026: ['04-06', '05-14', '05-25'],
  2027: ['03-29', '05-06', '05-17'],
  2028: ['04-17', '05-25', '06-05'],
}

/** Days as `2026-12-25`. A year that is missing can only make a day too early. */
export const holidays: readonly string[] = Object.entries(movable).flatMap(([year, days]) =>
  [...fixed, ...days].map((day) => `${year}-${day}`),
)
