# SPDX-License-Identifier: BSD-2-Clause
"""Finds the porting guide and takes it apart, so that reports can link to and contain it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PLACES = (PACKAGE.parents[2] / "share" / "doc" / "cloudabi" / "porting" / "guide.md",
          PACKAGE.parents[1] / "docs" / "porting" / "guide.md")
ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>$', re.MULTILINE)


@dataclass(frozen=True)
class Guide:
    """Paragraphs by anchor, as Markdown."""

    path: Path | None
    paragraphs: dict[str, str]

    @classmethod
    def find(cls) -> Guide:
        for path in PLACES:
            if path.is_file():
                parts = ANCHOR.split(path.read_text(encoding="utf-8"))
                return cls(path, {key: text.strip() for key, text in zip(parts[1::2], parts[2::2])})
        return cls(None, {})

    def link(self, anchor: str) -> str:
        """Where to read on, for text."""
        return f"{self.path}#{anchor}" if self.path else f"guide.md#{anchor}"

    def uri(self, anchor: str) -> str | None:
        return f"{self.path.as_uri()}#{anchor}" if self.path else None


def _inline(text: str) -> str:
    parts = re.split(r"`([^`]*)`", text)
    out = []
    for index, part in enumerate(parts):
        quoted = html.escape(part)
        if index % 2:
            out.append(f"<code>{quoted}</code>")
        else:
            quoted = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", quoted)
            out.append(re.sub(r"\[([^\]]+)\]\(#([\w-]+)\)", r'<a href="#guide-\2">\1</a>', quoted))
    return "".join(out)


def to_html(markdown: str) -> str:
    """Headings, paragraphs, lists and code: what the guide uses of Markdown."""
    out: list[str] = []
    for number, part in enumerate(re.split(r"^```(\w*[^\n]*)\n(.*?)^```$", markdown, flags=re.S | re.M)):
        if number % 3 == 2:
            out.append(f"<pre><code>{html.escape(part.rstrip())}</code></pre>")
        elif number % 3 == 0:
            for block in re.split(r"\n\s*\n", part.strip()):
                out.append(_block(block))
    return "\n".join(filter(None, out))


def _block(block: str) -> str:
    heading = re.match(r"(#+) +(.*)", block)
    if heading:
        level = min(len(heading[1]) + 1, 6)
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if block.startswith("- "):
        items = re.split(r"^- ", block, flags=re.M)[1:]
        return "<ul>" + "".join(f"<li>{_inline(' '.join(item.split()))}</li>" for item in items) + "</ul>"
    return f"<p>{_inline(' '.join(block.split()))}</p>" if block else ""
