#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Makes libcompiler_rt.a: the wanted members of clang's builtins archive, plus our own.

The archive was compiled for Linux. A member is taken only if it depends on nothing of Linux: its
undefined symbols are known, and it neither makes a system call nor touches a segment register.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
OWN = ("int128.c", "int128_longdouble.c")


class BuiltinsError(Exception):
    """The library cannot be made; the text says why."""


@dataclass(frozen=True)
class Member:
    """One object file: what it defines and what it needs."""

    path: Path
    defined: frozenset[str]
    undefined: frozenset[str]


def call(*command: str, cwd: Path | None = None) -> str:
    """Run a tool and return its output."""
    try:
        return subprocess.run(
            command, cwd=cwd, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ).stdout
    except FileNotFoundError as error:
        raise BuiltinsError(f"{command[0]} is missing; run './build.sh sysroot'") from error
    except subprocess.CalledProcessError as error:
        raise BuiltinsError(f"{' '.join(command)} failed:\n{error.stderr.strip()}") from error


def builtins_archive(cc: str, arch: str) -> Path:
    """Ask the compiler behind the driver where its builtins are."""
    path = call(cc, f"--target={arch}-linux-gnu", "--rtlib=compiler-rt", "-print-libgcc-file-name")
    archive = Path(path.strip())
    if not archive.is_file():
        raise BuiltinsError(
            f"compiler-rt's builtins are missing ({archive}); install libclang-rt-dev, "
            "or libclang-rt-<version>-dev for a clang other than the default one"
        )
    return archive


def read_member(nm: str, path: Path) -> Member:
    """Read an object's symbol table."""
    defined: set[str] = set()
    undefined: set[str] = set()
    for line in call(nm, "--format=posix", "-g", str(path)).splitlines():
        name, kind = line.split()[:2]
        (undefined if kind in "Uvw" else defined).add(name)
    return Member(path, frozenset(defined), frozenset(undefined))


def host_dependence(objdump: str, member: Member) -> str:
    """Return what ties a member to Linux, or nothing."""
    for line in call(objdump, "-d", "--no-show-raw-insn", str(member.path)).splitlines():
        words = line.split()
        if {"syscall", "sysenter", "int"} & set(words) or "%fs" in line or "%gs" in line:
            return line.strip()
    return ""


def select(members: list[Member], wanted: set[str], given: set[str]) -> list[Member]:
    """Return the members that define `wanted`, and what those need beyond `given`, in order."""
    by_symbol = {symbol: member for member in members for symbol in member.defined}
    chosen: set[Path] = set()
    pending = sorted(wanted)
    while pending:
        symbol = pending.pop()
        member = by_symbol.get(symbol)
        if symbol in given or member is None or member.path in chosen:
            continue
        chosen.add(member.path)
        pending.extend(member.undefined)
    return [member for member in members if member.path in chosen]


def build(options: argparse.Namespace, work: Path) -> int:
    """Make the archive; return the number of its members."""
    table = tomllib.loads((HERE / "symbols.toml").read_text(encoding="utf-8"))
    required, allowed = set(table["required"]), set(table["from_libc"])
    tool = str(options.bin / f"{options.arch}-unknown-cloudabi-")
    archive = options.archive or builtins_archive(tool + "cc", options.arch)
    own: list[Member] = []
    for name in OWN:
        target = work / name.replace(".c", ".o")
        flags = ["-ffreestanding", "-O2", "-std=c17", "-Wall", "-Wextra", "-Werror"]
        flags += ["-fno-sanitize=safe-stack", "-fno-stack-protector", "-fPIC"]
        call(tool + "cc", *flags, "-c", name, "-o", str(target), cwd=HERE)
        own.append(read_member(tool + "nm", target))
    (work / "theirs").mkdir()
    call(tool + "ar", "x", str(archive.resolve()), cwd=work / "theirs")
    theirs = [read_member(tool + "nm", path) for path in sorted((work / "theirs").iterdir())]
    given = {symbol for member in own for symbol in member.defined}
    needed = {symbol for member in own for symbol in member.undefined}
    wanted = (required | set(table["optional"]) | needed) - given
    members = own + select(theirs, wanted, given | allowed)
    defined = {symbol for member in members for symbol in member.defined}
    if required - defined:
        raise BuiltinsError(f"{archive} lacks {', '.join(sorted(required - defined))}")
    for member in members:
        strange = member.undefined - defined - allowed
        if strange:
            raise BuiltinsError(f"{member.path.name} needs {', '.join(sorted(strange))}")
        dependence = host_dependence(tool + "objdump", member)
        if dependence:
            raise BuiltinsError(f"{member.path.name} depends on the host system: {dependence}")
    new = work / "libcompiler_rt.a"
    call(tool + "ar", "rcsD", str(new), *(str(member.path) for member in members))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    temporary = options.output.with_name(f".{options.output.name}.new")
    shutil.copyfile(new, temporary)
    temporary.replace(options.output)
    return len(members)


def main(argv: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="build.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--bin", type=Path, required=True, help="folder of the installed driver")
    parser.add_argument("--output", type=Path, required=True, help="the archive to write")
    parser.add_argument("--arch", default="x86_64", choices=["x86_64"], help="target (x86_64)")
    parser.add_argument("--archive", type=Path, help="builtins archive (ask clang)")
    options = parser.parse_args(argv)
    options.bin, options.output = options.bin.resolve(), options.output.resolve()
    try:
        with tempfile.TemporaryDirectory(prefix="builtins-") as name:
            count = build(options, Path(name))
    except BuiltinsError as error:
        print(f"builtins: {error}", file=sys.stderr)
        return 1
    print(f"builtins: {options.output}: {count} members")
    return 0


if __name__ == "__main__":
    sys.exit(main())
