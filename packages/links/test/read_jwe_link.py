"""Reads JWE links, written from docs/formats/jwe-link.md and NIST SP 800-38D with nothing but the standard library.

Usage: python3 read_jwe_link.py VECTORS.json

Prints one JSON line for each vector: what the link holds, with the derived key, or the code of its refusal.
"""

import base64
import hmac
import json
import re
import sys

from read_sealed_link import MALFORMED, Refused, encrypt_block, expand_key, hkdf, length_prefixed, xor

HEADER = {"alg": "dir", "enc": "A256GCM", "typ": "surveyseal-link-v1+jwt"}


# AES-256-GCM with a 96-bit IV (NIST SP 800-38D).


def multiply(x, y):
    product = 0
    for bit in range(127, -1, -1):
        if (x >> bit) & 1:
            product ^= y
        y = (y >> 1) ^ ((0xE1 << 120) if y & 1 else 0)
    return product


def ghash(subkey, data):
    state = 0
    for at in range(0, len(data), 16):
        state = multiply(state ^ int.from_bytes(data[at : at + 16].ljust(16, b"\0"), "big"), subkey)
    return state.to_bytes(16, "big")


def open_gcm(key, iv, associated, text, tag):
    keys = expand_key(key)
    subkey = int.from_bytes(encrypt_block(keys, bytes(16)), "big")
    pad = lambda data: data + bytes(-len(data) % 16)
    lengths = (len(associated) * 8).to_bytes(8, "big") + (len(text) * 8).to_bytes(8, "big")
    hashed = ghash(subkey, pad(associated) + pad(text) + lengths)
    if not hmac.compare_digest(xor(hashed, encrypt_block(keys, iv + (1).to_bytes(4, "big"))), tag):
        raise Refused("ERR_LINK_AUTHENTICATION_FAILED")
    blocks = range(0, len(text), 16)
    stream = (encrypt_block(keys, iv + (at // 16 + 2).to_bytes(4, "big")) for at in blocks)
    return b"".join(xor(text[at : at + 16], block) for at, block in zip(blocks, stream))


# The format.


def decode(part):
    if not re.fullmatch(r"[A-Za-z0-9_-]*", part) or len(part) % 4 == 1:
        raise Refused(MALFORMED)
    data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != part:
        raise Refused(MALFORMED)
    return data


def unique(pairs):
    if len(dict(pairs)) < len(pairs):
        raise Refused(MALFORMED)
    return dict(pairs)


def parse(data):
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=unique)
    except ValueError:
        raise Refused(MALFORMED) from None
    if not isinstance(value, dict):
        raise Refused(MALFORMED)
    return value


def integer(value, least, most):
    if type(value) is not int or not least <= value <= most:
        raise Refused(MALFORMED)
    return value


def decode_claims(claims):
    if not set(claims) <= {"sub", "sub_b64u", "exp", "nbf", "serial", "locale"}:
        raise Refused(MALFORMED)
    if ("sub" in claims) == ("sub_b64u" in claims):
        raise Refused(MALFORMED)
    if not isinstance(claims.get("sub", ""), str) or not isinstance(claims.get("sub_b64u", ""), str):
        raise Refused(MALFORMED)
    respondent = {"text": claims["sub"]} if "sub" in claims else {"hex": decode(claims["sub_b64u"]).hex()}
    expires_at = integer(claims.get("exp"), 0, 2**34 - 1)
    earliest = max(0, expires_at - 2**32 + 1)
    return {
        "respondent": respondent,
        "expiresAt": expires_at,
        "notBefore": integer(claims["nbf"], earliest, expires_at - 1) if "nbf" in claims else None,
        "serial": integer(claims["serial"], 1, 2**32 - 1) if "serial" in claims else 0,
        "language": claims.get("locale"),
    }


def read(secrets, vector):
    parts = vector["token"].split(".") if len(vector["token"]) <= 1024 else []
    if len(parts) != 5:
        raise Refused(MALFORMED)
    header, encrypted_key, iv, text, tag = [decode(part) for part in parts]
    header = parse(header)
    key_id = header.pop("kid", None)
    if header != HEADER or encrypted_key or len(iv) != 12 or len(tag) != 16 or not text:
        raise Refused(MALFORMED)
    if not isinstance(key_id, str) or not re.fullmatch(r"[1-9][0-9]{0,2}", key_id) or int(key_id) > 255:
        raise Refused(MALFORMED)
    if key_id not in secrets:
        raise Refused("ERR_LINK_KEY_UNKNOWN")
    scope = [vector[name].encode("utf-8") for name in ("tenant", "survey", "purpose")]
    info = length_prefixed([b"SurveySeal JWE link", b"A256GCM", b"\x01", bytes([int(key_id)])] + scope)
    key = hkdf(bytes.fromhex(secrets[key_id]), info, 32)
    claims = open_gcm(key, iv, parts[0].encode("ascii"), text, tag)
    return {"keyId": int(key_id), **decode_claims(parse(claims)), "key": key.hex(), "claims": claims.decode("utf-8")}


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
