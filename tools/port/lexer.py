# SPDX-License-Identifier: BSD-2-Clause
"""A small lexer of C: where a file names what the table refuses, and under which condition."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from .catalogue import Catalogue

TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z)|//(?:\\\n|[^\n])*)
      | (?P<raw>\bR"(?P<fence>[^()\s\\]{0,16})\(.*?\)(?P=fence)")
      | (?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      | (?P<directive>^[ \t]*\#[ \t]*(?P<word>\w*))
      | (?P<number>\.?\d(?:'?[\w.])*)
      | (?P<name>[A-Za-z_]\w*)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
SPACE = re.compile(r"(?:\s|\\\n|/\*.*?\*/|//[^\n]*)*", re.DOTALL)
# A body, or the parameters' types between an old definition's head and its body.
BODY = re.compile(r"\s*(?:\{|(?!__)[A-Za-z_])")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
INCLUDE = re.compile(r'[ \t]*[<"]([^>"\n]+)[>"]')
# A name after one of these is used; after any other word it is being declared.
BEFORE_A_USE = {"return", "else", "do", "case", "sizeof", "goto", "and", "or", "not", "co_await", "throw"}
OPENING, CLOSING = ("if", "ifdef", "ifndef"), "endif"
BRANCHES = ("elif", "elifdef", "elifndef", "else")


@dataclass(frozen=True)
class Mention:
    """A place where a refused name seems to be used. `group` is the branch of #if it stands in."""

    line: int
    column: int
    name: str
    group: int


@dataclass
class Lexed:
    """What was found in one file. Groups are numbered; 0 is the file outside all conditions."""

    mentions: list[Mention] = field(default_factory=list)
    conditions: list[str] = field(default_factory=lambda: [""])
    starts: list[int] = field(default_factory=lambda: [1])
    groups: list[int] = field(default_factory=lambda: [0])

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
        self.found.mentions = [item for item in self.found.mentions if item.name not in self.declared]
        return self.found

    def _name(self, start: int, name: str, before: str, before_end: int) -> None:
        entry = self.entries.get(name)
        if entry is None or entry.kind == "header":
            return
        gap = self.text[before_end:start].strip()
        if gap.endswith((".", "->")):
            return
        if before and before not in BEFORE_A_USE and not gap.strip("* \t\n"):
            if self._defines(start + len(name)):
                self.declared.add(name)
            return
        if entry.kind.startswith("function") and not self._follows(start + len(name), "("):
            return
        self._mention(start, name)

    def _follows(self, position: int, character: str) -> bool:
        space = SPACE.match(self.text, position)
        return self.text.startswith(character, space.end() if space else position)

    def _defines(self, position: int) -> bool:
        """Whether a list of parameters and a body follow: then the name is the program's own."""
        text = COMMENT.sub(" ", self.text[position:position + 2000])
        depth = 0
        for index, character in enumerate(text):
            depth += (character == "(") - (character == ")")
            if depth == 0 and character == ")":
                return BODY.match(text, index + 1) is not None
            if depth == 0 and not character.isspace():
                return False
        return False

    def _mention(self, start: int, name: str) -> None:
        line = self.line_of(start)
        column = start - (self.newlines[line - 2] if line > 1 else -1)
        self.found.mentions.append(Mention(line, column, name, self.group))

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
            name = re.compile(r"[ \t]*\w+").match(self.text, end, stop)
            return name.end() if name else stop
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
