# SPDX-License-Identifier: BSD-2-Clause
"""The page of one header: what is there, what only --compat has, what is left out and why."""

from __future__ import annotations

from html import escape

from .facts import Facts, Item, Page, blocks, by_sentence
from .markup import anchor, declaration, filter_box, frame, inline, paragraphs, status

PARTS = (("functions", "Functions, objects and macros"), ("types", "Types"), ("constants", "Constants"))
NAMES = ' class="names"'
SOURCES = {
    "musl": "It is musl's, with what this library adds to it and refuses in it.",
    "ours": "It was written for this library.",
    "compiler": "It comes with the compiler.",
}
WHOLE = ("Its constants and types are all there, since they describe a format, a protocol or the language; only "
         "exceptions are listed here.")


class Writer:
    """Knows where other names have their pages."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def address(self, name: str) -> str | None:
        """Where a name is described: in its own header first."""
        header = self.facts.home.get(name)
        return f"{self.facts.pages[header].file}.html#{anchor(name)}" if header else None

    def page(self, page: Page) -> str:
        compat, removed = page.with_status("compat"), page.with_status("remove")
        parts = [self._there(page), self._compat(compat), self._left_out(removed)]
        counts = [(len(page.offered), "there", "what-is-there"), (len(compat), "only with --compat", "with-compat"),
                  (len(removed), "left out", "what-is-left-out")]
        menu = " ".join(f'<a href="#{target}">{count} {words}</a>' for count, words, target in counts if count)
        title = f"<h1><code>&lt;{escape(page.name)}&gt;</code></h1>\n"
        box = filter_box("Filter this page") if page.offered or page.refused else ""
        body = title + self._state(page) + (f"<nav>{menu}</nav>\n" if menu else "") + box + "".join(parts)
        return frame(f"<{page.name}>", body, script=bool(box))

    def _state(self, page: Page) -> str:
        if page.header.installed:
            text = f"<p>This header is installed. {SOURCES[page.header.source]}"
            note = f" {escape(page.header.note).capitalize()}." if page.header.note else ""
            text += f"{note}</p>\n"
            if page.header.values == "whole":
                text += f"<p>{WHOLE}</p>\n"
        else:
            target, title = self.facts.paragraph(f"<{page.name}>")
            text = (f"<p><strong>This header is not installed.</strong> What it is for: {escape(page.header.note)}. "
                    f'Including it is an error. What to do instead: <a href="guide.html#{target}">{title}</a>.</p>\n')
        return text + paragraphs(page.intro, self.address)

    def _there(self, page: Page) -> str:
        if not page.offered:
            return ""
        out = ['<section data-part="there"><h2 id="what-is-there">What is there</h2>\n']
        for key, heading in PARTS:
            items = [item for item in page.offered if part_of(item) == key]
            if not items:
                continue
            out.append(f'<section data-part="{key}"><h3 id="offered-{key}">{heading}</h3>\n')
            remark = ""
            for block in blocks(items):
                if block[0].remark and block[0].remark != remark:
                    remark = block[0].remark
                    out.append(paragraphs(remark, self.address))
                out.append(self._block(block))
            out.append("</section>\n")
        return "".join(out) + "</section>\n"

    def _block(self, block: list[Item]) -> str:
        """With a comment, one entry; without, each line is one."""
        whole = ' data-filter=""' if block[0].comment else ""
        each = "" if whole else ' data-filter=""'
        lines = "".join(f'<li id="{anchor(item.row.name)}"{each}>{declaration(item.text, item.row.name)} '
                        f"{status(item.row.status)} <small>{self._notes(item)}</small></li>\n" for item in block)
        comment = paragraphs(block[0].comment, self.address)
        return f'<div class="entry"{whole}><ul>\n{lines}</ul>\n{comment}</div>\n'

    def _notes(self, item: Item) -> str:
        notes = [item.origin]
        if item.row.when:
            notes.append(escape(self.facts.conditions[item.row.when]))
        if item.row.also:
            notes.append(f'the one of <a href="{self.address(item.row.name)}"><code>'
                         f"&lt;{escape(self.facts.home[item.row.name])}&gt;</code></a>")
        return "; ".join(notes)

    def _compat(self, items: list[Item]) -> str:
        if not items:
            return ""
        return ('<section data-part="compat"><h2 id="with-compat">Only with <code>--compat</code></h2>\n'
                "<p>For programs that cannot be changed now. Without the switch there is neither declaration nor "
                f"symbol.</p>\n{self._by_reason(items)}</section>\n")

    def _left_out(self, items: list[Item]) -> str:
        if not items:
            return ""
        return ('<section data-part="left-out"><h2 id="what-is-left-out">What is left out, and why</h2>\n'
                f"{self._by_reason(items)}</section>\n")

    def _by_reason(self, items: list[Item]) -> str:
        out = []
        for reason, meaning in self.facts.reasons.items():
            chosen = [item for item in items if item.row.reason == reason]
            if chosen:
                out.append(f'<section data-part="{reason}"><h3>{reason}</h3>\n<p class="dim">{escape(meaning)}</p>\n')
                out += [self._refusal(group) for group in by_sentence(chosen)]
                out.append("</section>\n")
        return "".join(out)

    def _refusal(self, group: list[Item]) -> str:
        """Names that share a sentence; those without a declaration stand several to a line."""
        short = all(item.text == item.row.name for item in group)
        lines = "".join(self._refused_line(item, short) for item in group)
        links = dict(self.facts.paragraph(item.row.name) for item in group)
        guide = ", ".join(f'<a href="guide.html#{key}">{title}</a>' for key, title in links.items())
        return (f'<div class="entry" data-filter=""><ul{NAMES if short else ""}>\n{lines}</ul>\n'
                f"<p>{status(group[0].row.status)} {inline(group[0].row.message, self.address)} "
                f"<small>(guide: {guide})</small></p></div>\n")

    def _refused_line(self, item: Item, short: bool) -> str:
        notes = "" if short and not item.row.also else f" <small>{self._notes(item)}</small>"
        return f'<li id="{anchor(item.row.name)}">{declaration(item.text, item.row.name)}{notes}</li>\n'


def part_of(item: Item) -> str:
    kind = item.row.kind.partition("+")[0]
    return {"type": "types", "constant": "constants"}.get(kind, "functions")
