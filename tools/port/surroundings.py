# SPDX-License-Identifier: BSD-2-Clause
"""What stands around a name in C text, and what the name therefore is: a use, a variable, a definition.

Only the words are known and no meanings, so these are the forms that people write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SPACE = re.compile(r"(?:\s|\\\n|/\*.*?\*/|//[^\n]*)*", re.DOTALL)
# A body, or the parameters' types between an old definition's head and its body.
BODY = re.compile(r"\s*(?:\{|(?!__)[A-Za-z_])")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
CAST = re.compile(r"(?<![\w)])\((?:[\w\s*]|\(\*\)\s*\([\w\s*,.]*\))+\)\Z")
DECLARATION = re.compile(r"\s*(\w+)[\s*]+(?:\w+[\s*]+)*\w+")
ENUMERATION = re.compile(r"\benum\s*\w*\s*\Z")
# A name after one of these is used; after any other word it is being declared.
BEFORE_A_USE = {"return", "else", "do", "case", "sizeof", "and", "or", "not", "co_await", "throw"}
# Before a parenthesis with one name: what is asked about a variable, and what an attribute is like.
NO_CALLS = ("if", "while", "switch", "format", "__format__")
# What variables are called, too.
COMMON_WORDS = {"accept", "access", "alarm", "bind", "connect", "err", "error", "index", "kill", "link", "listen",
                "mount", "nice", "open", "pause", "remove", "rename", "select", "send", "signal", "stat", "sync",
                "system", "vis", "warn"}


@dataclass(frozen=True)
class Macro:
    """The macro being defined, and where its body is."""

    name: str = ""
    parameters: frozenset[str] = frozenset()
    start: int = -1
    stop: int = -1


class Surroundings:
    """A text, and the macro whose body is being read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.macro = Macro()

    def is_value(self, start: int, name: str, before: str, gap: str, follows: str) -> bool:
        """Whether a function's name that is not called stands where its address would.

        A macro's body speaks of its callers' variables, so that names which many variables have
        count only where nothing else can be meant.
        """
        in_macro = start < self.macro.stop
        body = COMMENT.sub(" ", self.text[self.macro.start:start]).replace("\\\n", " ").strip() if in_macro else "-"
        alias = not body or CAST.fullmatch(body) is not None
        last = gap[-1:]
        address = (last == "&" and not gap.endswith("&&")) or gap.endswith("::")
        if alias or address or last == "=" or (before == "return" and not gap) or self._is_cast(start, last):
            return follows in ("", ",", ")", ";", "}") and not (
                in_macro and name in COMMON_WORDS and not (alias or address or last == "="))
        if last == "?":
            return follows == ":"
        if last == ":":
            return follows in (",", ")", ";", "}") and "?" in self.text[max(0, start - 200):start]
        if last not in ("(", ",", "{") or last == "" or (gap == "(" and before in NO_CALLS):
            return False
        return follows in (",", ")", "}") and not (in_macro and name in COMMON_WORDS)

    def _is_cast(self, start: int, last: str) -> bool:
        return last == ")" and CAST.search(self.text[max(0, start - 100):start].rstrip()) is not None

    def _before(self, start: int) -> str:
        """The text before a place, without comments and directives."""
        return DIRECTIVE.sub("", COMMENT.sub(" ", self.text[max(0, start - 8000):start]))

    def declarator(self, start: int) -> bool:
        """Whether this is a later one of the names that a declaration declares."""
        statement = re.split("[;{}]", self._before(start))[-1]
        first = DECLARATION.match(statement)
        return first is not None and first[1] not in BEFORE_A_USE and statement.count("(") == statement.count(")")

    def enumerated(self, start: int) -> bool:
        text = re.split("[;}]", self._before(start))[-1]
        head, brace, _ = text.rpartition("{")
        return bool(brace) and ENUMERATION.search(head) is not None

    def next(self, position: int) -> str:
        """The character behind a name; none at the end of a macro."""
        space = SPACE.match(self.text, position)
        end = space.end() if space else position
        return "" if position <= self.macro.stop <= end else self.text[end:end + 1]

    def defines(self, position: int) -> bool:
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
