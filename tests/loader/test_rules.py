#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Run what rules.tsv names: each rule's check must be there and succeed, directly and through libc.

    test_rules.py --start START --loader LOADER --programs DIRECTORY --libc DIRECTORY --launcher CLOUDABI_RUN
"""

from __future__ import annotations

import argparse
import collections
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
GRANTS = {"paths": ["nodes"], "sockets": ["listen", "dead-pipe"], "rights": ["listen"],
          "noexec": ["noexec:{programs}"]}
SKIPPED = "SKIP"


def read_rules() -> list[dict[str, str]]:
    """Return the rows of the table."""
    lines = [line for line in (HERE / "rules.tsv").read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def verdicts(output: str) -> dict[str, bool]:
    """Return the checks of a program, with whether each succeeded whenever it was made."""
    found: dict[str, bool] = {}
    for line in output.splitlines():
        for start, ok in (("ok ", True), ("not ok ", False)):
            if line.startswith(start):
                name = line.removeprefix(start)
                found[name] = found.get(name, True) and ok
    return found


def run_direct(args: argparse.Namespace, program: str) -> dict[str, bool]:
    """Run a program of ours under the loader alone."""
    if program == "modes":  # what only the host sees
        command = [sys.executable, HERE / "test_modes.py", args.start, args.loader,
                   args.programs / "loader_program_results", args.programs, args.launcher]
        return verdicts(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    grants = ["fd:1", "dir:."]
    options = ["--data", "twelve bytes"] if program == "startup" else []
    if program != "startup":
        grants += [f"dir:{args.programs}", *(grant.format(programs=args.programs) for grant in GRANTS.get(program, []))]
    command = [args.start, *options, args.loader, args.programs / f"loader_program_{program}", *grants]
    with tempfile.TemporaryDirectory() as directory:
        result = subprocess.run(command, cwd=directory, capture_output=True, check=False)
    if result.returncode == 77:
        print(f"# the rules of {program} were not tested: {result.stdout.decode().strip()}")
        return {SKIPPED: True}
    return verdicts(result.stdout.decode(errors="replace"))


def run_libc(args: argparse.Namespace, program: str) -> dict[str, bool]:
    """Run a test of the C library under the launcher."""
    command = [sys.executable, HERE.parent / "libc" / "run.py", "--launcher", args.launcher, args.libc / program]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except subprocess.TimeoutExpired:
        return {}
    return verdicts(result.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("start", "loader", "programs", "libc", "launcher"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    runners = {"direct": run_direct, "libc": run_libc}
    results: dict[tuple[str, str], dict[str, bool]] = {}
    counts: collections.Counter[str] = collections.Counter()
    failures = 0
    rules = read_rules()
    for rule in rules:
        for column, runner in runners.items():
            if rule[column] == "-":
                failures += column == "direct"
                continue
            program, _, check = rule[column].partition(": ")
            key = (column, program)
            if key not in results:
                results[key] = runner(args, program)
            if SKIPPED in results[key]:
                continue
            verdict = results[key].get(check)
            counts[column] += verdict is True
            if verdict is not True:
                failures += 1
                state = "was not made" if verdict is None else "failed"
                print(f"section {rule['section']}: {rule['rule']}: the check '{check}' of {program} {state}")
    repeated = [name for name, times in
                collections.Counter((rule["section"], rule["rule"]) for rule in rules).items() if times > 1]
    for section, text in repeated:
        print(f"section {section}: {text}: listed twice")
    checks = sum(len(found) for (column, _), found in results.items() if column == "direct")
    print(f"{len(rules)} rules of the ABI: {counts['direct']} tested directly, by {checks} kinds of checks; "
          f"{counts['libc']} through the C library as well")
    return 1 if failures or repeated or not rules else 0


if __name__ == "__main__":
    sys.exit(main())
