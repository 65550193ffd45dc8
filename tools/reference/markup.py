# SPDX-License-Identifier: BSD-2-Clause
"""The frame of a page, and text turned into markup. Pages are well-formed XML and load nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
STYLE = (HERE / "style.css").read_text(encoding="utf-8")
FILTER = (HERE / "filter.js").read_text(encoding="utf-8").split("\n", 1)[1]
CALL = re.compile(r"\b([A-Za-z_]\w*)\(\)")
WORD = re.compile(r"\w+")

# Tells the address of a name, or None where it has none.
Finder = Callable[[str], str | None]


def frame(title: str, body: str, *, script: bool = False) -> str:
    """A whole page."""
    links = [("index.html", "Headers"), ("names.html", "All names"), ("numbers.html", "Numbers"),
             ("guide.html", "Porting guide"), ("index.html#words", "What the words mean")]
    menu = " ".join(f'<a href="{file}">{text}</a>' for file, text in links)
    # Inside a script neither "<" nor "&" may stand for markup.
    code = f"<script>/*<![CDATA[*/\n{FILTER}/*]]>*/</script>\n" if script else ""
    return (f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n<style>\n{STYLE}</style>\n'
            f"</head>\n<body>\n<nav>{menu}</nav>\n{body}{code}</body>\n</html>\n")


def filter_box(label: str) -> str:
    return f'<input id="filter-box" type="search" placeholder="{label}" aria-label="{label}" hidden="hidden"/>\n'


def status(word: str) -> str:
    return f'<span class="s {word}">{word}</span>'


def anchor(name: str) -> str:
    """The id of a name on its page; `struct stat` and `stat` differ."""
    return name.replace(" ", "-")


def inline(text: str, find: Finder) -> str:
    """`code`, **strong**, [links](#to) and the names of functions."""
    out = []
    for number, part in enumerate(re.split(r"`([^`]*)`", text)):
        quoted = escape(part, quote=False)
        if number % 2:
            out.append(_linked(f"<code>{quoted}</code>", part.removesuffix("()"), find))
        else:
            quoted = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", quoted)
            quoted = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r'<a href="\2">\1</a>', quoted)
            out.append(CALL.sub(lambda match: _linked(match[0], match[1], find), quoted))
    return "".join(out)


def _linked(markup: str, name: str, find: Finder) -> str:
    address = find(name) if re.fullmatch(r"\w+", name) else None
    return f'<a href="{address}">{markup}</a>' if address else markup


def paragraphs(text: str, find: Finder, tag: str = "p") -> str:
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    return "".join(f"<{tag}>{inline(part, find)}</{tag}>\n" for part in parts if part)


def declaration(text: str, name: str) -> str:
    """Code with the name that it declares set off."""
    word = name.rpartition(" ")[2]
    before, found, after = _split_at(text, word)
    code = f"{escape(before, quote=False)}<b>{found}</b>{escape(after, quote=False)}"
    return f"<code>{code}</code>"


def _split_at(text: str, word: str) -> tuple[str, str, str]:
    for match in WORD.finditer(text):
        if match[0] == word:
            return text[:match.start()], word, text[match.end():]
    return text, "", ""


def table(head: list[str], rows: list[list[str]], numbers_from: int) -> str:
    """A table whose columns from `numbers_from` on hold numbers."""
    def line(cells: list[str], tag: str) -> str:
        right = [' class="n"' if column >= numbers_from else "" for column in range(len(cells))]
        inner = "".join(f"<{tag}{style}>{cell}</{tag}>" for style, cell in zip(right, cells))
        return f"<tr>{inner}</tr>\n"
    body = "".join(line(cells, "td") for cells in rows)
    return f'<div class="wide"><table>\n<thead>{line(head, "th")}</thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'
