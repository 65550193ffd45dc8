# SPDX-License-Identifier: BSD-2-Clause
"""Reads what compiler and linker print, and tells ambient uses from other errors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .catalogue import Catalogue, Entry

DIAGNOSTIC = re.compile(r"(?P<file>[^:\s].*?):(?P<line>\d+):(?:(?P<column>\d+):)? "
                        r"(?P<kind>fatal error|error): (?P<text>.*)")
UNAVAILABLE = re.compile(r"'(?P<name>\w+)' is unavailable(?:: (?P<sentence>.*))?")
UNDECLARED = re.compile(r"(?:implicit declaration of function|call to undeclared (?:library )?function|"
                        r"implicitly declaring library function|use of undeclared identifier|unknown type name|"
                        r"no (?:member|type) named(?= '\w+' in (?:the global namespace|namespace 'std'))) "
                        r"'(?P<name>\w+)'")
# A tag may be mentioned without its structure; what needs to know more says one of many things.
MEMBER = re.compile(r"no member named '(?P<name>\w+)' in '(?P<of>[^']+)'")
# The program's own definition of a refused name is in its right, but the headers have to be told.
CLASH = re.compile(r"(?:(?:non-)?static declaration of|conflicting types for|redefinition of) '(?P<name>\w+)'")
OWN = "; the program has its own: compile with -D_CLOUDABI_HIDE_REMOVED"
INCOMPLETE = re.compile(r"incomplete|never completed|no member named")
TYPE = re.compile(r"(?:type|no member named '\w+' in) '(?:const |volatile )*(?P<name>(?:(?:struct|union|enum) )?\w+)")
EXPANDED = re.compile(r"(?P<file>[^:\s].*?):(?P<line>\d+):\d+: note: expanded from macro '")
# What the driver says of headers behind the one that the compiler stopped at.
ABSENT = re.compile(r"(?P<file>[^:\s].*?):(?P<line>\d+):(?P<column>\d+): note: <(?P<name>[^>]+)> does not exist here\b")
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
    names: set[str] = field(default_factory=set)
    lines: set[tuple[str, int]] = field(default_factory=set)
    # Where macros have the names that were refused where they were expanded.
    expanded: set[tuple[str, int, str]] = field(default_factory=set)

    def add(self, use: Use) -> None:
        self.uses.setdefault((use.file, use.line, use.name), use)
        self.names.add(use.name)
        self.lines.add((use.file, use.line))

    def settle(self) -> None:
        """Leave out what follows: where a whole header is refused its functions have no result."""
        self.others = [item for item in self.others if "'void'" not in item[2] or item[:2] not in self.lines]

    def __len__(self) -> int:
        return len(self.uses) + len(self.others) + len(self.undefined) + len(self.expanded)

    def other(self, file: str, line: int, text: str) -> None:
        self.others.append((file, line, text[:500]))


class Reader:
    """Reads one line after the other, so that a log of any size needs little memory."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.found = Findings()
        self._undefined = ""
        self._last = ""

    def reset(self) -> None:
        """Forget what was found, but not where the text is."""
        self.found = Findings()

    def line(self, line: str) -> None:
        match = DIAGNOSTIC.match(line)
        if match:
            self._diagnostic(match)
            return
        match = ABSENT.match(line)
        if match:
            if self.catalogue.header(match["name"]):
                self.found.missing.append(match["name"])
                self.found.add(Use("header", match["file"], int(match["line"]), int(match["column"]),
                                   f"<{match['name']}>"))
            return
        match = EXPANDED.match(line) if self._last else None
        if match:
            self.found.expanded.add((match["file"], int(match["line"]), self._last))
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
        self._last = self._refused(text)
        if self._last:
            self.found.add(Use("use", file, number, int(match["column"] or 0), self._last))
            return
        incomplete = TYPE.search(text) if INCOMPLETE.search(text) else None
        entry = self.catalogue.type(incomplete["name"]) if incomplete else None
        if entry is not None and self._is_known(entry):
            # The first says it; the others follow from it, one for each member that is looked at.
            if entry.name not in self.found.names:
                self.found.add(Use("use", file, number, int(match["column"] or 0), entry.name))
            return
        found = MISSING.match(text)
        if found:
            self.found.missing.append(found["name"])
            if self.catalogue.header(found["name"]) is not None:
                self.found.add(Use("header", file, number, int(match["column"] or 0), f"<{found['name']}>"))
                return
        clash = CLASH.match(text)
        refused = clash is not None and clash["name"] in self.catalogue.entries
        self.found.other(file, number, text + OWN if refused else text)

    def _refused(self, text: str) -> str:
        """The refused name that an error is about, if it is about one."""
        found = UNAVAILABLE.match(text)
        if found:
            # Another library's own attribute is not about authority.
            same = [item.name for item in self.catalogue.called(found["name"])
                    if _same(found["sentence"] or "", item.sentence)]
            return same[0] if same else ""
        found = MEMBER.match(text)
        entry = self.catalogue.entries.get(found["name"]) if found else None
        if found and entry is not None and entry.of.rpartition(" ")[2] == found["of"].rpartition(" ")[2]:
            return entry.name
        found = UNDECLARED.search(text)
        known = [item.name for item in self.catalogue.called(found["name"]) if self._is_known(item)] if found else []
        return known[0] if known else ""

    def _is_known(self, entry: Entry) -> bool:
        """Whether an undeclared name is the table's: constants and types also have to be looked for."""
        if not entry.is_value or entry.installed or entry.header in self.found.missing:
            return True
        return any(self.catalogue.entries[name].header == entry.header for name in self.found.names)


def _same(printed: str, sentence: str) -> bool:
    """Whether this is the table's sentence; what it says in brackets about compat may be older."""
    return not printed or printed.partition(" (or build")[0] == sentence.partition(" (or build")[0]


def read(lines: Iterable[str], catalogue: Catalogue) -> Findings:
    """Read a whole text of diagnostics."""
    reader = Reader(catalogue)
    for line in lines:
        reader.line(line[:LONGEST_LINE].rstrip("\n"))
    reader.found.settle()
    return reader.found
