// Says that it is ready, waits for a line, then asks for one token. It says which outcome it got; told to, it dies between
// the commit and the signature, where nobody has the reply yet.
import { once } from 'node:events'
import { loadWaveKey, type WaveKeyDocument } from '@surveyseal/links/unlinkable'
import { openStaffWave } from '../support/wave.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, document, link, blinded, dies] = readArguments<[Target, WaveKeyDocument, string, string, boolean]>()
const key = loadWaveKey(document)
if (dies) key.blindSign = () => process.kill(process.pid, 'SIGKILL') as never
const { issuer } = await openStaffWave(await openTarget(target), key)
acknowledge('ready')
await once(process.stdin, 'data')

const request = { link, keyId: key.keyId, blinded: new Uint8Array(Buffer.from(blinded, 'base64url')) }
const issuance = await issuer.issue(request)
acknowledge(JSON.stringify({ ...issuance, signature: 'signature' in issuance ? Array.from(issuance.signature) : null }))
process.exit(0)
