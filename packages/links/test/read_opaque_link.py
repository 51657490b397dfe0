"""Reads opaque links, written from docs/formats/opaque-link.md alone and with nothing but the standard library.

Usage: python3 read_opaque_link.py VECTORS.json

Prints one JSON line: for every spelling the id it stands for (null when refused), every digest, and the draft's key.
"""

import base64
import hashlib
import hmac
import json
import re
import sys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SEPARATORS = re.compile("[\\s\u00ad\u2010-\u2015\u2212-]")


def read_crockford(text):
    if len(text) > 96:
        return None
    text = SEPARATORS.sub("", text).upper().replace("O", "0").replace("I", "1").replace("L", "1")
    if len(text) != 27 or any(character not in ALPHABET for character in text) or text[0] > "7":
        return None
    number = 0
    for character in text[:26]:
        number = number * 32 + ALPHABET.index(character)
    return number.to_bytes(16, "big") if number % 37 == ALPHABET.index(text[26]) else None


def read_base64url(text):
    if not re.fullmatch("[A-Za-z0-9_-]{22}", text):
        return None
    decoded = base64.urlsafe_b64decode(text + "==")
    return decoded if to_base64url(decoded) == text else None


def to_base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(text):
    found = read_base64url(text) if len(text) == 22 else read_crockford(text)
    return found.hex() if found is not None else None


def prefixed(parts):
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def part(value):
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value.encode()


def digest(pepper, parts):
    return to_base64url(hmac.new(pepper, prefixed(map(part, parts)), hashlib.sha256).digest())


def hkdf(secret, info):
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        vectors = json.load(file)
    pepper, draft = bytes.fromhex(vectors["pepper"]), vectors["draft"]
    info = prefixed(value.encode() for value in ["SurveySeal link draft", "A256GCM", *vectors["scope"].values()])
    result = {
        "ids": [read(spelling["text"]) for spelling in vectors["spellings"]],
        "digests": [digest(pepper, item["parts"]) for item in vectors["digests"]],
        "draftKey": hkdf(bytes.fromhex(draft["secret"]), info).hex(),
    }
    print(json.dumps(result))


main()
