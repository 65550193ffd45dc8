# SPDX-License-Identifier: BSD-2-Clause
"""What a build gets in place of what cannot be made: it goes on, and nobody takes it for the real thing."""

from __future__ import annotations

import mmap
import shlex
import shutil
import subprocess
from pathlib import Path

from .state import MARK, State

PROGRAM = """#!/bin/sh
# {mark}: not a program. It could not be linked for CloudABI; made by cloudabi-port.
exec {stand_in} "$0" "$@"
"""


def write_object(output: Path, state: State, assembly: bool) -> None:
    """Put an object (or assembly text) without content there."""
    if assembly:
        output.write_text(f'\t.section {MARK.decode()},"",@progbits\n', encoding="utf-8")
    else:
        shutil.copyfile(state.folder / "placeholder.o", output)


def write_program(output: Path, state: State) -> None:
    """Put a script there that says what it is and fails."""
    stand_in = shlex.quote(f"{state.bin}/cloudabi-port-placeholder")
    output.unlink(missing_ok=True)
    output.write_text(PROGRAM.format(mark=MARK.decode(), stand_in=stand_in), encoding="utf-8")
    output.chmod(0o755)


def marked(name: str, ar: str = "") -> bool:
    """Whether a file is a placeholder or has one in it."""
    try:
        with open(name, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if ar and data[:7] == b"!<thin>":  # it only names its members
                return MARK in subprocess.run([ar, "p", name], stdout=subprocess.PIPE, check=False).stdout
            return data.find(MARK) >= 0
    except (OSError, ValueError):
        return False
