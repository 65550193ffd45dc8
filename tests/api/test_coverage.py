#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How many of the offered and compat names the target's test programs use: rows with a test / rows.

A function counts when a test's object, compiled without optimisation or built-in functions, leaves
it undefined: then the test itself refers to it, whatever libc.a calls by itself. What a test gets
only through the shared check.h does not count. Macros without a function behind them leave no
symbol; they count when their name stands in a test's text outside comments and strings.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from toolchain import report, skip

from api.table import Row, headers, interfaces

HERE = Path(__file__).resolve().parent
MINIMUM = HERE / "coverage.minimum"
CHECK_INCLUDE = HERE.parent / "include"
EMPTY = '#include "check.h"\nstatic void nothing(struct check *t) { (void)t; }\n#define TESTS(X) X(nothing)\nCHECK_MAIN(TESTS)\n'
NOISE = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
IDENTIFIER = re.compile(r"\b[A-Za-z_]\w*\b")
DEFINED_BY_PROGRAMS = {"program_main"}


def words(text: str) -> set[str]:
    """The identifiers of a source, without those in comments, strings and #include lines."""
    text = re.sub(r"^\s*#\s*include\b.*$", "", NOISE.sub(" ", text), flags=re.MULTILINE)
    return set(IDENTIFIER.findall(text))


def run(command: list[str], text: str | None = None) -> str:
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stderr}")
    return result.stdout


class Compiler:
    def __init__(self, args: argparse.Namespace) -> None:
        self.nm = str(args.nm)
        self.command = [str(args.cc), "-std=gnu17", "-w", *(f"-I{path}" for path in (CHECK_INCLUDE, *args.folder))]

    def references(self, source: Path, text: str | None = None) -> set[str]:
        """The symbols that the program needs, and program_main() if it defines that."""
        with tempfile.TemporaryDirectory() as folder:
            file = f"{folder}/test.o"
            run([*self.command, "-O0", "-fno-builtin", "-c", "-o", file, *(["-xc", "-"] if text else [str(source)]),
                 *(["--compat"] if source.parent.name == "compat" else [])], text)
            symbols = run([self.nm, "--format=posix", file]).splitlines()
        found = {line.split()[0]: line.split()[1] for line in symbols}
        return {name for name, kind in found.items() if kind == "U" or name in DEFINED_BY_PROGRAMS}

    def defined(self, archive: Path) -> set[str]:
        return set(run([self.nm, "--defined-only", "--extern-only", "--format=just-symbols", str(archive)]).split())

    def macros(self, names: list[str]) -> set[str]:
        """What those of these headers that there are define as macros."""
        text = "".join(f"#if __has_include(<{name}>)\n#include <{name}>\n#endif\n" for name in names)
        lines = run([*self.command, "-D_GNU_SOURCE", "-dM", "-E", "-xc", "-"], text).splitlines()
        return {IDENTIFIER.findall(line)[1] for line in lines}


def uses(compiler: Compiler, sources: list[Path], macros: set[str]) -> dict[str, set[Path]]:
    """Each name that tests use, with the tests."""
    everywhere = compiler.references(Path("-"), EMPTY) - DEFINED_BY_PROGRAMS
    found: dict[str, set[Path]] = defaultdict(set)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, symbols in zip(sources, pool.map(compiler.references, sources)):
            written = words(source.read_text(encoding="utf-8"))
            for name in symbols - (everywhere - written) | written & macros:
                found[name].add(source)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cc", type=Path, required=True, help="the C compiler for the target")
    parser.add_argument("--nm", default="llvm-nm", help="the program that lists symbols (default: llvm-nm)")
    parser.add_argument("--libc", type=Path, required=True, help="the target's libc.a")
    parser.add_argument("--folder", type=Path, action="append", default=[], metavar="DIR",
                        help="where the tests include generated files from; may be repeated")
    parser.add_argument("--verbose", action="store_true", help="name the tests of each name")
    parser.add_argument("sources", type=Path, nargs="+", help="test programs of the target")
    args = parser.parse_args()
    if not args.cc.exists() or not args.libc.exists():
        skip(f"no compiler at {args.cc}, or no {args.libc}; build the sysroot first")

    offered = [row for row in interfaces() if row.status in ("keep", "add", "compat") and not row.also]
    compiler = Compiler(args)
    by_header: dict[str, list[Row]] = defaultdict(list)
    for row in offered:
        by_header[row.header].append(row)
    macros = compiler.macros([name for name in by_header if headers()[name].installed])
    found = uses(compiler, args.sources, macros - compiler.defined(args.libc))

    tested = 0
    for header, group in sorted(by_header.items()):
        without = sorted(row.name for row in group if row.name not in found)
        tested += len(group) - len(without)
        print(f"{header}: {len(group) - len(without)} / {len(group)}"
              + (f"; without a test: {' '.join(without)}" if without else ""))
        for row in group if args.verbose else []:
            print(f"    {row.name}: {' '.join(sorted(source.name for source in found.get(row.name, [])))}")
    minimum = int(MINIMUM.read_text(encoding="ascii"))
    print(f"rows with a test / rows: {tested} / {len(offered)} (at least {minimum})")
    if tested > minimum:
        print(f"{MINIMUM.name} can be raised to {tested}")
    return report([f"{tested} rows have a test, fewer than the {minimum} in {MINIMUM.name}; "
                   "a name that is offered keeps its test"] if tested < minimum else [])


if __name__ == "__main__":
    sys.exit(main())
