#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Rights that a program takes from its own descriptors, against its own machine code afterwards (drop.c)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import narrowing

CONFIG = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
- !fd stdout
- !file {{path: {base}, rights: read|write}}
- !file {{path: {base}/log, rights: read|append}}
"""
EXPECTED = 28
# An open file that has a copy stays what it was. In full mode all does: the vDSO alone knows.
THROUGH = {
    "full": frozenset({"copied-file-write", "file-write", "file-truncate", "file-times", "file-seek"} |
                      {f"{which}-{what}" for which in ("directory", "grant")
                       for what in ("open", "create", "times", "make", "remove")}),
    "strict": frozenset({"copied-file-write"}),
}


def run(launcher: Path, options: list[str], programs: list[Path], base: Path) -> int:
    base.mkdir()
    for name in ("file", "log"):
        (base / name).write_text("content\n")
    result = subprocess.run([launcher, *options, programs[0]], input=CONFIG.format(base=base), text=True,
                            capture_output=True, check=False, timeout=100)
    mode = "strict" if options else "full"
    changed = [] if (base / "log").read_text() == "content\n+" else ["log"]
    return narrowing.judge(result, changed, EXPECTED if options else EXPECTED - len(THROUGH["full"]) + 1, THROUGH[mode])


if __name__ == "__main__":
    sys.exit(narrowing.main(__doc__, run))
