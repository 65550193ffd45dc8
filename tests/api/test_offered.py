#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Each offered name is declared by its header, and a library defines it unless it is a macro.

The header is included alone, with all extensions. What a macro stands for is tested by the programs
that use it; see test_coverage.py.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from toolchain import compile_text, report, skip

from api.table import headers, interfaces

# The program defines it.
DEFINED_ELSEWHERE = {"program_main"}


def symbols(nm: str, *arguments: str) -> set[str]:
    command = [nm, "--format=just-symbols", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed: {result.stderr.strip()}")
    return {line.strip() for line in result.stdout.splitlines() if line.strip()}


def program(header: str, names: list[str]) -> str:
    """Refers to each name that is no macro."""
    lines = [f"#include <{header}>"]
    for name in names:
        lines += [f"#ifndef {name}", f"__typeof__({name}) *uses_{name} = &{name};", "#endif"]
    return "\n".join(lines) + "\n"


def needed(args: argparse.Namespace, text: str) -> set[str]:
    """The symbols that the program leaves undefined; it is known to compile."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/uses.o"
        command = [str(args.cc), "-std=gnu17", "-D_GNU_SOURCE", "-w", "-fno-builtin", "-c", "-o", file, "-xc", "-"]
        subprocess.run(command, input=text, text=True, check=True)
        return symbols(args.nm, "--undefined-only", file)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cc", type=Path, required=True, help="the C compiler for the target")
    parser.add_argument("--nm", default="llvm-nm", help="the program that lists symbols (default: llvm-nm)")
    parser.add_argument("--lib", type=Path, required=True, metavar="DIR", help="the target's installed libraries")
    args = parser.parse_args()
    args.flag = []
    if not args.cc.exists() or not (args.lib / "libc.a").exists():
        skip(f"no compiler at {args.cc}, or no libc.a in {args.lib}; build the sysroot first")
    archives = [str(file) for file in sorted(args.lib.glob("*.a")) if file.name != "libcompat.a"]
    defined = symbols(args.nm, "--defined-only", "--extern-only", *archives)

    by_header: dict[str, list[str]] = defaultdict(list)
    failures = []
    for row in interfaces():
        if row.status in ("keep", "add"):
            by_header[row.header].append(row.name)
    functions = 0
    for header, names in sorted(by_header.items()):
        if not headers()[header].installed:
            failures.append(f"<{header}> is not installed, but {', '.join(names)} are offered in it")
            continue
        text = program(header, names)
        errors = [d for d in compile_text(args, text, "-std=gnu17", "-D_GNU_SOURCE", "-w") if "error" in d.kind]
        failures += [f"<{header}>: {d.text}" for d in errors]
        if not errors:
            references = needed(args, text)
            functions += len(references)
            failures += [f"<{header}> declares {name}, which no library defines"
                         for name in sorted(references - defined - DEFINED_ELSEWHERE)]
    print(f"names offered: {sum(map(len, by_header.values()))}, of which symbols: {functions}")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
