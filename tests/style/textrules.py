# SPDX-License-Identifier: BSD-2-Clause
"""Checks what .editorconfig asks for, the licence line, and that nothing third-party got in."""

from __future__ import annotations

import re
from pathlib import Path

LICENCE = "SPDX-License-Identifier: BSD-2-Clause"
LICENSED = {".c", ".h", ".S", ".py", ".sh", ".cmake", ".in", ".cfg"}
LONG_ALLOWED = {".py", ".1", ".md", ".toml", ".tsv", ".manifest", ".lock"}
LONG_ALLOWED |= {".golden", ".expected", ".txt"}
TABS_ALLOWED = {".tsv", ".golden", ".expected"}
LIMIT = 100


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
    generated = "golden" in name.parts or "goldens" in name.parts
    fragment = name.parts[:2] == ("include", "add")  # becomes part of another file
    if text and not text.endswith("\n"):
        found.append(f"{name}: no newline at the end")
    licensed = name.suffix in LICENSED and text.strip() and not generated and not fragment
    if licensed and LICENCE not in text[:400]:
        found.append(f"{name}: no licence line ({LICENCE})")
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{name}:{number}"
        if line.endswith("\r"):
            found.append(f"{where}: carriage return")
        elif re.search(r"[ \t]$", line) and name.suffix != ".tsv" and not generated:
            found.append(f"{where}: space at the end")
        if "\t" in line and name.suffix not in TABS_ALLOWED and not generated:
            found.append(f"{where}: tab")
        if len(line) > LIMIT and name.suffix not in LONG_ALLOWED and not generated:
            found.append(f"{where}: {len(line)} characters, limit {LIMIT}")
    return found


def check_text(root: Path, files: list[Path]) -> int:
    """Check all files, print what is wrong, and return the number of problems."""
    found = [problem for name in files for problem in problems(root, name)]
    if found:
        print("\n".join(found))
    return len(found)
