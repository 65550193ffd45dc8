#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The sum of all attacks, in each mode and as each user, from what their tests left (tally.py)."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from tally import text

USERS = {"self": "as root" if os.geteuid() == 0 else "as an ordinary user", "ordinary": "as an ordinary user"}


def read(folder: Path, parts: list[str], launcher: Path) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """What each part left, and the names of those that left nothing since the launcher was built."""
    found, missing = {}, []
    for part in parts:
        file = folder / f"{part}.json"
        if file.exists() and file.stat().st_size > 0 and file.stat().st_mtime >= launcher.stat().st_mtime:
            found[part] = json.loads(file.read_text())
        elif os.geteuid() == 0 or ".ordinary." not in part:
            missing.append(part)
    return found, missing


def summarise(tallies: list[dict[str, Any]], checks: bool) -> tuple[str, list[str], int]:
    chosen = [tally for tally in tallies if tally["checks"] == checks]
    known = sorted({name for tally in chosen for name in set(tally["through"]) & set(tally["known"])})
    escapes = [name for tally in chosen for name in set(tally["through"]) - set(tally["known"])]
    numbers = [sum(tally[key] for tally in chosen) for key in ("attempted", "refused", "harmless", "skipped")]
    line = text(numbers[0], numbers[1], numbers[2], known, numbers[3], len(escapes), checks)
    return line, known, len(escapes)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("folder", type=Path, help="where the counts are")
    parser.add_argument("parts", nargs="+", help="PART.USER.MODE")
    args = parser.parse_args()
    found, missing = read(args.folder, args.parts, args.launcher)
    if missing:
        print(f"SKIP: to sum up, all of escape/ has to run; missing: {', '.join(missing)}")
        return 77
    status = 0
    for kind in sorted({part.split(".", 1)[1] for part in found}):
        tallies = [tally for part, tally in found.items() if part.endswith(f".{kind}")]
        user, mode = kind.split(".")
        for checks in sorted({tally["checks"] for tally in tallies}):
            line, known, escapes = summarise(tallies, checks)
            print(f"{mode} mode, {USERS[user]}: {line}")
            if known:
                print(f"  known (docs/security.md, \"Not promised\"): {', '.join(known)}")
            status |= escapes > 0
    return status


if __name__ == "__main__":
    sys.exit(main())
