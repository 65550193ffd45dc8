#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Run the attacks in the sandbox; every one must be refused, and nothing outside may change.

Exit status 0 if so, 1 if not, 77 (with the reason) if they cannot be run as asked.
"""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tally import Tally
from world import CONFIG, World

# Far above what accounts use, and without an entry in any of them.
ORDINARY = 64017
# What Linux does not keep a program from; docs/security.md says so.
KNOWN: dict[tuple[str, str], set[str]] = {
    ("attack", "full"): {"named-pipe-for-writing"},
    # No mount keeps files from being mapped for execution. Nothing but their code runs then, which could as well be
    # copied to memory; as programs they are not started.
    ("attack", "strict"): {"map-for-execution", "map-granted-file-for-execution"},
    # What exists anywhere, its attributes, and the times of files; the other end of its own pipes.
    ("exhaust", "weak"): {"handles-looking", "handles-once-more"},
}
EXPECTED_ATTEMPTS = {"attack": 240, "exhaust": 170000}


def become_ordinary() -> None:
    os.setgroups([])
    os.setgid(ORDINARY)
    os.setuid(ORDINARY)


def copy(source: Path, target: Path) -> None:
    """Others may use it, even when the build's umask kept its files from them."""
    shutil.copyfile(source, target)
    target.chmod(0o755)


def install(launcher: Path, program: Path, to: Path) -> tuple[Path, Path]:
    """Copy what is run to where an ordinary user can reach it."""
    root = launcher.resolve().parent.parent
    for name in ("bin/cloudabi-run", "lib/cloudabi/loader"):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        copy(root / name, to / name)
    copy(program, to / program.name)
    return to / "bin/cloudabi-run", to / program.name


def weak(launcher: Path) -> Path:
    """A launcher where neither mode can be had, which is told to go on."""
    deny = launcher.parent / "deny.py"
    copy(Path(__file__).resolve().parent.parent / "run/deny.py", deny)
    wrapper = launcher.parent / "weak"
    denials = " ".join(f"{sys.executable} {deny} {call} {error}"
                       for call, error in (("unshare", errno.ENOSPC), ("seccomp", errno.EINVAL)))
    wrapper.write_text(f'#!/bin/sh\nexec {denials} {launcher} --weak "$@"\n')
    wrapper.chmod(0o755)
    return wrapper


def attack(launcher: Path, program: Path, base: Path, mode: str) -> tuple[int, str]:
    options = ["--strict"] if mode == "strict" else []
    result = subprocess.run([launcher, *options, program], input=CONFIG.format(base=base), text=True,
                            stdout=subprocess.PIPE, check=False, timeout=100,
                            env=os.environ | {"CLOUDABI_ESCAPE_CANARY": "in the launcher's environment"})
    return result.returncode, result.stdout


def judge(status: int, lines: list[str], tally: Tally, program: str, mode: str) -> list[str]:
    known = KNOWN.get((program, mode), set())
    found = [f"no longer possible, so docs/security.md should promise it: {name}"
             for name in sorted(known - set(tally.through))]
    if status != 0:
        found.append(f"the attack ended with status {status} before it was done")
    names = [line.split()[1] for line in lines if line.startswith("ok ")]
    if len(names) != len(set(names)):
        found.append("two attempts have one name")
    if tally.attempted < EXPECTED_ATTEMPTS[program]:
        found.append(f"only {tally.attempted} attempts of at least {EXPECTED_ATTEMPTS[program]} were made")
    return found + tally.conclude(known)


def run(launcher: Path, program: Path, base: Path, mode: str) -> int:
    world = World(base, times=mode != "weak")
    try:
        status, output = attack(launcher, program, base, mode)
        world.stop()
        damage = world.damage()
    finally:
        world.close()
    print(output, end="")
    lines = output.splitlines()
    problems = damage + judge(status, lines, Tally.of(lines), program.name, mode)
    for problem in problems:
        print(f"FAILED: {problem}")
    return 1 if problems else 0


def make_base(base: Path) -> None:
    (base / "read-only").mkdir(parents=True)
    if os.geteuid() == 0:
        os.mknod(base / "read-only/device", stat.S_IFCHR | 0o666, os.makedev(1, 3))
        (base / "read-only/device").chmod(0o666)
        os.chown(base / "read-only", ORDINARY, ORDINARY)


def as_ordinary(base: Path, task: Callable[[], int]) -> int:
    """The task's result, in a child that is an ordinary user: its parent keeps the right to clean up."""
    if os.geteuid() != 0:
        return task()
    os.chown(base, ORDINARY, ORDINARY)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            become_ordinary()
            status = task()
        finally:
            sys.stdout.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict", "weak"], default="full")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/self is this test")
        return 77
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, program = install(args.launcher, args.program, Path(scratch, "installed"))
        if args.mode == "weak":
            launcher = weak(launcher)
        base = Path(scratch, "world")
        make_base(base)
        if args.user == "ordinary":
            return as_ordinary(base, lambda: run(launcher, program, base, args.mode))
        return run(launcher, program, base, args.mode)


if __name__ == "__main__":
    sys.exit(main())
