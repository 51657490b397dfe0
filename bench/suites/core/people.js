// Rows as an answer table has them: few regions, ages and years, half a million classes in a million rows.

export const quasiIdentifiers = ['region', 'age', 'gender', 'level', 'year']

export function people(count) {
  const levels = ['Director', 'Manager', 'Staff', 'VP', 'C-level']
  const regions = Array.from({ length: 50 }, (_, index) => `region-${index}`)
  let state = 1
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % below
  }
  return Array.from({ length: count }, () => ({
    region: regions[random(50)],
    age: 18 + random(70),
    gender: random(2) === 0 ? 'male' : 'female',
    level: levels[random(5)],
    year: 2000 + random(20),
  }))
}
