// The digests of docs/formats/opaque-link.md, computed with other means than the subject's.
import { createHmac, createSecretKey } from 'node:crypto'

/**
 * @param {Uint8Array} secret The pepper.
 * @param {{ tenant: string, survey: string, purpose: string }} scope
 */
export function digests(secret, { tenant, survey, purpose }) {
  const key = createSecretKey(secret)
  const digest = (common) => {
    const prefix = lengthPrefixed(common)
    return (parts) => createHmac('sha256', key).update(prefix).update(lengthPrefixed(parts)).digest('base64url')
  }
  const of = (kind, where) => digest(['SurveySeal suppression', kind, ...where])
  const scope = [tenant, survey, purpose]
  const [erased, respondent] = [of('erased', [tenant]), of('respondent', scope)]
  const closed = of('survey', scope)([])
  const opaque = digest(['SurveySeal opaque link', ...scope])
  return {
    /** The key of a link's row. */
    ofLink: (id) => opaque([id]),
    /** What would suppress the link of this UUID: itself, everywhere or in this survey, or the survey. */
    suppressing: (uuid) => {
      const person = [uuidType, Buffer.from(uuid.replaceAll('-', ''), 'hex')]
      return [erased(person), respondent(person), closed]
    },
  }
}

const uuidType = Uint8Array.of(0)

function lengthPrefixed(parts) {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part)
      return [Buffer.of(bytes.length >> 8, bytes.length & 255), bytes]
    }),
  )
}
