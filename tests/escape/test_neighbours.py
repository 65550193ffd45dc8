#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Sandboxes of one user against each other, against their own helpers, and against a process outside (neighbours.c,
peers.c). Whatever is attacked must be as it was afterwards."""

from __future__ import annotations

import argparse
import os
import pty
import re
import socket
import subprocess
import sys
import tempfile
from itertools import takewhile
from pathlib import Path

from run import as_ordinary, copy, install, weak
from sandboxes import Sandbox, status
from tally import Tally

SECRET = "secret: nothing granted leads here\n"
# What a program without a sandbox does get: the questions that change nothing.
CONTROL = {"kill-ask", "tkill-ask", "tgkill-ask", "pidfd", "own", "own-extended", "own-signal",
           "compare", "robust-list", "affinity-ask", "scheduler-ask", "priority-ask", "group-ask", "session-ask",
           "limits-ask", "clock-ask", "path"}  # fmt: skip
CONTROL_PEERS = {"append-clear", "append-truncate", "append-allocate", "append-times", "append-read", "append-map",
                 "append-mode", "other-secret", "other-root", "other-attributes", "other-write", "other-create",
                 "other-unlink", "both-secret", "sub-secret", "other-child-kill"}  # fmt: skip
# In full mode a directory that comes from a strict sandbox is one of the machine's; docs/security.md says so.
FROM_STRICT = {f"from-strict-{name}" for name in (
    "other-secret", "other-root", "other-attributes", "other-write", "other-create", "other-unlink", "both-secret",
    "both-root", "both-attributes", "sub-secret", "sub-root", "sub-create")}  # fmt: skip
# The loader is root's.
FROM_STRICT_AS_ROOT = {"from-strict-other-loader-times"}


def appearance(pid: int) -> tuple[object, ...]:
    """What an attack could change: parent, group, session, terminal, priority and niceness, processors, limits."""
    fields = status(pid)
    if not fields or fields[0] in "ZXTt":
        return ("ended or stopped", fields[:1])
    limits = Path(f"/proc/{pid}/limits").read_text()
    return (*fields[1:6], *fields[15:17], frozenset(os.sched_getaffinity(pid)), limits)


class Neighbours:
    def __init__(self, launcher: Path, programs: dict[str, Path], base: Path, mode: str) -> None:
        self.launcher = launcher
        self.programs = programs
        self.base = base
        self.mode = mode
        self.lines: list[str] = []

    def note(self, lines: list[str]) -> None:
        print("\n".join(lines))
        self.lines += lines

    def check(self, name: str, fine: bool, what: object) -> None:
        self.note([f"{'ok' if fine else 'not ok'} {name} # {what}"])

    def start(self, program: str, config: str, *fds: int, mode: str = "") -> Sandbox:
        return Sandbox(self.launcher, self.programs[program], mode or self.mode, config, self.base, fds)

    def by_number(self) -> None:
        directory = self.base / "numbers"
        directory.mkdir()
        outside = subprocess.Popen(["sleep", "100"])
        victim = self.start("neighbours", "[!fd stdout, rest]")
        ours, theirs = socket.socketpair()
        terminal, slave = pty.openpty()
        attacker = self.start(
            "neighbours", f"[!fd stdout, !file {{path: {directory}}}, !fd {theirs.fileno()}, !fd {slave}]",
            theirs.fileno(), slave)  # fmt: skip
        try:
            victim.line()
            attacker.line()
            targets = [outside.pid, *victim.roles().values()]
            targets += [pid for role, pid in attacker.roles().items() if not role.startswith("worker")]
            self.check("targets", len(targets) >= (7 if self.mode == "full" else 6), len(targets))
            before = [appearance(pid) for pid in targets]
            self.check("targets-are-there", not any("ended or stopped" in look for look in before), before)
            self.tell(directory, "targets", "".join(f"{pid}\n" for pid in targets))
            lines = iter(attacker.line, "")
            self.note([line.rstrip() for line in takewhile(lambda line: not line.startswith("ok done"), lines)])
            after = [appearance(pid) for pid in targets]
            changed = [(one, other) for one, other in zip(before, after) if one != other]
            self.check("targets-are-as-before", not changed, changed)
            self.tell(directory, "checked", "")
            attacker.rest()
            self.check("attacker-ended-by-itself", attacker.process.returncode == 0, attacker.process.returncode)
        finally:
            for sandbox in (victim, attacker):
                sandbox.end()
            outside.kill()
            outside.wait()
            os.close(terminal)
            os.close(slave)
            ours.close()
            theirs.close()

    @staticmethod
    def tell(directory: Path, name: str, text: str) -> None:
        (directory / "new").write_text(text)
        (directory / "new").rename(directory / name)

    def by_socket(self, giver_mode: str, taker_mode: str) -> None:
        base = self.base / f"socket-{giver_mode}-{taker_mode}"
        base.mkdir()
        make_peers_world(base)
        before = snapshot(base)
        one, other = socket.socketpair()
        with one, other:
            giver = self.start(
                "peers", f"[!fd stdout, !fd {one.fileno()}, !file {{path: {base}/append, rights: append}}, "
                f"!file {{path: {base}/given}}, !file {{path: {base}/both, rights: [read, write]}}, giver]",
                one.fileno(), mode=giver_mode)  # fmt: skip
            # Only a strict sandbox at both ends keeps the finer rights.
            strict = "strict" if {giver_mode, taker_mode} == {"strict"} else "plain"
            taker = self.start(
                "peers", f"[!fd stdout, !fd {other.fileno()}, !file {{path: {base}/own, rights: [read, write]}}, "
                f"{strict}]", other.fileno(), mode=taker_mode)  # fmt: skip
        lines = taker.rest()
        giver.rest()
        name = f"{giver_mode}-{taker_mode}"
        if giver_mode != taker_mode:
            lines = [re.sub("^((?:not )?ok|skip) ", rf"\1 from-{giver_mode}-", line) for line in lines]
        self.note(lines)
        self.check(f"taker-{name}", taker.process.returncode == 0 and len(lines) > 30, taker.process.returncode)
        self.check(f"giver-{name}", giver.process.returncode == 0, giver.process.returncode)
        if name != "strict-full":
            self.check(f"unchanged-{name}", snapshot(base) == before, "")


def make_peers_world(base: Path) -> None:
    for folder in ("given", "both"):
        (base / folder / "sub").mkdir(parents=True)
        (base / folder / "file").write_text("content\n")
    (base / "own").mkdir()
    (base / "secret").write_text(SECRET)
    (base / "append").write_text("first\n")


def snapshot(base: Path) -> dict[str, tuple[int, int, bytes]]:
    return {path.relative_to(base).as_posix(): (path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes())
            for path in sorted(base.rglob("*")) if path.is_file()}


def run(launcher: Path, programs: dict[str, Path], base: Path, mode: str) -> int:
    base.mkdir(exist_ok=True)
    neighbours = Neighbours(launcher, programs, base, mode)
    neighbours.by_number()
    # A weak sandbox's directories are the machine's, as strict mode's are to others.
    if mode != "weak":
        neighbours.by_socket(mode, mode)
    known: set[str] = set()
    if mode == "full":
        neighbours.by_socket("full", "strict")
        neighbours.by_socket("strict", "full")
        known = FROM_STRICT | (FROM_STRICT_AS_ROOT if os.geteuid() == 0 else set())
    tally = Tally.of(neighbours.lines)
    problems = [f"no longer possible, so docs/security.md should promise it: {name}"
                for name in sorted(known - set(tally.through))]
    problems += tally.conclude(known)
    for problem in problems:
        print(f"FAILED: {problem}")
    return 1 if problems else 0


def control_peers(start: Path, loader: Path, program: Path, base: Path) -> set[str]:
    """Returns what got through."""
    make_peers_world(base)
    one, other = socket.socketpair()
    command = [start, "--time", "60"]
    with one, other:
        grants = [f"fd:{one.fileno()}", f"rw:{base}/append", f"dir:{base}/given", f"dir:{base}/both"]
        giver = subprocess.Popen([*command, "--data", "giver", loader, program, "fd:1", *grants],
                                 pass_fds=[one.fileno()])  # fmt: skip
        one.close()
        grants = [f"fd:{other.fileno()}", f"dir:{base}/own"]
        result = subprocess.run([*command, "--data", "strict", loader, program, "fd:1", *grants], check=False, text=True,
                                stdout=subprocess.PIPE, pass_fds=[other.fileno()], timeout=90)  # fmt: skip
    through = {line.split()[2] for line in result.stdout.splitlines() if line.startswith("not ok ")}
    # The giver's child was killed by the other.
    return through if giver.wait() == 1 else set()


def control(start: Path, loader: Path, program: Path, peers: Path, base: Path) -> int:
    (base / "directory").mkdir(parents=True)
    (base / "directory/control").touch()
    with subprocess.Popen(["sleep", "100"]) as victim:
        (base / "directory/targets").write_text(f"{victim.pid}\n")
        grants = ["fd:1", f"dir:{base}/directory", "listen", f"file:{base}/directory/control"]
        result = subprocess.run([start, "--time", "60", loader, program, *grants], text=True, check=False,
                                stdout=subprocess.PIPE, timeout=90)  # fmt: skip
        victim.kill()
    through = {line.split()[1] for line in result.stdout.splitlines() if line.startswith("through ")}
    (base / "peers").mkdir()
    through |= control_peers(start, loader, peers, base / "peers")
    missing = (CONTROL | CONTROL_PEERS) - through
    for name in sorted(missing):
        print(f"FAILED: {name} fails without a sandbox too, so its test proves nothing")
    print(f"{len(through)} kinds got through, {len(missing)} problems", flush=True)
    return 1 if missing else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--control", type=Path, metavar="START", help="without a sandbox, by this starter")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict", "weak"], default="full")
    parser.add_argument("neighbours", type=Path)
    parser.add_argument("peers", type=Path)
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/neighbours-self is this test")
        return 77
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, neighbours = install(args.launcher, args.neighbours, Path(scratch, "installed"))
        peers = neighbours.parent / "peers"
        copy(args.peers, peers)
        if args.mode == "weak":
            launcher = weak(launcher)
        base = Path(scratch, "world")
        base.mkdir()
        if args.control:
            start = peers.parent / "start"
            copy(args.control, start)
            loader = launcher.parent.parent / "lib/cloudabi/loader"
            return as_ordinary(base, lambda: control(start, loader, neighbours, peers, base))
        programs = {"neighbours": neighbours, "peers": peers}
        if args.user == "ordinary":
            return as_ordinary(base, lambda: run(launcher, programs, base, args.mode))
        return run(launcher, programs, base, args.mode)


if __name__ == "__main__":
    sys.exit(main())
