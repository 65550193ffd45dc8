#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every refused name fails to compile with its own sentence, in C and C++, whatever was included.

Each header is included alone, and each of its names is used and has its address taken. The same
is done without any header, and at last everything is left to the linker.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from toolchain import arguments, compile_text, installed, report

from api.table import REFUSED, Row, headers, rows

# What a program most likely includes: these must be there, with all their refusals.
COMMON = {
    "dirent.h", "fcntl.h", "locale.h", "netdb.h", "pthread.h", "sched.h", "semaphore.h", "signal.h", "spawn.h",
    "stdio.h", "stdlib.h", "string.h", "sys/mman.h", "sys/resource.h", "sys/socket.h", "sys/stat.h", "sys/time.h",
    "sys/uio.h", "sys/wait.h", "time.h", "unistd.h", "wchar.h",
}
STANDARDS = {"c": "-std=gnu17", "c++": "-std=gnu++17"}
WIDTH = 2 * 100


class Use(NamedTuple):
    """A line of a source; `wanted` is what the compiler must say of it, or nothing for no error."""

    row: Row
    what: str
    text: str
    wanted: str


def parameters(row: Row) -> list[str]:
    """The types in a function's prototype, apart from an ellipsis."""
    found, depth = [""], 0
    for character in re.split(rf"\b{row.name}\(", row.declaration, maxsplit=1)[1]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
        if character == "," and depth == 0:
            found.append("")
        else:
            found[-1] += character
    return [text for text in found if text.strip() not in ("void", "...")]


def use(row: Row, included: bool) -> str:
    """A call with arguments that fit, since C++ looks at them first; or another use."""
    if row.kind == "type":
        return f"{row.name} value; (void)sizeof value;"
    if row.is_value or row.kind.startswith("object"):
        return f"(void){row.name};"
    fitting = parameters(row) if row.declaration and included else ["int"]
    values = ", ".join(f"*(__typeof__({text}) *)(void *)1" for text in fitting)
    return f"(void){row.name}({values});"


def uses(table: list[Row], language: str, included: bool) -> list[Use]:
    found = []
    for number, row in enumerate(table):
        said = f"'{row.identifier}' is unavailable: {row.message}"
        found.append(Use(row, "used", f"void use_{number}(void) {{ {use(row, included)} }}", said))
        if not row.is_value:
            found.append(Use(row, "address", f"void address_{number}(void) {{ (void)&{row.name}; }}", said))
        declared = row.kind != "type" and headers()[row.header].installed
        if language == "c++" and included and declared:
            found.append(Use(row, "using", f"namespace ours_{number} {{ using ::{row.name}; }}", ""))
            found.append(Use(row, "used", f"auto through_{number} = ours_{number}::{row.name};", said))
    return found


def judge(args: argparse.Namespace, language: str, include: str, table: list[Row]) -> tuple[set[str], list[str]]:
    """The names refused with their sentence in every use, and what is wrong with the others."""
    lines = uses(table, language, bool(include))
    text = "\n".join([include, *(line.text for line in lines)]) + "\n"
    said: dict[int, list[str]] = {}
    wrong = []
    for found in compile_text(args, text, "-D_GNU_SOURCE", STANDARDS[language], language=language):
        if found.file == "<stdin>":
            said.setdefault(found.line, []).append(found.text)
        elif "error" in found.kind:
            wrong.append(f"{found.file}:{found.line}: {found.text}")
    refused = {row.name for row in table}
    for number, line in enumerate(lines, 2):
        texts = said.get(number, [])
        if line.wanted not in texts if line.wanted else texts:
            refused.discard(line.row.name)
            wrong.append(f"{line.row.name} ({line.what}): {'; '.join(texts) or 'no error'}")
    return refused, [f"{language}, {include or 'nothing included'}: {text}" for text in wrong]


def with_headers(args: argparse.Namespace, language: str, table: list[Row]) -> tuple[int, list[str]]:
    """How many rows are refused when their header is included, which need not exist."""
    by_header = {header: [row for row in table if row.header == header] for header in headers()}
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda item: judge(args, language, f"#include <{item[0]}>", item[1]),
                           [item for item in by_header.items() if item[1]])
        found = list(results)
    return sum(len(refused) for refused, _ in found), [text for _, wrong in found for text in wrong]


def with_compat(args: argparse.Namespace, present: set[str], table: list[Row]) -> list[str]:
    failures = []
    for header in sorted(present):
        compat = [row for row in table if row.header == header and row.status == "compat"]
        text = "\n".join([f"#include <{header}>", *(line.text for line in uses(compat, "c", True))])
        for found in compile_text(args, text, "-D_GNU_SOURCE", "--compat", "-std=gnu17") if compat else []:
            if "error" in found.kind:
                failures.append(f"<{header}> with --compat: {found.text}")
    return failures


def by_link(args: argparse.Namespace, table: list[Row]) -> tuple[int, list[str]]:
    """One program that refers to every name behind the compiler's back."""
    text = "".join(f'extern char use_{row.name}[] __asm__("{row.name}");\n' for row in table)
    text += f"char *volatile table[] = {{{', '.join(f'use_{row.name}' for row in table)}}};\n"
    text += "void program_main(const void *argument) { (void)argument; (void)table[0]; }\n"
    with tempfile.TemporaryDirectory() as folder:
        command = [str(args.cc), *args.flag, "-xc", "-", "-Wl,--error-limit=0", "-o", str(Path(folder, "program"))]
        result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    said = Counter(line.partition(" note: ")[2] for line in result.stderr.splitlines())
    wrong = [row.name for row in table if said[f"'{row.name}' is unavailable: {row.message}"] != 1]
    return len(table) - len(wrong), [f"by link: {name} has no note" for name in wrong]


def main() -> int:
    args = arguments(__doc__)
    present = set(installed(args.include))
    failures = [f"<{header}> is not installed" for header in sorted(COMMON - present)]
    for header, entry in headers().items():
        if not entry.installed and header in present:
            failures.append(f"<{header}> is installed, but it is for {entry.note}")
    table = [row for row in rows() if row.status in REFUSED]
    once = [row for row in table if not row.also]
    for row in once:
        if len(f"error: '{row.identifier}' is unavailable: {row.message}") > WIDTH:
            failures.append(f"{row.name}: the message takes more than two lines")
    for language in STANDARDS:
        count, wrong = with_headers(args, language, table)
        failures += wrong
        print(f"{language}: refused with its sentence: {count} / {len(table)}", flush=True)
        refused, wrong = judge(args, language, "", once)
        failures += wrong
        print(f"{language}, without include: refused with its sentence: {len(refused)} / {len(once)}", flush=True)
    linked = [row for row in once if not row.is_value]
    count, wrong = by_link(args, linked)
    print(f"by link: refused with its sentence: {count} / {len(linked)}")
    return report(failures + wrong + with_compat(args, present, table))


if __name__ == "__main__":
    sys.exit(main())
