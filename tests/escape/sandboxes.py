# SPDX-License-Identifier: BSD-2-Clause
"""Running sandboxes, and their processes as they look from outside."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path


class Sandbox:
    """A launcher and what it started. `folder` holds the programs and is this test's alone."""

    def __init__(self, launcher: Path, program: Path, mode: str, config: str, folder: Path, fds: tuple[int, ...] = (),
                 stderr: int | None = None) -> None:  # fmt: skip
        options = ["--strict"] if mode == "strict" else []
        path = folder / f"config-{time.monotonic_ns()}"
        path.write_text(config)
        self.program = program
        self.process = subprocess.Popen([launcher, *options, "--config", path, program], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=stderr, text=True, pass_fds=fds)  # fmt: skip

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    def rest(self) -> list[str]:
        """All lines that are left; waits for the end."""
        assert self.process.stdout
        lines = self.process.stdout.read().splitlines()
        self.process.wait()
        return lines

    def roles(self) -> dict[str, int]:
        """The launcher, the worker's processes, and the helpers that share the launcher's command line."""
        found = {"launcher": self.process.pid}
        for pid in descendants(self.process.pid):
            inside = command_line(pid).startswith(os.fsencode(self.program))
            kind = "worker" if inside else "helper"
            found[f"{kind}-{sum(name.startswith(kind) for name in found)}"] = pid
        return found

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return b""


def status(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name: state, parent, group, ...; empty if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def descendants(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in sorted(int(name) for name in os.listdir("/proc") if name.isdecimal()):
        if fields := status(entry):
            parents.setdefault(int(fields[1]), []).append(entry)
    found: list[int] = []
    queue = [pid]
    while queue:
        children = parents.get(queue.pop(0), [])
        found += children
        queue += children
    return found


def left_of(folder: Path) -> list[int]:
    """The processes that were started by a name below the folder. The dead have none."""
    prefix = os.fsencode(folder) + b"/"
    return [int(name) for name in os.listdir("/proc")
            if name.isdecimal() and int(name) != os.getpid() and command_line(int(name)).startswith(prefix)]


def wait_until_none(folder: Path, seconds: float) -> list[int]:
    """What is left after that time."""
    deadline = time.monotonic() + seconds
    while (left := left_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left
