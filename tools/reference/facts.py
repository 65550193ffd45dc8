# SPDX-License-Identifier: BSD-2-Clause
"""Brings together what the pages say: the API table, the installed headers, the porting guide."""

from __future__ import annotations

import importlib.util
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

from port import PortError
from port.catalogue import Catalogue, read_table

from . import DocsError
from .declarations import Library, called

OFFERED = ("keep", "add")
STANDARDS = {"c11": "C11", "posix": "POSIX"}
LONGEST_MACRO = 90


@dataclass(frozen=True)
class Item:
    """One name on one page. `text` is its declaration, or the name where it has none."""

    row: Any
    text: str
    comment: str = ""
    remark: str = ""
    block: tuple[str, int] = ("", -1)
    place: int = 0

    @property
    def origin(self) -> str:
        known = [label for key, label in STANDARDS.items() if key in self.row.standard]
        return ", ".join(known) or "extension"


@dataclass(frozen=True)
class Page:
    """What is to be said about one header."""

    header: Any
    intro: str
    offered: list[Item]
    refused: list[Item]

    @property
    def name(self) -> str:
        return str(self.header.header)

    @property
    def file(self) -> str:
        """As POSIX names the pages of its headers."""
        return self.name.replace("/", "_")

    def with_status(self, status: str) -> list[Item]:
        return [item for item in (*self.offered, *self.refused) if item.row.status == status]


def load_table(folder: Path) -> ModuleType:
    """The table's reader beside the data, so that it cannot be of another version."""
    spec = importlib.util.spec_from_file_location("cloudabi_reference_table", folder / "table.py")
    if spec is None or spec.loader is None or not (folder / "table.py").is_file():
        raise DocsError(f"the API table is missing: {folder / 'table.py'}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def read_headers(include: Path, compiler: Path | None) -> Library:
    """The texts of the installed headers, and of those that come with the compiler."""
    if not include.is_dir():
        raise DocsError(f"no installed headers in {include}; run './build.sh sysroot'")
    texts = {}
    for folder in filter(None, (compiler, include)):
        for path in folder.rglob("*.h"):
            texts[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8", errors="replace")
    return Library(texts)


class Facts:
    """Everything known, checked: an offered name without a declaration is an error."""

    def __init__(self, api: Path, library: Library) -> None:
        self.table = load_table(api)
        self.library = library
        try:
            self.rows: tuple[Any, ...] = self.table.rows()
            self.headers: dict[str, Any] = self.table.headers()
            self.reasons: dict[str, str] = self.table.reasons()
            conditions = self.table.read_records(api / "conditions.tsv", ("name", "expression", "meaning"))
            self.catalogue: Catalogue = read_table(api)
        except (self.table.TableError, PortError, OSError) as error:
            raise DocsError(f"the API table cannot be read: {error}") from error
        self.conditions = {field["name"]: field["meaning"] for _, field in conditions}
        self.home = {row.name: row.header for row in self.rows if not row.also}

    @cached_property
    def pages(self) -> dict[str, Page]:
        by_header: dict[str, list[Any]] = {name: [] for name in sorted(self.headers)}
        for row in self.rows:
            by_header[row.header].append(row)
        return {name: self._page(name, rows) for name, rows in by_header.items()}

    def _page(self, name: str, rows: list[Any]) -> Page:
        header = self.headers[name]
        if header.installed and name not in self.library:
            raise DocsError(f"<{name}> is installed says headers.tsv, but it is not among the installed headers")
        offered = [self._offered(row) for row in rows if row.status in OFFERED]
        refused = [Item(row, row.declaration or row.name) for row in rows if row.status not in OFFERED]
        offered.sort(key=lambda item: (item.block[0] != name, item.block[0], item.place, item.row.name))
        refused.sort(key=lambda item: str(item.row.name))
        intro = self.library.header(name).intro.removeprefix(f"<{name}>: ") if header.installed else ""
        intro = intro[:1].upper() + intro[1:]
        return Page(header, intro, offered, refused)

    def _offered(self, row: Any) -> Item:
        # A structure's other name may be a macro: `struct stat64`.
        name = next((name for name in (row.name, row.identifier) if self.library.find(row.header, name)), row.name)
        found = self.library.find(row.header, name)
        if found is None:
            raise DocsError(f"{row.place}: '{row.name}' is offered, but neither <{row.header}> nor what it includes "
                            "declares it; correct the table or the header")
        file, declaration = found
        place = list(self.library.header(file).declared).index(name)
        return Item(row, shortened(declaration.text), declaration.comment, declaration.remark,
                    (file, declaration.block), place)

    def paragraph(self, name: str) -> tuple[str, str]:
        """The porting guide's paragraph on a refused name, or on `<header>`: anchor and title."""
        capability = self.catalogue.entries[name].capability
        return capability, self.catalogue.capabilities[capability].title


def shortened(text: str) -> str:
    """A macro on one line; of a long one, how it is called."""
    if not text.startswith("#"):
        return text
    line = " ".join(re.sub(r"\\\n|/\*.*?\*/", " ", text).split())
    return line if len(line) <= LONGEST_MACRO else called(line)


def blocks(items: list[Item]) -> list[list[Item]]:
    """Items side by side that share one comment, or that have none."""
    return [list(group) for _, group in groupby(items, key=lambda item: item.block if item.comment else None)]


def by_sentence(items: list[Item]) -> list[list[Item]]:
    """Refused names that share one sentence."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.row.message, []).append(item)
    return list(groups.values())
