#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Strict mode against machine code: rights.c and requests.c. Every attack must be refused, what was granted must
work, and nothing outside may change."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import narrowing
from world import EXECUTABLE

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
- !file {{path: {base}/log, rights: read|append}}
- !socket {{bind: '127.0.0.1:0'}}
"""
EXPECTED = 220
# What the vDSO alone keeps. docs/security.md says why.
THROUGH = frozenset({
    "without-fd_seek.at-an-offset", "without-mem_map", "without-mem_map_exec", "without-poll_fd_readwrite",
    "without-poll_proc_terminate", "without-sock_accept", "without-sock_shutdown",
})  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]


def make_world(base: Path) -> None:
    base.mkdir()
    for name in ("list", "write", "exec", "read", "both", "outside"):
        (base / name / "sub").mkdir(parents=True)
        for file in ("file", "sub/file"):
            (base / name / file).write_text("content\n")
        (base / name / "link").symlink_to("file")
        os.mkfifo(base / name / "pipe")
    for name in ("append", "log"):
        (base / name).write_text("content\n")
    (base / "both/binary").write_bytes(EXECUTABLE)
    (base / "both/binary").chmod(0o755)
    (base / "both/secret").symlink_to("../secret")
    (base / "secret").write_text(SECRET)


def snapshot(base: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything but what may be written; of the files to append to, the start."""
    found = {}
    for path in sorted(base.rglob("*")):
        name = path.relative_to(base).as_posix()
        if name.startswith(("both", "write")):
            continue
        info = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        time = info.st_mtime_ns if name not in ("append", "log") else 0
        found[name] = (info.st_mode, time, content[: 8 if name in ("append", "log") else None])
    return found


def take_lease(path: Path) -> int:
    """Whoever opens it for writing waits until this process gives way, which it does not, or for 45 s."""
    path.touch()
    fd = os.open(path, os.O_RDONLY)
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    try:
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError:
        path.unlink()
    return fd


def attack(launcher: Path, program: Path, base: Path) -> subprocess.CompletedProcess[str]:
    leased = take_lease(base / "both/leased")
    ours, peer = socket.socketpair()
    outside = os.open(base / "outside", os.O_RDONLY | os.O_DIRECTORY)
    with ours, peer:
        socket.send_fds(ours, [b"x"], [outside])
        os.close(outside)
        result = subprocess.run([launcher, "--strict", program], input=CONFIG.format(base=base, peer=peer.fileno()),
                                text=True, capture_output=True, check=False, timeout=100, pass_fds=[peer.fileno()])
        os.close(leased)
        return result


def of_attempts(names: Iterable[str]) -> set[str]:
    return {name.removeprefix("without-").partition(".")[0] for name in names if name.startswith("without-")}


def compare(output: str) -> list[str]:
    """The rights that were attacked with those that there are, and those that the vDSO keeps with what is told."""
    rights = set(tomllib.loads((ROOT / "abi/rights.toml").read_text(encoding="utf-8"))["right"])
    attacked = of_attempts(line.removeprefix("not ").split()[1] for line in output.splitlines())
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|(.*?)\|", text.partition("kept by the vDSO alone in strict mode")[2], re.MULTILINE)
    told = {right for row in rows for right in re.findall(r"`(\w+)`", row) if right in rights}
    known = of_attempts(THROUGH)
    return [*(f"not attacked: {right}" for right in sorted(rights - attacked)),
            *(f"is no right: {right}" for right in sorted(attacked - rights)),
            *(f"docs/security.md and this test do not say the same: {right}" for right in sorted(told ^ known))]


def run(launcher: Path, _options: list[str], programs: list[Path], base: Path) -> int:
    make_world(base)
    before = snapshot(base)
    result = attack(launcher, programs[0], base)
    problems = [*narrowing.differences(before, snapshot(base)), *compare(result.stdout)]
    return narrowing.judge(result, problems, EXPECTED, THROUGH)


if __name__ == "__main__":
    sys.exit(narrowing.main(__doc__, run))
