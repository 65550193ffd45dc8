#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""One link for the whole table: a program that refers to a name finds it if the table offers it.

This is how the probes of configure scripts ask, whatever they declare. Removed names are not found,
compat names with --compat only.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from toolchain import arguments, report, skip

from api.table import STATUSES, interfaces

# The functions of the table that no archive defines: macros, and what is not there yet.
LEDGER = Path(__file__).resolve().parents[1] / "ledger" / "x86_64" / "absent"
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
    if not (args.include.parent / "lib" / "libcompat.a").is_file():
        skip(f"no libcompat.a beside {args.include}; build the sysroot first")
    failures = [f"{name} is offered, but does not link" for name in sorted(undefined(args.cc, args.flag, list(OFFERED)))]
    status = {row.name: row.status for row in interfaces() if row.status == "remove" or not row.kind.startswith("macro")}
    absent = set(LEDGER.read_text(encoding="utf-8").splitlines())
    right = 0
    for switch in ([], ["--compat"]):
        missing = undefined(args.cc, [*args.flag, *switch], list(status))
        title = "with --compat" if switch else "without --compat"
        for fate in STATUSES:
            asked = {name for name in status if status[name] == fate}
            refused = asked if fate == "remove" or fate == "compat" and not switch else asked & absent
            wrong = (asked & missing) ^ refused
            failures += [f"{title}: {name} ({fate}) {'links' if name in refused else 'does not link'}"
                         for name in sorted(wrong)]
            right += len(asked) - len(wrong)
            print(f"{title}: {fate}: {len(asked) - len(wrong)} / {len(asked)}")
    print(f"offered, but macros or not there yet: {len(absent)}")
    print(f"probes answered right: {right} / {right + len(failures)}")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
