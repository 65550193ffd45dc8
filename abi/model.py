# SPDX-License-Identifier: BSD-2-Clause
"""Read the ABI's data files, check them against each other, and hand them on as plain objects."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WIDTHS = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "i64": 8}
FILES = ("types.toml", "errno.toml", "rights.toml", "structs.toml", "calls.toml")
WORDS = (8, 4)  # sizes of a pointer: 64-bit, 32-bit

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
VALUE_NAME = re.compile(r"[A-Z0-9][A-Z0-9_]*\Z")
TYPE = re.compile(r"(?P<mod>const |atomic )?(?P<base>[a-z0-9_]+)(?P<tail>\*|\[\d*\])?\Z")


class AbiError(Exception):
    """The data is wrong; the text says where and what was expected."""


@dataclass(frozen=True)
class TypeRef:
    """`const iovec*` and the like: mod is "", "const" or "atomic"; shape is "", "*", "[]" or "[n]"."""

    mod: str
    base: str
    shape: str
    count: int = 1


@dataclass(frozen=True)
class Value:
    name: str
    number: int
    text: str


@dataclass
class Scalar:
    name: str
    kind: str
    width: str
    prefix: str
    text: str
    values: list[Value]


@dataclass
class Member:
    name: str
    type: TypeRef
    at: tuple[int, int]
    text: str
    union: bool = False


@dataclass
class Variant:
    name: str
    selectors: list[str]
    members: list[Member]


@dataclass
class Struct:
    name: str
    text: str
    size: tuple[int, int]
    align: tuple[int, int]
    members: list[Member]
    selector: str = ""
    variants: list[Variant] = field(default_factory=list)
    extension: bool = False


@dataclass(frozen=True)
class Arg:
    name: str
    type: TypeRef


@dataclass(frozen=True)
class Need:
    """One line of the rights a call needs: `rights` joined by `how` ("&" or "|") on `target`, `when` or always."""

    when: str
    target: str
    rights: tuple[str, ...]
    how: str


@dataclass
class Call:
    name: str
    text: str
    args: list[Arg]
    gives: list[Arg]
    needs: list[Need]
    errors: list[tuple[str, str]]
    noreturn: bool
    extension: bool
    shortcut: str


@dataclass(frozen=True)
class Right:
    name: str
    bit: int
    allows: str
    extension: bool


@dataclass
class RightSet:
    name: str
    text: str
    filetypes: list[str]
    base: int
    inheriting: int


@dataclass
class Abi:
    scalars: dict[str, Scalar]
    structs: dict[str, Struct]
    rights: dict[str, Right]
    sets: dict[str, RightSet]
    calls: dict[str, Call]
    shortcuts: dict[str, Call]

    def functions(self) -> list[Call]:
        """What a vDSO exports: the 49 calls, then extensions."""
        return sorted([*self.calls.values(), *self.shortcuts.values()], key=lambda c: (c.extension, c.name))

    def errno_names(self) -> set[str]:
        return {v.name for v in self.scalars["errno"].values}


class Table:
    """A TOML table that knows where it is, insists on types, and complains about keys nobody asked for."""

    def __init__(self, where: str, data: Any) -> None:
        if not isinstance(data, dict):
            raise AbiError(f"{where}: expected a table")
        self.where, self.data = where, data
        self.seen: set[str] = set()

    def get(self, key: str, kind: type, default: Any = None) -> Any:
        self.seen.add(key)
        if key not in self.data:
            if default is None:
                raise AbiError(f"{self.where}: '{key}' is missing")
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise AbiError(f"{self.where}: '{key}' must be {_KINDS[kind]}")
        return value

    def strings(self, key: str, default: list[str] | None = None) -> list[str]:
        items: list[str] = self.get(key, list, default)
        if not all(isinstance(i, str) for i in items):
            raise AbiError(f"{self.where}: '{key}' must hold strings only")
        return items

    def pair(self, key: str) -> tuple[int, int]:
        self.seen.add(key)
        value = self.data.get(key)
        both = value if isinstance(value, list) else [value, value]
        if len(both) != 2 or any(type(n) is not int or n < 0 for n in both):
            raise AbiError(f"{self.where}: '{key}' must be a number, or two: [64-bit, 32-bit]")
        return both[0], both[1]

    def done(self) -> None:
        if extra := sorted(set(self.data) - self.seen):
            raise AbiError(f"{self.where}: unknown key '{extra[0]}'; known are {', '.join(sorted(self.seen))}")


_KINDS = {str: "a string", int: "a whole number", bool: "true or false", list: "an array", dict: "a table"}


def read_toml(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise AbiError(f"{path}: cannot be read: {e.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise AbiError(f"{path}: not valid TOML: {e}") from None
    _plain(path, data)
    return data


def _plain(path: Path, value: Any) -> None:
    """Strings go into C comments and Markdown tables: a line break or a backslash at the end would eat code."""
    if isinstance(value, str) and (not value.isprintable() or "\\" in value or value.endswith(" ")):
        raise AbiError(f"{path}: {value!r}: strings are one line of plain text, without backslash or space at the end")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _plain(path, inner)


def parse_type(where: str, text: str) -> TypeRef:
    m = TYPE.match(text)
    if not m:
        raise AbiError(f"{where}: '{text}' is not a type; write T, T*, const T*, atomic T*, T[] or T[4]")
    tail = m["tail"] or ""
    count = int(tail[1:-1]) if tail not in ("", "*", "[]") else 1
    mod = (m["mod"] or "").strip()
    if mod and tail not in ("*", "[]"):
        raise AbiError(f"{where}: '{text}': only a pointer or a range can be {mod}")
    if count == 0:
        raise AbiError(f"{where}: '{text}' has no elements")
    return TypeRef(mod, m["base"], "[n]" if count > 1 or tail not in ("", "*", "[]") else tail, count)


def check_name(where: str, name: str, pattern: re.Pattern[str] = NAME) -> str:
    if not pattern.match(name):
        raise AbiError(f"{where}: '{name}' is not a usable name")
    return name
