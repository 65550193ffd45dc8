# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of narrowed descriptors share: running as either user in either mode, and the verdict."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from run import as_ordinary, install
from tally import Tally
from world import EXECUTABLE

# The launcher, its options, the programs, and a path in a folder of its own where nothing is yet.
Run = Callable[[Path, list[str], list[Path], Path], int]


def make_tree(base: Path) -> None:
    """What narrow.h describes."""
    (base / "sub/sub/sub").mkdir(parents=True)
    (base / "sub/sub/sub/file").write_text("content\n")
    for depth, folder in enumerate((base, base / "sub", base / "sub/sub")):
        (folder / "file").write_text("content\n")
        (folder / f"marker-{depth + 1}").write_text("above\n")
        (folder / "up").symlink_to(f"../marker-{depth}")
        (folder / "binary").write_bytes(EXECUTABLE)
        (folder / "binary").chmod(0o755)


def snapshot(base: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and directory, with its mode; of files the time of the last change and the content too."""
    found = {}
    for path in sorted(base.rglob("*")):
        info = path.lstat()
        plain = path.is_file() and not path.is_symlink()
        found[path.relative_to(base).as_posix()] = (info.st_mode, info.st_mtime_ns if plain else 0,
                                                    path.read_bytes() if plain else b"")
    return found


def judge(result: subprocess.CompletedProcess[str], changed: list[str], expected: int,
          through: frozenset[str] = frozenset()) -> int:
    """Print all, and return the exit status. `through` is what has to get through, no more and no less."""
    lines = result.stdout.splitlines()
    names = [line.split()[1] for line in lines if line.startswith("ok ")]
    got_through = [line.split()[2] for line in lines if line.startswith("not ok ")]
    problems = [f"got through, or failed: {name}" for name in got_through if name not in through]
    problems += [f"should get through here: {name}" for name in sorted(through - set(got_through))]
    problems += [f"what is this: {line}" for line in lines if not line.startswith(("ok ", "not ok "))]
    if result.returncode != 0 or result.stderr:
        problems.append(f"status {result.returncode}: {result.stderr}")
    problems += changed
    if len(names) < expected or len(names) != len(set(names)):
        problems.append(f"{len(set(names))} attempts with a name of their own; at least {expected} were expected")
    print("\n".join([*lines, *(f"FAILED: {problem}" for problem in problems)]))
    # What has to get through is as it should be.
    Tally.of([line.removeprefix("not ") if line.split()[2] in through else line for line in lines]).conclude(checks=True)
    return 1 if problems else 0


def differences(before: dict[str, tuple[int, int, bytes]], after: dict[str, tuple[int, int, bytes]]) -> list[str]:
    return [f"changed: {name}" for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]


def main(description: str | None, run: Run) -> int:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("programs", type=Path, nargs="+")
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; the test of the same name that ends in -self is this one")
        return 77
    os.umask(0o022)
    options = ["--strict"] if args.mode == "strict" else []
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        installed = [install(args.launcher, program, Path(scratch, "installed")) for program in args.programs]
        launcher, programs = installed[0][0], [program for _, program in installed]
        base = Path(scratch, "world", "base")
        base.parent.mkdir()
        if args.user == "ordinary":
            return as_ordinary(base.parent, lambda: run(launcher, options, programs, base))
        return run(launcher, options, programs, base)
