# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of the API table share: the compiler under test, its headers and its diagnostics."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "include"))

SKIPPED = 77
DIAGNOSTIC = re.compile(r"(?P<file>[^:\n]+):(?P<line>\d+):\d+: (?P<kind>fatal error|error|warning): (?P<text>.*)")


class Diagnostic(NamedTuple):
    file: str
    line: int
    kind: str
    text: str


def arguments(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--cc", type=Path, required=True, help="the C compiler for the target")
    parser.add_argument("--include", type=Path, required=True, metavar="DIR", help="the target's installed headers")
    parser.add_argument("--flag", action="append", default=[], help="a further compiler flag; may be repeated")
    args = parser.parse_args()
    if not args.cc.exists():
        skip(f"no compiler for the target at {args.cc}; build the sysroot first")
    if not (args.include / "stdio.h").is_file():
        skip(f"no installed headers in {args.include}; build the sysroot first")
    return args


def skip(reason: str) -> None:
    print(f"SKIP: {reason}")
    sys.exit(SKIPPED)


def installed(include: Path) -> list[str]:
    """The public headers by the name a program includes them by."""
    found = (path.relative_to(include).as_posix() for path in include.rglob("*.h"))
    return sorted(name for name in found if not name.startswith("bits/"))


def compile_text(args: argparse.Namespace, text: str, *flags: str, language: str = "c") -> list[Diagnostic]:
    """Check `text` without generating code; the diagnostics name it <stdin>."""
    command = [str(args.cc), *args.flag, "-fsyntax-only", "-ferror-limit=0", "-fno-caret-diagnostics",
               f"-x{language}", *flags, "-"]
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    found = [Diagnostic(match["file"], int(match["line"]), match["kind"], match["text"])
             for match in map(DIAGNOSTIC.match, result.stderr.splitlines()) if match]
    if result.returncode != 0 and not any("error" in diagnostic.kind for diagnostic in found):
        sys.exit(f"the compiler failed without naming an error: {' '.join(command)}\n{result.stderr}")
    return found


def report(failures: list[str]) -> int:
    for failure in failures:
        print(f"FAIL: {failure}")
    print("passed" if not failures else f"{len(failures)} failure(s)")
    return 1 if failures else 0
