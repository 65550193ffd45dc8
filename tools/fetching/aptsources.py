# SPDX-License-Identifier: BSD-2-Clause
"""Derives a source-package list from the Debian mirrors that this system already uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from . import FetchError

# Options of a one-line entry that say how to reach or trust a mirror; the others are dropped.
KEPT_OPTIONS = ("signed-by", "trusted", "check-valid-until", "check-date", "by-hash")
ALIASES = {"stable", "oldstable", "oldoldstable", "testing", "unstable", "sid"}


def _paragraphs(text: str) -> Iterator[dict[str, str]]:
    """Yield the fields of each deb822 paragraph; continuation lines stay as they are."""
    for block in re.split(r"\n\s*\n", text):
        fields: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if line[:1] in (" ", "\t") and key:
                fields[key] += "\n" + line
            elif ":" in line:
                key, value = line.split(":", 1)
                key = key.strip().lower()
                fields[key] = value.strip()
        if fields:
            yield fields


def _one_line(text: str) -> Iterator[dict[str, str]]:
    """Yield the entries of a sources.list in the same shape as a deb822 paragraph."""
    for line in text.splitlines():
        match = re.match(r"\s*deb(?:-src)?\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s+(\S.*)$", line)
        if match is None:
            continue
        options, uri, suite, components = match.groups()
        fields = {"uris": uri, "suites": suite, "components": components.split("#")[0]}
        for option in (options or "").split():
            name, _, value = option.partition("=")
            if name.lower() in KEPT_OPTIONS:
                fields[name.lower()] = value.replace(",", " ")
        yield fields


def _entries(etc: Path) -> Iterator[dict[str, str]]:
    paths = [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]
    for path in paths:
        if path.suffix not in (".list", ".sources"):
            continue
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if path.suffix == ".list":
            yield from _one_line(text)
        else:
            yield from _paragraphs(text)


def _is_debian(suite: str) -> bool:
    base = re.split(r"[-/]", suite)[0]
    known = ALIASES | {"bullseye", "bookworm", "trixie", "forky", "duke"}
    return base in known and suite.split("-", 1)[-1] != "security"


def debian_sources(etc: Path, suites: frozenset[str]) -> str:
    """Return a deb822 source list for `suites` on each Debian mirror configured below `etc`."""
    result: list[str] = []
    seen: set[str] = set()
    for entry in _entries(etc):
        enabled = entry.get("enabled", "yes").lower() not in ("no", "false", "0", "off")
        uses_main = "main" in entry.get("components", "").split()
        matching = [suite for suite in entry.get("suites", "").split() if _is_debian(suite)]
        if not (enabled and uses_main and matching):
            continue
        for uri in entry.get("uris", "").split():
            if uri in seen:
                continue
            seen.add(uri)
            lines = [
                "Types: deb-src",
                f"URIs: {uri}",
                f"Suites: {' '.join(sorted(suites))}",
                "Components: main",
            ]
            for option in KEPT_OPTIONS:
                if option in entry:
                    lines.append(f"{option.title()}: {entry[option]}")
            result.append("\n".join(lines) + "\n")
    if not result:
        raise FetchError(
            f"no enabled Debian mirror in {etc}/sources.list or {etc}/sources.list.d; "
            f"add one that has the suite {', '.join(sorted(suites))}"
        )
    return "\n".join(result)
