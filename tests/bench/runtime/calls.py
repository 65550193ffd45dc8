# SPDX-License-Identifier: BSD-2-Clause
"""What single calls cost, against the same program run natively, and what the filter adds to them."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections import defaultdict
from pathlib import Path

from measure import BenchError, Row, compare
from startup import Places

GROUP = "a call"
FILTER = "the filter, natively"
TARGETS = defaultdict(lambda: 1.10, {"openat+close": 1.6})
# No target: no program that is one thread forever has a reason to lock.
WITHOUT_TARGET = {"lock+unlock, one thread"}

CONFIG = """\
out: !fd stdout
errors: !fd stderr
directory: !file {{path: {directory}, rights: [read, write]}}
"""


def run(command: list[str]) -> dict[str, float]:
    """Run a program that prints batches; return the median of each call."""
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise BenchError(f"{Path(command[0]).name} ended with {result.returncode}: {result.stderr.strip()}")
    batches: defaultdict[str, list[float]] = defaultdict(list)
    for line in result.stdout.splitlines():
        name, taken = line.split("\t")
        batches[name].append(float(taken))
    return {name: statistics.median(times) for name, times in batches.items()}


def rounds_of(commands: list[list[str]], rounds: int) -> list[dict[str, list[float]]]:
    """Run the commands in turn, each round beginning with another; return for each its calls' medians."""
    series: list[dict[str, list[float]]] = [{} for _ in commands]
    for turn in range(rounds + 1):
        for offset in range(len(commands)):
            number = (turn + offset) % len(commands)
            for name, taken in run(commands[number]).items():
                if turn > 0:  # the first warms up
                    series[number].setdefault(name, []).append(taken)
    return series


def measure(places: Places, rounds: int) -> list[Row]:
    """Compare the calls of one source, compiled for the target and for this machine."""
    folder = places.scratch / "calls"
    folder.mkdir(exist_ok=True)
    config = places.scratch / "calls.yaml"
    config.write_text(CONFIG.format(directory=json.dumps(str(folder))), encoding="utf-8")
    target = [str(places.launcher), "--config", str(config), str(places.programs / "target" / "calls")]
    native = [str(places.programs / "calls"), str(folder)]
    mine, theirs = rounds_of([target, native], rounds)
    return [
        compare(GROUP, name, "ns", mine[name], theirs[name], None if name in WITHOUT_TARGET else TARGETS[name])
        for name in mine
    ]


def measure_filter(places: Places, rounds: int) -> list[Row]:
    """Compare no filter, one that allows everything, ours, and ours with the kernel's bitmap out of use."""
    folder = places.scratch / "calls"
    folder.mkdir(exist_ok=True)
    modes = ("none", "any", "filter", "program")
    none, anything, bitmap, program = rounds_of(
        [[str(places.programs / "filter"), mode, str(folder)] for mode in modes], rounds)
    rows = [compare(FILTER, name, "ns", bitmap[name], none[name]) for name in none]
    rows += [compare(FILTER, f"{name}, any filter", "ns", anything[name], none[name]) for name in none]
    return rows + [compare(FILTER, f"{name}, no bitmap", "ns", program[name], none[name]) for name in none]
