# SPDX-License-Identifier: BSD-2-Clause
"""What configure scripts can ask about the API table, and the right answers, from table and ledger."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tools import Target, preprocess

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "include"))

from api.table import REFUSED, VALUE_KINDS, Row, headers, rows  # noqa: E402

# One in so many: with --compat, of the names that the switch has nothing to do with; of constants and types,
# by the tools that take longest. The whole table with CLOUDABI_PROBE_ALL.
SPREAD = 16
SPREAD_VALUES = 16
SLOW = ("cmake", "meson")

# Answers that the table cannot tell, with the reason.
OPAQUE_TYPES = dict.fromkeys(["DIR", "FILE", "argdata_t", "argdata_reader_t", "argdata_writer_t"],
                             "an incomplete type; the macros want its size")
OPAQUE_OBJECTS = dict.fromkeys(["argdata_true", "argdata_false", "argdata_null"],
                               "an object of incomplete type; a declaration by its value does not compile")


class Question(NamedTuple):
    """One probe. `kind`: function (does it link?), declaration, type or header."""

    kind: str
    name: str
    header: str = ""


class Answer(NamedTuple):
    """The right one. `why` is set where it is not simply whether the table offers the name."""

    yes: bool
    why: str = ""


@cache
def symbolless(arch: str) -> frozenset[str]:
    """The ledger's list of functions that no archive defines."""
    return frozenset((ROOT / "tests" / "ledger" / arch / "absent").read_text(encoding="utf-8").split())


@cache
def picked(target: Target, include: str, condition: str, names: tuple[str, ...]) -> frozenset[str]:
    """The names for which a condition of the preprocessor holds. Printed are their numbers, as names may be macros."""
    lines = [f"#if {condition.format(name)}\n@{number}\n#endif\n" for number, name in enumerate(names)]
    found = set(preprocess(target, include + "".join(lines)).split())
    return frozenset(name for number, name in enumerate(names) if f"@{number}" in found)


def builtins(target: Target) -> frozenset[str]:
    """Names that the compiler knows by itself."""
    names = tuple(row.name for row in rows() if row.kind not in VALUE_KINDS)
    return picked(target, "", "__has_builtin(__builtin_{})", names)


def macros(target: Target, header: str) -> frozenset[str]:
    """Constants of the header that are macros."""
    names = tuple(row.name for row in rows() if row.header == header and row.kind == "constant")
    return picked(target, f"#include <{header}>\n", "defined {}", names)


def offered(row: Row, compat: bool) -> bool:
    return row.status not in REFUSED or row.status == "compat" and compat


def links(row: Row, target: Target, tool: str) -> Answer:
    """Is there a symbol? A probe that links sees no macros."""
    if not offered(row, target.compat):
        return Answer(False)
    absent = row.kind == "macro" and "table" or row.name in symbolless(target.arch) and "ledger"
    if not absent:
        return Answer(True)
    if tool == "meson" and row.name in builtins(target):
        return Answer(True, f"offered, a macro by the {absent}: Meson takes the compiler's builtin of that name")
    return Answer(False, f"offered, a macro by the {absent}: nothing to link with")


def declared(row: Row, target: Target, tool: str) -> Answer:
    if not headers()[row.header].installed:
        return Answer(False, "refused with the whole header: asked for in the header that is not there")
    if not offered(row, target.compat):
        return Answer(False)
    why = row.kind == "type" and OPAQUE_TYPES.get(row.name)
    if tool != "cmake":
        why = why or OPAQUE_OBJECTS.get(row.name)
    if why:
        return Answer(False, why)
    if tool == "cmake" and row.kind == "constant" and row.name not in macros(target, row.header):
        return Answer(False, "an enumerator; check_symbol_exists wants an address, as its documentation says")
    return Answer(True)


def worth_asking(table: list[Row], tool: str) -> list[Row]:
    """Leave out constants and types: of a header that is not there, where all probes end at its #include, one is
    asked for; a slow tool is asked for a part of the rest."""
    found: list[Row] = []
    gone: set[tuple[str, str]] = set()
    values = 0
    for row in table:
        if row.kind in VALUE_KINDS and not headers()[row.header].installed:
            if (row.header, row.kind) in gone:
                continue
            gone.add((row.header, row.kind))
        elif row.kind in VALUE_KINDS:
            values += 1
            if tool in SLOW and values % SPREAD_VALUES:
                continue
        found.append(row)
    return found


def chosen(compat: bool, everything: bool, tool: str) -> list[Row]:
    """The table; with the switch, what it makes visible and a part of the rest."""
    table = sorted(rows(), key=lambda row: (row.header, row.name))
    if everything:
        return table
    table = worth_asking(table, tool)
    if not compat:
        return table
    others = [row for row in table if row.status != "compat"]
    return [row for row in table if row.status == "compat"] + others[::SPREAD]


def questions(target: Target, everything: bool, tool: str) -> dict[Question, Answer]:
    """Whether each name links, is declared by each of its headers, and whether each header is there."""
    right: dict[Question, Answer] = {}
    gone: set[str] = set()
    for row in chosen(target.compat, everything, tool):
        if row.kind == "type":
            right[Question("type", row.name, row.header)] = declared(row, target, tool)
            continue
        if row.kind != "constant":
            right[Question("function", row.name)] = links(row, target, tool)
        if not headers()[row.header].installed and tool in SLOW and not everything:
            # All probes end at the missing #include.
            if row.header in gone:
                continue
            gone.add(row.header)
        right[Question("declaration", row.name, row.header)] = declared(row, target, tool)
    for header, entry in sorted(headers().items())[::SPREAD if target.compat and not everything else 1]:
        right[Question("header", header)] = Answer(entry.installed)
    return right


def left_out(right: dict[Question, Answer]) -> list[str]:
    """The rows of the table that no question is about, counted by kind."""
    asked = {(question.name, question.header) for question in right if question.header}
    missing = [row for row in rows() if (row.name, row.header) not in asked]
    gone = sum(not headers()[row.header].installed for row in missing)
    return [f"constants and types of absent headers, of which one each is asked for: {gone}",
            f"other constants and types: {sum(row.kind in VALUE_KINDS for row in missing) - gone}",
            "declarations of functions, objects and macros, in absent headers and with --compat: "
            f"{sum(row.kind not in VALUE_KINDS for row in missing)}"]
