# SPDX-License-Identifier: BSD-2-Clause
"""The pages that are about all headers: the index, all names, the numbers, the porting guide."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from itertools import groupby
from typing import Any

from .facts import Facts, Page
from .header_page import Writer
from .markup import anchor, filter_box, frame, inline, paragraphs, status, table

STATUSES = {
    "keep": "there, as in other C libraries",
    "add": "there, though the C library that this one is based on does not have it",
    "compat": "refused, unless the compiler driver is called with --compat",
    "remove": "refused: using it is an error that says what to do instead, and no library defines it",
}
LABELS = {"c before": "Before", "c after": "After", "yaml": "What it is granted", "output": "What it prints"}


def index(facts: Facts) -> str:
    meanings = "".join(f"<li>{status(word)} {meaning}</li>\n" for word, meaning in STATUSES.items())
    installed = [page for page in facts.pages.values() if page.header.installed]
    absent = [page for page in facts.pages.values() if not page.header.installed]
    body = (
        "<h1>The C library of CloudABI</h1>\n"
        "<p>Every public name of C and POSIX, and every extension in common use, with what became of it here: one page "
        "a header. A program starts with no authority but the descriptors it is given, and names that would reach "
        'for more are left out; each page says why, and the <a href="guide.html">porting guide</a> shows how the code '
        "changes.</p>\n"
        f'<h2 id="words">What the words mean</h2>\n<ul>\n{meanings}</ul>\n'
        "<p>Behind it stands the standard that has the name, C11 or POSIX.1-2017; all else is an extension. What is "
        "said below a declaration is the header's own comment. A refused name stands under the reason, with the "
        "sentence that the compiler prints.</p>\n"
        + filter_box("Filter headers")
        + '<section data-part="installed"><h2 id="installed-headers">Installed headers</h2>\n'
        + _headers(installed, list(STATUSES))
        + '</section>\n<section data-part="absent"><h2 id="absent-headers">Headers that are not installed</h2>\n'
        + "<p>They would be empty here. Their pages say what to do instead.</p>\n"
        + "<ul>\n" + "".join(_absent(page) for page in absent) + "</ul></section>\n"
    )
    return frame("The C library of CloudABI", body, script=True)


def _link(page: Page) -> str:
    return f'<a href="{page.file}.html"><code>&lt;{escape(page.name)}&gt;</code></a>'


def _headers(pages: list[Page], statuses: list[str]) -> str:
    rows = [[_link(page), *(str(len(page.with_status(word)) or "–") for word in statuses)] for page in pages]
    return table(["header", *statuses], rows, 1).replace("<tr><td>", '<tr data-filter=""><td>')


def _absent(page: Page) -> str:
    return f'<li data-filter="">{_link(page)}: {escape(page.header.note)}</li>\n'


def names(facts: Facts) -> str:
    """Every name, from A to Z."""
    homes = sorted((row for row in facts.rows if not row.also), key=_order)
    letters = [(letter, list(group)) for letter, group in groupby(homes, key=_letter)]
    menu = " ".join(f'<a href="#letter-{letter}">{letter}</a>' for letter, _ in letters)
    parts = []
    for letter, group in letters:
        lines = "".join(
            f'<li><a href="{facts.pages[row.header].file}.html#{anchor(row.name)}">{row.name}</a> '
            f"{status(row.status)} <small>&lt;{row.header}&gt;</small></li>\n"
            for row in group)
        parts.append(f'<section data-part="{letter}"><h2 id="letter-{letter}">{letter}</h2>\n'
                     f'<ul class="az">\n{lines}</ul></section>\n')
    body = f"<h1>All names</h1>\n<nav>{menu}</nav>\n" + filter_box("Filter names") + "".join(parts)
    return frame("All names", body, script=True)


def _order(row: Any) -> tuple[str, str]:
    return row.identifier.lstrip("_").lower(), row.name


def _letter(row: Any) -> str:
    first: str = row.identifier.lstrip("_")[:1].upper()
    return first if first.isalpha() else "0-9"


def numbers(facts: Facts) -> str:
    rows = [row for row in facts.rows if not row.also]
    words = list(STATUSES)

    def count(chosen: list[Any]) -> list[str]:
        counted = Counter(row.status for row in chosen)
        return [str(counted[word]) for word in words] + [str(len(chosen))]

    kinds = sorted({row.kind.partition("+")[0] for row in rows})
    by_kind = [[kind, *count([row for row in rows if row.kind.partition("+")[0] == kind])] for kind in kinds]
    by_kind.append(["<strong>all</strong>", *count(rows)])
    standards = {"c11": "C11", "posix": "POSIX.1-2017"}
    by_standard = [[title, *count([row for row in rows if key in row.standard])] for key, title in standards.items()]
    by_standard.append(["neither", *count([row for row in rows if not row.standard & set(standards)])])
    reasons = [[f"<strong>{key}</strong> {escape(meaning)}",
                *(str(sum(row.reason == key and row.status == word for row in rows)) for word in ("compat", "remove"))]
               for key, meaning in facts.reasons.items()]
    installed = sum(page.header.installed for page in facts.pages.values())
    body = (
        "<h1>Numbers</h1>\n<p>Counted in the API table when these pages were made. A name that several headers declare "
        "counts once.</p>\n"
        f"<h2>By status</h2>\n{table(['kind', *words, 'all'], by_kind, 1)}"
        f"<h2>By standard</h2>\n{table(['standard', *words, 'all'], by_standard, 1)}"
        f"<h2>By reason</h2>\n{table(['reason', 'compat', 'remove'], reasons, 1)}"
        f"<h2>Headers</h2>\n<p>{installed} installed, {len(facts.pages) - installed} not.</p>\n"
    )
    return frame("Numbers", body)


def guide(writer: Writer, markdown: str) -> str:
    """The porting guide: headings, paragraphs, lists, tables and code, which is what it uses of Markdown."""
    out = []
    parts = re.split(r"^```([^\n]*)\n(.*?)^```$", markdown, flags=re.S | re.M)
    for number, part in enumerate(parts):
        if number % 3 == 2:
            label = LABELS.get(parts[number - 1], "")
            out.append(f'<p class="dim">{label}</p>\n<pre><code>{escape(part.rstrip(), quote=False)}</code></pre>\n')
        elif number % 3 == 0:
            out += [_block(block, writer) for block in re.split(r"\n\s*\n", part.strip())]
    return frame("Porting guide", "".join(out))


def _block(block: str, writer: Writer) -> str:
    if target := re.match(r'<a id="([\w-]+)"></a>\s*', block):
        return f'<div id="{target[1]}"></div>\n' + _block(block[target.end():], writer)
    if heading := re.fullmatch(r"(#+) +(.*)", block):
        level = min(len(heading[1]), 6)
        return f"<h{level}>{inline(heading[2], writer.address)}</h{level}>\n"
    if block.startswith("- "):
        items = (" ".join(item.split()) for item in re.split(r"^- ", block, flags=re.M)[1:])
        return "<ul>" + "".join(f"<li>{inline(item, writer.address)}</li>" for item in items) + "</ul>\n"
    if block.startswith("|"):
        cells = [[inline(cell.strip(), writer.address) for cell in line.strip("| ").split("|")]
                 for line in block.splitlines()]
        return table(cells[0], cells[2:], len(cells[0]))
    return paragraphs(block, writer.address)
