# SPDX-License-Identifier: BSD-2-Clause
"""The report for a terminal."""

from __future__ import annotations

from typing import TextIO

from .model import Report, places
from .summary import USED, count

WIDTH = 30
MOST_OTHERS = 20
LONGEST = 60  # of a condition; machines get all of it


class Paper:
    """Writes lines, in colour only on a terminal."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.colour = out.isatty()

    def line(self, text: str = "") -> None:
        self.out.write(text + "\n")

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def title(self, text: str) -> None:
        self.line()
        self.line(self.paint(text, "1"))


def bar(left: int, before: int) -> str:
    """How much of what there was is gone."""
    done = max(0, before - left) * WIDTH // before if before else WIDTH
    return f"[{'#' * done}{'.' * (WIDTH - done)}]"


def write(report: Report, out: TextIO) -> None:
    paper = Paper(out)
    _totals(report, paper)
    if report.summary.total.uses:
        _files(report, paper)
        _capabilities(report, paper)
    _hidden(report, paper)
    _probes(report, paper)
    _others(report, paper)


def _totals(report: Report, paper: Paper) -> None:
    summary = report.summary
    total = summary.total
    paper.line(paper.paint(summary.headline, "1"))
    paper.line(summary.compilations)
    if summary.unseen:
        paper.line(summary.unseen)
    if summary.compiled and (total.uses or total.hidden):
        paper.line(f"files are named from {report.root} on")
    if summary.first is not None and summary.previous is not None:
        paper.line(f"{bar(total.uses, summary.first)} {total.uses} left: {summary.previous} at the last run, "
                   f"{summary.first} at the first")
    for text in summary.errors:
        paper.line(paper.paint("incomplete: ", "31") + text)
    for text in summary.warnings:
        paper.line(paper.paint("note: ", "33") + text)
    if summary.capabilities:
        paper.line()
        paper.line(f"{'needs':18}{'uses':>7}{'with --compat':>15}{'files':>7}{'hidden':>8}{'probed':>8}")
    for key, of in summary.capabilities.items():
        title = report.catalogue.capabilities[key].title
        paper.line(f"{title:18}{of.uses:7}{of.uses - of.compat:15}{of.files:7}{of.hidden:8}{of.probed:8}")


def _files(report: Report, paper: Paper) -> None:
    paper.title("By file")
    for file, groups in report.by_file(USED):
        paper.line(paper.paint(report.path(file), "36"))
        heading = ""
        for group in groups:
            if group.capability != heading:
                heading = group.capability
                paper.line(f"  {report.catalogue.capabilities[heading].title}")
            paper.line(f"    {group.name} ({places(group.lines)}): {report.entry(group.name).sentence}")


def _capabilities(report: Report, paper: Paper) -> None:
    paper.title("By capability, with what takes its place ('cloudabi-port explain NAME' says more)")
    for key, number in report.summary.capabilities.items():
        if not number.uses:
            continue
        capability = report.catalogue.capabilities[key]
        paper.line(f"{paper.paint(capability.title, '36')}: {capability.grant}")
        paper.line(f"  guide: {report.guide.link(key)}")
        for name, uses, files in report.names(key):
            paper.line(f"  {uses:5} {name} in {count(files, 'file')}")


def _hidden(report: Report, paper: Paper) -> None:
    if not report.summary.total.hidden:
        return
    paper.title("Hidden by the preprocessor: compiled with other settings, or where a macro is used")
    for file, groups in report.by_file("kind = 'hidden'"):
        paper.line(paper.paint(report.path(file), "36"))
        for group in groups:
            short = [text if len(text) <= LONGEST else f"{text[:LONGEST]}..." for text in group.details[:3]]
            where = "; under ".join(short) + (" and others" if len(group.details) > 3 else "")
            title = report.catalogue.capabilities[group.capability].title
            paper.line(f"    {group.name} ({places(group.lines)}), {title}, under {where}")


def _probes(report: Report, paper: Paper) -> None:
    if not report.summary.total.probed:
        return
    texts = (("asked", "Probed for and absent: a configure step asked, and chose to do without"),
             ("used", "Used by a probe's own code, so that its answer was no whatever it asked"))
    for detail, text in texts:
        found = report.probed(detail)
        if not found:
            continue
        paper.title(text)
        for key, capability in report.catalogue.capabilities.items():
            names = [item.name for item in found if item.capability == key]
            if names:
                paper.line(f"  {capability.title}: {', '.join(names)}")


def _others(report: Report, paper: Paper) -> None:
    total = report.summary.others
    if not total:
        return
    paper.title("Other errors: some follow from the above, as a missing header's types")
    number = 0
    for number, (file, line, text) in enumerate(report.others(), 1):
        if number <= MOST_OTHERS:
            where = f"{report.path(file)}:{line}: " if file else ""
            paper.line(f"  {where}{text}")
    if number > MOST_OTHERS:
        paper.line(f"  and {number - MOST_OTHERS} more; --format json has them all")
