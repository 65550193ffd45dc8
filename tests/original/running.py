# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of this folder share: who runs a program, in which mode, and what it said."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ORDINARY = 64021  # far above what accounts use
MODES = {"full": [], "strict": ["--strict"]}
SKIP = 77


def arguments(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--ours", type=Path, required=True, help="where starter and with_main are")
    parser.add_argument("--user", choices=["self", "ordinary"], required=True)
    parser.add_argument("programs", type=Path, nargs="+")
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: only root can become another user")
        sys.exit(SKIP)
    return args


def copy(source: Path, target: Path) -> Path:
    """Others may use it, even when the build's umask kept its files from them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o755)
    return target


@dataclass
class Place:
    """A directory that belongs to the user who runs the programs, with what is run in it."""

    root: Path
    user: str
    checks: int = 0
    failures: int = 0
    runs: int = 0

    @property
    def launcher(self) -> Path:
        return self.root / "bin/cloudabi-run"

    def become(self) -> None:
        os.setgroups([])
        os.setgid(ORDINARY)
        os.setuid(ORDINARY)

    def own(self, path: Path) -> Path:
        if self.user == "ordinary":
            os.chown(path, ORDINARY, ORDINARY)
        return path

    def run(self, mode: str, program: Path, config: str, timeout: int = 60) -> subprocess.CompletedProcess[str]:
        return subprocess.run([self.launcher, *MODES[mode], program], input=config, capture_output=True, text=True,
                              errors="replace", check=False, timeout=timeout,
                              preexec_fn=self.become if self.user == "ordinary" else None)

    def judge(self, name: str, result: subprocess.CompletedProcess[str]) -> None:
        """Counts what the program checked; all must hold, and it must have come to its end."""
        lines = result.stdout.splitlines()
        passed = sum(line.startswith("ok ") for line in lines)
        end = re.search(r"^# (\d+) passed, 0 failed$", result.stdout, re.M)
        self.runs += 1
        self.checks += passed
        if result.returncode == 0 and end and int(end[1]) == passed > 0:
            print(f"ok {name}: {passed} checks")
            return
        self.failures += 1
        print(f"not ok {name}: status {result.returncode}, {passed} checks passed")
        print("".join(f"# {line}\n" for line in lines if not line.startswith("ok ")) + result.stderr)

    def refused(self, name: str, result: subprocess.CompletedProcess[str], reason: str) -> None:
        """The launcher must say why, and the program must not have run."""
        right = result.returncode != 0 and reason in result.stderr and not result.stdout
        self.checks += right
        self.failures += not right
        print(f"{'ok' if right else 'not ok'} {name}: refused")
        if not right:
            print(f"# status {result.returncode}: {result.stdout}{result.stderr}")

    def finish(self) -> int:
        print(f"{self.checks} checks passed in {self.runs} runs, {self.failures} runs failed")
        return 1 if self.failures or not self.runs else 0


@contextmanager
def place(args: argparse.Namespace) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="cloudabi-original-") as name:
        here = Place(Path(name), args.user)
        here.root.chmod(0o755)
        copy(args.launcher, here.launcher)
        copy(args.launcher.resolve().parents[1] / "lib/cloudabi/loader", here.root / "lib/cloudabi/loader")
        for mode in MODES:
            check = subprocess.run([here.launcher, *MODES[mode], "--check"], capture_output=True, text=True, check=False,
                                   preexec_fn=here.become if args.user == "ordinary" else None)
            if check.returncode != 0:
                print(f"SKIP: no {mode} mode here: {check.stdout}{check.stderr}")
                sys.exit(SKIP)
        yield here
