#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Make the part of an installed header that refuses the names which the API table removes.

Without --header the table is checked and counted.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
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
    """The refused rows of this header, those under one condition together."""
    found = [row for row in rows() if row.header == header and row.status in REFUSED]
    return sorted(found, key=lambda row: (row.status, condition(row), row.name))


def condition(row: Row) -> str:
    """When the name is refused; names that nobody's standard knows are left to strict programs.

    A constant that musl defines is refused wherever it would be there.
    """
    known = row.standard & {"c11", "posix"} or row.kind == "constant" and "musl" in row.standard
    common = known or row.declaration or not headers()[row.header].installed
    return row.when or ("" if common else "bsd")


def unavailable_block(header: str) -> str:
    """The text to append to an installed header; empty where nothing is refused.

    Each name is declared with the attribute that turns its use into an error. The types of those
    that the text above declares too are taken from there, so the two declarations agree; the
    conditions are as well, so that a program which asks for fewer names may use the others for
    itself. A name that the program has made a macro, to replace it by one of its own, is left to
    the program. So is a type: a program that misses it defines it, and could not if it were refused
    here. The driver explains where one is used without that.
    """
    return refusals([row for row in refused(header) if row.kind != "type"])


def refused_header(header: str) -> str:
    """What explains a header that does not exist: the refusals of its names and nothing else.

    It is never on the search path of a compilation that is to succeed.
    """
    return f"#include <features.h>\n{refusals(refused(header))}"


def refusals(table: list[Row]) -> str:
    if not table:
        return ""
    lines = [f"#ifndef {HIDE}", *in_extern_c([row for row in table if row.declaration or row.kind == "object"]),
             *extern_c(grouped([row for row in table if row.is_value],
                               lambda rows: [text for row in rows for text in once(row)])),
             *in_extern_cxx([row for row in table if not (row.declaration or row.kind == "object" or row.is_value)]),
             "#endif"]
    undone = grouped([row for row in table if row.kind == "constant" and "musl" in row.standard],
                     lambda rows: [f"#undef {row.name}" for row in rows])
    return "\n".join(undone + lines) + "\n"


def grouped(table: list[Row], body: Callable[[list[Row]], list[str]]) -> list[str]:
    """The text of each run of rows inside the conditions that they share."""
    lines = []
    for (status, when), group in groupby(table, key=lambda row: (row.status, condition(row))):
        guards = [f"!defined({COMPAT})"] if status == "compat" else []
        guards += [f"({conditions()[when]})"] if when else []
        lines += [f"#if {' && '.join(guards)}"] if guards else []
        lines += body(list(group))
        lines += ["#endif"] if guards else []
    return lines


def in_extern_c(table: list[Row]) -> list[str]:
    """Names whose declaration has to agree with another one."""
    def body(members: list[Row]) -> list[str]:
        tags = sorted({f"{tag};" for row in members for tag in TAG.findall(row.declaration)})
        return tags + [text for row in members for text in declared(row)]
    return extern_c(grouped(table, body))


def extern_c(lines: list[str]) -> list[str]:
    return ["#ifdef __cplusplus", 'extern "C" {', "#endif", *lines, "#ifdef __cplusplus", "}", "#endif"] if lines else []


def declared(row: Row) -> list[str]:
    refusal = f"{row.declaration or f'extern const int {row.name}'} {unavailable(row)};"
    return [f"#undef {row.name}", refusal] if row.has_macro else unless_macro(row, refusal)


def in_extern_cxx(table: list[Row]) -> list[str]:
    """Functions that no text declares, and macros in the form of functions.

    Many programs bring their own copy of such a function. It overloads this one, which takes
    anything and is therefore the last that the compiler would choose.
    """
    def body(members: list[Row]) -> list[str]:
        return [text for row in members
                for text in unless_macro(row, f"void {row.name}(...) {unavailable(row, '__overloadable__, ')};")]
    return ["#ifdef __cplusplus", 'extern "C++" {', "#endif", *grouped(table, body),
            "#ifdef __cplusplus", "}", "#endif"] if table else []


def value(row: Row) -> list[str]:
    """Refuse a constant or a type. Preprocessors see none of it, so that #ifdef tells the truth."""
    if row.kind == "constant":
        return unless_macro(row, f"enum {{ {row.name} {unavailable(row)} }};")
    tag, _, name = row.name.rpartition(" ")
    # Were it incomplete, the compiler would say no more than that.
    body = {"": "", "enum": f"{{ _cloudabi_refused_{name} }}"}.get(tag, "{ int _cloudabi_refused; }")
    return [f"{tag} {unavailable(row)} {name} {body};" if tag else f"typedef int {name} {unavailable(row)};"]


def once(row: Row) -> list[str]:
    """Several headers may refuse the same constant or type; neither may be defined twice."""
    guard = f"_CLOUDABI_REFUSED_{row.name.replace(' ', '_')}"
    return [f"#ifndef {guard}", f"#define {guard}", *value(row), "#endif"]


def unavailable(row: Row, others: str = "") -> str:
    return f'__attribute__(({others}__unavailable__("{escaped(row.message)}")))'


def unless_macro(row: Row, text: str) -> list[str]:
    return [f"#ifndef {row.name}", text, "#endif"]


def hidden_prologue(header: str) -> str:
    """The text to put before a header, so that it declares none of its removed names when asked.

    While the header is read, each such name is a macro that renames its declaration. Functions get
    function-like macros: a structure of the same name, as in `struct stat`, is left alone.
    """
    return hiding(declared_by_musl(header), hide_lines)


def declared_by_musl(header: str) -> list[Row]:
    return [row for row in refused(header) if row.declaration]


def hidden_epilogue(header: str) -> str:
    """The text to put after a header that begins with its hidden_prologue()."""
    return hiding(declared_by_musl(header), lambda row: [f"#undef {row.name}", f'#pragma pop_macro("{row.name}")'])


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
    parser.add_argument("--part", choices=("block", "prologue", "epilogue", "absent"), default="block",
                        help="which text of the header to print (default: block)")
    parser.add_argument("--musl-include", type=Path, metavar="DIR", help="also compare the table with these headers")
    args = parser.parse_args()
    make = {"block": unavailable_block, "absent": refused_header,
            "prologue": hidden_prologue, "epilogue": hidden_epilogue}[args.part]
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
        values = Counter(f"{row.kind}s {row.status}" for row in rows() if row.is_value and not row.also)
    except (TableError, OSError) as error:
        print(f"generate.py: {error}", file=sys.stderr)
        return 1
    print(f"{len(names())} names in {len(headers())} headers: {', '.join(counts)}")
    print(f"{values.total()} constants and types: "
          f"{', '.join(f'{count} {what}' for what, count in sorted(values.items())) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
