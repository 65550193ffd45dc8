# SPDX-License-Identifier: BSD-2-Clause
"""What the assistant keeps in `.cloudabi-port/` of a build folder.

Compilers run in parallel, so each appends whole lines to one journal under a lock. A line cut short
by a crash spoils no other: the next writer begins a new one, and readers count what they cannot read.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import PortError

NAME = ".cloudabi-port"
MARK = b".cloudabi_port_placeholder"
REFUSED = "refused"  # a link to the toolchain's headers that only refuse
# One compilation's record is far shorter; what is longer is not a record.
LONGEST_RECORD = 16 * 1024 * 1024
Record = dict[str, Any]
# The driver explains errors to people, in another pass of its own; reports do that here.
UNEXPLAINED = {"CLOUDABI_EXPLAIN": "no"}


def stamp(path: str) -> str:
    """What tells whether a file is still the same; empty if there is none."""
    try:
        info = os.stat(path)
    except OSError:
        return ""
    return f"{info.st_mtime_ns} {info.st_size}"


class State:
    """The folder and its parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = folder / "journal.jsonl"
        self.database = folder / "report.db"
        self.names = folder / "names.json"
        self.settings = folder / "settings.json"
        self.bin = folder / "bin"
        self.plain = folder / "plain"
        self.host = folder / "host"
        self.stubs = folder / "absent"
        self.configured = folder / "configured"

    def append(self, record: Record) -> None:
        """Add one record. The lock is held by the kernel, so it ends with its process."""
        data = json.dumps(record, separators=(",", ":")).encode() + b"\n"
        handle = os.open(self.journal, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            size = os.fstat(handle).st_size
            if size and os.pread(handle, 1, size - 1) != b"\n":
                data = b"\n" + data
            while data:
                data = data[os.write(handle, data):]
        finally:
            os.close(handle)

    def records(self, offset: int = 0) -> Iterator[tuple[int, Record | None]]:
        """Each record from `offset` on, with the offset behind it; None for an unreadable line."""
        if not self.journal.is_file():
            return
        with self.journal.open("rb") as file:
            file.seek(offset)
            while line := file.readline(LONGEST_RECORD):
                whole = line.endswith(b"\n")
                while not line.endswith(b"\n") and (line := file.readline(LONGEST_RECORD)):
                    pass
                try:
                    record = json.loads(line) if whole else None
                except ValueError:
                    record = None
                yield file.tell(), record if isinstance(record, dict) and "t" in record else None

    def read_settings(self) -> Record:
        try:
            data = json.loads(self.settings.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise PortError(f"{self.settings} is missing; run the build with cloudabi-port again") from error
        except ValueError as error:
            raise PortError(f"{self.settings} is damaged ({error}); remove {self.folder} and build again") from error
        return dict(data)


def find(folder: Path) -> State | None:
    """The state of this build folder or of one around it."""
    for place in (folder, *folder.parents):
        if (place / NAME / "settings.json").is_file():
            return State(place / NAME)
    return None


def below(folder: Path) -> list[Path]:
    """States in the folders just below, to name them in an error."""
    return sorted(path.parent.parent for path in folder.glob(f"*/{NAME}/settings.json"))
