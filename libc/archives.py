#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Share the objects of the C library out to libc.a and libcompat.a, as the API table says.

An object whose public names are all `compat` goes to libcompat.a. One that has other names too, or
that libc.a needs, goes to both: in libc.a its compat names are local, so that they cannot be linked
against, and the linker drops what nobody uses. The driver puts libcompat.a in front, so that a
program never gets both copies. libc.a may neither define nor need a compat name.

musl defines `fseeko64` and its like beside `fseeko` for programs linked elsewhere. The headers do
not need these, so they are local as well.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "include"))

from api.table import TableError, names  # noqa: E402


class ArchiveError(Exception):
    """An object breaks the rule; the text says which and how to mend it."""


@dataclass(frozen=True)
class Tools:
    ar: str
    nm: str
    objcopy: str


@dataclass
class Object:
    """One object file: what it defines for others, and what it needs of them."""

    path: Path
    defined: set[str]
    needed: set[str]


def run(*command: str) -> str:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except FileNotFoundError as error:
        raise ArchiveError(f"{command[0]} is missing; install LLVM's tools") from error
    except subprocess.CalledProcessError as error:
        raise ArchiveError(f"{command[0]} failed: {error.stderr.strip()}") from error


def read_objects(tools: Tools, paths: list[Path]) -> list[Object]:
    """The symbol tables, in the order of the paths."""
    found = {str(path): Object(path, set(), set()) for path in paths}
    for line in run(tools.nm, "-A", "-g", "--format=posix", *found).splitlines():
        file, _, rest = line.partition(": ")
        name, kind = rest.split()[:2]
        (found[file].needed if kind in "Uvw" else found[file].defined).add(name)
    return list(found.values())


def split(objects: list[Object], compat: set[str]) -> tuple[list[Object], list[Object]]:
    """The objects with compat names: those that only libcompat.a gets, and those of both."""
    alone = [item for item in objects if item.defined & compat]
    both: list[Object] = []
    while True:
        needed = set().union(*(item.needed for item in objects if item not in alone))
        stay = [item for item in alone
                if any(name in needed or not name.startswith("_") for name in item.defined - compat)]
        if not stay:
            return alone, both
        both += stay
        alone = [item for item in alone if item not in stay]


def synonyms(item: Object, known: set[str]) -> set[str]:
    return {name for name in item.defined - known if name.endswith("64") and name.removesuffix("64") in item.defined}


def check(objects: list[Object], alone: list[Object], both: list[Object], compat: set[str]) -> None:
    faults = []
    defined = Counter(name for item in alone + both for name in item.defined & compat)
    faults += [f"no source defines {name}, which the API table offers as compat" for name in sorted(compat - set(defined))]
    faults += [f"{name} is defined {count} times" for name, count in sorted(defined.items()) if count > 1]
    for item in objects:
        own = item.defined if item in both else set()
        if item not in alone:
            faults += [f"{item.path.name} needs {name}, which is for libcompat.a only; do without it"
                       for name in sorted(item.needed & compat - own)]
    if faults:
        raise ArchiveError("\n".join(faults))


def archive(tools: Tools, target: Path, members: list[Path]) -> None:
    """Make an archive with an index and without times. Members may have equal names."""
    new = target.with_name(f".{target.name}.new")
    new.unlink(missing_ok=True)
    # Paths may be too many for one command line.
    with tempfile.NamedTemporaryFile("w", suffix=".rsp") as file:
        file.write("".join(f'"{path}"\n' for path in members))
        file.flush()
        run(tools.ar, "qcsD", str(new), f"@{file.name}")
    new.replace(target)


def make(tools: Tools, paths: list[Path], out: Path) -> None:
    compat = set(names("compat"))
    objects = read_objects(tools, paths)
    alone, both = split(objects, compat)
    check(objects, alone, both, compat)
    copies = out / "public-names-only"
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir()
    members = []
    known = set(names())
    for item in objects:
        if item in alone:
            continue
        local = sorted(item.defined & compat | synonyms(item, known))
        if not local:
            members.append(item.path)
            continue
        members.append(copies / item.path.name)
        run(tools.objcopy, *(f"--localize-symbol={name}" for name in local), str(item.path), str(members[-1]))
    archive(tools, out / "libc.a", members)
    archive(tools, out / "libcompat.a", [item.path for item in alone + both])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ar", required=True)
    parser.add_argument("--nm", required=True)
    parser.add_argument("--objcopy", required=True)
    parser.add_argument("--objects", type=Path, required=True, metavar="FILE", help="list of the objects, one a line")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the archives go")
    args = parser.parse_args()
    try:
        make(Tools(args.ar, args.nm, args.objcopy), [Path(line) for line in args.objects.read_text().splitlines()],
             args.out)
    except (ArchiveError, TableError, OSError) as error:
        for line in str(error).splitlines():
            print(f"archives.py: {line}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
