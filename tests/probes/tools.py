# SPDX-License-Identifier: BSD-2-Clause
"""The toolchain under test, and running it as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Target(NamedTuple):
    """The toolchain under test."""

    prefix: Path
    arch: str
    compat: bool
    environment: tuple[tuple[str, str], ...]

    @property
    def triple(self) -> str:
        return f"{self.arch}-unknown-cloudabi"

    @property
    def share(self) -> Path:
        return self.prefix / self.triple / "share" / "cloudabi"

    @property
    def cc(self) -> str:
        """To be found in PATH."""
        return f"{self.triple}-cc"


def run(folder: Path, target: Target, *words: str, **environment: str) -> str:
    """Run a tool as a user would, the toolchain in PATH; returns what it printed."""
    path = f"{target.prefix}/bin:{os.environ['PATH']}"
    whole = {**os.environ, "PATH": path, "LC_ALL": "C", **dict(target.environment), **environment}
    result = subprocess.run(words, cwd=folder, env=whole, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                            check=False)
    if result.returncode != 0:
        # At once, as other projects are still being configured.
        print(f"{' '.join(words[:3])} failed:\n{(result.stdout + result.stderr)[-4000:]}", flush=True)
        sys.exit(1)
    return result.stdout


def preprocess(target: Target, text: str) -> str:
    """What the preprocessor makes of a file, with all extensions."""
    command = [str(target.prefix / "bin" / target.cc), "-E", "-P", "-D_GNU_SOURCE", "-xc", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
