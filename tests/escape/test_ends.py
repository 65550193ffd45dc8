#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Launchers that are killed at any moment of a start, and signals from outside to each process of a sandbox: all of
it ends. (What tries to outlive a launcher by itself is in test_outlive.py.)"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from run import as_ordinary, install
from sandboxes import Sandbox, left_of, status, wait_until_none
from tally import Tally

CONFIG = "[!fd stdout, !file {{path: {base}}}, {way}]"
WAYS = ("orphan", "swarm orphan", "stopped", "hidden orphan", "comet")
KILLS = 50
SIGNALS = (signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGSEGV, signal.SIGALRM, signal.SIGSTOP)
PATIENCE = 8
# In strict mode, who may end or stop the process that sees to the end of all, and the launcher too, keeps the others
# alive: they stay as confined as they were. From inside the sandbox neither can be done.
HELPERS = {"full": "init", "strict": "reaper"}
KNOWN = {"full": set[str](), "strict": {"SIGKILL-to-reaper", "SIGSTOP-to-reaper"}}


class Ends:
    def __init__(self, launcher: Path, program: Path, base: Path, mode: str) -> None:
        self.launcher, self.program, self.base, self.mode = launcher, program, base, mode
        # Whatever belongs to this test was started by a name below here.
        self.folder = launcher.parents[1]
        self.lines: list[str] = []

    def start(self, way: str) -> Sandbox:
        config = CONFIG.format(base=self.base, way=way)
        return Sandbox(self.launcher, self.program, self.mode, config, self.base, stderr=subprocess.DEVNULL)

    def typical_time(self) -> float:
        """From the launcher's start to the program's first word."""
        took = []
        for _ in range(5):
            begun = time.monotonic()
            sandbox = self.start("orphan")
            sandbox.line()
            took.append(time.monotonic() - begun)
            sandbox.end()
            wait_until_none(self.folder, PATIENCE)
        return min(took)

    def killed_at_random(self, number: signal.Signals, count: int) -> None:
        whole = self.typical_time()
        rng = random.Random(count)
        ended = 0
        for i in range(count):
            sandbox = self.start(WAYS[i % len(WAYS)])
            # Somewhat more than a start takes, so that some are at work.
            time.sleep(rng.random() * 1.5 * whole)
            sandbox.process.send_signal(number)
            if number == signal.SIGSTOP:
                sandbox.process.kill()
            sandbox.process.wait()
            if left := wait_until_none(self.folder, PATIENCE):
                self.lines.append(f"through {number.name}-at-random # {[status(pid)[:2] for pid in left]}")
                for pid in left:
                    os.kill(pid, signal.SIGKILL)
            else:
                ended += 1
            sandbox.end()
        self.lines.append(f"tally {number.name}-at-random {count} {ended} 0")

    def signalled(self, role: str, number: signal.Signals) -> None:
        """A signal from outside to one process, then to the launcher what ends it in any case."""
        name = f"{number.name}-to-{role}"
        sandbox = self.start("orphan")
        sandbox.line()
        roles = sandbox.roles()
        pid = roles.get("helper-0" if role == HELPERS[self.mode] else role)
        if pid is None:
            self.lines.append(f"not ok {name} # there is none")
            sandbox.end()
            return
        os.kill(pid, number)
        time.sleep(0.01)
        sandbox.process.kill()
        sandbox.process.wait()
        left = wait_until_none(self.folder, 1 if name in KNOWN[self.mode] else PATIENCE)
        self.lines.append(f"{'not ok' if left else 'ok'} {name} # {[status(one)[:2] for one in left]}")
        for one in left:
            os.kill(one, signal.SIGKILL)
        wait_until_none(self.folder, PATIENCE)
        sandbox.end()


def run(launcher: Path, program: Path, base: Path, mode: str) -> int:
    ends = Ends(launcher, program, base, mode)
    ends.killed_at_random(signal.SIGKILL, KILLS)
    ends.killed_at_random(signal.SIGTERM, KILLS // 5)
    ends.killed_at_random(signal.SIGSTOP, KILLS // 5)
    for role in ("launcher", "worker-0", "worker-1", HELPERS[mode]):
        for number in SIGNALS:
            ends.signalled(role, number)
    if left := left_of(ends.folder):
        ends.lines.append(f"not ok processes-left # {left}")
    print("\n".join(ends.lines))
    tally = Tally.of(ends.lines)
    problems = [f"no longer possible, so docs/security.md should promise it: {name}"
                for name in sorted(KNOWN[mode] - set(tally.through))]
    problems += tally.conclude(KNOWN[mode])
    for problem in problems:
        print(f"FAILED: {problem}")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/ends-self is this test")
        return 77
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, program = install(args.launcher, args.program, Path(scratch, "installed"))
        base = Path(scratch, "world")
        base.mkdir()
        if args.user == "ordinary":
            return as_ordinary(base, lambda: run(launcher, program, base, args.mode))
        return run(launcher, program, base, args.mode)


if __name__ == "__main__":
    sys.exit(main())
