#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Each offered constant and type can be used, in C and in C++; no refused constant is defined.

Each header is included alone, with all extensions. What the compiler makes of a macro's name tells
what form the constant has: an integer is used where only an integer constant expression will do,
anything else as a value. Enumerators are integers. What is written in braces initializes a type of
the same header. A type that has no size is used by its address.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import defaultdict

from toolchain import arguments, compile_text, installed, report

from api.table import REFUSED, Row, headers, rows

LANGUAGES = (("c", "gnu17"), ("c++", "gnu++17"))
FLAGS = ("-D_GNU_SOURCE", "-D_BSD_SOURCE", "-D_XOPEN_SOURCE=700", "-D_LARGEFILE64_SOURCE", "-w")
CALL = re.compile(r"\b(?!sizeof\b|_Alignof\b)[A-Za-z_]\w*\s*\(")
SIZES = ("char", "short", "int", "long", "long long")
INTEGERS = ", ".join(f"{sign}{size}: 1" for sign in ("", "unsigned ") for size in SIZES)


def preprocessed(args: argparse.Namespace, text: str, language: str, standard: str) -> list[str]:
    command = [str(args.cc), *args.flag, "-E", "-P", f"-x{language}", f"-std={standard}", *FLAGS, "-"]
    result = subprocess.run(command, input=text, text=True, capture_output=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stderr}")
    return result.stdout.splitlines()


def expansions(args: argparse.Namespace, header: str, names: list[str], language: tuple[str, str]) -> dict[str, str]:
    """What the preprocessor makes of each name that is a macro. An empty text is one, too."""
    lines = [f"#include <{header}>"]
    for name in names:
        lines += [f"#ifdef {name}", f'"value of" "{name}" {name}', "#endif"]
    found = {}
    for line in preprocessed(args, "\n".join(lines) + "\n", *language):
        match = re.match(r'"value of" "(\w+)" ?(.*)', line)
        if match:
            found[match[1]] = match[2].strip()
    return found


def integers(args: argparse.Namespace, header: str, macros: dict[str, str]) -> set[str]:
    """Those that are integers and do not come from a call, or from nothing."""
    candidates = [name for name, expansion in macros.items() if expansion and not CALL.search(expansion)]
    lines = [f'_Static_assert(_Generic(({name}), {INTEGERS}, signed char: 1, default: 0), "");' for name in candidates]
    errors = lines_with_errors(args, "\n".join([f"#include <{header}>", *lines]), LANGUAGES[0])
    return {name for line, name in enumerate(candidates, 2) if line not in errors}


def constant_use(row: Row, expansion: str | None, integer: bool) -> str:
    """Of what is no integer, any use as a value."""
    name = row.name
    if expansion == "":
        return f"#ifndef {name}\n#error {name}\n#endif"
    if expansion is None or expansion == name or integer:
        return f"enum {{ integer_{name} = ({name}) != 0 }};"
    return f"void value_{name}(void) {{ __typeof__(({name})) value = ({name}); (void)value; }}"


def initialized(row: Row, by: Row) -> str:
    return f"void {by.name}_{row.identifier}(void) {{ {row.name} value = {by.name}; (void)value; }}"


def whole(row: Row) -> str:
    return f"void size_{row.identifier}(void) {{ enum {{ size = sizeof({row.name}) }}; }}"


def pointer(row: Row) -> str:
    return f"void pointer_{row.identifier}(void) {{ {row.name} *pointer = 0; (void)pointer; }}"


def lines_with_errors(args: argparse.Namespace, text: str, language: tuple[str, str]) -> dict[int, str]:
    found = compile_text(args, text, f"-std={language[1]}", *FLAGS, language=language[0])
    return {d.line: d.text if d.file == "<stdin>" else f"{d.file}:{d.line}: {d.text}" for d in reversed(found)
            if "error" in d.kind}


def check_uses(args: argparse.Namespace, header: str, uses: list[tuple[Row, str]],
               language: tuple[str, str]) -> list[tuple[Row, str]]:
    """The rows whose use does not compile, each with what the compiler says first."""
    text, place = f"#include <{header}>\n", {}
    for row, use in uses:
        place.update({line: row for line in range(text.count("\n") + 1, text.count("\n") + use.count("\n") + 2)})
        text += use + "\n"
    errors = lines_with_errors(args, text, language)
    elsewhere = [text for line, text in errors.items() if line not in place]
    if elsewhere:
        sys.exit(f"<{header}> alone does not compile as {language[0]}: {elsewhere[0]}")
    return [(place[line], text) for line, text in errors.items()]


def offered(args: argparse.Namespace, header: str, table: list[Row]) -> list[str]:
    """The failures among the offered constants and types of one header."""
    failures: dict[str, str] = {}
    constants = [row for row in table if row.kind == "constant"]
    types = [row for row in table if row.kind == "type"]
    in_c = integers(args, header, expansions(args, header, [row.name for row in constants], LANGUAGES[0]))
    # The compiler's own are for C.
    for language in LANGUAGES[:1] if headers()[header].source == "compiler" else LANGUAGES:
        macros = expansions(args, header, [row.name for row in constants], language)
        incomplete = {row.name for row, _ in check_uses(args, header, [(row, whole(row)) for row in types], language)}
        braced = [row for row in constants if macros.get(row.name, "").startswith("{")]
        uses = [(row, constant_use(row, macros.get(row.name), row.name in in_c))
                for row in constants if row not in braced]
        uses += [(row, pointer(row)) for row in types if row.name in incomplete]
        wrong = check_uses(args, header, uses, language)
        for row in braced:
            pairs = [(kind, initialized(kind, row)) for kind in types if kind.name not in incomplete]
            if len(check_uses(args, header, pairs, language)) == len(pairs):
                wrong.append((row, f"initializes no type of <{header}>"))
        for row, text in wrong:
            failures.setdefault(row.name, f"<{header}> {row.name} in {language[0]}: {text}")
    return list(failures.values())


def refused(args: argparse.Namespace, header: str, table: list[Row]) -> list[str]:
    """The refused constants that a program would find defined after all."""
    names = [row.name for row in table]
    found = {name for language in LANGUAGES for name in expansions(args, header, names, language)}
    return [f"<{header}> {name} is refused, but is a macro" for name in names if name in found]


def main() -> int:
    args = arguments(__doc__)
    present = set(installed(args.include))
    by_header: dict[str, dict[bool, list[Row]]] = defaultdict(lambda: {False: [], True: []})
    for row in rows():
        if row.is_value and (row.status not in REFUSED or row.kind == "constant"):
            by_header[row.header][row.status in REFUSED].append(row)
    failures: list[str] = []
    there = {True: 0, False: 0}
    good = {True: 0, False: 0}
    for header, tables in by_header.items():
        if not headers()[header].installed:
            failures += [f"<{header}> is not installed, but {row.name} is offered in it" for row in tables[False]]
            continue
        if header not in present and headers()[header].source != "compiler":
            failures.append(f"<{header}> is not installed")
            continue
        for is_refused, table in tables.items():
            wrong = refused(args, header, table) if is_refused else offered(args, header, table)
            there[is_refused] += len(table)
            good[is_refused] += len(table) - len(wrong)
            failures += wrong
    print(f"constants and types declared: {good[False]} / {there[False]}")
    print(f"removed constants not visible to the preprocessor: {good[True]} / {there[True]}")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
