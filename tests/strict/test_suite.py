#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs the C library's test programs where name spaces are denied, each under one way of denying them.

    test_suite.py LAUNCHER PROGRAM...

The launcher is not told: it has to find out, and to fall back to strict mode.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "run"))

from deny import CALLS  # noqa: E402

DENY = [sys.executable, "-B", str(TESTS / "run/deny.py")]
# As on a machine whose limit of user name spaces is 0, in a container, and in one that lets them be made only.
NEWUSER = "clone:0x10000000"
DENIALS = [(NEWUSER, errno.ENOSPC), ("unshare", errno.EPERM), ("open_tree", errno.EPERM)]
TIMEOUT = 120


def denied(denial: tuple[str, int], command: list[str]) -> subprocess.CompletedProcess[str]:
    call, error = denial
    return subprocess.run([*DENY, call, str(error), *command], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          errors="replace", check=False, timeout=TIMEOUT)


def fails(launcher: str, number: int, program: str) -> str:
    """What went wrong, or nothing."""
    denial = DENIALS[number % len(DENIALS)]
    command = [sys.executable, "-B", str(TESTS / "libc/run.py"), "--launcher", launcher, program]
    try:
        result = denied(denial, command)
    except subprocess.TimeoutExpired:
        return f"{program}: no end within {TIMEOUT} s"
    if result.returncode == 0:
        return ""
    lines = [line for line in result.stdout.splitlines() if not line.startswith("ok ")]
    return "\n".join([f"{program}: status {result.returncode} ({denial[0]}, {os.strerror(denial[1])})", *lines,
                      result.stderr])


def main() -> int:
    launcher, *programs = sys.argv[1:]
    for denial in DENIALS:
        assert denial[0].partition(":")[0] in CALLS
        check = denied(denial, [launcher, "--check"])
        if check.returncode != 0:
            print(f"SKIP: no strict mode on this machine: {check.stdout}")
            return 77
        first, second, *_ = check.stdout.splitlines()
        if first != "guarantee: strict" or not second.startswith("not full: "):
            print(f"{denial[0]} is denied, and --check says: {first}")
            return 1
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        failures = list(filter(None, pool.map(lambda item: fails(launcher, *item), enumerate(programs))))
    print("\n".join(failures))
    print(f"{len(programs) - len(failures)} of {len(programs)} programs pass in strict mode")
    return 1 if failures or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
