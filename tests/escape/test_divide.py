#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Attenuation against machine code (divide.c): every attack must be refused, what was given must work, and nothing
may change."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import narrowing

CONFIG = "[!fd stdout, !file {{path: {base}, rights: read|write|exec}}, !fd {peer}]"
EXPECTED = 58


def run(launcher: Path, options: list[str], programs: list[Path], base: Path) -> int:
    narrowing.make_tree(base)
    before = narrowing.snapshot(base)
    ours, peer = socket.socketpair()
    outside = os.open(base.parent, os.O_RDONLY | os.O_DIRECTORY)
    with ours, peer:
        socket.send_fds(ours, [b"x"], [outside])
        os.close(outside)
        (base.parent / "config").write_text(CONFIG.format(base=base, peer=peer.fileno()))
        result = subprocess.run([launcher, *options, "--config", base.parent / "config", programs[0]], text=True,
                                capture_output=True, check=False, timeout=100, pass_fds=[peer.fileno()])
    return narrowing.judge(result, narrowing.differences(before, narrowing.snapshot(base)), EXPECTED)


if __name__ == "__main__":
    sys.exit(narrowing.main(__doc__, run))
