"""Reads sealed links, written from docs/formats/sealed-link.md alone and with nothing but the standard library.

Usage: python3 read_sealed_link.py VECTORS.json

Prints one JSON line for each vector: what the link holds, with every value on the way, or the code of its refusal.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
import unicodedata

MALFORMED = "ERR_LINK_MALFORMED"


class Refused(Exception):
    """Carries the code of a refusal."""


# AES-256, encryption of one block (FIPS 197).


def times2(byte):
    return (byte << 1) ^ (0x11B if byte & 0x80 else 0)


def make_sbox():
    exp, log, value = [0] * 256, [0] * 256, 1
    for power in range(255):
        exp[power], log[value] = value, power
        value ^= times2(value)  # 3 generates the multiplicative group
    sbox = []
    for byte in range(256):
        inverse = exp[(255 - log[byte]) % 255] if byte else 0
        folded = 0
        for shift in range(5):
            folded ^= (inverse << shift) | (inverse >> (8 - shift))
        sbox.append((folded ^ 0x63) & 0xFF)
    return sbox


SBOX = make_sbox()


def expand_key(key):
    words = [list(key[at : at + 4]) for at in range(0, 32, 4)]
    constant = 1
    while len(words) < 60:
        word = list(words[-1])
        if len(words) % 8 == 0:
            word = [SBOX[byte] for byte in word[1:] + word[:1]]
            word[0] ^= constant
            constant = times2(constant)
        elif len(words) % 8 == 4:
            word = [SBOX[byte] for byte in word]
        words.append([a ^ b for a, b in zip(words[-8], word)])
    return [sum(words[at : at + 4], []) for at in range(0, 60, 4)]


def encrypt_block(round_keys, block):
    state = [a ^ b for a, b in zip(block, round_keys[0])]
    for number, round_key in enumerate(round_keys[1:], 1):
        state = [SBOX[state[(at + 4 * (at % 4)) % 16]] for at in range(16)]
        if number < 14:
            state = [
                times2(state[at]) ^ times2(n1) ^ n1 ^ n2 ^ n3
                for at in range(16)
                for n1, n2, n3 in [[state[at // 4 * 4 + (at + step) % 4] for step in (1, 2, 3)]]
            ]
        state = [a ^ b for a, b in zip(state, round_key)]
    return bytes(state)


# AES-SIV (RFC 5297).


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def double(block):
    number = int.from_bytes(block, "big") << 1
    return ((number ^ (0x87 if number >> 128 else 0)) & (2**128 - 1)).to_bytes(16, "big")


def padded(block):
    return block + b"\x80" + bytes(15 - len(block))


def cmac(round_keys, message):
    subkey = double(encrypt_block(round_keys, bytes(16)))
    split = max(0, (len(message) - 1) // 16 * 16)
    last = message[split:]
    last = xor(last, subkey) if len(last) == 16 else xor(padded(last), double(subkey))
    chain = bytes(16)
    for at in range(0, split, 16):
        chain = encrypt_block(round_keys, xor(chain, message[at : at + 16]))
    return encrypt_block(round_keys, xor(chain, last))


def s2v(round_keys, components, plaintext):
    chain = cmac(round_keys, bytes(16))
    for component in components:
        chain = xor(double(chain), cmac(round_keys, component))
    if len(plaintext) >= 16:
        return cmac(round_keys, plaintext[:-16] + xor(plaintext[-16:], chain))
    return cmac(round_keys, xor(double(chain), padded(plaintext)))


def open_siv(key, components, sealed):
    mac_keys, counter_keys = expand_key(key[:32]), expand_key(key[32:])
    tag, ciphertext = sealed[:16], sealed[16:]
    counter = int.from_bytes(tag, "big") & ~(1 << 63) & ~(1 << 31)
    plaintext = b""
    for at in range(0, len(ciphertext), 16):
        stream = encrypt_block(counter_keys, (counter % 2**128).to_bytes(16, "big"))
        plaintext += xor(ciphertext[at : at + 16], stream)
        counter += 1
    if not hmac.compare_digest(s2v(mac_keys, components, plaintext), tag):
        raise Refused("ERR_LINK_AUTHENTICATION_FAILED")
    return plaintext


# The format.


def bindings(key_id, tenant, survey, purpose):
    fixed = [b"SurveySeal sealed link", b"AEAD_AES_SIV_CMAC_512", b"\x01", bytes([key_id])]
    return fixed + [part.encode("utf-8") for part in (tenant, survey, purpose)]


def length_prefixed(parts):
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def hkdf(secret, info, length):
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    output, block = b"", b""
    while len(output) < length:
        block = hmac.new(extracted, block + info + bytes([len(output) // 32 + 1]), hashlib.sha256).digest()
        output += block
    return output[:length]


def decode_token(token):
    if not re.fullmatch(r"[A-Za-z0-9_-]{32,175}", token) or len(token) % 4 == 1:
        raise Refused(MALFORMED)
    data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != token or data[0] != 1 or data[1] == 0:
        raise Refused(MALFORMED)
    return data[1], data[2:]


def uuid_text(data):
    digits = data.hex()
    return "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])


def is_unsigned(text):
    return re.fullmatch(r"0|[1-9][0-9]{0,19}", text) and int(text) < 2**64


def decode_respondent(kind, data):
    if kind == 0 and len(data) == 16:
        return {"text": uuid_text(data)}
    if kind == 1 and 1 <= len(data) <= 8 and (len(data) == 1 or data[0] != 0):
        return {"text": str(int.from_bytes(data, "big"))}
    if kind == 2 and 1 <= len(data) <= 64:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(MALFORMED) from None
        is_uuid = re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)
        if not is_uuid and not is_unsigned(text) and all(unicodedata.category(char) != "Cc" for char in text):
            return {"text": text}
    if kind == 3 and 1 <= len(data) <= 64:
        return {"hex": data.hex()}
    raise Refused(MALFORMED)


def decode_plaintext(plaintext):
    rest = plaintext

    def take(length):
        nonlocal rest
        if len(rest) < length:
            raise Refused(MALFORMED)
        taken, rest = rest[:length], rest[length:]
        return taken

    header = int.from_bytes(take(5), "big")
    expires_at, flags = header >> 6, header & 63
    not_before, serial, language = None, 0, None
    if flags & 8:
        seconds = int.from_bytes(take(4), "big")
        not_before = expires_at - seconds
        if seconds == 0 or not_before < 0:
            raise Refused(MALFORMED)
    if flags & 4:
        serial = int.from_bytes(take(4), "big")
        if serial == 0:
            raise Refused(MALFORMED)
    if flags & 2:
        language = take(take(1)[0]).decode("latin-1")
        if not re.fullmatch(r"(?=.{2,35}\Z)[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", language):
            raise Refused(MALFORMED)
    if flags & 1:
        raise Refused(MALFORMED)
    return {
        "respondent": decode_respondent(flags >> 4, rest),
        "expiresAt": expires_at,
        "notBefore": not_before,
        "serial": serial,
        "language": language,
    }


def read(secrets, vector):
    key_id, sealed = decode_token(vector["token"])
    if str(key_id) not in secrets:
        raise Refused("ERR_LINK_KEY_UNKNOWN")
    components = bindings(key_id, vector["tenant"], vector["survey"], vector["purpose"])
    info = length_prefixed(components)
    key = hkdf(bytes.fromhex(secrets[str(key_id)]), info, 64)
    plaintext = open_siv(key, components, sealed)
    return {
        "keyId": key_id,
        **decode_plaintext(plaintext),
        "info": info.hex(),
        "key": key.hex(),
        "plaintext": plaintext.hex(),
    }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        vectors = json.load(file)
    for vector in vectors["valid"] + vectors["invalid"]:
        try:
            result = read(vectors["secrets"], vector)
        except Refused as refusal:
            result = {"code": str(refusal)}
        print(json.dumps(result))


if __name__ == "__main__":
    main()
