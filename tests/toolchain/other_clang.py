#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs the driver's tests with every other clang of this machine; skipped if there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from support import PREFIX, TRIPLE

FOLDER = Path(__file__).resolve().parent


def main() -> int:
    """Run the tests for each clang."""
    driver = (PREFIX / "bin" / f"{TRIPLE}-cc").read_text(encoding="utf-8")
    own = next(line for line in driver.splitlines() if line.startswith("major=")).split("=")[1]
    names = [name for name in os.environ.get("CLOUDABI_OTHER_CLANGS", "").split(":") if name]
    names += [f"clang-{major}" for major in range(14, 40) if str(major) != own]
    found = [path for path in map(shutil.which, names) if path is not None]
    if not found:
        print(f"SKIP: no clang besides version {own} is installed")
        return 77
    failed = 0
    for path in found:
        print(f"== {path}", flush=True)
        for test in ("test_driver.py", "test_explain.py", "test_linking.py"):
            environment = {**os.environ, "CLOUDABI_CLANG": path}
            result = subprocess.run([sys.executable, FOLDER / test], env=environment, check=False)
            failed += result.returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
