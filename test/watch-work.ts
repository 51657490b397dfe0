const exec = RegExp.prototype.exec
const indexOf = String.prototype.indexOf
const charCodeAt = String.prototype.charCodeAt

/**
 * Counts the characters that searches, regular expressions and loops of our own looked at: the work, whatever the machine. Tells the patterns
 * that were tried on texts longer than `long`.
 */
export function watch(action: () => void, long = 0): { sources: Set<string>; work: number } {
  const sources = new Set<string>()
  let work = 0
  RegExp.prototype.exec = function (this: RegExp, text: string): RegExpExecArray | null {
    if (text.length > long) sources.add(this.source)
    const from = this.global || this.sticky ? this.lastIndex : 0
    const match = exec.call(this, text)
    const end = match === null ? (this.sticky ? from : text.length) : match.index + match[0].length
    work += 1 + end - Math.min(from, end)
    return match
  }
  String.prototype.indexOf = function (this: string, search: string, from = 0): number {
    const index = indexOf.call(this, search, from)
    work += 1 + (index === -1 ? this.length : index) - Math.min(from, this.length)
    return index
  }
  String.prototype.charCodeAt = function (this: string, index: number): number {
    work++
    return charCodeAt.call(this, index)
  }
  try {
    action()
  } finally {
    restore()
  }
  return { sources, work }
}

/** Gives the methods back. */
export function restore(): void {
  RegExp.prototype.exec = exec
  String.prototype.indexOf = indexOf
  String.prototype.charCodeAt = charCodeAt
}
