# SPDX-License-Identifier: BSD-2-Clause
"""Reads what compiler and linker print, and tells ambient uses from other errors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .catalogue import Catalogue

DIAGNOSTIC = re.compile(r"(?P<file>[^:\s].*?):(?P<line>\d+):(?:(?P<column>\d+):)? "
                        r"(?P<kind>fatal error|error): (?P<text>.*)")
UNAVAILABLE = re.compile(r"'(?P<name>\w+)' is unavailable(?:: (?P<sentence>.*))?")
UNDECLARED = re.compile(r"(?:implicit declaration of function|call to undeclared (?:library )?function|"
                        r"implicitly declaring library function|use of undeclared identifier|"
                        r"no member named) '(?P<name>\w+)'")
MISSING = re.compile(r"'(?P<name>[^']+)' file not found")
UNDEFINED = re.compile(r".*\berror: undefined symbol: (?P<name>\w+)")
REFERENCE = re.compile(r">>> referenced by (?P<file>[^:\s]+)(?::(?P<line>\d+))?")
TOOL_ERROR = re.compile(r"(?:[\w./+-]*: )?(?:fatal )?error: (?P<text>.*)")
# A line longer than this is not a diagnostic; nor may it fill the memory.
LONGEST_LINE = 64 * 1024


@dataclass(frozen=True)
class Use:
    """One ambient use. Kinds: use (the compiler refused it), header, link."""

    kind: str
    file: str
    line: int
    column: int
    name: str

    def fields(self) -> list[str | int]:
        return [self.kind, self.file, self.line, self.column, self.name]


@dataclass
class Findings:
    """Everything that one text of diagnostics says."""

    uses: dict[tuple[str, int, str], Use] = field(default_factory=dict)
    others: list[tuple[str, int, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    undefined: list[str] = field(default_factory=list)

    def add(self, use: Use) -> None:
        self.uses.setdefault((use.file, use.line, use.name), use)

    def other(self, file: str, line: int, text: str) -> None:
        self.others.append((file, line, text[:500]))


class Reader:
    """Reads one line after the other, so that a log of any size needs little memory."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.found = Findings()
        self._undefined = ""

    def reset(self) -> None:
        """Forget what was found, but not where the text is."""
        self.found = Findings()

    def line(self, line: str) -> None:
        match = DIAGNOSTIC.match(line)
        if match:
            self._diagnostic(match)
            return
        match = UNDEFINED.match(line)
        if match:
            self._undefined = match["name"]
            self.found.undefined.append(self._undefined)
            return
        match = REFERENCE.match(line.strip()) if self._undefined else None
        if match:
            entry = self.catalogue.entries.get(self._undefined)
            if entry is not None:
                self.found.add(Use("link", match["file"], int(match["line"] or 0), 0, entry.name))
            self._undefined = ""
            return
        match = TOOL_ERROR.match(line)
        if match and "linker command failed" not in line:
            self.found.other("", 0, match["text"])

    def _diagnostic(self, match: re.Match[str]) -> None:
        file, number, text = match["file"], int(match["line"]), match["text"]
        column = int(match["column"] or 0)
        found = UNAVAILABLE.match(text)
        if found:
            entry = self.catalogue.entries.get(found["name"])
            # Another library's own attribute is not about authority.
            if entry is not None and _same(found["sentence"] or "", entry.sentence):
                self.found.add(Use("use", file, number, column, entry.name))
                return
        found = UNDECLARED.search(text)
        if found and found["name"] in self.catalogue.entries:
            self.found.add(Use("use", file, number, column, found["name"]))
            return
        found = MISSING.match(text)
        if found:
            self.found.missing.append(found["name"])
            if self.catalogue.header(found["name"]) is not None:
                self.found.add(Use("header", file, number, column, f"<{found['name']}>"))
                return
        self.found.other(file, number, text)


def _same(printed: str, sentence: str) -> bool:
    """Whether this is the table's sentence; what it says in brackets about compat may be older."""
    return not printed or printed.partition(" (or build")[0] == sentence.partition(" (or build")[0]


def read(lines: Iterable[str], catalogue: Catalogue) -> Findings:
    """Read a whole text of diagnostics."""
    reader = Reader(catalogue)
    for line in lines:
        reader.line(line[:LONGEST_LINE].rstrip("\n"))
    return reader.found
