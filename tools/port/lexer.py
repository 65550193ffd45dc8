# SPDX-License-Identifier: BSD-2-Clause
"""A small lexer of C: where a file names what the table refuses, and under which condition."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from .catalogue import Catalogue
from .surroundings import BEFORE_A_USE, COMMENT, Macro, Surroundings

TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z)|//(?:\\\n|[^\n])*)
      | (?P<raw>\bR"(?P<fence>[^()\s\\]{0,16})\(.*?\)(?P=fence)")
      | (?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      | (?P<directive>^[ \t]*\#[ \t]*(?P<word>\w*))
      | (?P<number>\.?\d(?:'?[\w.])*)
      | (?P<name>[A-Za-z_]\w*)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
DEFINE = re.compile(r"[ \t]*(?P<name>\w+)(?P<parameters>\([^)]*\))?[ \t]*")
INCLUDE = re.compile(r'[ \t]*[<"]([^>"\n]+)[>"]')
TAGS = ("struct", "union", "enum")
OPENING, CLOSING = ("if", "ifdef", "ifndef"), "endif"
BRANCHES = ("elif", "elifdef", "elifndef", "else")


@dataclass(frozen=True)
class Mention:
    """A place where a refused name seems to be used. `group` is the branch of #if it stands in,

    `macro` the macro whose body it is part of. A value is not called; a variable may be meant.
    """

    line: int
    column: int
    name: str
    group: int
    macro: str = ""
    value: bool = False


@dataclass
class Lexed:
    """What was found in one file. Groups are numbered; 0 is the file outside all conditions."""

    mentions: list[Mention] = field(default_factory=list)
    conditions: list[str] = field(default_factory=lambda: [""])
    starts: list[int] = field(default_factory=lambda: [1])
    groups: list[int] = field(default_factory=lambda: [0])
    # Constants and types that the file defines itself.
    own: set[str] = field(default_factory=set)

    def group_at(self, line: int) -> int:
        return self.groups[bisect_right(self.starts, line) - 1]


class Lexer:
    """Goes through a file once."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.text = text
        self.entries = catalogue.entries
        self.found = Lexed()
        self.stack: list[tuple[int, str]] = []
        self.group = 0
        self.declared: set[str] = set()
        self.variables: set[str] = set()
        self.around = Surroundings(text)
        self.newlines = [match.start() for match in re.finditer("\n", text)]

    def line_of(self, position: int) -> int:
        return bisect_right(self.newlines, position - 1) + 1 if position else 1

    def run(self) -> Lexed:
        position, before, before_end = 0, "", 0
        while match := TOKEN.search(self.text, position):
            position = match.end()
            if match["directive"] is not None:
                position = self._directive(match)
                before, before_end = "", position
            elif match["name"] is not None:
                self._name(match.start("name"), match["name"], before, before_end)
                before, before_end = match["name"], position
            elif match["comment"] is None:
                before, before_end = "", position
            elif not self.text[before_end:match.start()].strip():
                before_end = position  # a comment between two words separates no more than a space
        defined = self.declared | self.variables
        self.found.own = {name for name in defined if name in self.entries and self.entries[name].is_value}
        self.found.mentions = [item for item in self.found.mentions if item.name not in self.declared
                               and not (item.value and item.name in self.variables)]
        return self.found

    def _name(self, start: int, name: str, before: str, before_end: int) -> None:
        gap = COMMENT.sub(" ", self.text[before_end:start]).replace("\\\n", " ").strip()
        if before in TAGS and not gap:
            return self._tag(start, f"{before} {name}", start + len(name))
        entry = self.entries.get(name)
        if entry is not None and entry.kind == "member":
            if gap.endswith((".", "->")):
                self._mention(start, name)
            return None
        if entry is None or entry.kind == "header" or gap.endswith((".", "->", "#")):
            return None
        if start < self.around.macro.stop and name in self.around.macro.parameters:
            return None
        if gap == "::" and before not in BEFORE_A_USE | {"", "std", "using"}:
            return None  # a member of the program's own class
        follows = self.around.next(start + len(name))
        if before and before not in BEFORE_A_USE and not gap.strip("* \t\n"):
            if entry.kind == "type" and follows not in tuple(";=,["):
                self._mention(start, name, value=True)
            elif self.around.defines(start + len(name)):
                self.declared.add(name)
            elif follows != "(":
                self.variables.add(name)
            return None
        if not entry.kind.startswith("function"):
            ends = entry.kind == "type" and (gap.endswith("}") or gap.endswith("(*"))
            if ends and follows in tuple(";,)") or self.around.enumerated(start):
                self.variables.add(name)
            self._mention(start, name, value=entry.is_value)
        elif follows == "(":
            self._mention(start, name)
        elif gap.endswith("(*") and follows == ")" or gap.endswith(",") and self.around.declarator(start):
            self.variables.add(name)
        elif self.around.is_value(start, name, before, gap, follows):
            if self.around.enumerated(start):
                self.variables.add(name)
            self._mention(start, name, value=True)
        return None

    def _tag(self, start: int, name: str, end: int) -> None:
        """A structure's name: its definition makes it the program's own."""
        if name in self.entries:
            follows = self.around.next(end)
            if follows == "{":
                self.declared.add(name)
            elif follows != ";":
                self._mention(start, name)

    def _mention(self, start: int, name: str, value: bool = False) -> None:
        line = self.line_of(start)
        column = start - (self.newlines[line - 2] if line > 1 else -1)
        macro = self.around.macro.name if start < self.around.macro.stop else ""
        self.found.mentions.append(Mention(line, column, name, self.group, macro, value))

    def _directive(self, match: re.Match[str]) -> int:
        """Handle a directive and return where lexing goes on."""
        word, end = match["word"], match.end()
        stop = self._end_of_line(end)
        if word in OPENING:
            self.stack.append((self.group, ""))
            self._enter(self._condition(word, end, stop), match.start())
        elif word in BRANCHES and self.stack:
            self._enter(self._condition(word, end, stop), match.start())
        elif word == CLOSING and self.stack:
            self.group = self.stack.pop()[0]
            self._segment(self.line_of(match.start()) + 1)
        elif word in ("include", "include_next", "import"):
            found = INCLUDE.match(self.text, end, stop)
            if found and f"<{found[1]}>" in self.entries:
                self._mention(found.start(1), f"<{found[1]}>")
        elif word == "define":
            found = DEFINE.match(self.text, end, stop)
            if found:
                parameters = frozenset(re.findall(r"\w+", found["parameters"] or ""))
                self.around.macro = Macro(found["name"], parameters, found.end(), stop)
                self.variables.add(found["name"])
                return found.end()
        return stop

    def _condition(self, word: str, end: int, stop: int) -> str:
        text = re.sub(r"/\*.*?\*/|//.*|\\\n", " ", self.text[end:stop], flags=re.DOTALL)
        return f"#{word} {' '.join(text.split())}".strip()[:200]

    def _enter(self, condition: str, start: int) -> None:
        outer, first = self.stack[-1]
        if condition.startswith("#else") and first:
            condition = f"#else of {first}"
        elif not first:
            self.stack[-1] = (outer, condition)
        self.found.conditions.append(condition)
        self.group = len(self.found.conditions) - 1
        self._segment(self.line_of(start) + 1)

    def _segment(self, line: int) -> None:
        self.found.starts.append(line)
        self.found.groups.append(self.group)

    def _end_of_line(self, position: int) -> int:
        while True:
            stop = self.text.find("\n", position)
            if stop < 0:
                return len(self.text)
            if self.text[stop - 1] != "\\":
                return stop
            position = stop + 1


def lex(text: str, catalogue: Catalogue) -> Lexed:
    """Find the mentions of refused names in the text of a C file."""
    return Lexer(text.replace("\r\n", "\n"), catalogue).run()
