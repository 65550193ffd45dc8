# SPDX-License-Identifier: BSD-2-Clause
"""The report as one HTML page that loads nothing, with the guide's paragraphs in it."""

from __future__ import annotations

from html import escape
from typing import TextIO

from .guide import to_html
from .model import Report, places
from .summary import USED

STYLE = """
:root { color-scheme: light dark; --line: #8884; --dim: #888; --good: #2a7; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font: .9em/1.4 ui-monospace, monospace; }
pre { padding: .7rem; border: 1px solid var(--line); overflow-x: auto; }
h3 { margin: 1.5rem 0 .3rem; } .dim { color: var(--dim); } progress { width: 20rem; accent-color: var(--good); }
.alert { border-left: .3rem solid #c60; padding-left: .7rem; }
"""


def _row(cells: list[str], tag: str = "td", first: int = 1) -> str:
    inner = "".join(f"<{tag}{' class=n' if first <= number else ''}>{cell}</{tag}>"
                    for number, cell in enumerate(cells))
    return f"<tr>{inner}</tr>\n"


def write(report: Report, out: TextIO) -> None:
    title = f"Ambient authority in {escape(report.root.name)}"
    out.write(f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
              f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>\n'
              f"<h1>{title}</h1>\n")
    _totals(report, out)
    if report.summary.total.uses:
        out.write("<h2>By file</h2>\n")
        _files(report, out, USED, False)
        _capabilities(report, out)
    if report.summary.total.hidden:
        out.write("<h2>Hidden by the preprocessor</h2>\n"
                  "<p>Compiled with other settings, or where a macro is used.</p>\n")
        _files(report, out, "kind = 'hidden'", True)
    _probes(report, out)
    _others(report, out)
    out.write("<h2>Guide</h2>\n")
    for key in report.summary.capabilities:
        text = report.guide.paragraphs.get(key) or f"# {report.catalogue.capabilities[key].title}"
        out.write(f'<section id="guide-{key}">{to_html(text)}</section>\n')
    out.write("</body></html>\n")


def _totals(report: Report, out: TextIO) -> None:
    summary, total = report.summary, report.summary.total
    out.write(f"<p><strong>{summary.headline}</strong>. {summary.compilations}. {summary.unseen}</p>\n")
    if summary.compiled:
        out.write(f"<p class=dim>Files are named from {escape(str(report.root))} on</p>\n")
    if summary.first is not None:
        done = max(0, summary.first - total.uses)
        out.write(f'<p><progress max="{max(summary.first, 1)}" value="{done}"></progress> {total.uses} left: '
                  f"{summary.previous} at the last run, {summary.first} at the first</p>\n")
    for text in (*summary.errors, *summary.warnings):
        out.write(f"<p class=alert>{escape(text)}</p>\n")
    if not summary.capabilities:
        return
    out.write("<table>" + _row(["needs", "uses", "with --compat", "files", "hidden", "probed"], "th"))
    for key, count in summary.capabilities.items():
        cells = (count.uses, count.uses - count.compat, count.files, count.hidden, count.probed)
        link = f'<a href="#guide-{key}">{escape(report.catalogue.capabilities[key].title)}</a>'
        out.write(_row([link, *map(str, cells)]))
    out.write("</table>\n")


def _files(report: Report, out: TextIO, where: str, hidden: bool) -> None:
    for file, groups in report.by_file(where):
        out.write(f"<h3><code>{escape(report.path(file))}</code></h3><table>\n")
        for group in groups:
            title = escape(report.catalogue.capabilities[group.capability].title)
            text = escape(report.entry(group.name).sentence)
            if hidden:
                text += f" <span class=dim>under {escape('; under '.join(group.details))}</span>"
            out.write(_row([f'<a href="#guide-{group.capability}">{title}</a>', f"<code>{escape(group.name)}</code>",
                            places(group.lines), text], first=9))
        out.write("</table>\n")


def _capabilities(report: Report, out: TextIO) -> None:
    out.write("<h2>By capability</h2>\n")
    for key, count in report.summary.capabilities.items():
        if count.uses:
            capability = report.catalogue.capabilities[key]
            names = ", ".join(f"<code>{escape(name)}</code> {uses}" for name, uses, _ in report.names(key))
            out.write(f'<h3><a href="#guide-{key}">{escape(capability.title)}</a></h3>'
                      f"<p>{escape(capability.grant)}</p><p>{names}</p>\n")


def _probes(report: Report, out: TextIO) -> None:
    texts = (("asked", "Probed for and absent", "A configure step asked, and chose to do without."),
             ("used", "Used by a probe's own code", "So that its answer was no, whatever it asked."))
    for detail, title, text in texts:
        found = report.probed(detail)
        if found:
            names = ", ".join(f"<code>{escape(item.name)}</code>" for item in found)
            out.write(f"<h2>{title}</h2><p>{text}</p><p>{names}</p>\n")


def _others(report: Report, out: TextIO) -> None:
    if not report.summary.others:
        return
    out.write("<h2>Other errors</h2><p>Some follow from the above, as a missing header's types.</p><ul>\n")
    for file, line, text in report.others():
        where = f"<code>{escape(report.path(file))}:{line}</code> " if file else ""
        out.write(f"<li>{where}{escape(text)}</li>\n")
    out.write("</ul>\n")
