#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Run a target test program under cloudabi-run, with the grants that tests/libc expects.

out   the stream for its lines
dir   a fresh directory, readable and writable
in    a text file of three lines, read-only
self  the program, to be started again
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

CONFIG = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
out: !fd stdout
dir: !file
  path: {dir}
  rights: [read, write]
in: !file
  path: {input}
self: !executable
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cloudabi-test-") as scratch:
        directory = Path(scratch, "dir")
        directory.mkdir()
        text = Path(scratch, "in.txt")
        text.write_text("first line\nsecond line\nthird line\n")
        config = CONFIG.format(dir=directory, input=text)
        result = subprocess.run([args.launcher, args.program], input=config, text=True,
                                check=False)
    return result.returncode


if __name__ == "__main__":
    sys.exit(main())
