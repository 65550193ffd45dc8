#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Marks a linked ELF file as one for CloudABI: EI_OSABI becomes 17."""

import sys

EI_OSABI = 7
ELFOSABI_CLOUDABI = 17


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        print("usage: mark_osabi.py FILE", file=sys.stderr)
        return 2
    with open(sys.argv[1], "r+b") as file:
        if file.read(4) != b"\x7fELF":
            print(f"{sys.argv[1]}: not an ELF file", file=sys.stderr)
            return 1
        file.seek(EI_OSABI)
        file.write(bytes([ELFOSABI_CLOUDABI]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
