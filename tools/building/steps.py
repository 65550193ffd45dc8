# SPDX-License-Identifier: BSD-2-Clause
"""Runs the steps of a build: one line each, everything else into a log."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from . import BuildError, Explained

TAIL_LINES = 25


@dataclass
class Log:
    """The log of one run; the previous run's is kept beside it."""

    path: Path
    stream: TextIO = field(init=False)

    def __post_init__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            self.path.replace(self.path.with_suffix(".previous.log"))
        self.stream = self.path.open("w", encoding="utf-8", errors="replace")

    def run(self, *command: str, cwd: Path | None = None, show: bool = False) -> int:
        """Run a command, logging its output; with `show`, on the terminal too."""
        self.stream.write(f"$ {' '.join(command)}\n")
        self.stream.flush()
        try:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        except OSError as error:
            raise BuildError(f"cannot run {command[0]}: {error.strerror}") from error
        assert process.stdout is not None
        for line in process.stdout:
            self.stream.write(line)
            if show:
                print(line, end="", flush=True)
        self.stream.flush()
        return process.wait()

    def check(self, *command: str, cwd: Path | None = None) -> str:
        """Run a command that must succeed, and return its output."""
        start = self.stream.tell()
        if self.run(*command, cwd=cwd) != 0:
            raise BuildError(f"{Path(command[0]).name} failed")
        with self.path.open(encoding="utf-8", errors="replace") as stream:
            stream.seek(start)
            return stream.read().split("\n", 1)[1]

    def last_step(self) -> str:
        """Return what the last step wrote."""
        self.stream.flush()
        text = self.path.read_text(encoding="utf-8", errors="replace")
        return text.rpartition("\n=== ")[2]

    def tail(self) -> str:
        """Return the last lines of the last step."""
        return "\n".join(self.last_step().splitlines()[-TAIL_LINES:])


@dataclass(frozen=True)
class Step:
    """One line of progress. A loud step writes to the terminal itself."""

    title: str
    action: Callable[[], None]
    loud: bool = False


def run_steps(steps: list[Step], log: Log) -> None:
    """Run all steps; the first that fails ends the build, with the end of the log."""
    begin = time.monotonic()
    for number, step in enumerate(steps, 1):
        label = f"[{number}/{len(steps)}] {step.title}"
        print(label, end="\n" if step.loud else " ", flush=True)
        log.stream.write(f"\n=== {label}\n")
        log.stream.flush()
        start = time.monotonic()
        try:
            step.action()
        except Explained:
            print("failed", flush=True)
            raise
        except BuildError as error:
            print("failed", flush=True)
            if not step.loud:
                print(log.tail(), file=sys.stderr)
            raise BuildError(f"{step.title}: {error} (full log: {log.path})") from error
        seconds = f"{time.monotonic() - start:.1f} s"
        print(f"      {seconds}" if step.loud else seconds, flush=True)
    print(f"done in {time.monotonic() - begin:.1f} s", flush=True)
