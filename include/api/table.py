# SPDX-License-Identifier: BSD-2-Clause
"""The API table: every public name and its fate, read from the data files beside this script."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
STATUSES = ("keep", "add", "compat", "remove")
REFUSED = ("compat", "remove")
VALUE_KINDS = ("constant", "type")
KINDS = ("function", "object", "macro", "function+macro", "object+macro", *VALUE_KINDS)
SOURCES = ("musl", "ours", "compiler", "none")
# Constants and types have rows; all of them are kept, since they describe a format, a protocol or the language, and
# only exceptions have rows; or those without a row are gone with the header.
VALUES = ("rows", "whole", "none")
LONGEST_SENTENCE = 150
CALL = re.compile(r"\b([A-Za-z_]\w*)\(\)")
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
TYPE_NAME = re.compile(r"(?:(?:struct|union|enum) )?[A-Za-z_]\w*")


class TableError(Exception):
    """The data contradicts itself; the text says where and how to mend it."""


class Header(NamedTuple):
    """A header. `values` says where the fate of its constants and types stands; see VALUES."""

    header: str
    installed: bool
    source: str
    values: str
    note: str


class Row(NamedTuple):
    """One name in one header. `sentence` and `reason` are set for refused names only."""

    header: str
    name: str
    status: str
    kind: str
    standard: frozenset[str]
    when: str
    reason: str
    sentence: str
    declaration: str
    also: bool
    place: str

    @property
    def is_function(self) -> bool:
        return self.kind.startswith("function")

    @property
    def is_value(self) -> bool:
        """A constant or a type: there is nothing to link or to call."""
        return self.kind in VALUE_KINDS

    @property
    def identifier(self) -> str:
        """What the compiler calls it: a structure's name without its tag."""
        return self.name.rpartition(" ")[2]

    @property
    def has_macro(self) -> bool:
        """musl makes a macro of the name as well, and it must not stand in the way."""
        return self.kind.endswith("+macro")

    @property
    def message(self) -> str:
        """What the compiler prints after "'name' is unavailable: "."""
        compat = " (or build with --compat)" if self.status == "compat" else ""
        return self.sentence + compat


def read_records(path: Path, columns: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not lines or tuple(lines[0]) != columns:
        raise TableError(f"{path}:1: expected the columns {', '.join(columns)}")
    records = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(columns):
            raise TableError(f"{path}:{number}: {len(line)} fields, expected {len(columns)}; '-' stands for nothing")
        fields = {column: "" if field == "-" else field for column, field in zip(columns, line)}
        records.append((f"{path}:{number}", fields))
    return records


@cache
def headers() -> dict[str, Header]:
    """Every header the table speaks of."""
    found = {}
    for place, field in read_records(HERE / "headers.tsv", ("header", "installed", "source", "values", "note")):
        if field["installed"] not in ("yes", "no"):
            raise TableError(f"{place}: installed is '{field['installed']}', expected yes or no")
        rest = {key: value for key, value in field.items() if key != "installed"}
        entry = Header(installed=field["installed"] == "yes", **rest)
        if problem := header_fault(entry):
            raise TableError(f"{place}: <{entry.header}>: {problem}")
        found[entry.header] = entry
    return found


def header_fault(entry: Header) -> str | None:
    if entry.source not in SOURCES:
        return f"source '{entry.source}', expected one of {', '.join(SOURCES)}"
    if entry.values not in VALUES:
        return f"values '{entry.values}', expected one of {', '.join(VALUES)}"
    if entry.installed == (entry.values == "none"):
        return "values is none for what is not installed, and for nothing else"
    if entry.installed and entry.source == "none":
        return "what is installed comes from somewhere"
    return None


@cache
def conditions() -> dict[str, str]:
    """Preprocessor expressions by the name used in the column `when`."""
    records = read_records(HERE / "conditions.tsv", ("name", "expression", "meaning"))
    return {field["name"]: field["expression"] for _, field in records}


@cache
def reasons() -> dict[str, str]:
    return {field["name"]: field["meaning"] for _, field in read_records(HERE / "reasons.tsv", ("name", "meaning"))}


@cache
def rows() -> tuple[Row, ...]:
    """The whole table. A name that a second header declares too appears there with `also` set."""
    columns = ("name", "status", "kind", "standard", "when", "reason", "sentence", "declaration")
    first: dict[str, Row] = {}
    again: list[tuple[str, str, dict[str, str]]] = []
    for path in sorted((HERE / "names").rglob("*.tsv")):
        header = path.relative_to(HERE / "names").as_posix().removesuffix(".tsv")
        for place, field in read_records(path, columns):
            if field["status"] == "same":
                again.append((place, header, field))
                continue
            if field["name"] in first:
                raise TableError(f"{place}: '{field['name']}' is in {first[field['name']].header} already; "
                                 "give it the status 'same' in one of them")
            standard = frozenset(filter(None, field["standard"].split(",")))
            rest = {key: value for key, value in field.items() if key != "standard"}
            first[field["name"]] = Row(header=header, standard=standard, also=False, place=place, **rest)
    table = list(first.values())
    for place, header, field in again:
        main = first.get(field["name"])
        if main is None or main.header != field["declaration"]:
            raise TableError(f"{place}: no row '{field['name']}' in <{field['declaration']}> to be the same as")
        table.append(main._replace(header=header, when=field["when"], also=True, place=place))
    check(table)
    return tuple(table)


@cache
def interfaces() -> tuple[Row, ...]:
    """Functions, objects and function-like macros: the rows that a program calls or links."""
    return tuple(row for row in rows() if not row.is_value)


def names(*statuses: str, header: str | None = None) -> list[str]:
    """The interfaces with one of these statuses (all without any), each once, sorted."""
    return sorted({row.name for row in interfaces()
                   if (not statuses or row.status in statuses) and header in (None, row.header)})


def replacements(row: Row) -> list[str]:
    """The functions that a sentence recommends: those named after its first semicolon."""
    return CALL.findall(row.sentence.partition(";")[2])


def check(table: list[Row]) -> None:
    """Refuse data that would mislead whoever reads the compile error."""
    status = {row.name: row.status for row in table}
    for row in table:
        check_row(row, status)


def check_row(row: Row, status: dict[str, str]) -> None:
    """`status` tells of each name whether it is offered."""
    problem = fault(row, status)
    if problem:
        raise TableError(f"{row.place}: '{row.name}': {problem}")


def fault(row: Row, status: dict[str, str]) -> str | None:
    if row.header not in headers():
        return f"<{row.header}> has no line in headers.tsv"
    if not (TYPE_NAME if row.kind == "type" else IDENTIFIER).fullmatch(row.name):
        return "not an identifier"
    if row.status not in STATUSES:
        return f"status '{row.status}', expected one of {', '.join(STATUSES)}"
    if row.kind not in KINDS:
        return f"kind '{row.kind}', expected one of {', '.join(KINDS)}"
    if row.when and row.when not in conditions():
        return f"'{row.when}' is not in conditions.tsv"
    if row.status not in REFUSED:
        if row.is_value and headers()[row.header].values == "whole":
            return f"all values of <{row.header}> are kept, which headers.tsv says; leave the row out"
        stray = row.reason or row.sentence or row.declaration
        return "a name that is offered has no reason, sentence or declaration" if stray else None
    if row.reason not in reasons():
        return f"reason '{row.reason}' is not in reasons.tsv"
    return _sentence_fault(row, status) or _declaration_fault(row)


def _sentence_fault(row: Row, status: dict[str, str]) -> str | None:
    why, _, instead = row.sentence.partition("; ")
    if not why or not instead:
        return "the sentence must read 'why; what instead'"
    if len(row.sentence) > LONGEST_SENTENCE:
        return f"the sentence has {len(row.sentence)} characters, at most {LONGEST_SENTENCE} fit two lines"
    for name in replacements(row):
        if name.startswith("cloudabi_sys_"):
            continue
        if status.get(name) not in ("keep", "add"):
            return f"recommends {name}(), which is {status.get(name, 'unknown')} and not keep or add"
    return None


def _declaration_fault(row: Row) -> str | None:
    installed = headers()[row.header].installed
    if row.declaration and not installed:
        return f"<{row.header}> is not installed, so nothing can be declared in it"
    if row.is_value:
        return "the generator declares constants and types by itself" if row.declaration else None
    if installed and not row.declaration and "musl" in row.standard:
        return "a known name of an installed header needs a declaration"
    if row.declaration and not re.search(rf"\b{row.name}\b", row.declaration):
        return "the declaration declares something else"
    if row.kind.startswith("object") and row.declaration and not row.declaration.startswith("extern "):
        return "the declaration of an object must begin with extern"
    return None
