# SPDX-License-Identifier: BSD-2-Clause
"""The manifests that say which files of musl are taken, and why the others are not."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple


class ManifestError(Exception):
    """The manifest and the source tree do not agree."""


class Rule(NamedTuple):
    line: int
    take: bool
    pattern: str
    reason: str


class Manifest:
    """Ordered rules; the last one that matches a path decides."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rules = [rule for number, raw in enumerate(path.read_text().splitlines(), 1)
                      if (rule := self._parse(number, raw.strip())) is not None]
        self.used: set[int] = set()

    def _parse(self, number: int, text: str) -> Rule | None:
        if not text or text.startswith("#"):
            return None
        sign, _, rest = text.partition(" ")
        pattern, colon, reason = (part.strip() for part in rest.partition(" : "))
        if sign not in {"+", "-"} or not pattern:
            raise ManifestError(f"{self.path}:{number}: expected '+ GLOB' or '- GLOB : reason'")
        if (sign == "-") != bool(colon and reason):
            raise ManifestError(
                f"{self.path}:{number}: '-' needs a reason after ' : ', '+' has none")
        return Rule(number, sign == "+", pattern, reason)

    def decide(self, path: str) -> Rule:
        matching = [rule for rule in self.rules if fnmatchcase(path, rule.pattern)]
        if not matching:
            raise ManifestError(f"{self.path}: no rule decides '{path}'; add one")
        self.used.add(matching[-1].line)
        return matching[-1]

    def check_all_used(self) -> None:
        for rule in self.rules:
            if rule.line not in self.used:
                raise ManifestError(
                    f"{self.path}:{rule.line}: '{rule.pattern}' decides no file of musl: nothing "
                    "matches it, or a later rule matches all that does")
