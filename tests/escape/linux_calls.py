#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Write the numbers of the system calls that the filter knows as a C header, for the attacks."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path


def main() -> None:
    table, header = Path(sys.argv[1]), Path(sys.argv[2])
    numbers = sorted(tomllib.loads(table.read_text())["linux"].values())
    lines = "".join(f"    {number},\n" for number in numbers)
    header.write_text("// Made by tests/escape/linux_calls.py from runtime/sandbox/seccomp.toml.\n"
                      f"static const short known_calls[] = {{\n{lines}}};\n")


if __name__ == "__main__":
    main()
