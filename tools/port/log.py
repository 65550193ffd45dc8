# SPDX-License-Identifier: BSD-2-Clause
"""Reads a compiler's messages from a log that was made without the assistant."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from . import PortError
from .catalogue import Catalogue
from .database import Database
from .diagnose import LONGEST_LINE, Reader
from .state import State

# So many uses or errors are kept in memory before they go into the database.
BATCH = 5000


def lines(stream: BinaryIO) -> Iterator[str]:
    """Lines, cut where no message could be: a log without line ends needs no memory either."""
    while line := stream.readline(LONGEST_LINE):
        yield line.decode("utf-8", "replace").rstrip("\n")
        while not line.endswith(b"\n") and (line := stream.readline(LONGEST_LINE)):
            pass


def read_log(name: str, catalogue: Catalogue, report: Callable[[Database], int]) -> int:
    """Report on a log. What it says is sorted in a database that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="cloudabi-port-") as folder:
        database = Database(State(Path(folder)), catalogue)
        with closing(database.db):
            try:
                if name == "-":
                    _take(sys.stdin.buffer, catalogue, database)
                else:
                    with open(name, "rb") as stream:
                        _take(stream, catalogue, database)
            except OSError as error:
                raise PortError(f"cannot read the log {name}: {error.strerror}") from error
            database.results()
            return report(database)


def _take(stream: BinaryIO, catalogue: Catalogue, database: Database) -> None:
    db = database.db
    db.execute("BEGIN")
    db.execute("INSERT INTO unit (id, key, type, source, failed, scanned) VALUES (1, 'log', 'log', '', 0, 1)")
    reader = Reader(catalogue)

    def flush() -> None:
        found = reader.found
        found.settle()
        db.executemany("INSERT INTO finding VALUES (1, ?, ?, ?, ?, ?, '')",
                       [use.fields() for use in found.uses.values()])
        db.executemany("INSERT INTO other VALUES (1, ?, ?, ?)", found.others + [
            ("", 0, f"undefined symbol: {name}") for name in found.undefined if name not in catalogue.entries])
        reader.reset()

    number = 0
    for number, line in enumerate(lines(stream), 1):
        reader.line(line)
        if len(reader.found) >= BATCH:
            flush()
    flush()
    database.put("lines", number)
    db.execute("COMMIT")
