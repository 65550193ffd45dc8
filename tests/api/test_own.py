#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A program may have things of its own under every refused name, where C and C++ let it.

With all headers included: members, variables, parameters, labels and enumerators of functions; its
own copy of a function that no header declares, in old style too; macros for what it misses.
"""

from __future__ import annotations

import argparse
import sys

from toolchain import arguments, compile_text, installed, report

from api.table import REFUSED, Row, headers, rows

FLAGS = {"c": ("-std=gnu17", "-D_GNU_SOURCE"), "c++": ("-std=gnu++17", "-D_GNU_SOURCE")}


def inside(row: Row, number: int) -> str:
    """Each thing that a function or a structure may call so; parameters need no more than a name."""
    name = row.identifier
    return (f"struct s{number} {{ int {name}; }};\n"
            f"int member{number}(struct s{number} *s) {{ return s->{name}; }}\n"
            f"int parameter{number}(int {name}) {{ return {name} + 1; }}\n"
            f"int local{number}(void) {{ int {name} = 1; return {name}; }}\n"
            f"int constant{number}(void) {{ enum {{ {name} = 3 }}; return {name}; }}\n"
            f"void label{number}(void) {{ goto {name}; {name}: ; }}\n")


def copies(row: Row, number: int, language: str) -> str:
    """Definitions of a function that nobody declares, and a call."""
    linkage = 'extern "C" ' if language == "c++" and number % 2 else ""
    forms = [f"{linkage}int {row.name}(int value);\n{linkage}int {row.name}(int value) {{ return value; }}\n"]
    if language == "c":
        forms += [f"static int {row.name}(int value) {{ return value; }}\n",
                  f"int {row.name}(value) int value; {{ return value; }}\n"]
    return f"{forms[number % len(forms)]}int call{number}(void) {{ return {row.name}(7); }}\n"


def errors(args: argparse.Namespace, what: str, text: str, *flags: str, language: str = "c") -> list[str]:
    found = compile_text(args, text, *FLAGS[language], "-Wno-unused", *flags, language=language)
    return [f"{what}, {language}: {d.line}: {d.text}" for d in found if "error" in d.kind]


def macros(constants: list[Row], functions: list[Row], includes: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Programs that define what they miss as macros: what, source, flags."""
    fallback = "".join(f"#ifndef {row.name}\n#define {row.name} 0\n#endif\n" for row in constants)
    renamed = "".join(f"#define {row.name} own_{row.name}\n" for row in functions)
    # What musl's headers define is undefined at their end, whoever defined it.
    free = [row for row in constants if "musl" not in row.standard]
    used = "".join(f"int {row.name}(int value) {{ return value; }}\n" for row in functions)
    return {"macros as a fallback": (includes + fallback + listed(constants), ()),
            "macros on the command line": (includes + listed(free), tuple(f"-D{row.name}=1" for row in free)),
            "functions renamed before the headers": (renamed + includes + used, ())}


def listed(constants: list[Row]) -> str:
    return "int numbers[] = {" + ", ".join(row.name for row in constants) + "};\n"


def types(table: list[Row]) -> str:
    """Types that a program defines because it misses them."""
    text = ""
    for number, row in enumerate(table):
        tag = row.name.partition(" ")[0] if " " in row.name else ""
        body = f"{{ own_{number} }}" if tag == "enum" else "{ int own; }"
        text += f"{row.name} {body};\n" if tag else f"typedef struct {body} {row.name};\n"
    return text + "".join(f"int size{n}[sizeof({row.name})];\n" for n, row in enumerate(table))


def main() -> int:
    args = arguments(__doc__)
    present = [name for name in installed(args.include) if name in headers()]
    includes = "".join(f"#include <{name}>\n" for name in present)
    refused = [row for row in rows() if row.status in REFUSED and not row.also]
    unknown = [row for row in refused if row.kind == "function" and not row.declaration]
    constants = [row for row in refused if row.kind == "constant"]
    missed = [row for row in refused if row.kind == "type"]
    failures = []
    for language in FLAGS:
        text = includes + "".join(inside(row, number) for number, row in enumerate(refused))
        failures += errors(args, "inside functions", text, language=language)
        for order in (unknown, unknown[1:], unknown[2:]):  # each takes another form
            text = includes + "".join(copies(row, number, language) for number, row in enumerate(order))
            failures += errors(args, "own functions", text, "-fno-builtin", language=language)
        failures += errors(args, "own types", includes + types(missed), language=language)
        for what, (text, flags) in macros(constants, unknown, includes).items():
            failures += errors(args, what, text, *flags, language=language)
    print(f"names for things inside functions: {len(refused)}; functions: {len(unknown)}; "
          f"constants: {len(constants)}; types: {len(missed)}")
    if min(map(len, (unknown, constants, missed))) == 0:
        failures.append("the table has none of a kind: nothing was tested")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
