# SPDX-License-Identifier: BSD-2-Clause
"""What a running sandbox holds in memory beside the program itself."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from measure import BenchError, Row
from startup import Places

GROUP = "memory"
LIMIT = 1024  # KiB
KINDS = ("Rss", "Pss", "Private")
MAPPING = re.compile(r"[0-9a-f]+-[0-9a-f]+ \S{4} [0-9a-f]+ \S+ (\d+)")
CONFIG = "in: !fd stdin\nout: !fd stdout\n"

Sizes = dict[str, int]


def parent_of(process: int) -> int:
    """Return the parent's number. The name before it may hold parentheses and spaces."""
    text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    return int(text.rpartition(")")[2].split()[1])


def children(process: int) -> list[int]:
    """Return those that have this parent."""
    found = []
    for entry in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if parent_of(int(entry)) == process:
                found.append(int(entry))
        except OSError:  # it ended meanwhile
            continue
    return found


def add(sizes: Sizes, line: str) -> None:
    """Count one line of smaps, in KiB."""
    key, _, value = line.partition(":")
    kind = "Private" if key in ("Private_Clean", "Private_Dirty") else key
    if kind in KINDS:
        sizes[kind] += int(value.split()[0])


def whole(process: int) -> Sizes:
    """Return what a process holds."""
    sizes = dict.fromkeys(KINDS, 0)
    for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()[1:]:
        add(sizes, line)
    return sizes


def loader_part(process: int, loader: Path) -> Sizes:
    """Return what the worker holds of the loader: its file's pages, and the zero pages that follow its data."""
    sizes = dict.fromkeys(KINDS, 0)
    inode, of_loader, found = loader.stat().st_ino, False, False
    for line in Path(f"/proc/{process}/smaps").read_text(encoding="utf-8").splitlines():
        mapping = MAPPING.match(line)
        if mapping is None:
            if of_loader:
                add(sizes, line)
            continue
        # A file system numbers its files from 1, so that 0 says: no file.
        following = of_loader and mapping[1] == "0"
        of_loader = following or int(mapping[1]) == inode
        found |= of_loader
    if not found:
        raise BenchError(f"memory: the worker has not mapped {loader}")
    return sizes


def mappings(process: int) -> str:
    """Return what it has mapped."""
    return Path(f"/proc/{process}/maps").read_text(encoding="utf-8")


def look(launcher: int, loader: Path) -> tuple[dict[str, Sizes], dict[str, str]]:
    """Return the parts of a running sandbox, and why a part is missing."""
    (first,) = children(launcher)
    (worker,) = children(first)
    if mappings(first) != mappings(launcher):
        raise BenchError("memory: the sandbox's first process has memory of its own")
    parts = {"supervisor": whole(launcher)}
    try:
        parts["loader in the worker"] = loader_part(worker, loader)
    except PermissionError:
        return parts, {"memory of the loader": "the worker is not dumpable; measure as root"}
    return parts, {}


def measure(places: Places, loader: Path) -> tuple[list[Row], dict[str, str]]:
    """Start a program that waits, and add up everything that is not the program's."""
    config = places.scratch / "memory.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    command = [str(places.launcher), "--config", str(config), str(places.programs / "target" / "idle")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        if process.stdout.read(1) != b"\n":
            raise BenchError("memory: the program did not start")
        try:
            parts, missing = look(process.pid, loader)
        finally:
            process.stdin.close()
    rows = [Row(GROUP, f"{part}, {kind}", "KiB", sizes[kind]) for part, sizes in parts.items() for kind in KINDS]
    if not missing:
        sums = {kind: sum(sizes[kind] for sizes in parts.values()) for kind in KINDS}
        rows += [Row(GROUP, f"together, {kind}", "KiB", sums[kind], target=None if kind == "Private" else LIMIT)
                 for kind in KINDS]
    return rows, missing
