# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of configure probes share: running a tool on all processors, and grading what it found."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from questions import Answer, Question, left_out, questions
from tools import Target
from warm import warm

SKIPPED = 77

# Answers by the number of the question.
Answers = dict[int, bool]

# Has a tool answer numbered questions in an empty folder.
Ask = Callable[[Target, dict[int, Question], Path], Answers]


def ask_all(ask: Ask, target: Target, asked: list[Question], jobs: int) -> Answers:
    """Share the questions out to projects that are configured at once; neighbours of one kind cost about the same."""
    numbered = sorted(enumerate(asked), key=lambda item: item[1].kind)
    shares = [dict(sorted(numbered[first::jobs])) for first in range(min(jobs, len(asked)))]
    with tempfile.TemporaryDirectory(prefix="probes-") as name, ThreadPoolExecutor(jobs) as pool:
        folders = [Path(name, str(number)) for number in range(len(shares))]
        for folder in folders:
            folder.mkdir()
        given: Answers = {}
        for answers in pool.map(lambda share, folder: ask(target, share, folder), shares, folders):
            given |= answers
    return given


def grade(title: str, right: dict[Question, Answer], given: Answers) -> int:
    """Print the score; returns the number of wrong or missing answers."""
    good: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    wrong = 0
    for number, (question, answer) in enumerate(right.items()):
        line = question.kind, f"{'yes' if answer.yes else 'no'}{answer.why and f' ({answer.why})'}"
        said = given.get(number)
        total[line] += 1
        good[line] += said == answer.yes
        if said != answer.yes:
            wrong += 1
            where = question.header and f" in <{question.header}>"
            print(f"FAIL: {title}: {question.kind} {question.name}{where}: "
                  f"answered {'nothing' if said is None else 'yes' if said else 'no'}")
    for line, count in sorted(total.items()):
        print(f"{title}: {line[0]}, right answer {line[1]}: {good[line]} / {count}")
    return wrong


def score(target: Target, args: argparse.Namespace, tool: str, ask: Ask) -> tuple[int, int]:
    """How many answers were wrong, of how many."""
    right = questions(target, args.all, tool)
    title = "with --compat" if target.compat else "without --compat"
    begin = time.monotonic()
    wrong = grade(title, right, ask_all(ask, target, list(right), args.jobs))
    print(f"{title}: {len(right)} questions in {time.monotonic() - begin:.0f} s")
    for line in left_out(right):
        print(f"{title}: not asked for: {line}")
    return wrong, len(right)


def main(description: str | None, tool: str, ask: Ask) -> int:
    """Ask by one tool, without and with the compat switch."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--prefix", type=Path, required=True, help="where the toolchain is installed")
    parser.add_argument("--arch", default="x86_64", help="machine (default: x86_64)")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), metavar="N",
                        help="projects configured at once (default: number of processors)")
    parser.add_argument("--warm", type=Path, nargs=2, metavar=("SERVER", "CLIENT"),
                        help="keep the compiler loaded with these two; see warm.py")
    parser.add_argument("--all", action="store_true", default=bool(os.environ.get("CLOUDABI_PROBE_ALL")),
                        help="leave nothing out (default: only if CLOUDABI_PROBE_ALL is set)")
    args = parser.parse_args()
    if not any(Path(folder, tool).is_file() for folder in os.environ["PATH"].split(":")):
        print(f"SKIP: {tool} is not installed (tools/packages.debian)")
        return SKIPPED
    triple = f"{args.arch}-unknown-cloudabi"
    if not (args.prefix / triple / "lib" / "libcompat.a").is_file():
        print(f"SKIP: no libcompat.a for {triple} below {args.prefix}; build the sysroot first")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="probes-") as folder, ExitStack() as stack:
        prefix = args.prefix.resolve()
        environment: dict[str, str] = {}
        if args.warm:
            server, client = args.warm
            environment = stack.enter_context(warm(prefix / "bin", triple, server, client, Path(folder)))
        targets = [Target(prefix, args.arch, compat, tuple(environment.items())) for compat in (False, True)]
        scores = [score(target, args, tool, ask) for target in targets]
    wrong, asked = map(sum, zip(*scores))
    print(f"probes answered right: {asked - wrong} / {asked}")
    return 1 if wrong or not asked else 0
