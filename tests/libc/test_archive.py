#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The target's archives contain no system-call instruction: all goes through the vDSO."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

# Mnemonics that enter the kernel on x86-64. `int3` and `ud2` end the program and are fine.
ENTERS = re.compile(r"\t(syscall|sysenter|int\s+\$(0x80|128))\b")
OBJECT = re.compile(r"^(\S.*):\s+file format")


def disassemble(archive: Path, objdump: str) -> list[str]:
    result = subprocess.run([objdump, "-d", "--no-show-raw-insn", str(archive)], check=True,
                            capture_output=True, text=True)
    return result.stdout.splitlines()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--objdump", required=True)
    parser.add_argument("archives", nargs="+", type=Path)
    args = parser.parse_args()
    found = 0
    for archive in args.archives:
        member, instructions, members = "", 0, 0
        for line in disassemble(archive, args.objdump):
            if match := OBJECT.match(line):
                member, members = match[1], members + 1
            instructions += line.startswith(" ")
            if ENTERS.search(line):
                print(f"not ok {member}: {line.strip()}")
                found += 1
        if instructions < 10:
            print(f"not ok {archive}: only {instructions} instructions were disassembled")
            found += 1
        print(f"# {archive.name}: {members} members, {instructions} instructions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
