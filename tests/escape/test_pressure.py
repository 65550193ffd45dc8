#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Abuse of the processes that serve a sandbox (pressure.c). They must serve on, hold no more descriptors than before,
and change nothing that may not be changed."""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import takewhile
from pathlib import Path

from run import as_ordinary, copy, install
from sandboxes import Sandbox, status
from tally import Tally

CONFIG = """{{0: !fd stdout, 1: !file {{path: {base}/read}}, 2: !file {{path: {base}/both, rights: read|write}},
3: !file {{path: {base}/append, rights: append}}, 4: !file {{path: {base}/programs, rights: read|exec}}, 5: {mode}}}"""
SECRET = "secret: nothing granted leads here\n"
# The mounter keeps so many trees open; runtime/sandbox/divide.c.
TREES = 256
# With few descriptors allowed to it, the supervisor has as few to lose.
LIMIT = 400


def make_world(base: Path, program: Path) -> None:
    for name in ("read", "both"):
        (base / name / "sub").mkdir(parents=True)
        for file in ("file", "sub/file"):
            (base / name / file).write_text("content\n")
    (base / "programs").mkdir()
    copy(program, base / "programs/pressure")
    (base / "append").write_text("content\n")
    (base / "secret").write_text(SECRET)


def protected(base: Path) -> list[tuple[str, int, int, bytes]]:
    files = [base / "secret", base / "read/file", base / "read/sub/file", base / "append", base / "programs/pressure"]
    return [(str(file), file.stat().st_mode, 0 if file.name == "append" else file.stat().st_mtime_ns, file.read_bytes())
            for file in files]


def descriptors(pid: int) -> int:
    """As few as are seen: a request that is being served needs some."""
    fewest = 1 << 20
    for _ in range(50):
        try:
            fewest = min(fewest, len(os.listdir(f"/proc/{pid}/fd")))
        except PermissionError:  # not dumpable: root's alone
            return 0
        time.sleep(0.002)
    return fewest


def tell(base: Path, name: str) -> None:
    (base / "read" / name).touch()


def run(launcher: Path, program: Path, base: Path, mode: str) -> int:
    make_world(base, program)
    before = protected(base)
    lines: list[str] = []
    sandbox = Sandbox(launcher, program, mode, CONFIG.format(base=base, mode=mode), base)
    try:
        lines.append(sandbox.line().rstrip())
        helpers = {role: pid for role, pid in sandbox.roles().items() if not role.startswith("worker")}
        held = {role: descriptors(pid) for role, pid in helpers.items()}
        tell(base, "go")
        lines += [line.rstrip() for line in takewhile(lambda line: not line.startswith(("ok done", "not ok done")),
                                                      iter(sandbox.line, ""))]
        for role, pid in helpers.items():
            now = descriptors(pid)
            fine = status(pid)[:1] not in ([], ["Z"]) and now <= held[role] + (TREES if role != "launcher" else 1)
            lines.append(f"{'ok' if fine else 'not ok'} descriptors-of-{role} # {held[role]} {now}")
        tell(base, "checked")
        sandbox.rest()
        lines.append(f"{'ok' if sandbox.process.returncode == 0 else 'not ok'} end # {sandbox.process.returncode}")
    finally:
        sandbox.end()
    lines.append(f"{'ok' if protected(base) == before else 'not ok'} unchanged # 0")
    print("\n".join(lines))
    problems = Tally.of(lines).conclude()
    for problem in problems:
        print(f"FAILED: {problem}")
    return 1 if problems else 0


def control(start: Path, loader: Path, program: Path, base: Path) -> int:
    """Without a sandbox, where what is raced for is had at once."""
    make_world(base, program)
    for name in ("control", "go"):
        tell(base, name)
    grants = ["fd:1", f"dir:{base}/read", f"dir:{base}/both", f"rw:{base}/append", f"dir:{base}/programs"]
    result = subprocess.run([start, "--time", "60", "--data", "strict", loader, program, *grants], text=True,
                            check=False, stdout=subprocess.PIPE, timeout=90)  # fmt: skip
    through = set(Tally.of(result.stdout.splitlines()).through)
    missing = {"race-directories", "race-flags", "race-files", "race-closing"} - through
    for name in sorted(missing):
        print(f"FAILED: {name} fails without a sandbox too, so its test proves nothing")
    print(f"{len(through)} kinds got through, {len(missing)} problems", flush=True)
    return 1 if missing else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--control", type=Path, metavar="START", help="without a sandbox, by this starter")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/pressure-self is this test")
        return 77
    os.umask(0o022)
    resource.setrlimit(resource.RLIMIT_NOFILE, (LIMIT, LIMIT))
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, program = install(args.launcher, args.program, Path(scratch, "installed"))
        base = Path(scratch, "world")
        base.mkdir()
        if args.control:
            start = program.parent / "start"
            copy(args.control, start)
            loader = launcher.parent.parent / "lib/cloudabi/loader"
            return as_ordinary(base, lambda: control(start, loader, program, base))
        if args.user == "ordinary":
            return as_ordinary(base, lambda: run(launcher, program, base, args.mode))
        return run(launcher, program, base, args.mode)


if __name__ == "__main__":
    sys.exit(main())
