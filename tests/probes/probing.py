# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of configure probes share: which names to ask for, and which answers are right."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "include"))

from api.table import Row, headers, interfaces  # noqa: E402

SKIPPED = 77


class Question(NamedTuple):
    """One probe. `kind`: function (does it link?), declaration or header."""

    kind: str
    name: str
    header: str = ""


Answers = dict[Question, bool]


class Target(NamedTuple):
    """The toolchain under test."""

    prefix: Path
    triple: str
    compat: bool

    @property
    def sysroot(self) -> Path:
        return self.prefix / self.triple

    @property
    def share(self) -> Path:
        return self.sysroot / "share" / "cloudabi"

    @property
    def cc(self) -> Path:
        return self.prefix / "bin" / f"{self.triple}-cc"


def run(folder: Path, target: Target, *words: str | Path, **environment: str) -> str:
    """Run a tool as a user would, the toolchain in PATH; returns what it printed."""
    path = f"{target.prefix}/bin:{os.environ['PATH']}"
    result = subprocess.run(words, cwd=folder, env={**os.environ, "PATH": path, "LC_ALL": "C", **environment},
                            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{words[0]} failed:\n{(result.stdout + result.stderr)[-4000:]}")
    return result.stdout


def symbols(target: Target, *archives: str) -> set[str]:
    nm = target.prefix / "bin" / f"{target.triple}-nm"
    files = [target.sysroot / "lib" / name for name in archives]
    return set(run(Path("/"), target, nm, "--defined-only", "-g", "--format=just-symbols", *files).split())


def builtins(target: Target, names: list[str]) -> set[str]:
    """Those that the compiler knows by itself: where a probe is most easily deceived."""
    lines = "".join(f"#if __has_builtin(__builtin_{name})\nknown {name}\n#endif\n" for name in names)
    output = subprocess.run([target.cc, "-E", "-P", "-xc", "-"], input=lines, capture_output=True, text=True, check=True)
    return {line.split()[1] for line in output.stdout.splitlines() if line.startswith("known ")}


def every(items: list[Row], count: int) -> list[Row]:
    """About `count` of them, evenly spread."""
    step = max(1, len(items) // count)
    return items[::step]


def sample(target: Target) -> list[Row]:
    """Functions of every status; of the removed and offered ones, all that the compiler knows."""
    table = sorted((row for row in interfaces() if not row.also and row.is_function), key=lambda row: (row.header, row.name))
    compat = [row for row in table if row.status == "compat"]
    remove = [row for row in table if row.status == "remove"]
    known = builtins(target, [row.name for row in remove])
    chosen = compat + [row for row in remove if row.name in known]
    if target.compat:
        return chosen
    chosen += every([row for row in remove if row.name not in known], 80)
    return chosen + every([row for row in table if row.status == "keep"], 50) \
        + every([row for row in table if row.status == "add"], 20)


def questions(target: Target) -> Answers:
    """What to ask, and the right answers: the table's for what it refuses, else what is there."""
    there = symbols(target, "libc.a", *(["libcompat.a"] if target.compat else []))
    right: Answers = {}
    chosen = sample(target)
    for number, row in enumerate(chosen):
        offered = row.status in ("keep", "add") or row.status == "compat" and target.compat
        linkable = offered and row.name in there
        right[Question("function", row.name)] = linkable
        installed = (target.sysroot / "include" / row.header).is_file()
        if installed and (row.status == "compat" or number % 2 == 0) and (linkable or not offered):
            right[Question("declaration", row.name, row.header)] = linkable
    if not target.compat:
        for number, (header, entry) in enumerate(sorted(headers().items())):
            installed = (target.sysroot / "include" / header).is_file()
            if installed == entry.installed and (number % 4 == 0 or not entry.installed and number % 2 == 0):
                right[Question("header", header)] = entry.installed
    return right


def grade(title: str, right: Answers, given: Answers) -> int:
    """Print the score; returns the number of wrong or missing answers."""
    wrong = [question for question in right if given.get(question) != right[question]]
    total: Counter[tuple[str, bool]] = Counter((question.kind, answer) for question, answer in right.items())
    for (kind, answer), count in sorted(total.items()):
        bad = sum(question.kind == kind and right[question] == answer for question in wrong)
        print(f"{title}: {kind}, right answer {'yes' if answer else 'no'}: {count - bad} / {count}")
    for question in wrong:
        said = {None: "nothing", True: "yes", False: "no"}[given.get(question)]
        print(f"FAIL: {title}: {question.kind} {question.name}: answered {said}")
    return len(wrong)


def main(description: str | None, tool: str, ask: Callable[[Target, list[Question], Path], Answers]) -> int:
    """Ask by one tool, without and with the compat switch."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--prefix", type=Path, required=True, help="where the toolchain is installed")
    parser.add_argument("--arch", default="x86_64", help="machine (default: x86_64)")
    args = parser.parse_args()
    if not any(Path(folder, tool).is_file() for folder in os.environ["PATH"].split(":")):
        print(f"SKIP: {tool} is not installed (tools/packages.debian)")
        return SKIPPED
    wrong = asked = 0
    names = set()
    for compat in (False, True):
        target = Target(args.prefix.resolve(), f"{args.arch}-unknown-cloudabi", compat)
        if not (target.sysroot / "lib" / "libcompat.a").is_file():
            print(f"SKIP: no libcompat.a in {target.sysroot}/lib; build the sysroot first")
            return SKIPPED
        right = questions(target)
        with tempfile.TemporaryDirectory(prefix="probes-") as folder:
            wrong += grade("with --compat" if compat else "without --compat", right,
                           ask(target, list(right), Path(folder)))
        asked += len(right)
        names |= {question.name for question in right}
    print(f"a sample of {len(names)} names and headers of {len(interfaces())}; api/link asks for all by one link")
    print(f"probes answered right: {asked - wrong} / {asked}")
    return 1 if wrong or not asked else 0
