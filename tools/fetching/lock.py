# SPDX-License-Identifier: BSD-2-Clause
"""The lock file: which sources exist and which bytes they consist of."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import FetchError


@dataclass(frozen=True)
class LockedFile:
    """One file to download; `url` is set only for an upstream release."""

    name: str
    size: int
    sha256: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """One entry of the lock file."""

    name: str
    package: str
    version: str
    suite: str
    licence: str
    files: tuple[LockedFile, ...]
    upstream: LockedFile | None

    def digest(self) -> str:
        """Identify the content of this entry, so that a changed entry is unpacked anew."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def _text(where: str, table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise FetchError(f"{where}: '{key}' must be a non-empty string; correct the lock file")
    return value


def _file(where: str, table: Any, with_url: bool = False) -> LockedFile:
    if not isinstance(table, dict):
        raise FetchError(f"{where}: expected a table with name, size and sha256")
    name = _text(where, table, "name")
    # A name with a slash would let the lock file write outside the download folder.
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+~_-]*", name):
        raise FetchError(f"{where}: '{name}' is not a plain file name")
    sha256 = _text(where, table, "sha256")
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise FetchError(f"{where}: sha256 of {name} must be 64 lower-case hexadecimal digits")
    size = table.get("size")
    if not isinstance(size, int) or isinstance(size, bool) or size <= 0:
        raise FetchError(f"{where}: size of {name} must be a positive number of bytes")
    return LockedFile(name, size, sha256, _text(where, table, "url") if with_url else "")


def read_lock(path: Path) -> dict[str, Source]:
    """Read and check the lock file; a mistake in it is a FetchError naming the entry."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FetchError(f"cannot read the lock file {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FetchError(f"the lock file {path} is not valid TOML: {error}") from error
    sources: dict[str, Source] = {}
    for name, table in data.items():
        where = f"{path}, entry '{name}'"
        if not re.fullmatch(r"[a-z0-9][a-z0-9.+-]*", name) or not isinstance(table, dict):
            raise FetchError(f"{where}: expected a table named like a package")
        debian = table.get("debian")
        files = table.get("files")
        if not isinstance(debian, dict) or not isinstance(files, list) or not files:
            raise FetchError(f"{where}: needs 'debian' and at least one of 'files'")
        upstream = table.get("upstream")
        sources[name] = Source(
            name=name,
            package=_text(where, debian, "package"),
            version=_text(where, debian, "version"),
            suite=_text(where, debian, "suite"),
            licence=_text(where, table, "licence"),
            files=tuple(_file(where, item) for item in files),
            upstream=None if upstream is None else _file(where, upstream, with_url=True),
        )
    return sources
