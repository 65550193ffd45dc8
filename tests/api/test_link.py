#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A program that refers to a removed name does not link, whatever it declares.

This is how the probes of configure scripts ask, so they get a true answer.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from toolchain import arguments, report, skip

from api.table import names

OFFERED = ("openat", "malloc", "fprintf", "close", "pthread_create")


def undefined(cc: Path, flags: list[str], wanted: list[str]) -> set[str]:
    """The names among `wanted` that the linker cannot find."""
    declarations = "".join(f'extern char use_{name}[] __asm__("{name}");\n' for name in wanted)
    uses = ", ".join(f"use_{name}" for name in wanted)
    text = f"{declarations}char *volatile table[] = {{{uses}}};\n"
    text += "void program_main(const void *argument) { (void)argument; (void)table[0]; }\n"
    with tempfile.TemporaryDirectory() as folder:
        command = [str(cc), *flags, "-xc", "-", "-Wl,--error-limit=0", "-o", str(Path(folder, "program"))]
        result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    found = set(re.findall(r"undefined (?:hidden )?symbol: (\S+)", result.stderr))
    if result.returncode != 0 and not found:
        sys.exit(f"the link failed for another reason: {result.stderr.strip()}")
    return found


def main() -> int:
    args = arguments(__doc__)
    if not (args.include.parent / "lib" / "libc.a").is_file():
        skip(f"no libc.a beside {args.include}; build the sysroot first")
    failures = [f"{name} is offered, but does not link" for name in sorted(undefined(args.cc, args.flag, list(OFFERED)))]
    removed = names("remove")
    missing = undefined(args.cc, args.flag, removed)
    failures += [f"{name} is removed, but links" for name in removed if name not in missing]
    print(f"removed names refused by the linker: {len(missing & set(removed))} / {len(removed)}")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
