"""Reads receipts as docs/formats/consent-event.md describes them: Python 3 alone, none of this project's code.
In: {"keys": JWK set, "receipts": [text, ...]}. Out: a line for each receipt, what it holds or {"refused": why}."""
import base64, hashlib, json, re, sys

P, Q = 2**256 - 2**224 + 2**192 + 2**96 - 1, 2**255 - 19  # the fields of P-256 (FIPS 186-4 D.1.2.3), Ed25519 (RFC 8032 5.1)
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
L, D = 2**252 + 27742317777372353535851937790883648493, -121665 * pow(121666, -1, Q) % Q
number, sha = int.from_bytes, lambda data: hashlib.sha256(data).digest()
digest = lambda data: base64.urlsafe_b64encode(sha(data)).decode().rstrip("=")
def need(condition, why):
    if not condition: raise ValueError(why)
def add(p, q):  # on P-256, None is the point at infinity
    if p is None or q is None: return q if p is None else p
    if p[0] == q[0] and (p[1] + q[1]) % P == 0: return None
    slope = (3 * p[0] ** 2 - 3) * pow(2 * p[1], -1, P) if p == q else (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (slope**2 - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P
def add25519(p, q):
    t = D * p[0] * q[0] * p[1] * q[1]
    return ((p[0] * q[1] + q[0] * p[1]) * pow(1 + t, -1, Q) % Q, (p[1] * q[1] + p[0] * q[0]) * pow(1 - t, -1, Q) % Q)
def times(k, p, plus, total):
    while k: total, p, k = plus(total, p) if k & 1 else total, plus(p, p), k >> 1
    return total
def point25519(data):
    y = number(data, "little") % 2**255
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    x = x * pow(2, (Q - 1) // 4, Q) % Q if (x * x - square) % Q else x
    need((x * x - square) % Q == 0 and y < Q and len(data) == 32, "point")
    return (Q - x if x % 2 != data[31] >> 7 else x, y)
G25519 = point25519((4 * pow(5, -1, Q) % Q).to_bytes(32, "little"))
def verify_ed25519(key, message, signature):
    s, h = (number(part, "little") for part in (signature[32:], hashlib.sha512(signature[:32] + key + message).digest()))
    need(times(8, point25519(key), add25519, (0, 1)) != (0, 1) and len(signature) == 64 and s < L, "key of small order")
    right = add25519(point25519(signature[:32]), times(h % L, point25519(key), add25519, (0, 1)))
    need(times(s, G25519, add25519, (0, 1)) == right, "signature")
def verify_es256(jwk, message, signature):
    x, y, r, s = (number(part, "big") for part in (b64(jwk["x"]), b64(jwk["y"]), signature[:32], signature[32:]))
    need((y * y - x**3 + 3 * x - B) % P == 0 and max(x, y) < P and len(signature) == 64 and 0 < r < N and 0 < s < N, "key")
    u, v = (factor * pow(s, -1, N) % N for factor in (number(sha(message), "big"), r))
    point = add(times(u, G, add, None), times(v, (x, y), add, None))
    need(point is not None and point[0] % N == r, "signature")
def b64(text, alphabet=b"-_", padding=""):
    data = base64.b64decode(text + ("=" * (-len(text) % 4) if not padding else ""), alphabet)
    return data if base64.b64encode(data, alphabet).decode().rstrip("=" if not padding else "") == text else need(False, "base64")
def strict(text):
    return json.loads(text, object_pairs_hook=lambda pairs: dict(pairs) if len(dict(pairs)) == len(pairs) else need(False, "duplicate"))
def opened(jws, typ, key_of):
    header, payload, signature = jws.split(".")
    head = strict(b64(header))
    key, signed = key_of(head), f"{header}.{payload}".encode()
    need(head["typ"] == typ and len(head) == 3 and (head["alg"], key["crv"]) in (("ES256", "P-256"), ("Ed25519", "Ed25519")), "header")
    verify_es256(key, signed, b64(signature)) if key["crv"] == "P-256" else verify_ed25519(b64(key["x"]), signed, b64(signature))
    return strict(b64(payload))
def checkpoint(note, logs):
    text, signatures = note[: note.rindex("\n\n") + 1], note[note.rindex("\n\n") + 2 : -1].split("\n")
    origin, size, root = text.split("\n")[:3]
    keys = [b64(log.split("+", 2)[2], b"+/", "=") for log in logs if log.split("+")[0] == origin]
    made = [b64(line.split(" ")[2], b"+/", "=") for line in signatures if line.split(" ")[1] == origin]
    known = [(key, one) for one in made for key in keys if one[:4] == sha(origin.encode() + b"\n" + key)[:4] and key[0] == 1]
    need(known and re.fullmatch("0|[1-9][0-9]{0,15}", size) and note[-1] == "\n", "log key")
    for key, one in known: verify_ed25519(key[1:], text.encode(), one[4:])
    return origin, int(size), b64(root, b"+/", "=")
def included(proof, commitment, logs):  # c2sp.org/tlog-proof, RFC 9162 2.1.3.2
    lines = [line for line in proof.split("\n\n")[0].split("\n") if not line.startswith("extra ")]
    (origin, size, root), index = checkpoint(proof.split("\n\n", 1)[1], logs), int(lines[1][len("index ") :])
    need(lines[0] == "c2sp.org/tlog-proof@v1" and lines[1] == f"index {index}" and 0 <= index < size, "proof")
    node, last, hashed = index, size - 1, sha(b"\0" + commitment)
    for sibling in (b64(line, b"+/", "=") for line in lines[2:]):
        need(last > 0 and len(sibling) == 32, "path")
        hashed = sha(b"\1" + (sibling + hashed if node % 2 or node == last else hashed + sibling))
        while node == last and node % 2 == 0 and node: node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    need(last == 0 and hashed == root, "path")
    return {"origin": origin, "index": index, "size": size}
def read(receipt, keys):
    controller = lambda head: next(key for key in keys["keys"] if key["kid"] == head["kid"])
    body = opened(receipt, "consent-receipt+jwt", controller)
    jws, kind = body["event"], strict(b64(body["event"].split(".")[0]))["typ"]
    need(digest(b64(body["salt"]) + jws.encode()) == body["hash"], "hash")
    if kind in ("consent-withdrawal+jwt", "consent-statement+jwt"):
        event = opened(jws, kind, controller)
        need((body["notice"], event["iss"]) == (None, body["iss"]), "parts")
        states, title = event.get("states", "withdrawn"), None
        decisions = event["decisions"] if states == "import" else dict.fromkeys(event["purposes"] if states != "signal" else (), states)
    else:
        event = opened(jws, "consent-event+jwt", lambda head: head["jwk"])
        need(set(strict(b64(jws.split(".")[0]))["jwk"]) in ({"kty", "crv", "x", "y"}, {"kty", "crv", "x"}), "jwk")
        document = strict(body["notice"])
        need((digest(body["notice"].encode()), document["language"], body["iss"]) == (event["notice"], event["lang"], event["aud"]), "parts")
        decisions, title = event["decisions"], document["wording"]["title"]
    log = included(body["proof"], b64(body["hash"]), keys["logs"]) if "proof" in body and keys.get("logs") else None
    return {"digest": digest(jws.encode()), "decisions": decisions, "title": title, "seq": event["seq"], "log": log}
given = json.load(sys.stdin)
for receipt in given["receipts"]:
    try: print(json.dumps(read(receipt, given["keys"])))
    except Exception as error: print(json.dumps({"refused": str(error) or type(error).__name__}))
