#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Strict mode against machine code: rights.c and requests.c. Every attack must be refused, what was granted must
work, and nothing outside may change."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import narrowing

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


def run(launcher: Path, _options: list[str], programs: list[Path], base: Path) -> int:
    make_world(base)
    before = snapshot(base)
    result = attack(launcher, programs[0], base)
    return narrowing.judge(result, narrowing.differences(before, snapshot(base)), EXPECTED)


if __name__ == "__main__":
    sys.exit(narrowing.main(__doc__, run))
