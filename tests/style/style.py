#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs one style check over the files that git tracks. Exits 77 if its tool is not installed."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tidy import tidy_commands
from textrules import check_text

SKIP = 77


def need(tool: str) -> str:
    """Return a tool's path, or end the test as skipped."""
    path = shutil.which(tool)
    if path is None:
        print(f"SKIP: {tool} is not installed")
        sys.exit(SKIP)
    return path


def tracked(root: Path) -> list[Path]:
    """Return the tracked files that exist, relative to the root."""
    need("git")
    # Git distrusts a tree of another user, as containers have it; listing names runs nothing of it.
    command = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        reason = (result.stderr.splitlines() or ["git failed"])[0]
        print(f"SKIP: {root}: {reason}")
        sys.exit(SKIP)
    names = [Path(name) for name in result.stdout.split("\0") if name]
    return [name for name in names if (root / name).is_file()]


def run_all(commands: list[tuple[list[str], Path]]) -> int:
    """Run commands in parallel; print the output of those that fail and count them."""

    def one(item: tuple[list[str], Path]) -> tuple[int, str]:
        command, folder = item
        result = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", check=False
        )
        return result.returncode, result.stdout + result.stderr

    failures = 0
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for status, output in pool.map(one, commands):
            if status != 0:
                failures += 1
                print(output.strip())
    return failures


def expected_output(name: Path) -> bool:
    """Tell a generator's expected output, which looks as the generator writes it."""
    return bool({"golden", "goldens"} & set(name.parts))


def clang_format(root: Path, files: list[Path]) -> int:
    """Compare all C with the one format."""
    tool = need("clang-format")
    names = [str(n) for n in files if n.suffix in (".c", ".h") and not expected_output(n)]
    return run_all([([tool, "--dry-run", "-Werror", *names], root)]) if names else 0


def python(root: Path, files: list[Path], work: Path) -> int:
    """Check types of what is not a test: tests run anyway.

    Each folder of scripts is a world of its own, as Python sees it.
    """
    tool = need("mypy")
    folders: defaultdict[Path, list[str]] = defaultdict(list)
    for name in files:
        package = (root / name.parent / "__init__.py").exists()
        if name.suffix == ".py" and not package and name.parts[0] != "tests":
            folders[name.parent].append(name.name)
    flags = ["--check-untyped-defs", "--ignore-missing-imports", "--allow-redefinition"]
    flags += ["--disable-error-code", "var-annotated"]
    flags += ["--disallow-untyped-defs"]
    flags += ["--no-error-summary", "--python-version", "3.11"]
    # A cache of its own as well: modules of two folders may have one name, and they run at once.
    return run_all(
        [
            ([tool, *flags, "--cache-dir", str(work / "mypy" / folder), *names], root / folder)
            for folder, names in folders.items()
        ]
    )


def is_shell(path: Path) -> bool:
    """Tell shell scripts by their first line."""
    with path.open("rb") as stream:
        line = stream.readline(64)
    return line.startswith(b"#!") and line.rstrip().split(b"/")[-1] in (
        b"sh",
        b"bash",
        b"env bash",
        b"env sh",
    )


def shell(root: Path, files: list[Path], work: Path) -> int:
    """Run shellcheck; the driver's templates are checked as they are installed."""
    tool = need("shellcheck")
    prefix = work / "toolchain"
    install = root / "toolchain-files" / "install.py"
    status = run_all([([sys.executable, str(install), "--prefix", str(prefix)], root)])
    names = [str(name) for name in files if name.suffix != ".in" and is_shell(root / name)]
    names += [str(path) for path in sorted((prefix / "bin").glob("*")) if is_shell(path)]
    return status + run_all([([tool, name], root) for name in names])


def main() -> int:
    """Run the check named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("check", choices=["clang-format", "clang-tidy", "python", "shell", "text"])
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for caches")
    parser.add_argument("--database", type=Path, action="append", default=[])
    arguments = parser.parse_args()
    root, work = arguments.root.resolve(), arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    files = tracked(root)
    if arguments.check == "clang-format":
        failures = clang_format(root, files)
    elif arguments.check == "clang-tidy":
        commands = tidy_commands(need("clang-tidy"), root, files, arguments.database)
        if not commands:
            print("SKIP: no compilation database")
            return SKIP
        failures = run_all(commands)
    elif arguments.check == "python":
        failures = python(root, files, work)
    elif arguments.check == "shell":
        failures = shell(root, files, work)
    else:
        failures = check_text(root, files)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
