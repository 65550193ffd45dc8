# SPDX-License-Identifier: BSD-2-Clause
"""Tells objects and programs of another system, and the compiler that made them."""

from __future__ import annotations

import mmap
import re

ABI = 17  # EI_OSABI of everything that is made for CloudABI
MAKER = re.compile(rb"(GCC: \([^)\0\n]{1,60}\)[ \w.+~-]{0,40}|[\w ]{0,20}clang version [ \w.+~-]{1,40}"
                   rb"|(?:rustc|tcc) version [ \w.+~-]{1,40})")


def maker(path: str) -> str:
    """The compiler that made an object or program of another system; empty if this is none."""
    try:
        with open(path, "rb") as file:
            head = file.read(20)
            if len(head) < 20 or head[:4] != b"\x7fELF" or head[7] == ABI:
                return ""
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                found = MAKER.search(data)
                return found[1].decode("ascii", "replace").strip() if found else ""
    except (OSError, ValueError):
        return ""
