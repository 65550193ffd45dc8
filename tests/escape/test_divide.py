#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Attenuation against machine code (divide.c): every attack must be refused, what was given must work, and nothing
may change."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from run import as_ordinary, install

CONFIG = "[!fd stdout, !file {{path: {base}, rights: read|write}}, !fd {peer}]"
EXPECTED = 46


def make_world(base: Path) -> None:
    (base / "sub/sub").mkdir(parents=True)
    for folder in (base, base / "sub", base / "sub/sub"):
        (folder / "file").write_text("content\n")
    (base / "marker").write_text("above\n")
    for folder in (base / "sub", base / "sub/sub"):
        (folder / "up").symlink_to("../marker" if folder.parent == base else "../../marker")


def snapshot(base: Path) -> dict[str, tuple[int, int, bytes]]:
    return {path.relative_to(base).as_posix(): (path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes())
            for path in sorted(base.rglob("*")) if path.is_file() and not path.is_symlink()}


def run(launcher: Path, program: Path, base: Path, options: list[str]) -> int:
    make_world(base)
    before = snapshot(base)
    ours, peer = socket.socketpair()
    outside = os.open(base.parent, os.O_RDONLY | os.O_DIRECTORY)
    with ours, peer:
        socket.send_fds(ours, [b"x"], [outside])
        os.close(outside)
        (base.parent / "config").write_text(CONFIG.format(base=base, peer=peer.fileno()))
        result = subprocess.run([launcher, *options, "--config", base.parent / "config", program], text=True,
                                capture_output=True, check=False, timeout=100, pass_fds=[peer.fileno()])
    lines = result.stdout.splitlines()
    problems = [line for line in lines if not line.startswith("ok ")]
    if result.returncode != 0 or result.stderr:
        problems.append(f"status {result.returncode}: {result.stderr}")
    if snapshot(base) != before:
        problems.append("files have changed")
    names = {line.split()[1] for line in lines if line.startswith("ok ")}
    if len(names) < EXPECTED:
        problems.append(f"{len(names)} attempts; at least {EXPECTED} were expected")
    print("\n".join([*lines, *(f"FAILED: {problem}" for problem in problems)]))
    print(f"{len(names)} attempts as they should, {len(problems)} problems", flush=True)
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/divide-self is this test")
        return 77
    os.umask(0o022)
    options = ["--strict"] if args.mode == "strict" else []
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, program = install(args.launcher, args.program, Path(scratch, "installed"))
        base = Path(scratch, "world", "base")
        base.parent.mkdir()
        if args.user == "ordinary":
            return as_ordinary(base.parent, lambda: run(launcher, program, base, options))
        return run(launcher, program, base, options)


if __name__ == "__main__":
    sys.exit(main())
