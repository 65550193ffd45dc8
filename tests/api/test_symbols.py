#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""No library of the target defines a removed name, and what the sentences recommend is defined.

A name kept for compatibility is defined by libcompat.a only, once there is such a library.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from toolchain import report, skip

from api.table import interfaces, names, replacements

COMPAT_ARCHIVE = "libcompat.a"


def defined(nm: str, file: Path) -> set[str]:
    """The symbols that other objects can link against; hidden ones count."""
    command = [nm, "--defined-only", "--extern-only", "--format=just-symbols", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"cannot read the symbols of {file}: {result.stderr.strip()}")
    return {line.strip() for line in result.stdout.splitlines() if line.strip() and not line.endswith(":")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nm", default="llvm-nm", help="the program that lists symbols (default: llvm-nm)")
    parser.add_argument("--lib", type=Path, required=True, metavar="DIR", help="the target's installed libraries")
    parser.add_argument("--include", type=Path, required=True, metavar="DIR", help="the target's installed headers")
    args = parser.parse_args()
    files = sorted([*args.lib.rglob("*.a"), *args.lib.rglob("*.o")])
    if not any(file.name == "libc.a" for file in files):
        skip(f"no libc.a in {args.lib}; build the sysroot first")
    symbols = {file: defined(args.nm, file) for file in files}
    everything = set().union(*symbols.values())
    if not {"openat", "close", "malloc"} <= everything:
        return report([f"the archives in {args.lib} define no openat, close or malloc: nothing was tested"])

    failures = []
    removed, compat = set(names("remove")), set(names("compat"))
    for file, found in symbols.items():
        failures += [f"{file.name} defines {name}, which is removed" for name in sorted(found & removed)]
    misplaced = [f"{file.name} defines {name}, which belongs to {COMPAT_ARCHIVE}"
                 for file, found in symbols.items() if file.name != COMPAT_ARCHIVE for name in sorted(found & compat)]
    if any(file.name == COMPAT_ARCHIVE for file in files):
        failures += misplaced
    offered = {row.name for row in interfaces() if row.status in ("keep", "add") and row.is_function}
    wanted = defaultdict(list)
    for row in interfaces():
        if row.declaration and (args.include / row.header).is_file():
            for name in replacements(row):
                if name in offered and name != "program_main":  # the program defines that one
                    wanted[name].append(row.name)
    for name in sorted(wanted.keys() - everything):
        failures.append(f"no library defines {name}, which is recommended in place of {', '.join(sorted(set(wanted[name])))}")

    print(f"{len(files)} files define {len(everything)} symbols")
    print(f"removed names with a symbol: {len(removed & everything)} / {len(removed)}")
    print(f"compatibility names outside {COMPAT_ARCHIVE}: {len(misplaced)} / {len(compat)}")
    print(f"compatibility names without a symbol: {' '.join(sorted(compat - everything))}")
    print(f"offered functions with a symbol: {len(offered & everything)} / {len(offered)}")
    print(f"recommended functions with a symbol: {len(wanted.keys() & everything)} / {len(wanted)}")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
