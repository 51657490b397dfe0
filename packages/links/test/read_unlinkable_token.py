"""Reads the vectors of unlinkable tokens, written from docs/formats/unlinkable-token.md alone, on Python's standard library.

Reads JSON from standard input and prints, for each vector, what does not agree with it; nothing when all does.
"""

import base64
import hashlib
import hmac
import json
import sys

E = 65537
SALT = 48
ALGORITHM = bytes.fromhex(
    "303d06092a864886f70d01010a3030a00d300b0609608648016503040202"
    "a11a301806092a864886f70d010108300b0609608648016503040202a203020130"
)


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def prefixed(parts):
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def context(wave):
    names = [wave[name].encode() for name in ("tenant", "survey", "wave")]
    return prefixed([b"SurveySeal unlinkable token", b"\x01", *names])


def der(tag, content):
    size = len(content)
    if size < 128:
        length = bytes([size])
    else:
        digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
        length = bytes([0x80 | len(digits)]) + digits
    return bytes([tag]) + length + content


def key_id(modulus):
    key = der(0x30, der(0x02, b"\0" + modulus) + der(0x02, b"\x01\0\x01"))
    return b64(hashlib.sha256(der(0x30, ALGORITHM + der(0x03, b"\0" + key))).digest())


def mgf1(seed, length):
    blocks = range(-(-length // 48))
    return b"".join(hashlib.sha384(seed + i.to_bytes(4, "big")).digest() for i in blocks)[:length]


def pss_verifies(message, signature, modulus):
    """RFC 8017, section 8.1.2 and 9.1.2."""
    n = int.from_bytes(modulus, "big")
    s = int.from_bytes(signature, "big")
    if len(signature) != len(modulus) or s >= n:
        return False
    encoded = pow(s, E, n).to_bytes(len(modulus), "big")
    block, digest = encoded[:-49], encoded[-49:-1]
    if encoded[-1] != 0xBC or block[0] & 0x80:
        return False
    data = bytearray(a ^ b for a, b in zip(block, mgf1(digest, len(block))))
    data[0] &= 0x7F
    salt = bytes(data[-SALT:])
    if bytes(data[:-SALT]) != b"\0" * (len(data) - SALT - 1) + b"\x01":
        return False
    again = hashlib.sha384(b"\0" * 8 + hashlib.sha384(message).digest() + salt).digest()
    return again == digest


def respondent_bytes(text):
    parts = text.split("-")
    if [len(part) for part in parts] == [8, 4, 4, 4, 12]:
        return b"\0", bytes.fromhex("".join(parts))
    if text.isdigit():
        number = int(text)
        return b"\x01", number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")
    return b"\x02", text.encode()


def keyed(vector, label, parts):
    message = prefixed([label, context(vector["wave"]), *parts])
    return b64(hmac.new(bytes.fromhex(vector["pepper"]), message, hashlib.sha256).digest())


def problems(vector):
    wave, modulus = vector["wave"], unb64(vector["wave"]["key"]["n"])
    n = int.from_bytes(modulus, "big")
    token = unb64(vector["token"])
    prefix, signature = token[1:33], token[33:]
    message = prefix + context(wave)
    factor = int(vector["factor"], 16)
    unblinded = int(vector["blindSignature"], 16) * pow(factor, -1, n) % n
    checks = {
        "version": token[0] == 1,
        "key id": key_id(modulus) == wave["keyId"],
        "message": message.hex() == vector["message"],
        "signature": pss_verifies(message, signature, modulus),
        "blind signature": unblinded == int.from_bytes(signature, "big"),
        "blinding": pow(int(vector["blindSignature"], 16), E, n) == int(vector["blinded"], 16),
        "changed": not pss_verifies(message + b"x", signature, modulus),
        "token hash": b64(hashlib.sha256(message).digest()) == vector["tokenHash"],
        "blinded hash": b64(hashlib.sha256(bytes.fromhex(vector["blinded"])).digest()) == vector["blindedHash"],
        "pepper check": keyed(vector, b"SurveySeal wave pepper check", []) == vector["pepperCheck"],
    }
    for person in vector["persons"]:
        found = keyed(vector, b"SurveySeal unlinkable invitee", respondent_bytes(person["respondent"]))
        checks[f"person {person['respondent']}"] = found == person["digest"]
    return [name for name, holds in checks.items() if not holds]


for number, each in enumerate(json.load(sys.stdin)):
    for problem in problems(each):
        print(f"vector {number}: {problem}")
