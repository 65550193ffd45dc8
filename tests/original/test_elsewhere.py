#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs the C library's tests on another implementation of the ABI, which a program of the original's shape is.

What a test starts itself by proc_exec runs on this tree's implementation again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

RUN = Path(__file__).resolve().parents[1] / "libc/run.py"
STYLES = {"kernel": 0, "emulator": 1, "bare": 2}
TIMEOUT = 120
# Parts of tests that ask for what such an implementation lacks. They must fail, each of them, and end properly.
ACCEPT = {"socket/accept": {"a_connection", "nobody_waiting"}, "socket/socket": {"refusals"}, "unistd/edges": {"sockets"}}
LACKS: dict[str, dict[str, set[str]]] = {
    # no sock_accept
    "kernel": ACCEPT,
    # nor locks between processes; and threads run on stacks that the library does not know
    "emulator": ACCEPT | {"pthread/shared": {"attributes", "between_processes"},
                          "pthread/safestack": {"told_by_the_library"}},
    # nor advice, signals, and a UUID
    "bare": ACCEPT | {"capsicum/each_call": {"of_a_file"}, "constants/files": {"advice"}, "constants/memory": {"advice"},
                      "fcntl/fcntl": {"advice"}, "mman/mmap": {"anonymous", "refused", "advice_keeps_contents"},
                      "program/program": {"the_name_of_a_process"}, "signal/signal": {"default_actions"},
                      "unistd/edges": {"memory", "sockets"}},
}


def fails(args: argparse.Namespace, test: str) -> str:
    """What went wrong, or nothing."""
    command = [sys.executable, "-B", str(RUN), "--launcher", str(args.launcher), "--under", str(args.host),
               str(STYLES[args.style]), str(args.tests / test)]
    try:
        result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                                check=False, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"{test}: no end within {TIMEOUT} s"
    failed = {line.removeprefix("not ok ") for line in result.stdout.splitlines() if line.startswith("not ok ")}
    lacks = LACKS[args.style].get(test, set())
    if failed == lacks and result.returncode == (1 if lacks else 0):
        return ""
    lines = [line for line in result.stdout.splitlines() if not line.startswith("ok ")]
    return "\n".join([f"{test}: status {result.returncode}, expected to fail: {sorted(lacks)}", *lines, result.stderr])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True)
    parser.add_argument("--host", type=Path, required=True)
    parser.add_argument("--tests", type=Path, required=True)
    parser.add_argument("--style", choices=STYLES, required=True)
    parser.add_argument("names", nargs="+")
    args = parser.parse_args()
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        failures = list(filter(None, pool.map(lambda name: fails(args, name), args.names)))
    print("\n".join(failures))
    lacking = sum(map(len, LACKS[args.style].values()))
    print(f"{len(args.names) - len(failures)} of {len(args.names)} programs behave ({args.style}), "
          f"{lacking} parts without what they need")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
