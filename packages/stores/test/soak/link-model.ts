import { auditAnswer, type Request } from './history.js'

/** One link as it would be if there were one process and one request at a time. */
export interface LinkModel {
  readonly usesLeft: number
  readonly revoked: boolean
  /** Idempotency keys that were accepted. */
  readonly keys: readonly string[]
}

/** What a link does when it is asked; the specification that every history is held against. */
export function step(link: LinkModel, request: Request): { readonly link: LinkModel; readonly answer: string } {
  return rules[request.kind](link, request as never)
}

interface Step {
  readonly link: LinkModel
  readonly answer: string
}

const rules = {
  submit(link, { key }) {
    if (link.keys.includes(key)) return { link, answer: 'repeated' }
    if (link.revoked || link.usesLeft < 1) return { link, answer: 'refused' }
    return { link: { ...link, usesLeft: link.usesLeft - 1, keys: [...link.keys, key] }, answer: 'spent' }
  },
  open(link) {
    const state = link.usesLeft < 1 ? 'used' : 'usable'
    return { link, answer: link.revoked ? 'revoked' : state }
  },
  revoke(link) {
    return { link: { ...link, revoked: true }, answer: link.revoked ? '0' : '1' }
  },
  audit(link) {
    return { link, answer: auditAnswer(link.usesLeft, link.revoked, link.keys) }
  },
} satisfies { [Kind in Request['kind']]: (link: LinkModel, request: Extract<Request, { kind: Kind }>) => Step }
