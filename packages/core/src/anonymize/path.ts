import { AnonymizeError } from './errors.js'

/** The names from the record down to a value; `null` stands for any name or array element (`*`). */
export type Path = readonly (string | null)[]

const maxSteps = 64

/**
 * Writes a field name the way rules and reports write it: `\`, `.` and `*` in it are escaped by `\`.
 *
 * @param name - The name as it is in the record.
 * @returns One step of a path.
 */
export function escapeFieldName(name: string): string {
  return name.replace(/[\\.*]/g, '\\$&')
}

/**
 * @internal
 *
 * @throws {@link AnonymizeError} `ERR_POLICY_PATH_INVALID` for an empty step, a `*` that is part of a name, a `\` before
 * anything but `\`, `.` and `*`, and more than 64 steps.
 */
export function parsePath(text: string, place: string): Path {
  const dotted = `.${text}`
  const steps = [...dotted.matchAll(/\.((?:[^\\.*]|\\[\\.*])+|\*)/g)]
  const read = steps.reduce((length, [step]) => length + step.length, 0)
  if (read !== dotted.length || steps.length > maxSteps) {
    throw new AnonymizeError('ERR_POLICY_PATH_INVALID', `the name of ${place} is not a path`)
  }
  return steps.map(([, step = '']) => (step === '*' ? null : step.replace(/\\([\\.*])/g, '$1')))
}
