#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every name that is removed or kept for compatibility fails to compile with its own sentence.

Each header is included alone, and the address of each of its refused names is taken.
"""

from __future__ import annotations

import re
import sys
from collections import Counter

from toolchain import arguments, compile_text, installed, report

from api.table import REFUSED, Row, headers, rows

# What a program most likely includes: these must be there, with all their refusals.
COMMON = {
    "dirent.h", "fcntl.h", "locale.h", "netdb.h", "pthread.h", "sched.h", "semaphore.h", "signal.h", "spawn.h",
    "stdio.h", "stdlib.h", "string.h", "sys/mman.h", "sys/resource.h", "sys/socket.h", "sys/stat.h", "sys/time.h",
    "sys/uio.h", "sys/wait.h", "time.h", "unistd.h", "wchar.h",
}


def uses(header: str, table: list[Row]) -> str:
    """One use a line, so that a diagnostic's line number tells the name: line 2 is table[0]."""
    lines = [f"#include <{header}>"]
    lines += [f"void *use_{row.name}(void) {{ return (void *)&{row.name}; }}" for row in table]
    return "\n".join(lines) + "\n"


def outcome(row: Row, texts: list[str]) -> str:
    if f"'{row.name}' is unavailable: {row.message}" in texts:
        return "refused"
    if not texts:
        return "usable"
    if any(re.search(r"undeclared (identifier|library function)", text) for text in texts):
        return "unknown"
    return "other error: " + texts[0]


def judge(header: str, table: list[Row], outcomes: list[str]) -> list[str]:
    failures = []
    for row, result in zip(table, outcomes):
        if result != "refused":
            failures.append(f"<{header}> {row.name}: {result}")
    return failures


def main() -> int:
    args = arguments(__doc__)
    present = set(installed(args.include))
    failures = [f"<{header}> is not installed" for header in sorted(COMMON - present)]
    total: Counter[str] = Counter()
    for header in headers():
        table = [row for row in rows() if row.header == header and row.status in REFUSED]
        if not table or header not in present:
            total["in absent headers"] += len(table)
            continue
        by_line: dict[int, list[str]] = {}
        for found in compile_text(args, uses(header, table), "-D_GNU_SOURCE", "-std=gnu17"):
            if found.file == "<stdin>":
                by_line.setdefault(found.line, []).append(found.text)
            elif "error" in found.kind:
                failures.append(f"<{header}> does not compile: {found.file}:{found.line}: {found.text}")
        outcomes = [outcome(row, by_line.get(line, [])) for line, row in enumerate(table, 2)]
        failures += judge(header, table, outcomes)
        refused = outcomes.count("refused")
        print(f"<{header}> refused with its sentence: {refused} / {len(table)}")
        total.update(refused=refused, rows=len(table))
        compat = [row for row in table if row.status == "compat"]
        for found in compile_text(args, uses(header, compat), "-D_GNU_SOURCE", "--compat", "-std=gnu17"):
            if "error" in found.kind:
                failures.append(f"<{header}> with --compat: {found.text}")
    absent = [header for header, entry in headers().items() if entry.installed and header not in present]
    print(f"refused with its sentence: {total['refused']} / {total['rows']} in installed headers")
    print(f"headers of the table that are not installed yet: {len(absent)}: {' '.join(absent)}")
    print(f"names in headers that are not there: {total['in absent headers']}")
    for header, entry in headers().items():
        if not entry.installed and header in present:
            failures.append(f"<{header}> is installed, but is only for {entry.note}")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
