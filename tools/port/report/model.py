# SPDX-License-Identifier: BSD-2-Clause
"""What the formats have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ..catalogue import Catalogue, Entry
from ..database import Database, Result
from .guide import Guide
from .summary import USED, Summary


@dataclass(frozen=True)
class Group:
    """One name in one file, with every line that has it."""

    file: str
    name: str
    capability: str
    compat: bool
    lines: tuple[int, ...]
    details: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Everything a format needs; results come from the database as they are written."""

    database: Database
    catalogue: Catalogue
    summary: Summary
    guide: Guide
    root: Path

    def entry(self, name: str) -> Entry:
        return self.catalogue.entries[name]

    def path(self, file: str) -> str:
        """A file below the sources' folder, as seen from there."""
        return file.removeprefix(f"{self.root}/") if file else "(in an object)"

    def uses(self) -> Iterator[Result]:
        return self.database.select(USED)

    def hidden(self) -> Iterator[Result]:
        return self.database.select("kind = 'hidden'")

    def probed(self, detail: str) -> list[Result]:
        """Names that configure steps asked for, or that their questions used: never many."""
        return list(self.database.select("kind = 'probe' AND detail = ?", detail))

    def others(self) -> Iterator[tuple[str, int, str]]:
        yield from self.database.db.execute(
            "SELECT DISTINCT file, line, text FROM other ORDER BY file, line, text")

    def by_file(self, where: str) -> Iterator[tuple[str, Iterator[Group]]]:
        """Files, each with its names in the order of the capabilities they need."""
        order = " ".join(f"WHEN '{key}' THEN {number}" for number, key in enumerate(self.catalogue.capabilities))
        query = (f"SELECT file, name, capability, status, line, detail FROM result WHERE {where} "
                 f"ORDER BY file, CASE capability {order} END, name, line")
        rows: Iterator[tuple[str, str, str, str, int, str]] = self.database.db.execute(query)
        for file, of_file in groupby(rows, key=lambda row: row[0]):
            yield file, self._groups(file, of_file)

    def _groups(self, file: str, rows: Iterator[tuple[str, str, str, str, int, str]]) -> Iterator[Group]:
        for (name, capability, status), group in groupby(rows, key=lambda row: (row[1], row[2], row[3])):
            members = list(group)
            details = tuple(dict.fromkeys(row[5] for row in members if row[5]))
            yield Group(file, name, capability, status == "compat", tuple(row[4] for row in members), details)

    def names(self, capability: str) -> list[tuple[str, int, int]]:
        """The names used that need a capability: uses and files of each, most used first."""
        query = (f"SELECT name, count(*), count(DISTINCT file) FROM result WHERE {USED} AND capability = ? "
                 "GROUP BY name ORDER BY 2 DESC, 1")
        return [(name, uses, files) for name, uses, files in self.database.db.execute(query, (capability,))]


def places(lines: tuple[int, ...]) -> str:
    """Lines for people: `lines 3, 7, 12`."""
    if lines == (0,):
        return "somewhere"
    return f"line{'s' if len(lines) > 1 else ''} " + ", ".join(str(line) if line else "?" for line in lines)
