import fc from 'fast-check'
import { type CountryCode, getCountries, getExampleNumber } from 'libphonenumber-js'
import examples from 'libphonenumber-js/mobile/examples'
import { expect, test } from 'vitest'
import { judgeInternational, judgeNational } from '../../src/recognize/lib/phone-plans.js'
import { isValid } from '../../src/recognize/phone.js'

const country = fc.constantFrom<CountryCode>('US', 'CA', 'GB', 'FR', 'US', 'GB', ...getCountries())
/** Numbers of a country, whole and with digits changed, added and taken away. */
const number = country.chain((of) => {
  const example = getExampleNumber(of, examples)
  const [e164, national] = [example?.number.slice(1) ?? '1', example?.formatNational().replace(/\D/g, '') ?? '1']
  return fc
    .tuple(
      fc.constantFrom(e164, national, example?.nationalNumber ?? '1', `0${national}`),
      fc.nat(14),
      fc.constantFrom('', '0', '1', '55', '9', '12'),
      fc.nat(3),
    )
    .map(([digits, at, put, taken]) => ({ of, digits: digits.slice(0, at) + put + digits.slice(at + taken) }))
})

test('what is told of a number without parsing it is what parsing tells', () => {
  let [told, valid] = [0, 0]
  fc.assert(
    fc.property(number, ({ of, digits }) => {
      const international = judgeInternational(digits)
      if (international !== undefined) expect(international).toBe(isValid(`+${digits}`))
      const national = judgeNational(digits, of)
      if (national !== undefined) expect(national).toBe(isValid(digits, of))
      told += Number(international !== undefined) + Number(national !== undefined)
      valid += Number(international === true) + Number(national === true)
    }),
    { numRuns: 3000 },
  )
  expect(told).toBeGreaterThan(2000)
  expect(valid).toBeGreaterThan(200)
})
