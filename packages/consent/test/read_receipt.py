"""Reads receipts as docs/formats/consent-event.md describes them: Python 3 alone, none of this project's code.
In: {"keys": JWK set, "receipts": [text, ...]}. Out: a line for each receipt, what it holds or {"refused": why}."""

import base64, hashlib, json, re, sys

# P-256: FIPS 186-4 D.1.2.3.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def need(condition, why):
    if not condition:
        raise ValueError(why)


def add(p, q):
    if p is None or q is None:
        return q if p is None else p
    if p[0] == q[0] and (p[1] + q[1]) % P == 0:
        return None
    slope = (3 * p[0] ** 2 - 3) * pow(2 * p[1], -1, P) if p == q else (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (slope**2 - p[0] - q[0]) % P
    return (x, (slope * (p[0] - x) - p[1]) % P)


def times(k, p):
    total = None
    while k:
        total, p, k = add(total, p) if k & 1 else total, add(p, p), k >> 1
    return total


def verify(jwk, message, signature):
    x, y = (int.from_bytes(b64(jwk[c]), "big") for c in "xy")
    need((y * y - x**3 + 3 * x - B) % P == 0 and max(x, y) < P, "key")
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    need(len(signature) == 64 and 0 < r < N and 0 < s < N, "signature")
    e, w = int.from_bytes(hashlib.sha256(message).digest(), "big"), pow(s, -1, N)
    point = add(times(e * w % N, G), times(r * w % N, (x, y)))
    need(point is not None and point[0] % N == r, "signature")


def b64(text):
    need(re.fullmatch(r"[A-Za-z0-9_-]*", text), "base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    need(base64.urlsafe_b64encode(data).decode().rstrip("=") == text, "base64url")
    return data


def strict(text):
    def unique(pairs):
        need(len({name for name, _ in pairs}) == len(pairs), "duplicate member")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=unique)


def opened(jws, typ, key_of):
    header, payload, signature = jws.split(".")
    head = strict(b64(header))
    need(head["alg"] == "ES256" and head["typ"] == typ and len(head) == 3, "header")
    verify(key_of(head), f"{header}.{payload}".encode(), b64(signature))
    return strict(b64(payload))


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def read(receipt, keys):
    controller = lambda head: next(key for key in keys["keys"] if key["kid"] == head["kid"])
    body = opened(receipt, "consent-receipt+jwt", controller)
    jws, kind = body["event"], strict(b64(body["event"].split(".")[0]))["typ"]
    need(digest(b64(body["salt"]) + jws.encode()) == body["hash"], "hash")
    if kind == "consent-withdrawal+jwt":
        event = opened(jws, kind, controller)
        need(body["notice"] is None and event["iss"] == body["iss"], "parts")
        decisions, title = {purpose: "withdrawn" for purpose in event["purposes"]}, None
    else:
        event = opened(jws, "consent-event+jwt", lambda head: head["jwk"])
        document = strict(body["notice"])
        canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        need(canonical == body["notice"] and digest(canonical.encode()) == event["notice"], "notice")
        need(document["language"] == event["lang"] and event["aud"] == body["iss"], "parts")
        decisions, title = event["decisions"], document["wording"]["title"]
    return {"digest": digest(jws.encode()), "decisions": decisions, "title": title, "seq": event["seq"]}


given = json.load(sys.stdin)
for receipt in given["receipts"]:
    try:
        print(json.dumps(read(receipt, given["keys"])))
    except (ValueError, KeyError, StopIteration) as error:
        print(json.dumps({"refused": str(error) or type(error).__name__}))
