# SPDX-License-Identifier: BSD-2-Clause
"""Which processes run, seen from outside the sandbox."""

from __future__ import annotations

import os
from pathlib import Path


def started_as(name: str | Path) -> list[int]:
    """The processes with this program name. A dead one that nobody has reaped yet has none."""
    found = []
    for entry in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if Path("/proc", entry, "cmdline").read_bytes().startswith(os.fsencode(name) + b"\0"):
                found.append(int(entry))
        except OSError:  # it ended meanwhile
            continue
    return found
