// The reference of seal-batch: AES-SIV (RFC 5297) over many UUID links at once, as one writes it by hand when every link is
// alike. Nothing is checked, there is one length and one format.
import { createCipheriv } from 'node:crypto'

const BLOCK = 16
const TEXT = 21
const TOKEN = 2 + BLOCK + TEXT
const CHARACTERS = (TOKEN * 4) / 3

/**
 * @param {{ key: Uint8Array, chain: Uint8Array, prefix: string }} options 64 bytes; what S2V makes of the associated data; the
 *   URL up to the token.
 * @returns {(links: readonly { respondent: string, expiresAt: Date }[]) => string[]} At most `most` links at a time.
 */
export function handBatched({ key, chain, prefix }, most = 4096) {
  const mac = createCipheriv('aes-256-ecb', key.subarray(0, 32), null).setAutoPadding(false)
  const counter = createCipheriv('aes-256-ecb', key.subarray(32), null).setAutoPadding(false)
  const subkey = double(double(mac.update(new Uint8Array(BLOCK))))
  const mask = new Uint8Array(2 * BLOCK)
  mask.set(subkey, BLOCK)
  mask[TEXT] ^= 0x80
  for (let at = 0; at < BLOCK; at++) mask[TEXT - BLOCK + at] ^= chain[at]

  const tokens = Buffer.alloc(most * TOKEN)
  const blocks = Buffer.alloc(most * BLOCK)
  const counters = Buffer.alloc(most * 2 * BLOCK)

  return (links) => {
    const count = links.length
    for (let index = 0, token = 0; index < count; index++, token += TOKEN) {
      const { respondent, expiresAt } = links[index]
      tokens[token] = 1
      tokens[token + 1] = 1
      writePlaintext(tokens, token + 2 + BLOCK, respondent, expiresAt.getTime() / 1000)
      for (let at = 0; at < BLOCK; at++) blocks[index * BLOCK + at] = tokens[token + 2 + BLOCK + at] ^ mask[at]
    }
    const first = mac.update(blocks.subarray(0, count * BLOCK))
    for (let index = 0, token = 0; index < count; index++, token += TOKEN) {
      const block = index * BLOCK
      for (let at = 0; at < BLOCK; at++) blocks[block + at] = first[block + at] ^ mask[BLOCK + at]
      for (let at = 0; at < TEXT - BLOCK; at++) blocks[block + at] ^= tokens[token + 2 + 2 * BLOCK + at]
    }
    const tags = mac.update(blocks.subarray(0, count * BLOCK))
    for (let index = 0; index < count; index++) {
      const [from, to] = [index * BLOCK, index * 2 * BLOCK]
      for (let at = 0; at < BLOCK; at++) counters[to + at] = counters[to + BLOCK + at] = tags[from + at]
      counters[to + 8] = counters[to + BLOCK + 8] &= 0x7f
      counters[to + 12] = counters[to + BLOCK + 12] &= 0x7f
      // The low 32 bits as a number, one more.
      counters.writeUInt32BE(counters.readUInt32BE(to + 12) + 1, to + BLOCK + 12)
    }
    const stream = counter.update(counters.subarray(0, count * 2 * BLOCK))
    for (let index = 0, token = 0; index < count; index++, token += TOKEN) {
      for (let at = 0; at < BLOCK; at++) tokens[token + 2 + at] = tags[index * BLOCK + at]
      for (let at = 0; at < TEXT; at++) tokens[token + 2 + BLOCK + at] ^= stream[index * 2 * BLOCK + at]
    }
    // 39 bytes are 52 characters exactly, so one call encodes them all.
    const text = tokens.toString('base64url', 0, count * TOKEN)
    return links.map((_, index) => prefix + text.slice(index * CHARACTERS, (index + 1) * CHARACTERS))
  }
}

/** Expiry, flags of a UUID, the UUID. */
function writePlaintext(target, start, uuid, expires) {
  const header = expires * 64
  target[start] = header / 2 ** 32
  target[start + 1] = header / 2 ** 24
  target[start + 2] = header / 2 ** 16
  target[start + 3] = header / 2 ** 8
  target[start + 4] = header
  for (let index = 0, at = 0, to = start + 5; index < 16; index++, at += 2, to++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) at++
    target[to] = (digit(uuid.charCodeAt(at)) << 4) | digit(uuid.charCodeAt(at + 1))
  }
}

function digit(code) {
  return code < 0x3a ? code - 0x30 : code - 0x57
}

function double(block) {
  const doubled = block.map((byte, at) => (byte << 1) | ((block[at + 1] ?? 0) >> 7))
  doubled[BLOCK - 1] ^= (block[0] >> 7) * 0x87
  return doubled
}
