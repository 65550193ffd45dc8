# SPDX-License-Identifier: BSD-2-Clause
"""The report in SARIF 2.1.0, which editors and code-hosting sites show beside the source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO
from urllib.parse import quote

from ..database import Result
from .as_json import array
from .model import Report

LEVELS = {"use": "error", "header": "error", "link": "error", "hidden": "note", "probe": "note"}


def _rules(report: Report) -> Iterator[dict[str, Any]]:
    for (name,) in report.database.db.execute("SELECT DISTINCT name FROM result ORDER BY name"):
        entry = report.entry(name)
        capability = report.catalogue.capabilities[entry.capability]
        rule: dict[str, Any] = {
            "id": name, "shortDescription": {"text": entry.sentence},
            "fullDescription": {"text": f"{capability.title}: {capability.grant}"},
            "properties": {"tags": [entry.capability], "capability": entry.capability, "status": entry.status},
        }
        paragraph, uri = report.guide.paragraphs.get(entry.capability), report.guide.uri(entry.capability)
        if paragraph:
            rule["help"] = {"text": paragraph, "markdown": paragraph}
        if uri:
            rule["helpUri"] = uri
        yield rule


def _message(report: Report, item: Result) -> str:
    sentence = report.entry(item.name).sentence
    if item.kind == "hidden":
        return f"'{item.name}' is hidden by {item.detail or 'the preprocessor'}: {sentence}"
    if item.kind == "probe":
        how = "was probed for and is absent" if item.detail == "asked" else "is used by a configure step's probe"
        return f"'{item.name}' {how}: {sentence}"
    return f"'{item.name}': {sentence}"


def _result(report: Report, item: Result) -> dict[str, Any]:
    level = "warning" if item.compat and LEVELS[item.kind] == "error" else LEVELS[item.kind]
    found: dict[str, Any] = {"ruleId": item.name, "level": level, "message": {"text": _message(report, item)},
                             "properties": {"kind": item.kind, "capability": item.capability}}
    if item.file:
        path = report.path(item.file)
        place: dict[str, Any] = {"uri": quote(path)}
        if not path.startswith("/"):
            place["uriBaseId"] = "SOURCES"
        physical: dict[str, Any] = {"artifactLocation": place}
        if item.line:
            physical["region"] = {"startLine": item.line, **({"startColumn": item.column} if item.column else {})}
        found["locations"] = [{"physicalLocation": physical}]
    return found


def write(report: Report, out: TextIO) -> None:
    base = json.dumps({"SOURCES": {"uri": f"{report.root.as_uri()}/"}})
    notes = [{"level": "error", "message": {"text": text}} for text in report.summary.errors]
    notes += [{"level": "warning", "message": {"text": text}} for text in report.summary.warnings]
    run = json.dumps([{"executionSuccessful": report.summary.complete, "toolExecutionNotifications": notes}])
    out.write('{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "cloudabi-port", "rules": ')
    array(out, _rules(report))
    out.write(f'}}}}, "originalUriBaseIds": {base}, "invocations": {run}, "columnKind": "unicodeCodePoints", '
              '"results": ')
    array(out, (_result(report, item) for item in report.database.select("1")))
    out.write("}]}\n")
