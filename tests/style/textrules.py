# SPDX-License-Identifier: BSD-2-Clause
"""Checks what .editorconfig asks for, the licence line, and that nothing third-party got in."""

from __future__ import annotations

import re
from pathlib import Path

LICENCE = "SPDX-License-Identifier: BSD-2-Clause"
LICENSED = {".c", ".h", ".S", ".py", ".sh", ".cmake", ".in", ".cfg"}
LONG_ALLOWED = {".md", ".toml", ".tsv", ".manifest", ".lock", ".golden", ".expected", ".txt"}
TABS_ALLOWED = {".tsv", ".golden", ".expected"}
LIMITS = {".py": 120}  # the others: 100


def problems(root: Path, name: Path) -> list[str]:
    """Return what is wrong with one file."""
    data = (root / name).read_bytes()
    if b"\0" in data:
        return []  # binary input of a test
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return [] if "tests" in name.parts else [f"{name}: not UTF-8"]
    found: list[str] = []
    if text and not text.endswith("\n"):
        found.append(f"{name}: no newline at the end")
    if name.suffix in LICENSED and LICENCE not in text[:400] and text.strip():
        found.append(f"{name}: no licence line ({LICENCE})")
    generated = "golden" in name.parts or "goldens" in name.parts
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{name}:{number}"
        if line.endswith("\r"):
            found.append(f"{where}: carriage return")
        elif re.search(r"[ \t]$", line) and name.suffix != ".tsv" and not generated:
            found.append(f"{where}: space at the end")
        if "\t" in line and name.suffix not in TABS_ALLOWED and not generated:
            found.append(f"{where}: tab")
        limit = LIMITS.get(name.suffix, 100)
        if len(line) > limit and name.suffix not in LONG_ALLOWED and not generated:
            found.append(f"{where}: {len(line)} characters, limit {limit}")
    return found


def check_text(root: Path, files: list[Path]) -> int:
    """Check all files, print what is wrong, and return the number of problems."""
    found = [problem for name in files for problem in problems(root, name)]
    print("\n".join(found))
    return len(found)
