"""Verifies an evidence pack with nothing but docs/proof-format.md and docs/record-format.md: no line of Annal's own code.

    python3 verify_pack.py PACK.zip [--key VERIFIER_KEY]

Prints one line `<question>: <verdict> [reason]` for each of container, signature, integrity, order and completeness. Exit code 1 if anything
fails, 3 without a key, else 0. Witnesses, timestamps and kept heads are not looked at. Needs Python 3.9 and its standard library.
"""

import base64
import hashlib
import json
import re
import struct
import sys
import zlib
from decimal import Decimal


class Bad(Exception):
    pass


def need(condition, reason):
    if not condition:
        raise Bad(reason)


def sha256(data):
    return hashlib.sha256(data).digest()


# --- Canonical JSON (RFC 8785) ---


def unique(pairs):
    members = dict(pairs)
    need(len(members) == len(pairs), "a member twice")
    return members


def number(value):
    """As ECMAScript prints it."""
    if isinstance(value, int):
        value = float(value)
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    text = "".join(map(str, digits))
    while text.endswith("0") and len(text) > 1:
        text, exponent = text[:-1], exponent + 1
    point = len(text) + exponent
    if 0 < point <= 21:
        out = text + "0" * (point - len(text)) if point >= len(text) else text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        out = "0." + "0" * -point + text
    else:
        mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
        out = mantissa + "e" + ("+" if point > 0 else "-") + str(abs(point - 1))
    return ("-" if sign else "") + out


def jcs(value):
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(jcs(name) + ":" + jcs(value[name]) for name in names) + "}"


def canonical(data):
    """The value of bytes that are JCS."""
    text = data.decode("utf-8")
    value = json.loads(text, object_pairs_hook=unique)
    need(jcs(value) == text, "not canonical JSON")
    return value


# --- Ed25519 (RFC 8032) ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def plus(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, point):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = plus(out, point)
        point, n = plus(point, point), n >> 1
    return out


def point_of(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    need(y < P, "a point that is not canonical")
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    need((x * x - x2) % P == 0 and (x or not sign), "no point")
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), plus(point_of(signature[:32]), times(h, point_of(public)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- Signed notes (C2SP) ---


def verifier_key(text):
    name, key_id, key = text.split("+", 2)
    key = base64.b64decode(key, validate=True)
    need(key[0] == 1 and len(key) == 33, "no Ed25519 key")
    need(sha256(name.encode() + b"\n" + key)[:4].hex() == key_id, "a key id that is not the key's")
    return name, bytes.fromhex(key_id), key[1:]


def note(data):
    text, blank, lines = data.decode().partition("\n\n")
    need(blank and lines.endswith("\n"), "no note")
    signatures = []
    for line in lines[:-1].split("\n"):
        found = re.fullmatch("\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)", line)
        need(found, "no signature line")
        blob = base64.b64decode(found[2], validate=True)
        signatures.append((found[1], blob[:4], blob[4:]))
    return text + "\n", signatures


def signers(data, keys):
    """Which of the keys signed; an invalid signature of one of them is refused."""
    text, signatures = note(data)
    good = []
    for key in keys:
        name, key_id, public = verifier_key(key)
        for signer, signer_id, signature in signatures:
            if (signer, signer_id) == (name, key_id):
                need(is_signed(public, text.encode(), signature), "an invalid signature")
                good.append(key)
    return good


def check_names(origin, workspace, keys):
    """The log is that of the workspace, and the keys are named after it."""
    named = re.search("/log/v1/([a-z0-9][a-z0-9_]{0,99})(?:~(?:[2-9]|[1-9][0-9]{1,5}))?(?:/simulated)?\\Z", origin)
    need(named and named[1] == workspace, f"{origin} is not the log of {workspace}")
    need(all(verifier_key(key)[0] == origin for key in keys), f"a key that is not of {origin}")


# --- Container ---

NAME = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,39}/){0,3}[A-Za-z0-9][A-Za-z0-9-]{0,39}\.[a-z0-9]{1,8}")
DEFLATED = ("csv", "html", "json", "jsonl", "mjs", "txt")
FIXED = struct.pack("<HHH", 20, 0, 0)


def container(data):
    """Name to (packed, unpacked), in order. Packs of 4 GiB and more are beyond this program."""
    need(data[-22:-18] == b"PK\5\6", "no end record")
    disks, start_disk, here, total, length, start, comment = struct.unpack("<HHHHIIH", data[-18:])
    need((disks, start_disk, comment) == (0, 0, 0) and here == total, "another end record")
    need(start + length + 22 == len(data), "bytes between the directory and the end")
    members, at, entry = {}, 0, start
    for _ in range(total):
        need(data[entry : entry + 4] == b"PK\1\2" and data[at : at + 4] == b"PK\3\4", "a header is missing")
        made, local_start = struct.unpack("<H", data[entry + 4 : entry + 6])[0], at
        common = data[at + 4 : at + 30]
        method, time, date, crc, packed, size, name_length, extra = struct.unpack("<HHHIIIHH", common[4:])
        need(made == 20 and struct.unpack("<HH", common[:4]) == (20, 0) and (time, date, extra) == (0, 33, 0), "another header")
        need(data[entry + 6 : entry + 32] == common, "two headers that differ")
        need(struct.unpack("<HHHII", data[entry + 32 : entry + 46]) == (0, 0, 0, 0, local_start), "another directory header")
        name = data[at + 30 : at + 30 + name_length]
        need(data[entry + 46 : entry + 46 + name_length] == name, "two names that differ")
        name = name.decode("ascii")
        need(NAME.fullmatch(name) and name not in members, f"the name {name}")
        is_deflated = name.rsplit(".", 1)[1] in DEFLATED and name != "manifest.json"
        need(method == (8 if is_deflated else 0), f"{name}: another method")
        at += 30 + name_length
        stored = data[at : at + packed]
        unpacked = inflate(stored, size) if is_deflated else stored
        need(len(unpacked) == size and zlib.crc32(unpacked) == crc, f"{name}: other bytes than its header says")
        members[name] = (stored, unpacked)
        at, entry = at + packed, entry + 46 + name_length
    need(at == start and entry == len(data) - 22, "bytes between members")
    return members


def inflate(packed, size):
    inflater = zlib.decompressobj(-15)
    out = inflater.decompress(packed, size + 1)
    need(len(out) == size and inflater.eof and not inflater.unused_data, "a member that unpacks to another size")
    return out


# --- Sections ---

ENTRY = ["at", "commit", "refs", "seq", "v"]
UNTOKENED = ("person", "subject")


def lines_of(data):
    need(data == b"" or data.endswith(b"\n"), "a line without its end")
    lines = []
    for line in data.split(b"\n")[:-1]:
        value = canonical(line)
        need(sorted(value) in (["entry"], ["entry", "event", "keys", "salt"]), "a line of another form")
        need(sorted(value["entry"]) == ENTRY and value["entry"]["v"] == 1, "no entry")
        lines.append(value)
    seqs = [line["entry"]["seq"] for line in lines]
    need(seqs == sorted(set(seqs)), "leaves out of order")
    return lines


def openings_of(data):
    refs, opened = [], {}
    for line in data.split(b"\n")[:-1]:
        value = canonical(line)
        need(sorted(value) == ["ref", "rk"], "no opening")
        refs.append(value["ref"])
        opened[value["ref"]] = sha256(jcs(["annal/ref/v1", value["rk"], value["ref"]]).encode()).hex()
    need(refs == sorted(set(refs), key=lambda ref: ref.encode("utf-16-be")), "openings out of order")
    return opened


def tokened(event):
    stream_type = event["stream"].split(".", 1)[1].split("-", 1)[0]
    named = [] if stream_type in UNTOKENED else [event["stream"]]
    return named + [ref for ref in event["about"] if ref.split(":", 1)[0] not in UNTOKENED]


def at_pointer(value, pointer):
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def check_key(event, pointer, key):
    field = at_pointer(event["data"], pointer)
    digest = pointer.endswith("Hmac") and isinstance(field, str) and re.fullmatch("[0-9a-f]{64}", field)
    need(digest or (isinstance(field, dict) and field.get("enc") == 1), f"{pointer} is no sealed field")
    if isinstance(key, str) and not digest:
        need(sha256(b"annal/kc/v1\0" + bytes.fromhex(key)).hex() == field["kc"], f"{pointer}: another key")


def check_event(line, workspace, opened, used):
    entry, event = line["entry"], line["event"]
    need(event["workspace"] == workspace and event["stream"].startswith(workspace + "."), "an event of another workspace")
    inner = sha256(jcs(event).encode())
    need(sha256(b"annal/event/v1\0" + bytes.fromhex(line["salt"]) + inner).hex() == entry["commit"], f"seq {entry['seq']}: commitment")
    refs = tokened(event)
    need(all(ref in opened for ref in refs), f"seq {entry['seq']}: no opening")
    need(sorted(opened[ref] for ref in refs) == [token for token, _ in entry["refs"]], f"seq {entry['seq']}: tokens")
    used.update(refs)
    for pointer, key in line["keys"].items():
        check_key(event, pointer, key)


def inclusion_root(data, lines):
    size, count = struct.unpack(">QQ", data[:16])
    need(count == len(lines), "an inclusion proof of other leaves")
    hashes, stack, at = data[16:], [], 0

    def push(begin, end, value):
        stack.append((begin, end, value))
        while len(stack) > 1:
            (a, b, left), (b2, c, right) = stack[-2:]
            if a % (2 * (b - a)) or c != min(a + 2 * (b - a), size) or b != b2:
                return
            stack[-2:] = [(a, c, sha256(b"\1" + left + right))]

    def gap(until):
        nonlocal hashes, at
        while at < until:
            width = 1
            while at % (2 * width) == 0 and min(at + 2 * width, size) <= until and at + width < size:
                width *= 2
            need(len(hashes) >= 32, "an inclusion proof that is too short")
            push(at, min(at + width, size), hashes[:32])
            hashes, at = hashes[32:], min(at + width, size)

    for line in lines:
        seq = line["entry"]["seq"]
        need(seq < size, "a leaf beyond the tree")
        gap(seq)
        push(seq, seq + 1, sha256(b"\0" + jcs(line["entry"]).encode()))
        at = seq + 1
    gap(size)
    need(not hashes and len(stack) == (1 if size else 0), "an inclusion proof that is too long")
    return size, stack[0][2] if stack else sha256(b"")


def check_order(lines):
    at, numbers, streams, before = "", {}, {}, -1
    for line in lines:
        entry = line["entry"]
        need(entry["at"] >= at, f"seq {entry['seq']}: ledger time goes back")
        for token, n in entry["refs"]:
            need(n > numbers.get(token, 0), f"seq {entry['seq']}: a token's number goes back")
        if "event" in line:
            event = line["event"]
            need(event["recordedAt"] <= entry["at"], f"seq {entry['seq']}: recorded after its ledger time")
            if entry["seq"] == before + 1:
                need(entry["at"] == max(event["recordedAt"], at), f"seq {entry['seq']}: another ledger time")
            known = streams.get(event["stream"])
            need(known is None or event["streamVersion"] > known, f"seq {entry['seq']}: a stream that goes back")
            streams[event["stream"]] = event["streamVersion"]
        numbers.update(dict(map(tuple, entry["refs"])))
        at, before = entry["at"], entry["seq"]


def check_across(sections_of_log):
    """The leaves of one log in their order, whichever files they stand in: two that share a token tell its numbers too."""
    entries = {line["entry"]["seq"]: line["entry"] for lines in sections_of_log for line in lines}
    at, numbers = "", {}
    for seq in sorted(entries):
        need(entries[seq]["at"] >= at, f"seq {seq}: ledger time goes back across files")
        at = entries[seq]["at"]
        for token, n in entries[seq]["refs"]:
            need(n > numbers.get(token, 0), f"seq {seq}: a token's number goes back across files")
            numbers[token] = n


def map_tallies(data):
    """Root, and token to (count, last leaf) or None."""
    count = struct.unpack(">Q", data[:8])[0]
    tokens = [data[8 + 32 * i : 40 + 32 * i] for i in range(count)]
    need(tokens == sorted(set(tokens)), "tokens out of order")
    at, found = 8 + 32 * count, {token: None for token in tokens}

    def take(length):
        nonlocal at
        need(at + length <= len(data), "a map proof that is too short")
        at += length
        return data[at - length : at]

    def node(asked, depth):
        kind = take(1)[0]
        if kind == 0:
            return bytes(32)
        if kind == 1:
            token, tally = take(32), take(16)
            if token in asked:
                found[token] = struct.unpack(">QQ", tally)
            return sha256(b"\2" + token + tally)
        need(kind == 2 and depth < 256, "another node")
        sides = []
        for bit in (0, 1):
            below = [token for token in asked if token[depth // 8] >> (7 - depth % 8) & 1 == bit]
            sides.append(node(below, depth + 1) if below else take(32))
        return sha256(b"\3" + sides[0] + sides[1])

    root = node(tokens, 0) if tokens else take(32)
    need(at == len(data), "a map proof that is too long")
    return root, {token.hex(): tally for token, tally in found.items()}


def check_complete(manifest, members, lines, opened, map_root):
    scope, seqs = manifest["scope"], [line["entry"]["seq"] for line in lines]
    if scope["kind"] == "selection":
        return "not claimed"
    if scope["kind"] == "workspace":
        need(seqs == list(range(manifest["size"])), "leaves are missing")
    if scope["kind"] == "range":
        first = scope["from"] - (1 if scope["since"] is not None and scope["from"] > 0 else 0)
        last = scope["to"] + (1 if scope["until"] is not None and scope["to"] < manifest["size"] else 0)
        need(seqs == list(range(first, last)), "leaves are missing")
        for line in lines:
            at, seq = line["entry"]["at"], line["entry"]["seq"]
            if scope["since"] is not None:
                need((at >= scope["since"]) == (seq >= scope["from"]), f"seq {seq}: on the wrong side of since")
            if scope["until"] is not None:
                need((at < scope["until"]) == (seq < scope["to"]), f"seq {seq}: on the wrong side of until")
    if scope["kind"] == "references":
        root, tallies = map_tallies(members["proof/map.bin"][1])
        need(root == map_root, "another map root")
        wanted = {opened[ref] for ref in scope["refs"]}
        need(set(tallies) == wanted, "a map proof of other tokens")
        carried = {token: [] for token in wanted}
        for line in lines:
            mine = [(token, n) for token, n in line["entry"]["refs"] if token in wanted]
            need(mine, f"seq {line['entry']['seq']} names nothing of the scope")
            for token, n in mine:
                carried[token].append((n, line["entry"]["seq"]))
        for token, found in carried.items():
            count, last = tallies[token] or (0, None)
            need([n for n, _ in found] == list(range(1, count + 1)), "numbers of a token are missing")
            need(count == 0 or found[-1][1] == last, "another last leaf")
        if not all(carried.values()):
            return "partial a reference whose opening opens nothing"
    return "holds"


# --- The questions ---


def verify(data, key):
    verdicts = {}

    def ask(question, check):
        try:
            verdicts[question] = check() or "holds"
        except (Bad, ValueError, KeyError, IndexError, TypeError, struct.error, zlib.error) as problem:
            verdicts[question] = f"fails {problem}"

    state = {}

    def ask_container():
        members = container(data)
        need(list(members)[-2:] == ["manifest.json", "manifest.note"], "no manifest at the end")
        manifest = canonical(members["manifest.json"][1])
        need([member["name"] for member in manifest["members"]] == list(members)[:-2], "other members than the manifest's")
        for member in manifest["members"]:
            packed, unpacked = members[member["name"]]
            for form, said in ((packed, member["packed"]), (unpacked, member)):
                need((len(form), sha256(form).hex()) == (said["size"], said["sha256"]), f"{member['name']}: other bytes than the manifest's")
        check_names(manifest["origin"], manifest["workspace"], manifest["keys"])
        state.update(members=members, manifest=manifest)

    def ask_signature():
        manifest, members = state["manifest"], state["members"]
        text, signatures = note(members["manifest.note"][1])
        digest = sha256(members["manifest.json"][1]).hex()
        need(text == f"annal-pack/v1\n{manifest['origin']}\n{digest}\n", "a note of another manifest")
        need(signers(members["manifest.note"][1], manifest["keys"]) == manifest["keys"] and len(signatures) == len(manifest["keys"]), "signatures")
        head, _ = note(members["proof/head.note"][1])
        origin, size, root, extension = head[:-1].split("\n")
        need((origin, size) == (manifest["origin"], str(manifest["size"])) and extension.startswith("annal-map/v1 "), "another head")
        need(signers(members["proof/head.note"][1], manifest["keys"]), "a head that none of the keys signed")
        state.update(root=base64.b64decode(root), map_root=base64.b64decode(extension[13:]))
        if key is None:
            return "partial no key from elsewhere"
        need(key in manifest["keys"], "none of the keys is the one from elsewhere")
        return None

    def ask_integrity():
        manifest, members = state["manifest"], state["members"]
        all_opened = {}
        for lines_name, folder in sections(members):
            system = folder == "signing-keys"
            lines = lines_of(members[lines_name][1])
            opened = openings_of(members[f"proof/{folder}/openings.jsonl"][1])
            used = set(manifest["scope"].get("refs", [])) if folder == "events" else set()
            for line in lines:
                if "event" in line:
                    check_event(line, "system" if system else manifest["workspace"], opened, used)
            need(used == set(opened), f"{lines_name}: openings that nobody uses")
            size, root = inclusion_root(members[f"proof/{folder}/inclusion.bin"][1], lines)
            if system:
                head, _ = note(members["proof/signing-keys/head.note"][1])
                check_names(head.split("\n")[0], "system", manifest["systemKeys"])
                need(signers(members["proof/signing-keys/head.note"][1], manifest["systemKeys"]), "the system's head is not signed")
                need((str(size), base64.b64encode(root).decode()) == tuple(head.split("\n")[1:3]), f"{lines_name}: another tree")
            else:
                need((size, root) == (manifest["size"], state["root"]), f"{lines_name}: another tree")
                for ref, token in opened.items():
                    need(all_opened.setdefault(ref, token) == token, f"two openings of {ref}")
            if folder == "events":
                state.update(lines=lines, opened=opened)

    def ask_order():
        all_lines = {folder: lines_of(state["members"][name][1]) for name, folder in sections(state["members"])}
        for lines in all_lines.values():
            check_order(lines)
        check_across(lines for folder, lines in all_lines.items() if folder != "signing-keys")

    ask("container", ask_container)
    ask("signature", ask_signature)
    ask("integrity", ask_integrity)
    ask("order", ask_order)
    ask("completeness", lambda: check_complete(state["manifest"], state["members"], state["lines"], state["opened"], state["map_root"]))
    return verdicts


def sections(members):
    for folder in ("events", "roles", "names", "break", "signing-keys"):
        if f"{folder}.jsonl" in members:
            yield f"{folder}.jsonl", folder


def main(arguments):
    key = arguments[arguments.index("--key") + 1] if "--key" in arguments else None
    with open(arguments[0], "rb") as file:
        verdicts = verify(file.read(), key)
    for question, verdict in verdicts.items():
        print(f"{question}: {verdict}")
    if any(verdict.startswith("fails") for verdict in verdicts.values()):
        return 1
    return 3 if any(verdict.startswith("partial") for verdict in verdicts.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
