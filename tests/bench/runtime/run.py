#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Measures the runtime against its peers, all in one run. The exit status says only whether it ran."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import calls
import memory
import startup
from measure import BenchError, Row, machine, table
from startup import Places

HEADS = {
    startup.GROUP: ("sandboxed", "peer"),
    calls.GROUP: ("sandboxed", "native"),
    calls.FILTER: ("filtered", "bare"),
    memory.GROUP: ("resident", ""),
}


def describe(where: dict[str, Any]) -> str:
    """Say in a line or two under which conditions the figures were taken."""
    return (
        f"Linux {where['kernel']}, {where['processor']}, {where['processors']} processors; "
        f"as {where['user']}, pinned to processor {where['pinned_to'][0]}, {where['priority']}\n"
        f"the machine before: {where['busy_before']:.0%} busy, load average {where['load_average']:.1f}; "
        f"after: {where['load_average_after']:.1f}"
    )


def run(places: Places, loader: Path, arguments: argparse.Namespace) -> tuple[list[Row], dict[str, str]]:
    """Measure everything."""
    started, missing = startup.measure(places, arguments.starts)
    rows = started + calls.measure(places, arguments.rounds) + calls.measure_filter(places, arguments.rounds)
    held, unknown = memory.measure(places, loader)
    return rows + held, missing | unknown


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prefix", type=Path, required=True, help="the installation to measure")
    parser.add_argument("--programs", type=Path, required=True, help="folder of the built programs")
    parser.add_argument("--starts", type=int, default=300, help="starts of each contender")
    parser.add_argument("--rounds", type=int, default=20, help="runs of each program that times calls")
    parser.add_argument("--cpu", type=int, default=max(os.sched_getaffinity(0)), help="processor to use")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    arguments = parser.parse_args(argv)
    if min(arguments.starts, arguments.rounds) < 1:
        parser.error("--starts and --rounds need numbers of at least 1")
    return arguments


def main(argv: list[str] | None = None) -> int:
    arguments = parse(argv)
    try:
        os.sched_setaffinity(0, {arguments.cpu})
    except OSError as error:
        print(f"bench: processor {arguments.cpu}: {error.strerror}", file=sys.stderr)
        return 1
    prefix = arguments.prefix.resolve()
    launcher, loader = prefix / "bin" / "cloudabi-run", prefix / "lib" / "cloudabi" / "loader"
    check = subprocess.run([launcher, "--check"], capture_output=True, text=True, check=False)
    if check.returncode != 0:
        print(f"bench: no program can be started here:\n{check.stdout}{check.stderr}", file=sys.stderr, end="")
        return 1
    where = machine()
    with tempfile.TemporaryDirectory(prefix="cloudabi-bench-") as scratch:
        places = Places(arguments.programs.resolve(), launcher, Path(scratch))
        try:
            rows, missing = run(places, loader, arguments)
        except BenchError as error:
            print(f"bench: {error}", file=sys.stderr)
            return 1
    alone = os.sched_getscheduler(0) == os.SCHED_FIFO
    where["priority"] = "before all other work" if alone else "at the priority of other work"
    where["load_average_after"] = os.getloadavg()[0]
    print(table(rows, HEADS))
    for name, reason in missing.items():
        print(f"missing: {name}: {reason}")
    print(describe(where))
    if arguments.json is not None:
        report = {"machine": where, "rows": [row.as_json() for row in rows], "missing": missing}
        arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
