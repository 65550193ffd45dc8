# SPDX-License-Identifier: BSD-2-Clause
"""Chooses what clang-tidy looks at: tracked files that some build compiles."""

from __future__ import annotations

import json
from pathlib import Path

# Files that go to one clang-tidy: enough to spare its start, few enough for all processors.
BATCH = 8


def tidy_commands(
    tool: str, root: Path, files: list[Path], databases: list[Path]
) -> list[tuple[list[str], Path]]:
    """Return clang-tidy's command lines. A file in several databases is checked once."""
    wanted = {(root / name).resolve() for name in files if name.suffix == ".c"}
    commands: list[tuple[list[str], Path]] = []
    for database in databases:
        path = database / "compile_commands.json"
        if not path.is_file():
            print(f"note: no {path}")
            continue
        entries = json.loads(path.read_text(encoding="utf-8"))
        compiled = {(Path(entry["directory"]) / entry["file"]).resolve() for entry in entries}
        chosen = sorted(wanted & compiled)
        wanted -= compiled
        for start in range(0, len(chosen), BATCH):
            names = [str(name) for name in chosen[start : start + BATCH]]
            commands.append(([tool, "--quiet", "-p", str(database), *names], root))
    return commands
