import {
  type ConsentLedger,
  type ConsentRequest,
  type ConsentService,
  type ConsentStore,
  type ControllerKeys,
  createConsentService,
  type Decision,
  type Notice,
  type Recorded,
  type Signer,
} from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { createTestSigner, type MemoryTransaction, memoryConsentStore } from '@surveyseal/consent/testing'
import { AUDIENCE, later, NOW, notice, SUBJECT, SURVEY } from './fixtures.js'

/** A controller, its store, a respondent's browser, and a clock that moves only when told. */
export interface World {
  readonly service: ConsentService<MemoryTransaction>
  readonly store: ConsentStore<MemoryTransaction>
  readonly signer: Signer
  readonly keys: ControllerKeys
  advance(seconds: number): Date
  ask(
    overrides?: Partial<Pick<ConsentRequest, 'subject' | 'survey' | 'language' | 'purposes'>>,
  ): Promise<ConsentRequest>
  sign(request: ConsentRequest, decisions: Record<string, Decision>): Promise<string>
  /** Asks about the purposes named, signs and records. */
  decide(decisions: Record<string, Decision>): Promise<Recorded>
}

export async function createWorld(
  options: {
    notices?: readonly Notice[]
    store?: World['store']
    ledger?: ConsentLedger<unknown>
    controller?: Pick<World, 'signer' | 'keys'>
  } = {},
): Promise<World> {
  const { notices = [notice], store = memoryConsentStore(), ledger, controller } = options
  const { signer, keys } = controller ?? (await createTestSigner())
  let now = NOW
  const service = createConsentService({
    ...{ store, signer, keys, audience: AUDIENCE, notices, clock: () => now },
    ...(ledger === undefined ? {} : { ledger }),
  })
  const world: World = {
    service,
    store,
    signer,
    keys,
    advance: (seconds) => {
      now = later(seconds, now)
      return now
    },
    ask: (overrides = {}) =>
      service.request(notices[0] ?? notice, { subject: SUBJECT, survey: SURVEY, language: 'en', ...overrides }),
    sign: (request, decisions) => signConsent(request, decisions, { now }),
    decide: async (decisions) => {
      const request = await world.ask({ purposes: Object.keys(decisions) })
      return service.record(await world.sign(request, decisions))
    },
  }
  return world
}
