#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Strict mode against machine code: rights.c and requests.c. Every attack must be refused, what was granted must
work, and nothing outside may change."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from run import as_ordinary, install

SECRET = "secret: nothing granted leads here\n"
CONFIG = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
- !fd stdout
- !file {{path: {base}/list, rights: list}}
- !file {{path: {base}/write, rights: write}}
- !file {{path: {base}/exec, rights: exec}}
- !file {{path: {base}/append, rights: append}}
- !file {{path: {base}/read, rights: read}}
- !file {{path: {base}/both, rights: read|write}}
- !fd {peer}
"""
EXPECTED = 139


def make_world(base: Path) -> None:
    base.mkdir()
    for name in ("list", "write", "exec", "read", "both", "outside"):
        (base / name / "sub").mkdir(parents=True)
        for file in ("file", "sub/file"):
            (base / name / file).write_text("content\n")
        (base / name / "link").symlink_to("file")
        os.mkfifo(base / name / "pipe")
    (base / "append").write_text("content\n")
    (base / "both/secret").symlink_to("../secret")
    (base / "secret").write_text(SECRET)


def snapshot(base: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything but what may be written; of the file to append to, its start."""
    found = {}
    for path in sorted(base.rglob("*")):
        name = path.relative_to(base).as_posix()
        if name.startswith(("both", "write")):
            continue
        info = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        time = info.st_mtime_ns if name != "append" else 0
        found[name] = (info.st_mode, time, content[: 8 if name == "append" else None])
    return found


def attack(launcher: Path, program: Path, base: Path) -> subprocess.CompletedProcess[str]:
    ours, peer = socket.socketpair()
    outside = os.open(base / "outside", os.O_RDONLY | os.O_DIRECTORY)
    with ours, peer:
        socket.send_fds(ours, [b"x"], [outside])
        os.close(outside)
        return subprocess.run([launcher, "--strict", program], input=CONFIG.format(base=base, peer=peer.fileno()),
                              text=True, capture_output=True, check=False, timeout=100, pass_fds=[peer.fileno()])


def run(launcher: Path, program: Path, base: Path) -> int:
    make_world(base)
    before = snapshot(base)
    result = attack(launcher, program, base)
    lines = result.stdout.splitlines()
    problems = [line for line in lines if not line.startswith("ok ")]
    if result.returncode != 0 or result.stderr:
        problems.append(f"status {result.returncode}: {result.stderr}")
    after = snapshot(base)
    problems += [f"changed: {name}" for name in sorted(before.keys() | after.keys())
                 if before.get(name) != after.get(name)]
    names = [line.split()[1] for line in lines if line.startswith("ok ")]
    if len(names) < EXPECTED or len(names) != len(set(names)):
        problems.append(f"{len(set(names))} attempts with a name of their own; at least {EXPECTED} were expected")
    print("\n".join([*lines, *(f"FAILED: {problem}" for problem in problems)]))
    print(f"{len(names)} attempts as they should, {len(problems)} problems", flush=True)
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/rights-self is this test")
        return 77
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, program = install(args.launcher, args.program, Path(scratch, "installed"))
        base = Path(scratch, "world", "base")
        base.parent.mkdir()
        if args.user == "ordinary":
            return as_ordinary(base.parent, lambda: run(launcher, program, base))
        return run(launcher, program, base)


if __name__ == "__main__":
    sys.exit(main())
