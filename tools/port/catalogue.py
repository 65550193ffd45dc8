# SPDX-License-Identifier: BSD-2-Clause
"""What the API table refuses, and which capability each refused name or header stands for."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tomllib
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from . import PortError

HERE = Path(__file__).resolve().parent
OTHER = "not-offered"


@dataclass(frozen=True)
class Capability:
    """One heading of a report."""

    id: str
    title: str
    grant: str
    authority: bool


class Entry(NamedTuple):
    """A refused name, or a header that does not exist here. A structure's name has its tag.

    A tuple, since a stand-in makes thousands of them for each compilation.
    """

    name: str
    status: str
    kind: str
    reason: str
    sentence: str
    header: str
    capability: str
    installed: bool
    of: str = ""  # of a member: its structure

    @property
    def compat(self) -> bool:
        """Whether defining _CLOUDABI_COMPAT makes it usable."""
        return self.status == "compat"

    @property
    def is_symbol(self) -> bool:
        """Whether an object may need it; of macros, constants and types it knows nothing."""
        return self.kind.startswith(("function", "object"))

    @property
    def is_value(self) -> bool:
        """A constant or a type. Many have common names, which mean this only with their header."""
        return self.kind in ("constant", "type")


@dataclass(frozen=True)
class Catalogue:
    """Headers are kept by their name in angle brackets: `<pwd.h>`."""

    capabilities: dict[str, Capability]
    entries: dict[str, Entry]

    @cached_property
    def _types(self) -> dict[str, Entry]:
        return {item.name.rpartition(" ")[2]: item for item in self.entries.values() if item.kind == "type"}

    def type(self, name: str) -> Entry | None:
        """The type that a compiler calls so; it leaves the tag out or not."""
        return self._types.get(name.rpartition(" ")[2])

    def called(self, name: str) -> list[Entry]:
        """Everything of this name: `sigaction` is a function and a structure."""
        return [item for item in (self.entries.get(name), self._types.get(name)) if item is not None]

    def header(self, name: str) -> Entry | None:
        return self.entries.get(f"<{name}>")

    def save(self, path: Path) -> None:
        """Write what the compiler's stand-in reads: parsing the table takes longer than compiling."""
        data = {
            "capabilities": [asdict(item) for item in self.capabilities.values()],
            "entries": list(self.entries.values()),
        }
        new = path.with_name(f".{path.name}.{os.getpid()}")
        new.write_text(json.dumps(data), encoding="utf-8")
        new.replace(path)  # a build in another terminal may be reading it


def load(path: Path) -> Catalogue:
    """Read what save() wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    capabilities = {item["id"]: Capability(**item) for item in data["capabilities"]}
    return Catalogue(capabilities, {item[0]: Entry._make(item) for item in data["entries"]})


def table_in(folder: Path) -> ModuleType:
    """The module that reads the API table in a folder."""
    path = folder / "table.py"
    spec = importlib.util.spec_from_file_location("cloudabi_api_table", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise PortError(f"the API table is missing: {path}; run './build.sh sysroot' again")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class _Rules:
    """capabilities.toml, turned round."""

    def __init__(self) -> None:
        with (HERE / "capabilities.toml").open("rb") as file:
            items: list[dict[str, Any]] = tomllib.load(file)["capability"]
        keys = ("id", "title", "grant", "authority")
        self.capabilities = {item["id"]: Capability(*(item[key] for key in keys)) for item in items}
        self.by: dict[str, dict[str, str]] = {}
        for key in ("names", "name_prefixes", "headers", "reasons"):
            self.by[key] = {value: item["id"] for item in items for value in item.get(key, ())}

    def of_name(self, name: str, header: str, reason: str) -> str:
        prefixed = [found for prefix, found in self.by["name_prefixes"].items() if name.startswith(prefix)]
        by_header = None if reason.startswith("ambient") else self.by["headers"].get(header)
        for found in (self.by["names"].get(name), *prefixed, by_header):
            if found is not None:
                return found
        return self.by["reasons"].get(reason, OTHER)


def read_table(folder: Path) -> Catalogue:
    """Read the API table in `folder`."""
    table = table_in(folder)
    rules = _Rules()
    entries: dict[str, Entry] = {}
    of_header: dict[str, Counter[str]] = {}
    try:
        rows, headers, refused = table.rows(), table.headers(), table.REFUSED
    except (table.TableError, OSError) as error:
        raise PortError(f"the API table in {folder} cannot be read: {error}") from error
    for row in rows:
        if row.status not in refused:
            continue
        found = rules.of_name(row.name, row.header, row.reason)
        of_header.setdefault(row.header, Counter())[found] += 1
        if not row.also:
            installed = headers[row.header].installed
            entries[row.name] = Entry(row.name, row.status, row.kind, row.reason, row.message, row.header, found,
                                      installed)
    for header in headers.values():
        if header.installed:
            continue
        common = of_header.get(header.header, Counter()).most_common(1)
        found = rules.by["headers"].get(header.header) or (common[0][0] if common else OTHER)
        sentence = "the header does not exist here" + (f": it is for {header.note}" if header.note else "")
        name = f"<{header.header}>"
        entries[name] = Entry(name, "remove", "header", "", sentence, header.header, found, False)
    for member in _members():
        entries.setdefault(member.name, member)
    return Catalogue(rules.capabilities, entries)


def _members() -> list[Entry]:
    with (HERE / "members.toml").open("rb") as file:
        items: list[dict[str, Any]] = tomllib.load(file)["member"]
    return [Entry(name, "remove", "member", "", item["sentence"], item["header"], item["capability"], True, item["of"])
            for item in items for name in item["names"]]
