#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Make the part of an installed header that refuses the names which the API table removes.

Without --header the table is checked and counted.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from api.table import REFUSED, STATUSES, Row, TableError, conditions, headers, names, rows  # noqa: E402

HIDE = "_CLOUDABI_HIDE_REMOVED"
COMPAT = "_CLOUDABI_COMPAT"
TAG = re.compile(r"\b(?:struct|union) \w+")


def refused(header: str) -> list[Row]:
    """The rows of this header that get a declaration, those under one condition together."""
    found = [row for row in rows() if row.header == header and row.status in REFUSED and row.declaration]
    return sorted(found, key=lambda row: (row.status, row.when, row.name))


def unavailable_block(header: str) -> str:
    """The text to append to an installed header; empty where nothing is refused.

    Each name is declared again with the attribute that turns its use into an error. The types are
    those of the text above, so the two declarations agree; the conditions are, too, so that a
    program which asks for fewer names may use the others for itself. A name that the program has
    made a macro, to replace it by a function of its own, is left to the program.
    """
    return refusals(refused(header))


def refusals(table: list[Row]) -> str:
    if not table:
        return ""
    lines = [f"#ifndef {HIDE}", "#ifdef __cplusplus", 'extern "C" {', "#endif"]
    for (status, when), group in groupby(table, key=lambda row: (row.status, row.when)):
        guards = [f"!defined({COMPAT})"] if status == "compat" else []
        guards += [f"({conditions()[when]})"] if when else []
        if guards:
            lines.append(f"#if {' && '.join(guards)}")
        members = list(group)
        lines += sorted({f"{tag};" for row in members for tag in TAG.findall(row.declaration)})
        for row in members:
            refusal = f'{row.declaration} __attribute__((__unavailable__("{escaped(row.message)}")));'
            lines += [f"#undef {row.name}", refusal] if row.has_macro else [f"#ifndef {row.name}", refusal, "#endif"]
        if guards:
            lines.append("#endif")
    return "\n".join(lines + ["#ifdef __cplusplus", "}", "#endif", "#endif"]) + "\n"


def hidden_prologue(header: str) -> str:
    """The text to put before a header, so that it declares none of its removed names when asked.

    While the header is read, each such name is a macro that renames its declaration. Functions get
    function-like macros: a structure of the same name, as in `struct stat`, is left alone.
    """
    return hiding(refused(header), hide_lines)


def hidden_epilogue(header: str) -> str:
    """The text to put after a header that begins with its hidden_prologue()."""
    return hiding(refused(header), lambda row: [f"#undef {row.name}", f'#pragma pop_macro("{row.name}")'])


def hide_lines(row: Row) -> list[str]:
    hidden = f"__cloudabi_removed_{row.name}"
    parameters = ("(...)", "(__VA_ARGS__)") if row.is_function else ("", "")
    return [f'#pragma push_macro("{row.name}")', f"#undef {row.name}",
            f"#define {row.name}{parameters[0]} {hidden}{parameters[1]}"]


def hiding(table: list[Row], make: Callable[[Row], list[str]]) -> str:
    if not table:
        return ""
    lines = [f"#ifdef {HIDE}"]
    for status, group in groupby(table, key=lambda row: row.status):
        body = [line for row in group for line in make(row)]
        lines += [f"#ifndef {COMPAT}", *body, "#endif"] if status == "compat" else body
    return "\n".join(lines + ["#endif"]) + "\n"


def escaped(text: str) -> str:
    """Text for a C string; a percent sign needs no care, the compiler prints it as it is."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def undeclared_in(musl_include: Path) -> list[str]:
    """Refused names that musl's header of that name no longer mentions."""
    gone = []
    for row in rows():
        file = musl_include / row.header
        if row.declaration and "musl" in row.standard and file.is_file():
            if row.name not in file.read_text(encoding="utf-8", errors="replace"):
                gone.append(f"{row.place}: '{row.name}' is marked musl, but {file} does not mention it")
    return gone


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--header", metavar="H", help="print the text to append to <H>")
    parser.add_argument("--part", choices=("block", "prologue", "epilogue"), default="block",
                        help="which text of the header to print (default: block)")
    parser.add_argument("--musl-include", type=Path, metavar="DIR", help="also compare the table with these headers")
    args = parser.parse_args()
    make = {"block": unavailable_block, "prologue": hidden_prologue, "epilogue": hidden_epilogue}[args.part]
    try:
        if args.header is not None and args.header not in headers():
            raise TableError(f"<{args.header}> has no line in {HERE / 'headers.tsv'}")
        stale = undeclared_in(args.musl_include) if args.musl_include else []
        if stale:
            raise TableError("\n".join(stale))
        if args.header is not None:
            sys.stdout.write(make(args.header))
            return 0
        counts = [f"{len(names(status))} {status}" for status in STATUSES]
    except (TableError, OSError) as error:
        print(f"generate.py: {error}", file=sys.stderr)
        return 1
    print(f"{len(names())} names in {len(headers())} headers: {', '.join(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
