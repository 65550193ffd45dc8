#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The assistant's types are right, as far as mypy can tell."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile

from support import ROOT


def main() -> int:
    tool = shutil.which("mypy")
    if tool is None:
        print("SKIP: mypy is not installed")
        return 77
    with tempfile.TemporaryDirectory() as cache:
        command = [tool, "--strict", "--python-version", "3.11", "--cache-dir", cache, "-p", "port"]
        return subprocess.run(command, cwd=ROOT / "tools", check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
