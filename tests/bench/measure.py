# SPDX-License-Identifier: BSD-2-Clause
"""Numbers into claims: medians, ratios with their spread, the table, and what the machine was like."""

from __future__ import annotations

import os
import platform
import pwd
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


class BenchError(Exception):
    """A measurement could not be made; the text is for the user."""


@dataclass(frozen=True)
class Row:
    """One claim. `ratio` is ours through theirs: the median of the rounds' ratios, `low` and `high` its quartiles.

    Where nothing is compared, `theirs` and the ratio are None, and a target is a limit of `ours`.
    """

    group: str
    name: str
    unit: str
    ours: float
    theirs: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    target: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None if there is none."""
        value = self.ours if self.ratio is None else self.ratio
        return None if self.target is None else value <= self.target

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"met": self.met}


def compare(group: str, name: str, unit: str, ours: list[float], theirs: list[float], target: float | None = None) -> Row:
    """Compare two series round by round: what slows both in one round cancels out."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    low, middle, high = quartiles(ratios)
    return Row(group, name, unit, statistics.median(ours), statistics.median(theirs), middle, low, high, target)


def quartiles(values: list[float]) -> tuple[float, float, float]:
    """Return the three cuts; of a single value, that value."""
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def text_of(row: Row) -> list[str]:
    """Return the cells of a row."""
    verdict = {None: "", True: "met", False: "MISSED"}[row.met]
    limit = "" if row.target is None else f"{row.target:g}{'' if row.ratio is not None else ' ' + row.unit}"
    theirs = "" if row.theirs is None else f"{row.theirs:.1f}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    spread = "" if row.low is None else f"{row.low:.2f}-{row.high:.2f}"
    return [row.name, f"{row.ours:.1f}", theirs, row.unit, ratio, spread, limit, verdict]


def table(rows: list[Row], heads: dict[str, tuple[str, str]]) -> str:
    """Lay out all rows, each group under a line of its own; `heads` names its two contenders."""
    lines: list[str] = []
    for group in dict.fromkeys(row.group for row in rows):
        ours, theirs = heads[group]
        cells = [[group, ours, theirs, "", "ratio", "quartiles", "target", ""]]
        cells += [text_of(row) for row in rows if row.group == group]
        widths = [max(len(line[i]) for line in cells) for i in range(len(cells[0]))]
        for line in cells:
            name = line[0].ljust(widths[0])
            rest = [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
            lines.append("  ".join([name, *rest]).rstrip())
        lines.append("")
    return "\n".join(lines)


def take_precedence() -> None:
    """Keep others off the processor, where this user may; what is started from here on inherits it."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except PermissionError:
        pass  # the output says so


def busy_share(seconds: float) -> float:
    """Return which part of all processors' time went to somebody while this process slept."""

    def read() -> tuple[int, int]:
        with open("/proc/stat", encoding="ascii") as stream:
            values = [int(word) for word in stream.readline().split()[1:9]]
        return sum(values), values[3] + values[4]  # idle and waiting for a disk

    before = read()
    time.sleep(seconds)
    after = read()
    return 1 - (after[1] - before[1]) / max(1, after[0] - before[0])


def cpu_model() -> str:
    """Return the processor's name."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def machine() -> dict[str, Any]:
    """Describe where this runs, and how busy it is with other things."""
    uid = os.geteuid()
    user = "root" if uid == 0 else next((entry.pw_name for entry in pwd.getpwall() if entry.pw_uid == uid), str(uid))
    return {
        "kernel": platform.release(),
        "processor": cpu_model(),
        "processors": os.cpu_count(),
        "pinned_to": sorted(os.sched_getaffinity(0)),
        "user": user,
        "load_average": os.getloadavg()[0],
        "busy_before": busy_share(1.0),
    }
