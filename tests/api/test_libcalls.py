#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Calls that the compiler makes by itself can be linked, with and without --compat.

Without the switch none may be of a compat or removed name: nobody could tell where it comes from.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from toolchain import arguments, report

from api.table import names

SOURCE = Path(__file__).with_name("libcalls.c")
VARIANTS = [["-O0"], ["-O1"], ["-O2"], ["-O3"], ["-Os"], ["-Oz"], ["-O2", "-ffast-math"], ["-O2", "-ffreestanding"]]


def output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def symbols(nm: str, which: str, *files: Path) -> set[str]:
    lines = output(nm, which, "-g", "--format=just-symbols", *files).splitlines()
    return {line for line in lines if line and not line.endswith(":")}


def main() -> int:
    args = arguments(__doc__)
    nm = str(args.cc).removesuffix("cc") + "nm"
    lib = args.include.parent / "lib"
    plain = symbols(nm, "--defined-only", lib / "libc.a", lib / "libcompiler_rt.a")
    compat = symbols(nm, "--defined-only", lib / "libcompat.a")
    failures: list[str] = []
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as scratch:
        item = Path(scratch, "libcalls.o")
        for flags in VARIANTS:
            for switches in ([], ["-DOWN_PRINTF", "-D_CLOUDABI_HIDE_REMOVED"], ["--compat"]):
                words = [*flags, *switches]
                output(args.cc, "-std=gnu17", "-w", *args.flag, *words, "-c", SOURCE, "-o", item)
                needed = symbols(nm, "--undefined-only", item)
                offered = plain | compat if "--compat" in switches else plain
                failures += [f"{' '.join(words)}: the object needs {name}" for name in sorted(needed - offered)]
                seen |= needed
    # The source has no call of these, so the compiler makes some.
    if not {"stpcpy", "memset", "fputc"} <= seen:
        failures.append(f"the compiler made no calls of its own, but {' '.join(sorted(seen))}")
    print(f"{len(seen)} functions called, all in the libraries: {not failures}")
    print(f"compat names called, by --compat only: {' '.join(sorted(seen & set(names('compat'))))}")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
