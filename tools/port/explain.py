# SPDX-License-Identifier: BSD-2-Clause
"""Says of a name what became of it: offered or refused, why, and what to do instead."""

from __future__ import annotations

import difflib
import re
import sys
import textwrap
from pathlib import Path
from typing import Any, TextIO

from .catalogue import Catalogue, Entry, table_in
from .report.guide import Guide

TAGS = ("struct", "union", "enum")
STANDARDS = {"c11": "C", "posix": "POSIX"}
TITLES = {"before": "Before", "after": "After", "yaml": "What it is granted"}
BLOCK = re.compile(r"^```(\w*)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STATUS = {"keep": "offered", "add": "offered", "compat": "refused, but offered with --compat", "remove": "refused"}
WIDTH = 100


class Table:
    """Every row of the API table, refused or not, by the names that people use for it."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        table = table_in(folder)
        self.members = {name: entry for name, entry in catalogue.entries.items() if entry.of}
        self.rows: dict[str, list[Any]] = {}
        for row in table.rows():
            self.rows.setdefault(row.name, []).append(row)
        self.headers: dict[str, Any] = table.headers()

    def find(self, text: str) -> list[str]:
        """The names that may be meant: of rows, or of headers in angle brackets."""
        name = re.sub(r"\s*\(.*\)$|^&", "", text.strip()).strip()
        if name.strip("<>") in self.headers:
            return [f"<{name.strip('<>')}>"]
        tagged = [] if " " in name else [f"{tag} {name}" for tag in TAGS]
        return [item for item in (name, *tagged) if item in self.rows or item in self.members]

    def near(self, text: str) -> list[str]:
        known = {name.lower(): name for name in (*self.rows, *(f"<{name}>" for name in self.headers))}
        wanted = text.lower() if "." not in text else f"<{text.lower().strip('<>')}>"
        return [known[name] for name in difflib.get_close_matches(wanted, known, 4, 0.7)]


def words(arguments: list[str]) -> list[str]:
    """Names; a tag belongs to the word behind it."""
    found: list[str] = []
    tag = ""
    for word in arguments:
        if word in TAGS and not tag:
            tag = word
            continue
        found.append(f"{tag} {word}".strip())
        tag = ""
    return [*found, tag] if tag else found


def explain(arguments: list[str], folder: Path, catalogue: Catalogue, out: TextIO) -> int:
    """Explain each name. 0: all are offered, 1: one is refused, 2: one is unknown."""
    table, guide = Table(folder, catalogue), Guide.find()
    needed: list[str] = []
    unknown = written = False
    for text in words(arguments):
        names = table.find(text)
        for name in names:
            out.write("\n" if written else "")
            written = True
            entry = catalogue.entries.get(name)
            _write(out, name, _facts(name, table, entry, catalogue, guide))
            if entry is not None and entry.capability not in needed:
                needed.append(entry.capability)
        if not names:
            unknown = True
            out.flush()
            near = table.near(text)
            hint = f"; similar names: {', '.join(near)}" if near else ""
            print(f"cloudabi-port: '{text}' is not in the API table, so nothing refuses it{hint}", file=sys.stderr)
    for capability in needed:
        paragraph = guide.paragraphs.get(capability)
        if paragraph:
            out.write(f"\n{_plain(paragraph)}\n")
    return 2 if unknown else 1 if needed else 0


def _plain(paragraph: str) -> str:
    """A paragraph of the guide for a terminal."""
    def block(match: re.Match[str]) -> str:
        return f"{TITLES.get(match[2] or match[1], match[1])}:\n\n{textwrap.indent(match[3].rstrip(), '    ')}"

    return BLOCK.sub(block, paragraph).removeprefix("## ")


def _write(out: TextIO, name: str, facts: list[tuple[str, str]]) -> None:
    out.write(f"{name}\n")
    for key, text in facts:
        lines = textwrap.wrap(text, WIDTH - 11, break_long_words=False, break_on_hyphens=False)
        out.write(f"  {key:9}" + f"\n{'':11}".join(lines) + "\n")


def _facts(name: str, table: Table, entry: Entry | None, catalogue: Catalogue, guide: Guide) -> list[tuple[str, str]]:
    if name.startswith("<"):
        facts = _of_header(name.strip("<>"), table)
    else:
        facts = _of_row(table.rows[name]) if name in table.rows else _of_member(table.members[name])
    if entry is not None:
        capability = catalogue.capabilities[entry.capability]
        facts += [("needs", f"{capability.title}: {capability.grant}"), ("guide", guide.link(entry.capability))]
    return facts


def _of_row(rows: list[Any]) -> list[tuple[str, str]]:
    row = rows[0]
    standards = [title for key, title in STANDARDS.items() if key in row.standard]
    kind = row.kind.partition("+")[0]
    facts = [("status", STATUS[row.status]),
             ("kind", f"{kind} of {' and '.join(standards)}" if standards else f"{kind}, an extension"),
             ("header", ", ".join(f"<{item.header}>" for item in rows))]
    if row.sentence:
        why, _, instead = row.sentence.partition("; ")
        compat = " (or build with --compat)" if row.status == "compat" else ""
        facts += [("why", why), ("instead", instead + compat)]
    return facts


def _of_member(entry: Entry) -> list[tuple[str, str]]:
    why, _, instead = entry.sentence.partition("; ")
    return [("status", STATUS[entry.status]), ("kind", f"member of {entry.of}"), ("header", f"<{entry.header}>"),
            ("why", why), ("instead", instead)]


def _of_header(name: str, table: Table) -> list[tuple[str, str]]:
    header = table.headers[name]
    rows = [row for found in table.rows.values() for row in found if row.header == name]
    left_out = sorted({row.name for row in rows if row.sentence})
    facts = [("status", "offered" if header.installed else "refused"), ("kind", "header")]
    if not header.installed:
        facts.append(("why", "it does not exist here" + (f": it is for {header.note}" if header.note else "")))
    if rows:
        facts.append(("names", f"{len(rows) - len(left_out)} offered, {len(left_out)} refused"
                               + (f": {', '.join(left_out)}" if left_out else "")))
    return facts
