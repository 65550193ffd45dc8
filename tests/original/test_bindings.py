#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compares abi/ with what the original's own generator made of its text of the ABI.

That is its bindings for Rust, of 2018, which Debian has: every value, structure and call, with assertions of each offset
on machines of 64 and 32 bits. Exits 77 where the package cannot be had.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "abi"), str(ROOT / "tools")]

from fetching import FetchError  # noqa: E402
from fetching.cache import Cache, cache_folder  # noqa: E402
from fetching.lock import LockedFile  # noqa: E402
from load import load  # noqa: E402
from model import Arg, Member, Struct  # noqa: E402

PACKAGE = "librust-cloudabi-dev=0.0.3-1+b1"
LOCKED = LockedFile(name="librust-cloudabi-dev_0.0.3-1+b1_amd64.deb", size=21656,
                    sha256="614d0fe29eca1923a2c52ecf9e8415c6b444585047c97e20cc83c69c6bb5840b")
# Names that Rust could not have, or that the bindings wrote out.
RENAMED = {"TOOBIG": "2BIG", "type_": "type", "in_": "in"}


def bindings() -> str:
    """The text of the one file, from the cache or Debian."""
    cache = Cache(cache_folder())
    with tempfile.TemporaryDirectory() as name:
        package = cache.find(LOCKED)
        if package is None:
            subprocess.run(["apt-get", "-o", "APT::Sandbox::User=root", "download", PACKAGE], cwd=name, check=True,
                           capture_output=True, timeout=60)
            package = cache.keep(Path(name, LOCKED.name), LOCKED, "apt")
        subprocess.run(["dpkg-deb", "-x", package, f"{name}/tree"], check=True)
        return next(Path(name).glob("tree/**/cloudabi.rs")).read_text()


def number(text: str) -> int:
    return int(text, 0)


def their_values(text: str) -> dict[tuple[str, str], int]:
    """(type, name) to number: enumerations, flags and constants."""
    found: dict[tuple[str, str], int] = {}
    for kind, body in re.findall(r"^pub enum (\w+) \{\n(.*?)^\}", text, re.M | re.S):
        for name, value in re.findall(r"^  (\w+)\s*=\s*(\d+),", body, re.M):
            found[kind, RENAMED.get(name, name)] = number(value)
    for kind, body in re.findall(r"^  pub struct (\w+): u\d+ \{\n(.*?)^  \}", text, re.M | re.S):
        for name, value in re.findall(r"const (\w+)\s*=\s*(0x[0-9a-f]+);", body):
            found[kind, name] = number(value)
    for name, kind, value in re.findall(r"^pub const (\w+)\s*: (\w+) = \w+\((\w+)\);", text, re.M):
        found[kind, name.removeprefix(kind.upper() + "_")] = number(value)
    return found


def their_widths(text: str) -> dict[str, str]:
    widths = dict(re.findall(r"^pub (?:struct|type) (\w+)(?:\(pub | = )([ui]\d+)\)?;", text, re.M))
    for width, kind in re.findall(r"^#\[repr\((u\d+)\)\]\n#\[derive[^\n]*\npub enum (\w+)", text, re.M):
        widths[kind] = width
    return widths | {kind: width for kind, width in re.findall(r"^  pub struct (\w+): (u\d+) \{", text, re.M)}


def their_layout(text: str) -> dict[tuple[int, str, str], int]:
    """(bits, structure, member) to offset; the member "size" is the structure's."""
    found: dict[tuple[int, str, str], int] = {}
    tests = re.findall(r"^fn (\w+)_layout_test(?:_(32|64))?\(\) \{\n(.*?)^\}", text, re.M | re.S)
    for name, bits, body in tests:
        for word in [int(bits)] if bits else [32, 64]:
            found[word, name, "size"] = number(re.findall(r"size_of::<\w+>\(\), (\d+)", body)[0])
            found[word, name, "align"] = number(re.findall(r"align_of::<\w+>\(\), (\d+)", body)[0])
            for path, offset in re.findall(r"&obj\.([\w.]+) as \*const _ as usize - base, (\d+)", body):
                member = re.sub(r"\.0$", "", path.replace("union.", "")).replace("type_", "type")
                found[word, name, re.sub(r"\.1$", "_len", member)] = number(offset)
    return found


def their_calls(text: str) -> dict[str, list[str]]:
    calls: dict[str, list[str]] = {}
    for name, arguments, result in re.findall(r"^  fn cloudabi_sys_(\w+)\((.*?)\) -> (.*?);", text, re.M):
        kinds = [item.strip().removeprefix("_: ") for item in arguments.split(",") if item]
        calls[name] = ["pointer" if kind.startswith("*") else "size" if kind == "usize" else kind for kind in kinds]
        calls[name].append("never" if result == "!" else result)
    return calls


def our_arguments(items: list[Arg]) -> list[str]:
    kinds: list[str] = []
    for item in items:
        if item.type.shape == "[]":
            kinds += ["pointer", "size"]
        else:
            kinds.append("pointer" if item.type.shape else item.type.base)
    return kinds


def our_layout(struct: Struct) -> dict[tuple[int, str, str], int]:
    found: dict[tuple[int, str, str], int] = {}
    parts: list[tuple[str, list[Member]]] = [("", struct.members)]
    parts += [(variant.name + ".", variant.members) for variant in struct.variants]
    for i, word in enumerate((64, 32)):
        found[word, struct.name, "size"] = struct.size[i]
        found[word, struct.name, "align"] = struct.align[i]
        for prefix, members in parts:
            found |= {(word, struct.name, prefix + member.name): member.at[i] for member in members}
    return found


def main() -> int:
    try:
        text = bindings()
    except (FetchError, OSError, subprocess.SubprocessError) as error:
        print(f"SKIP: {PACKAGE} cannot be had: {error}")
        return 77
    abi = load(ROOT / "abi")
    added = {right.name.upper() for right in abi.rights.values() if right.extension}
    ours: list[dict[object, object]] = [
        {(kind, v.name): v.number for kind, s in abi.scalars.items() for v in s.values if v.name not in added},
        {kind: s.width for kind, s in abi.scalars.items()},
        {key: at for s in abi.structs.values() if not s.extension for key, at in our_layout(s).items()},
        {name: [*our_arguments(c.args), *("pointer" for _ in c.gives), "never" if c.noreturn else "errno"]
         for name, c in abi.calls.items() if not c.extension},
    ]
    theirs: list[dict[object, object]] = [dict(their_values(text)), dict(their_widths(text)), dict(their_layout(text)),
                                          dict(their_calls(text))]
    failures = 0
    names = ("values", "types", "offsets and sizes", "calls")
    for what, least, our, their in zip(names, (224, 40, 202, 49), ours, theirs, strict=True):
        wrong = [key for key in our.keys() | their.keys() if our.get(key) != their.get(key)]
        for key in sorted(wrong, key=str):
            print(f"# {key}: here {our.get(key)}, there {their.get(key)}")
        right = not wrong and len(our) >= least
        failures += not right
        print(f"{'ok' if right else 'not ok'} {what}: {len(our) - len(wrong)} of {len(our.keys() | their.keys())} agree")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
