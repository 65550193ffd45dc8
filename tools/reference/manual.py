# SPDX-License-Identifier: BSD-2-Clause
"""The same facts as a manual page of section 3 for each header, in the man(7) macros."""

from __future__ import annotations

import re

from .facts import Facts, Item, Page, blocks, by_sentence
from .header_page import PARTS, SOURCES, WHOLE, part_of

SECTION = "3cloudabi"
WIDTH = 72  # of a terminal with 80 columns, less the margin
ROFF = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "^": "\\(ha", "~": "\\(ti", "`": "\\(ga", "…": "...",
        "“": "\\(lq", "”": "\\(rq"}


def plain(text: str) -> str:
    """Text as roff takes it literally."""
    text = "".join(ROFF.get(letter, letter) for letter in text)
    return re.sub(r"^(?=\.)", "\\\\&", text, flags=re.M)


def words(text: str) -> list[str]:
    """Paragraphs, a sentence a line, as manual pages are written."""
    lines = []
    for part in re.split(r"\n\s*\n", text.strip()):
        flat = plain(" ".join(part.replace("`", "").split()))
        lines += [".PP", *re.split(r"(?<=[.;:]) (?=[A-Z])", flat)]
    return lines


def literal(items: list[Item]) -> list[str]:
    """Declarations as they stand, each with its status behind it."""
    lines = [".nf"]
    for item in items:
        note = f"[{item.row.status}; {item.origin}]"
        last = item.text.rpartition("\n")[2]
        gap = "  " if len(last) + len(note) + 2 <= WIDTH else "\n    "
        lines.append(plain(item.text + gap + note))
    return [*lines, ".fi"]


def manual(facts: Facts, page: Page) -> str:
    """The page of one header."""
    purpose = "header of the CloudABI C library" if page.header.installed else "not installed in CloudABI"
    lines = ['.\\" Made by tools/make_reference.py from the API table and the installed headers.',
             f'.TH "{plain(page.name)}" "{SECTION}" "" "CloudABI" "C library of CloudABI"',
             ".SH NAME", f"{plain(page.name)} \\- {purpose}", ".SH DESCRIPTION"]
    if page.header.installed:
        note = f" {page.header.note.capitalize()}." if page.header.note else ""
        whole = [WHOLE] if page.header.values == "whole" else []
        lines += ["This header is installed.", plain(SOURCES[page.header.source] + note), *map(plain, whole)]
    else:
        target, title = facts.paragraph(f"<{page.name}>")
        lines += ["This header is not installed.", plain(f"What it is for: {page.header.note}."),
                  "Including it is an error.",
                  plain(f"What to do instead: the porting guide, under “{title}” (#{target}).")]
    if page.intro:
        lines += words(page.intro)
    for key, heading in PARTS:
        items = [item for item in page.offered if part_of(item) == key]
        if items:
            lines.append(f".SH {heading.upper()}")
        for block in blocks(items):
            lines += [".PP", *literal(block)]
            if block[0].comment:
                lines += [".RS 4", *words(block[0].comment)[1:], ".RE"]
    for status, heading in (("compat", "ONLY WITH \\-\\-COMPAT"), ("remove", "LEFT OUT")):
        lines += _refused(facts, page.with_status(status), heading)
    # A section begins a paragraph by itself.
    text = re.sub(r"^(\.S[HS] .*\n)\.PP\n", r"\1", "\n".join(lines), flags=re.M)
    return "\n".join([text, ".SH SEE ALSO", ".BR cloudabi (7),", ".BR cloudabi\\-port (1)"]) + "\n"


def _refused(facts: Facts, items: list[Item], heading: str) -> list[str]:
    lines = [f".SH {heading}"] if items else []
    for reason, meaning in facts.reasons.items():
        chosen = [item for item in items if item.row.reason == reason]
        if not chosen:
            continue
        lines += [f'.SS "{plain(reason)}"', *words(meaning)[1:]]
        for group in by_sentence(chosen):
            if all(item.text == item.row.name for item in group):
                named = plain(", ".join(item.row.name for item in group))
                lines += [".PP", f"{named} [{group[0].row.status}]"]
            else:
                lines += [".PP", *literal(group)]
            lines += [".RS 4", plain(group[0].row.message), ".RE"]
    return lines
