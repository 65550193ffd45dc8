#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every constant and type that an installed header defines has a row, and the lists of headers agree.

What a header defines is asked of the compiler: macros with the place of each definition, enumerators
and types from its syntax tree. The texts below bits/ belong to the header that includes them. A type
that several headers share, as size_t, belongs to each header that asks for it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from toolchain import arguments, installed, report

from api.table import Header, headers, rows

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from musl_manifest import Manifest  # noqa: E402

FLAGS = ("-std=gnu17", "-D_GNU_SOURCE", "-D_BSD_SOURCE", "-D_XOPEN_SOURCE=700")
PUBLIC = re.compile(r"[A-Za-z]|_(PC|SC|CS|POSIX|POSIX2|XOPEN|XBS5)_|_IO[FLN]BF$")
MARKER = re.compile(r'# \d+ "(?P<file>[^"]*)"(?P<flags>(?: \d)*)$')
DEFINE = re.compile(r"#define (?P<name>\w+)(?P<parameters>\([^)]*\))? ?(?P<text>.*)")
UNDEFINE = re.compile(r"#undef (\w+)")
NEED = re.compile(r"__NEED_(?:(struct|union)_)?(\w+)$")
# As st_atime stands for st_atim.tv_sec.
MEMBER = re.compile(r"\w+(?:\.\w+|\[\d+\])+")
WORD = re.compile(r"[A-Za-z]\w*")
# What <argdata.h> makes its type-generic macros of.
PRIVATE = re.compile(r"ARGDATA_(CHAR|INTEGERS|(CREATE|GET)_[SU])$")
FUNCTIONS = {row.name for row in rows() if not row.is_value}
TAGS = {row.identifier for row in rows() if row.kind == "type" and " " in row.name}


class Found(NamedTuple):
    """What one header defines. What is only another name of a member, a function or a structure is left out."""

    constants: set[str]
    types: set[str]


class Reader:
    def __init__(self, command: list[str], include: Path) -> None:
        self.command = command
        self.include = include.resolve()

    def run(self, header: str, *flags: str) -> str:
        result = subprocess.run([*self.command, *FLAGS, *flags, "-xc", "-"], input=f"#include <{header}>\n",
                                capture_output=True, text=True, check=False)
        if result.returncode != 0:
            sys.exit(f"<{header}> does not compile:\n{result.stderr}")
        return result.stdout

    def name(self, file: str) -> str:
        """The name under which a header is included; that of other files is their path."""
        path = Path(file).resolve()
        return path.relative_to(self.include).as_posix() if path.is_relative_to(self.include) else file

    def macros(self, header: str) -> tuple[dict[str, tuple[bool, str]], set[str]]:
        """Its macros (with parameters? and text), and the shared types that it asks for."""
        nest: list[str] = []
        found: dict[str, tuple[bool, str]] = {}
        needed: set[str] = set()
        for line in self.run(header, "-dD", "-E").splitlines():
            if marker := MARKER.match(line):
                flags = marker["flags"].split()
                if "1" in flags:
                    nest.append(self.name(marker["file"]))
                elif "2" in flags and nest:
                    nest.pop()
                continue
            owner = next((file for file in reversed(nest) if not file.startswith("bits/")), "")
            if define := DEFINE.match(line):
                found.pop(define["name"], None)
                if owner != header:
                    continue
                if need := NEED.match(define["name"]):
                    needed.add(" ".join(filter(None, need.groups())))
                else:
                    found[define["name"]] = (define["parameters"] is not None, define["text"])
            elif undefine := UNDEFINE.match(line):
                found.pop(undefine[1], None)
        return found, needed

    def declared(self, header: str) -> tuple[Found, set[str]]:
        """Its enumerators and types, and every name that is declared at all."""
        found = Found(set(), set())
        names = set()
        tree = json.loads(self.run(header, "-fsyntax-only", "-Xclang", "-ast-dump=json"))
        for node, place in places(tree["inner"]):
            if node.get("isImplicit"):
                continue
            names |= {node.get("name", ""), *enumerators(node)}
            if self.belongs(place, header):
                found.types.update(types(node))
                found.constants.update(enumerators(node))
        return found, names

    def belongs(self, place: tuple[str, str], header: str) -> bool:
        file, includer = map(self.name, place)
        shared = file == "bits/alltypes.h"
        return file == header or file.startswith("bits/") and not shared and includer == header

    def defined(self, header: str) -> Found:
        macros, needed = self.macros(header)
        found, declared = self.declared(header)
        for name, (parameters, text) in macros.items():
            other = WORD.fullmatch(text) and (text in FUNCTIONS | TAGS or text not in macros.keys() | declared)
            if parameters or text and not other and not MEMBER.fullmatch(text):
                found.constants.add(name)
        found.types.update(needed)
        return Found({name for name in found.constants if PUBLIC.match(name) and not PRIVATE.match(name)},
                     {name for name in found.types if PUBLIC.match(name.rpartition(" ")[2])})


def places(nodes: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], tuple[str, str]]]:
    """Each declaration with its file and who included that. The tree names a file where it changes."""
    file = ""

    def follow(value: object) -> None:
        nonlocal file
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            if key == "file":
                file = str(part)
            elif key != "includedFrom" and isinstance(part, (dict, list)):
                follow(part)

    for node in nodes:
        location = node.get("loc", {})
        follow(location)
        place = file, includer(location)
        follow({key: value for key, value in node.items() if key != "loc"})
        yield node, place


def includer(location: dict[str, Any]) -> str:
    place = location.get("expansionLoc", location)
    return str(place.get("includedFrom", {}).get("file", ""))


def types(node: dict[str, Any]) -> list[str]:
    if node["kind"] == "TypedefDecl":
        return [node["name"]]
    if node["kind"] == "RecordDecl" and node.get("completeDefinition") and "name" in node:
        return [f"{node['tagUsed']} {node['name']}"]
    return [f"enum {node['name']}"] if node["kind"] == "EnumDecl" and "name" in node else []


def enumerators(node: dict[str, Any]) -> list[str]:
    return [part["name"] for part in node.get("inner", ()) if part["kind"] == "EnumConstantDecl" and not refused(part)]


def refused(node: dict[str, Any]) -> bool:
    return any(part.get("kind") == "UnavailableAttr" for part in node.get("inner", ()))


def public_headers(present: list[str]) -> list[Header]:
    """Those that are installed with a text of ours or musl's, and whose names have rows."""
    table = headers()
    return [table[name] for name in present if name in table and table[name].values == "rows"]


def disagreements(include: Path) -> list[str]:
    """headers.tsv, the manifest and the folder of our own headers against what is installed."""
    manifest = Manifest(ROOT / "include" / "musl.manifest")
    own = {path.relative_to(ROOT / "include" / "own").as_posix() for path in (ROOT / "include" / "own").rglob("*.h")}
    own |= {"argdata.h"}
    found = []
    present = set(installed(include))
    for name, entry in headers().items():
        source = "ours" if name in own else "musl" if manifest.decide(name).take else ""
        if entry.installed and entry.source not in (source, "compiler"):
            found.append(f"<{name}>: headers.tsv says {entry.source}, but its source is {source or 'unknown'}")
        if not entry.installed and source:
            found.append(f"<{name}>: not installed says headers.tsv, but there is a text of it to install ({source})")
        if entry.installed and entry.source != "compiler" and name not in present:
            found.append(f"<{name}>: headers.tsv says that it is installed, but it is not")
        if not entry.installed and name in present:
            found.append(f"<{name}>: installed, but not according to headers.tsv")
    return found + [f"<{name}>: installed, but without a line in headers.tsv"
                    for name in sorted(present - set(headers())) if name in own or manifest.decide(name).take]


def main() -> int:
    args = arguments(__doc__)
    present = installed(args.include)
    failures = disagreements(args.include)
    known = {(row.header, row.name) for row in rows()}
    reader = Reader([str(args.cc), *args.flag], args.include)
    chosen = public_headers(present)
    total = without = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for entry, found in zip(chosen, pool.map(reader.defined, [entry.header for entry in chosen])):
            names = found.constants - FUNCTIONS | found.types
            missing = sorted(name for name in names if (entry.header, name) not in known)
            total += len(names)
            without += len(missing)
            if missing:
                failures.append(f"<{entry.header}> {len(missing)} without a row: {' '.join(missing)}")
    print(f"headers: {len(chosen)} with rows, {sum(entry.values == 'whole' for entry in headers().values())} kept whole")
    print(f"public constants and types with a row: {total - without} / {total}")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
