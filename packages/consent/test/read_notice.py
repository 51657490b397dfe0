"""Reads notices as docs/formats/notice.md describes them: Python 3 alone, none of this project's code.
In: {"notices": [text, ...], "documents": [text, ...]}. Out: a line for each, its digests or {"refused": why}."""

import base64, hashlib, json, re, sys

LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"
UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
ADDED = {
    "notice": {"representative", "dpo", "supervisoryAuthority", "rights"},
    "controller": {"address", "country"},
    "purpose": set(
        "validity specialCategories transfers storageLocations sources ai automatedDecisions contact provision".split()
    ),
    "wording": {"rights", "complaint", "linkage", "safeguards", "details", "terms"},
    "purpose wording": set(
        "insights contact ai automatedDecisions legitimateInterests transfers retention provision".split()
    ),
}


def need(condition, why):
    if not condition:
        raise ValueError(why)


def strict(text):
    def unique(pairs):
        names = [name for name, _ in pairs]
        need(len(set(names)) == len(names), "duplicate member")
        need("__proto__" not in names, "reserved member")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=unique)


def canonical(value):
    """RFC 8785 for what notices hold: members in the order of their UTF-16 code units, no other numbers than 1 and 2."""
    if isinstance(value, dict):
        order = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in order) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        need(not UNFIT.search(value), "control character")
    return json.dumps(value, ensure_ascii=False)


def digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def version(common, wording):
    said = [("notice", common), ("controller", common["controller"]), ("wording", wording)]
    said += [("purpose", purpose) for purpose in common["purposes"]]
    said += [("purpose wording", worded) for worded in wording["purposes"].values()]
    return 2 if any(ADDED[kind] & value.keys() for kind, value in said) else 1


def digests(notice):
    common = {name: value for name, value in notice.items() if name != "wording"} | {"format": "surveyseal-notice"}
    need(notice["wording"] and all(re.fullmatch(LANGUAGE, tag) for tag in notice["wording"]), "language")
    extras = {tag: {"formatVersion": version(common, worded)} for tag, worded in notice["wording"].items()}
    documents = {
        tag: common | extras[tag] | {"language": tag, "wording": worded} for tag, worded in notice["wording"].items()
    }
    return {tag: digest(canonical(document)) for tag, document in documents.items()}


def read(text):
    document = strict(text)
    need(document["format"] == "surveyseal-notice" and document["formatVersion"] in (1, 2), "format")
    need(canonical(document) == text, "not canonical")
    return {document["language"]: digest(text)}


def answer(reader, text):
    try:
        print(json.dumps(reader(text)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        print(json.dumps({"refused": str(error) or type(error).__name__}))


given = json.load(sys.stdin)
for text in given["notices"]:
    answer(lambda text: digests(strict(text)), text)
for text in given["documents"]:
    answer(read, text)
