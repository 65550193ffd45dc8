#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compare what was built with the ledger: what each archive defines and needs, and the macros.

The ledger is the folder of the machine's name beside this script. Of each archive it holds

  NAME.defines    names of the API table and calls of the ABI
  NAME.internal   names for the library's own use
  NAME.needs      names that must come from elsewhere

and besides, in `both`, the names that libcompat.a repeats from libc.a; in `absent`, the functions
of the table that no archive defines; in `macros`, what the driver predefines. A change of any is a
line in a commit, accepted with --update (or tests/ledger/update).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "include"))

from api.table import interfaces  # noqa: E402

SKIPPED = 77
ARCHIVES = ("crt0.o", "libc.a", "libcompat.a", "libcompiler_rt.a")
# Say which compiler it is, not what it compiles for.
COMPILER_MACROS = ("__clang_", "__VERSION__", "__llvm__", "__GNUC", "__GXX_ABI_VERSION")
ROWS = {row.name: row for row in interfaces()}

Ledger = dict[str, list[str]]


def run(*command: str | Path) -> str:
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed: {result.stderr.strip()}")
    return result.stdout


def symbols(nm: Path, file: Path) -> tuple[set[str], set[str]]:
    """What other objects can link against, hidden or not; and what the file lacks."""
    defined, needed = set(), set()
    for line in run(nm, "-g", "--format=posix", file).splitlines():
        words = line.split()
        if len(words) > 1:  # else it names a member
            (needed if words[1] in "Uvw" else defined).add(words[0])
    return defined, needed - defined


def is_public(name: str) -> bool:
    return name in ROWS or name.startswith("cloudabi_sys_")


def macros(cc: Path) -> list[str]:
    lines = (line.removeprefix("#define ").rstrip() for line in run(cc, "-dM", "-E", "-xc", "/dev/null").splitlines())
    kept = sorted(line for line in lines if not line.startswith(COMPILER_MACROS))
    return [f"clang {run(cc, '-dumpversion').split('.')[0]}", *kept]


def measure(tool: Path, lib: Path) -> Ledger:
    """The ledger of what was built. `tool` is the common beginning of the tools' names."""
    found: Ledger = {}
    defined: dict[str, set[str]] = {}
    for name in ARCHIVES:
        defined[name], needed = symbols(Path(f"{tool}-nm"), lib / name)
        found[f"{name}.defines"] = sorted(filter(is_public, defined[name]))
        found[f"{name}.internal"] = sorted(symbol for symbol in defined[name] if not is_public(symbol))
        found[f"{name}.needs"] = sorted(needed)
    found["both"] = sorted(defined["libc.a"] & defined["libcompat.a"])
    offered = {row.name for row in interfaces() if row.status != "remove" and not row.kind.startswith("macro")}
    found["absent"] = sorted(offered.difference(*defined.values()))
    found["macros"] = macros(Path(f"{tool}-cc"))
    return found


def describe(name: str) -> str:
    row = ROWS.get(name)
    return f"{row.status}, <{row.header}>" if row else ""


def belongs(found: Ledger) -> list[str]:
    """Whether each public name lies where its row says, whatever the ledger says."""
    allowed = {"libc.a": {"keep", "add"}, "libcompat.a": {"compat"}}
    faults = []
    for name in ARCHIVES:
        for symbol in found[f"{name}.defines"]:
            row = ROWS.get(symbol)
            repeated = name == "libcompat.a" and symbol in found["both"]
            if row and not repeated and row.status not in allowed.get(name, set()):
                faults.append(f"{name} defines {symbol}: {describe(symbol)}")
    reserved = ("_", "argdata_")
    faults += [f"{name} defines {symbol}, which has no row in include/api and is not reserved"
               for name in ARCHIVES for symbol in found[f"{name}.internal"] if not symbol.startswith(reserved)]
    faults += [f"libc.a needs {symbol}: {describe(symbol)}" for symbol in found["libc.a.needs"]
               if symbol in ROWS and ROWS[symbol].status in ("compat", "remove")]
    return faults


def differences(folder: Path, found: Ledger) -> list[str]:
    """A readable diff, file by file."""
    lines = []
    for name, content in found.items():
        file = folder / name
        expected = set(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else set()
        if name == "macros" and expected and content[0] not in expected:
            print(f"macros: not compared, since the ledger is not that of {content[0]}")
            continue
        added, removed = sorted(set(content) - expected), sorted(expected - set(content))
        if added or removed:
            lines.append(f"{name}: {len(added)} added, {len(removed)} removed")
            lines += [f"  + {symbol:30} {describe(symbol)}".rstrip() for symbol in added]
            lines += [f"  - {symbol:30} {describe(symbol)}".rstrip() for symbol in removed]
    lines += [f"{file.name}: nothing of this name was built"
              for file in sorted(folder.glob("*")) if file.name not in found]
    return lines


def write(folder: Path, found: Ledger) -> None:
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        if file.name not in found:
            file.unlink()
    for name, content in found.items():
        text = "".join(f"{line}\n" for line in content)
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text:
            (folder / name).write_text(text, encoding="utf-8")


def report(title: str, lines: Iterable[str]) -> bool:
    lines = list(lines)
    if lines:
        print("\n".join([title, *lines]))
    return bool(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prefix", type=Path, default=HERE.parents[1] / "out", help="what was built (default: out)")
    parser.add_argument("--arch", default="x86_64", help="machine (default: x86_64)")
    parser.add_argument("--lib", type=Path, help="where the archives are, if not in the sysroot")
    parser.add_argument("--update", action="store_true", help="make the ledger say what was built")
    args = parser.parse_args()
    triple = f"{args.arch}-unknown-cloudabi"
    lib = args.lib or args.prefix / triple / "lib"
    missing = [name for name in ARCHIVES if not (lib / name).is_file()]
    if missing:
        print(f"SKIP: no {', '.join(missing)} in {lib}; build the sysroot first")
        return SKIPPED
    folder = HERE / args.arch
    found = measure(args.prefix / "bin" / triple, lib)
    wrong = report("Against the API table:", belongs(found))
    if args.update:
        changes = differences(folder, found)
        write(folder, found)
        report("Accepted:", changes)
    else:
        wrong |= report("Not in the ledger (tests/ledger/update accepts):", differences(folder, found))
    counts = [f"{name} {len(found[f'{name}.defines'])} public, {len(found[f'{name}.internal'])} internal"
              for name in ARCHIVES]
    print("; ".join(counts))
    print(f"offered, but defined nowhere (or macros): {len(found['absent'])}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
