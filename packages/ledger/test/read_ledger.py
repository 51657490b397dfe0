"""Verifies proofs and erasures of a ledger, written from docs/formats/ledger.md and c2sp.org with nothing but the standard library.

Usage: python3 read_ledger.py VECTORS.json

Prints one JSON line for each vector: what was verified, or the code of its refusal.
"""

import base64
import binascii
import hashlib
import json
import re
import sys


class Refused(Exception):
    """Carries the code of a refusal."""


def refuse_unless(condition, code):
    if not condition:
        raise Refused("ERR_LEDGER_" + code)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Ed25519, verification (RFC 8032 section 5.1).

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def recover(encoded):
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or y >= P:
        return None
    if x % 2 != encoded[31] >> 7:
        x = P - x
    return x, y


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + t, P - 2, P) % P
    return x, (y1 * y2 + x1 * x2) * pow(1 - t, P - 2, P) % P


def multiply(scalar, point):
    total = (0, 1)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


BASE = recover((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, signature, message):
    r, a = recover(signature[:32]), recover(public)
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or r is None or a is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return multiply(s, BASE) == add(r, multiply(k, a))


# Notes.


def decode(text, code):
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("ERR_LEDGER_" + code) from None
    refuse_unless(base64.b64encode(raw).decode() == text, code)
    return raw


def decimal(text, code):
    refuse_unless(re.fullmatch(r"0|[1-9][0-9]{0,15}", text, re.ASCII) and int(text) < 2**53, code)
    return int(text)


def parse_key(vkey):
    name, key_id, encoded = vkey.split("+", 2)
    raw = decode(encoded, "KEY_MALFORMED")
    refuse_unless(sha256(name.encode(), b"\n", raw)[:4].hex() == key_id, "KEY_MALFORMED")
    return name, bytes.fromhex(key_id), raw[1:]


def parse_note(note):
    text, blank, block = note.rpartition("\n\n")
    refuse_unless(blank and block.endswith("\n"), "NOTE_MALFORMED")
    signatures = []
    for line in block[:-1].split("\n"):
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        refuse_unless(match, "NOTE_MALFORMED")
        raw = decode(match[2], "NOTE_MALFORMED")
        refuse_unless(len(raw) > 4, "NOTE_MALFORMED")
        signatures.append((match[1], raw[:4], raw[4:]))
    return text + "\n", signatures


def signatures_of(signatures, key):
    return [signature for name, key_id, signature in signatures if (name, key_id) == key[:2]]


def verify_log(text, signatures, log):
    own = signatures_of(signatures, log)
    refuse_unless(own, "KEY_UNKNOWN")
    for signature in own:
        refuse_unless(is_signed(log[2], signature, text.encode()), "SIGNATURE_INVALID")


def has_cosigned(text, signatures, witness):
    lines = signatures_of(signatures, witness)
    for signature in lines:
        seconds = int.from_bytes(signature[:8], "big")
        message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
        refuse_unless(is_signed(witness[2], signature[8:], message), "SIGNATURE_INVALID")
    return bool(lines)


# Proofs (RFC 9162 section 2.1.3.2) and erasures.


def root_from(leaf, index, size, path):
    node, last, hashed = index, size - 1, leaf
    for sibling in path:
        refuse_unless(last, "PROOF_MALFORMED")
        if node & 1 or node == last:
            hashed = sha256(b"\1", sibling, hashed)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hashed = sha256(b"\1", hashed, sibling)
        node, last = node >> 1, last >> 1
    refuse_unless(last == 0, "PROOF_MALFORMED")
    return hashed


def verify_proof(vector, log, witnesses):
    head, _, note = vector["proof"].partition("\n\n")
    lines = head.split("\n")
    refuse_unless(lines.pop(0) == "c2sp.org/tlog-proof@v1", "PROOF_MALFORMED")
    if lines and lines[0].startswith("extra "):
        decode(lines.pop(0)[6:], "PROOF_MALFORMED")
    refuse_unless(lines and lines[0].startswith("index "), "PROOF_MALFORMED")
    index = decimal(lines[0][6:], "PROOF_MALFORMED")
    path = [decode(line, "PROOF_MALFORMED") for line in lines[1:]]
    refuse_unless(all(len(sibling) == 32 for sibling in path), "PROOF_MALFORMED")

    text, signatures = parse_note(note)
    body = text[:-1].split("\n")
    refuse_unless(len(body) >= 3 and all(body), "CHECKPOINT_MALFORMED")
    size, root = decimal(body[1], "CHECKPOINT_MALFORMED"), decode(body[2], "CHECKPOINT_MALFORMED")
    verify_log(text, signatures, log)
    refuse_unless(body[0] == log[0], "ORIGIN_MISMATCH")
    cosigned = sum(has_cosigned(text, signatures, witness) for witness in witnesses)
    refuse_unless(cosigned >= vector["quorum"], "WITNESSES_MISSING")

    refuse_unless(index < size, "INDEX_OUT_OF_RANGE")
    commitment = sha256(bytes.fromhex(vector["salt"]), bytes.fromhex(vector["bytes"]))
    refuse_unless(root_from(sha256(b"\0", commitment), index, size, path) == root, "PROOF_INVALID")
    return {"index": index, "size": size}


def verify_erasure(vector, log):
    text, signatures = parse_note(vector["note"])
    verify_log(text, signatures, log)
    match = re.fullmatch(
        r"surveyseal ledger erasure v(?:1\n(?=.+\n.+\n.+\ntime )|2\n(?!.+\n.+\n.+\ntime ))"
        r"(.+)\nindex (\d+)\ncommitment (.{44})\n(?:time (\d+)\n)?(\{.*\})\n",
        text,
    )
    refuse_unless(match, "ERASURE_INVALID")
    refuse_unless(match[1] == log[0], "ORIGIN_MISMATCH")
    return {
        "index": decimal(match[2], "ERASURE_INVALID"),
        "commitment": decode(match[3], "ERASURE_INVALID").hex(),
        "time": None if match[4] is None else decimal(match[4], "ERASURE_INVALID"),
        "summary": json.loads(match[5]),
    }


def outcome(verify, *arguments):
    try:
        return verify(*arguments)
    except Refused as refusal:
        return {"code": str(refusal)}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        vectors = json.load(file)
    log, witnesses = parse_key(vectors["log"]), [parse_key(key) for key in vectors["witnesses"]]
    for vector in vectors["proofs"]:
        print(json.dumps(outcome(verify_proof, vector, log, witnesses)))
    for vector in vectors["erasures"]:
        print(json.dumps(outcome(verify_erasure, vector, log)))


main()
