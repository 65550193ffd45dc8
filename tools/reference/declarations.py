# SPDX-License-Identifier: BSD-2-Clause
"""Finds declarations in the text of a header, and the comment that stands above each.

No compiler is asked: the reader shall see what somebody sees who opens the header. Both branches of
a condition are read, and the first declaration of a name counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    r"(?P<comment>/\*.*?\*/|//[^\n]*(?:\n[ \t]*//[^\n]*)*)"
    r"|(?P<directive>^[ \t]*#(?:/\*.*?\*/|\\\n|[^\n])*)"
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<space>\s+)|(?P<word>\w+)|(?P<other>.)", re.S | re.M)
COMMENTS = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
LINKAGE = re.compile(r'extern\s*"C(?:\+\+)?"\s*\Z')
LICENCE = re.compile(r"SPDX-License-Identifier: .*")
REFUSALS = re.compile(r"^#ifndef _CLOUDABI_API_", re.M)
INVOCATION = re.compile(r"(?<!\\\n)^[ \t]*(?:__[A-Z]\w*|[A-Z][A-Z_]+)\([^;{}\n]*\)[ \t]*$", re.M)
OURS = "SPDX-License-Identifier: BSD-2-Clause"
ADDED = "#ifndef _CLOUDABI_ADD_"
BASIC = {"void", "int", "char", "short", "long", "float", "double", "signed", "unsigned", "const", "volatile",
         "__attribute__", "__typeof__", "_Alignas", "__asm__", "return", "sizeof", "_Noreturn", "_Complex"}


class Declaration(NamedTuple):
    """A declaration as it stands.

    `comment` is ours; the declarations of one block share it, and `block`. `remark` is the last
    comment of ours before it that stands alone, and speaks of all that follows.
    """

    text: str
    comment: str
    block: int
    remark: str


class Header(NamedTuple):
    """What one file declares: names, structures as `struct tag`, and the files it includes."""

    intro: str
    declared: dict[str, Declaration]
    included: list[str]


def prose(comment: str) -> str:
    """The words of a comment, with blank lines between paragraphs."""
    text = comment.removeprefix("/*").removesuffix("*/")
    lines = [re.sub(r"^\s*(?://|\*)? ?", "", line).rstrip() for line in text.split("\n")]
    return LICENCE.sub("", "\n".join(lines)).strip()


def names_of(statement: str) -> list[str]:
    """The names that one declaration declares."""
    text = " ".join(COMMENTS.sub(" ", statement).split())
    text = _without_attributes(text)
    found = []
    body = re.search(r"\b(struct|union|enum)\s*(\w*)\s*\{", text)
    if body:
        if body[2]:
            found.append(f"{body[1]} {body[2]}")
        if body[1] == "enum":
            inside = text[body.end():text.rindex("}")]
            found += re.findall(r"(?:^|,)\s*(\w+)", inside)
        text = text[:body.start()] + text[text.rindex("}") + 1:]
    return found + _declarators(text)


def _declarators(text: str) -> list[str]:
    text = text.rstrip("; ")
    if text.startswith("typedef"):
        pointed = re.search(r"\(\s*\*?\s*(\w+)\s*\)\s*[(\[]", text)
        if pointed:
            return [pointed[1]]
    else:
        for call in re.finditer(r"(\w+)\s*\(", text):
            if call[1] not in BASIC:
                return [call[1]]
    last = (re.search(r"(\w+)\s*(?:\[[^\]]*\]\s*)*$", part) for part in text.split(","))
    return [match[1] for match in last if match and match[1] not in {*BASIC, "typedef", "extern"}]


def _without_attributes(text: str) -> str:
    while match := re.search(r"\b(?:__attribute__|__asm__)\s*\(", text):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        text = text[:match.start()] + text[end:]
    return text


class _Reader:
    """Walks through a header and keeps what it declares."""

    def __init__(self, text: str) -> None:
        refusals = REFUSALS.search(text)
        text = text[:refusals.start()] if refusals else text
        # A macro that makes a whole function looks like a declaration without an end.
        self.text = INVOCATION.sub("", text)
        # A header of ours has the licence line, behind what is put before every header.
        starts = [place for mark in (OURS, ADDED) if (place := self.text.find(mark)) >= 0]
        self.ours_from = max(0, min(starts) - len("/* ")) if starts else len(self.text)
        self.declared: dict[str, Declaration] = {}
        self.by_title: dict[str, str] = {}
        self.included: list[str] = []
        self.intro = ""
        self.comment, self.block, self.blocks = "", -1, 0
        self.remark, self.alone = "", False

    def read(self) -> Header:
        start, depth, outer = -1, 0, 0
        for match in TOKEN.finditer(self.text):
            kind, token = match.lastgroup, match[0]
            if start < 0:
                if kind == "space":
                    self._space(token)
                elif kind == "comment":
                    self._comment(match)
                elif kind == "directive":
                    self._directive(token)
                elif token == "}" and outer:
                    outer -= 1
                elif token != ";":
                    start, depth = match.start(), 0
            if start < 0 or kind in ("space", "comment", "directive", "string"):
                continue
            if token == "{" and depth == 0 and LINKAGE.search(self.text[start:match.start()]):
                start, outer = -1, outer + 1
                continue
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token, 0)
            if token == ";" and depth == 0:
                self._statement(self.text[start:match.end()])
                start = -1
            elif token == "}" and depth == 0 and self._is_function(self.text[start:match.end()]):
                self._statement(self.text[start:match.end()])
                start = -1
        return Header(self.intro, self._titled(), self.included)

    @staticmethod
    def _is_function(text: str) -> bool:
        return COMMENTS.sub(" ", text[:text.index("{")]).rstrip().endswith(")")

    def _space(self, token: str) -> None:
        if token.count("\n") > 1:
            if self.alone:
                self.remark, self.alone = self.comment, False
            self.comment, self.block = "", -1

    def _comment(self, match: re.Match[str]) -> None:
        if match.start() < self.ours_from:
            return
        words = prose(match[0])
        if not words:
            return
        if not self.intro and words.startswith("<") and OURS in self.text[:match.end()]:
            self.intro = words
            return
        title, _, rest = words.partition("\n\n")
        if re.fullmatch(r"\w+", title) and rest:
            self.by_title[title] = rest
            return
        self.alone = True
        self.comment, self.block, self.blocks = words, self.blocks, self.blocks + 1

    def _directive(self, token: str) -> None:
        self.alone = False
        line = token.strip()
        if include := re.match(r"#\s*include\s*[<\"]([^>\"]+)", line):
            self.included.append(include[1])
        elif define := re.match(r"#\s*define\s+(\w+)", line):
            known = self.declared.get(define[1])
            self._keep(define[1], token)
            if known and known.text.startswith("#") and known.text.split() != token.split():
                # Two branches of a condition: only a compiler knows which holds.
                either = self.declared[define[1]]
                self.declared[define[1]] = either._replace(text=called(either.text))
        elif undefine := re.match(r"#\s*undef\s+(\w+)", line):
            self.declared.pop(undefine[1], None)

    def _statement(self, text: str) -> None:
        self.alone = False
        if "{" in text and self._is_function(text):
            text = text[:text.index("{")].rstrip() + ";"
        for name in names_of(text):
            self._keep(name, text)

    def _keep(self, name: str, text: str) -> None:
        known = self.declared.get(name)
        if known is None or (self.comment and not known.comment):
            self.declared[name] = Declaration(text.expandtabs(4).strip(), self.comment, self.block, self.remark)

    def _titled(self) -> dict[str, Declaration]:
        """A comment may begin with the name it is about and stand apart from the declaration."""
        for name, comment in self.by_title.items():
            if name in self.declared:
                self.declared[name] = self.declared[name]._replace(comment=comment)
        return self.declared


def called(macro: str) -> str:
    """How a macro is called, without what it stands for."""
    match = re.match(r"#\s*define\s+(\w+(?:\([^)]*\))?)", macro)
    return f"#define {match[1]} …" if match else macro


def read_header(text: str) -> Header:
    """Take a header's text apart."""
    return _Reader(text).read()


class Library:
    """All installed headers, each read once."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self._read: dict[str, Header] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.texts

    def header(self, name: str) -> Header:
        if name not in self._read:
            self._read[name] = read_header(self.texts[name])
        return self._read[name]

    def reachable(self, name: str) -> Iterator[str]:
        """The header itself, then what it includes, nearest first."""
        queue, seen = [name], {name}
        for current in queue:
            if current not in self.texts:
                continue
            yield current
            new = [file for file in self.header(current).included if file not in seen]
            seen.update(new)
            queue += new

    def find(self, header: str, name: str) -> tuple[str, Declaration] | None:
        """The declaration that a program gets by including `header`, and the file it stands in."""
        for file in self.reachable(header):
            if found := self.header(file).declared.get(name):
                return file, found
        return None
