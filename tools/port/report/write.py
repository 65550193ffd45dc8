# SPDX-License-Identifier: BSD-2-Clause
"""Writes a report in the format that was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from .. import PortError
from ..catalogue import Catalogue
from ..database import Database
from . import as_html, as_json, as_sarif, as_text
from .guide import Guide
from .model import Report
from .summary import summarise

WRITERS: dict[str, Callable[[Report, TextIO], None]] = {
    "text": as_text.write, "html": as_html.write, "sarif": as_sarif.write, "json": as_json.write,
}
FORMATS = tuple(WRITERS)


def write(database: Database, catalogue: Catalogue, form: str, output: Path | None) -> int:
    """Write a report and return its exit status. A file is there whole or not at all."""
    report = Report(database, catalogue, summarise(database, catalogue), Guide.find(), database.root())
    if output is None:
        WRITERS[form](report, sys.stdout)
        sys.stdout.flush()
    else:
        try:
            new = output.with_name(f".{output.name}.{os.getpid()}")
            try:
                with new.open("w", encoding="utf-8", errors="replace") as file:
                    WRITERS[form](report, file)
                new.replace(output)
            finally:
                new.unlink(missing_ok=True)
        except OSError as error:
            raise PortError(f"cannot write {output}: {error.strerror}") from error
    for text in report.summary.errors:
        print(f"cloudabi-port: incomplete: {text}", file=sys.stderr)
    return report.summary.status()

