# SPDX-License-Identifier: BSD-2-Clause
"""The report for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TextIO

from ..database import Result
from .model import Report
from .summary import Count

VERSION = 1


def _count(count: Count) -> dict[str, int]:
    return {**asdict(count), "remaining": count.uses - count.compat}


def _result(report: Report, item: Result) -> dict[str, Any]:
    entry = report.entry(item.name)
    found: dict[str, Any] = {
        "name": item.name, "kind": item.kind, "capability": item.capability, "reason": entry.reason or None,
        "message": entry.sentence, "compat": item.compat, "guide": report.guide.link(item.capability),
    }
    if item.kind == "probe":
        found["probe"] = item.detail
        return found
    found |= {"file": report.path(item.file), "line": item.line, "column": item.column}
    if item.kind == "hidden":
        found["condition"] = item.detail
    return found


def array(out: TextIO, items: Iterable[object]) -> None:
    """Write a list one item at a time."""
    out.write("[")
    for number, item in enumerate(items):
        out.write(("," if number else "") + "\n  " + json.dumps(item))
    out.write("]")


def write(report: Report, out: TextIO) -> None:
    summary = report.summary
    head: dict[str, Any] = {
        "version": VERSION, "root": str(report.root), "compiled": summary.compiled, "failed": summary.failed,
        "complete": summary.complete, "incomplete": summary.errors, "notes": summary.warnings,
        "totals": {**_count(summary.total), "authority": summary.authority},
        "progress": {"first": summary.first, "previous": summary.previous, "now": summary.total.uses},
        "capabilities": [
            {"id": key, "title": report.catalogue.capabilities[key].title,
             "authority": report.catalogue.capabilities[key].authority,
             "grant": report.catalogue.capabilities[key].grant, **_count(count)}
            for key, count in summary.capabilities.items()],
    }
    out.write("{")
    for key, value in head.items():
        out.write(f"\n {json.dumps(key)}: {json.dumps(value)},")
    for key, items in (("uses", report.uses()), ("hidden", report.hidden()),
                       ("probed", report.database.select("kind = 'probe'"))):
        out.write(f'\n "{key}": ')
        array(out, (_result(report, item) for item in items))
        out.write(",")
    out.write('\n "otherErrors": ')
    array(out, ({"file": report.path(file) if file else None, "line": line, "message": text}
                for file, line, text in report.others()))
    out.write("\n}\n")
