#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Programs that try to outlive their launcher, or to keep it from ending."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from processes import started_as  # noqa: E402
from run import as_ordinary, install  # noqa: E402
from tally import conclude_unittest  # noqa: E402

LAUNCHER, PROGRAM = Path(), Path()
MODE: list[str] = []
PATIENCE = 4


def alive() -> list[int]:
    """The processes of the sandbox."""
    return started_as(PROGRAM)


class Outlive(unittest.TestCase):
    def start(self, way: str) -> subprocess.Popen[str]:
        process = subprocess.Popen([LAUNCHER, *MODE, PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        assert process.stdin and process.stdout
        process.stdin.write(f"[!fd stdout, {way}]")
        process.stdin.close()
        self.assertEqual(process.stdout.readline(), "ready\n")
        process.stdout.close()
        return process

    def assert_ends(self, process: subprocess.Popen[str], status: int) -> None:
        try:
            self.assertEqual(process.wait(PATIENCE), status)
        except subprocess.TimeoutExpired:
            self.fail("the launcher does not end")

    def assert_nothing_is_left(self) -> None:
        deadline = time.monotonic() + 2
        while (left := alive()) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertEqual(left, [], "processes of the sandbox are left")
        # What forks and exits has no number for long: look more than once.
        for _ in range(20):
            self.assertEqual(alive(), [])

    def test_no_core_dump(self) -> None:
        # A limit of 1 is what keeps the kernel from starting a helper (core(5)).
        process = self.start("orphan")
        for pid in alive():
            # What is not dumpable belongs to root here. In strict mode the supervisor has to look into it.
            if not MODE:
                self.assertEqual(Path(f"/proc/{pid}/limits").stat().st_uid, 0)
            limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
            self.assertIn(["1", "1"], [line.split()[4:6] for line in limits if "core file" in line])
        process.terminate()

    def test_comet(self) -> None:
        self.assert_ends(self.start("comet"), 0)
        self.assert_nothing_is_left()

    def test_swarm(self) -> None:
        self.assert_ends(self.start("swarm"), 0)
        self.assert_nothing_is_left()

    def test_launcher_is_ended_amid_a_swarm(self) -> None:
        process = self.start("swarm orphan")
        process.terminate()
        self.assert_ends(process, 128 + signal.SIGTERM)
        self.assert_nothing_is_left()

    def test_hidden(self) -> None:
        self.assert_ends(self.start("hidden"), 0)
        self.assert_nothing_is_left()

    def test_launcher_is_killed(self) -> None:
        process = self.start("orphan")
        self.assertEqual(len(alive()), 2)
        process.kill()
        self.assert_ends(process, -signal.SIGKILL)
        self.assert_nothing_is_left()

    def test_launcher_is_killed_amid_a_swarm(self) -> None:
        process = self.start("swarm orphan")
        process.kill()
        self.assert_ends(process, -signal.SIGKILL)
        self.assert_nothing_is_left()

    def test_helper_is_lost(self) -> None:
        process = self.start("orphan")
        (helper,) = (pid for pid in started_as(LAUNCHER) if pid != process.pid)
        os.kill(helper, signal.SIGKILL)
        if MODE:  # the reaper
            process.terminate()
        # In full mode it is process 1, and all end with it.
        self.assert_ends(process, 128 + (signal.SIGTERM if MODE else signal.SIGKILL))
        self.assert_nothing_is_left()

    def test_stopped_program_can_be_ended(self) -> None:
        process = self.start("stopped")
        time.sleep(0.1)
        process.terminate()
        self.assert_ends(process, 128 + signal.SIGTERM)
        self.assert_nothing_is_left()

    def test_deaf_program_can_be_ended(self) -> None:
        process = self.start("deaf")
        process.terminate()
        self.assert_ends(process, 128 + signal.SIGKILL)
        self.assert_nothing_is_left()


def run_tests() -> int:
    result = unittest.main(argv=sys.argv[:1], verbosity=2, exit=False).result
    return 0 if conclude_unittest(result) and result.wasSuccessful() else 1


def main() -> int:
    global LAUNCHER, PROGRAM, MODE
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    MODE = ["--strict"] if args.mode == "strict" else []
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/outlive-self is this test")
        return 77
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        LAUNCHER, PROGRAM = install(args.launcher, args.program, Path(scratch))
        if args.user == "ordinary":
            return as_ordinary(Path(scratch), run_tests)
        return run_tests()


if __name__ == "__main__":
    sys.exit(main())
