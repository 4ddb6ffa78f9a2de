"""Validates an unpacked bag, straight from RFC 8493 (BagIt 1.0), with Python's standard library only.

No existing validator could be used in the tests: Debian has none, and those on npm either call shell
commands or check format 0.97 only. This one shares no code and no author's assumption with the sealer:
it reads the bag as the RFC describes it. Prints one line per fault; exit code 1 when there is one.

Usage: validateBag.py FOLDER
"""

import hashlib
import os
import re
import stat
import sys


def main(bag):
    faults = list(find_faults(bag))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def find_faults(bag):
    # 2.1.1: exactly two lines, UTF-8 without a byte order mark.
    declaration = read_text(bag, "bagit.txt")
    if declaration.splitlines() != ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"]:
        yield "2.1.1 bagit.txt is not that of BagIt 1.0 in UTF-8"
    # 2.1.2: the payload directory.
    if not os.path.isdir(os.path.join(bag, "data")):
        yield "2.1.2 there is no data folder"
        return
    files = set(all_files(bag))
    payload = {path for path in files if path.startswith("data/")}
    manifests = [path for path in files if re.fullmatch(r"manifest-[a-z0-9]+\.txt", path)]
    tag_manifests = [path for path in files if re.fullmatch(r"tagmanifest-[a-z0-9]+\.txt", path)]
    # 2.1.3: at least one payload manifest; in 1.0 each lists every payload file exactly once.
    if not manifests:
        yield "2.1.3 there is no payload manifest"
    for manifest in manifests:
        listed = yield from check_manifest(bag, manifest)
        for path in sorted(listed - payload):
            yield f"2.1.3 {manifest} lists {path!r}, which is not in the payload"
        for path in sorted(payload - listed):
            yield f"3 {manifest} does not list {path!r}"
    # 2.2.1: tag manifests list every payload manifest, no payload file, no tag manifest.
    for manifest in tag_manifests:
        listed = yield from check_manifest(bag, manifest)
        for path in sorted(listed):
            if path.startswith("data/") or path in tag_manifests:
                yield f"2.2.1 {manifest} lists {path!r}, which does not belong there"
            elif path not in files:
                yield f"3 {manifest} lists {path!r}, which is missing"
        for path in manifests:
            if path not in listed:
                yield f"2.2.1 {manifest} does not list {path}"
        for path in sorted(files - payload - listed - set(tag_manifests)):
            yield f"2.2.1 {manifest} does not list the tag file {path}"
    if "fetch.txt" in files:
        yield "2.2.3 there is a fetch.txt, which no packet has"
    yield from check_info(bag, payload)


def check_manifest(bag, manifest):
    """Yields faults; returns the decoded paths."""
    algorithm = re.fullmatch(r"(?:tag)?manifest-([a-z0-9]+)\.txt", manifest).group(1)
    listed = set()
    text = read_text(bag, manifest)
    if text != "" and not text.endswith("\n"):
        yield f"2.1.3 {manifest} does not end in a line break"
    for line in re.split(r"\r\n|\r|\n", text):
        if line == "":
            continue
        match = re.fullmatch(r"([0-9a-fA-F]+)[ \t]+\*?(.+)", line)
        if match is None:
            yield f"2.1.3 {manifest} has the line {line!r}"
            continue
        path = decode(match.group(2))
        if path is None:
            yield f"2.1.3 {manifest} has a percent sign that stands for nothing in {line!r}"
            continue
        if os.path.isabs(path) or ".." in path.split("/") or path.startswith("~"):
            yield f"5.1.1 {manifest} leads out of the bag: {path!r}"
            continue
        if path in listed:
            yield f"2.1.3 {manifest} lists {path!r} twice"
        listed.add(path)
        full = os.path.join(bag, path)
        if os.path.isfile(full) and digest(full, algorithm) != match.group(1).lower():
            yield f"3 the checksum of {path!r} in {manifest} is wrong"
    return listed


def check_info(bag, payload):
    """2.2.2: labels, values, and the payload's octets and streams."""
    if not os.path.exists(os.path.join(bag, "bag-info.txt")):
        return
    octets = sum(os.path.getsize(os.path.join(bag, path)) for path in payload)
    for line in read_text(bag, "bag-info.txt").splitlines():
        if not re.match(r"[^\s:][^:]*: \S|[ \t]+\S", line):
            yield f"2.2.2 bag-info.txt has the line {line!r}"
        if line.startswith("Payload-Oxum:") and line.split(":", 1)[1].strip() != f"{octets}.{len(payload)}":
            yield f"2.2.2 Payload-Oxum should be {octets}.{len(payload)}"
        if line.startswith("Bagging-Date:") and not re.fullmatch(r"\d{4}-\d\d-\d\d", line.split(":", 1)[1].strip()):
            yield "2.2.2 Bagging-Date is not a date"


def decode(path):
    """2.1.3: CR, LF and % are percent-encoded, and nothing else."""
    if re.search(r"%(?!0[aAdD]|25)", path):
        return None
    return re.sub(r"%(0[aAdD]|25)", lambda match: chr(int(match.group(1), 16)), path)


def all_files(bag):
    for folder, folders, names in os.walk(bag):
        for name in folders + names:
            full = os.path.join(folder, name)
            mode = os.lstat(full).st_mode
            if stat.S_ISDIR(mode):
                continue
            if not stat.S_ISREG(mode):
                raise SystemExit(f"{full!r} is neither a file nor a folder")
            yield os.path.relpath(full, bag)


def read_text(bag, name):
    with open(os.path.join(bag, name), encoding="utf-8", newline="") as file:
        return file.read()


def digest(path, algorithm):
    total = hashlib.new(algorithm)
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            total.update(chunk)
    return total.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
