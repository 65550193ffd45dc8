#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What a program gives away, against machine code (delegate.c, delegated.c): by proc_exec and in messages, once and
again."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import narrowing
from run import ORDINARY

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "run"))
import deny  # noqa: E402

CONFIG = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
- !fd stdout
- !file {{path: {base}, rights: read|write|exec}}
- !file {{path: {child}, rights: read|exec}}
- !file {{path: {program}, rights: read|exec}}
- !fd {inherited}
- !fd {peer}
- !fd {hidden}
"""
EXPECTED = 195
NOTCAPABLE = 76
# Who may execute gets that too, so what is refused to the others is not refused for another reason. In strict mode
# nothing but the loader is ever executed; on the other hand, every directory can be divided there.
THROUGH = {
    "full": frozenset(f"{run}{what}execute" for run in ("", "part-", "nested-", "nested-part-")
                      for what in ("sub-", "passed-sub-", "whole-")),
    "strict": frozenset({"hidden-part", "part-of-an-old-one"}),
}


@contextmanager
def shut(folder: Path) -> Iterator[None]:
    """No path leads through it, not even for root in a user name space of his own. Others cannot shut themselves out."""
    if os.geteuid() == 0:
        os.chown(folder, ORDINARY, ORDINARY)
        folder.chmod(0o000)
    yield


def start(launcher: Path, options: list[str], programs: list[Path], base: Path,
          prepare: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    inherited, closed = base.parent / "inherited", base.parent / "closed"
    for path in (inherited, closed / "hidden"):
        (path / "sub").mkdir(parents=True, exist_ok=True)
    ours, peer = socket.socketpair()
    outside, given, hidden = (os.open(path, os.O_RDONLY | os.O_DIRECTORY)
                              for path in (base.parent, inherited, closed / "hidden"))
    with ours, peer, shut(closed):
        socket.send_fds(ours, [b"x"], [outside])
        os.close(outside)
        config = CONFIG.format(base=base, child=programs[1], program=programs[0], inherited=given, peer=peer.fileno(),
                               hidden=hidden)
        (base.parent / "config").write_text(config)
        result = subprocess.run([launcher, *options, "--config", base.parent / "config", programs[0]], text=True,
                                capture_output=True, check=False, timeout=100, pass_fds=[peer.fileno(), given, hidden],
                                preexec_fn=prepare)
        os.close(given)
        os.close(hidden)
    return result


def with_nobody_to_ask(launcher: Path, programs: list[Path], base: Path) -> int:
    """Where a filter with somebody who answers cannot be had, nothing is given rather than more."""
    result = start(launcher, [], programs, base, lambda: deny.deny("seccomp", errno.EINVAL))
    if (result.returncode, result.stdout, result.stderr) == (1, f"not ok send # {NOTCAPABLE}\n", ""):
        return 0
    print(f"FAILED: with nobody to ask: status {result.returncode}, {result.stdout!r}, {result.stderr!r}")
    return 1


def run(launcher: Path, options: list[str], programs: list[Path], base: Path) -> int:
    narrowing.make_tree(base)
    before = narrowing.snapshot(base)
    unheard = 0 if options else with_nobody_to_ask(launcher, programs, base)
    result = start(launcher, options, programs, base)
    changed = narrowing.differences(before, narrowing.snapshot(base))
    through = THROUGH["strict" if options else "full"]
    if os.geteuid() != 0:
        through |= {"hidden-part"}
    return narrowing.judge(result, changed, EXPECTED, through) | unheard


if __name__ == "__main__":
    sys.exit(narrowing.main(__doc__, run))
