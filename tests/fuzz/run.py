#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs a fuzzer for a bounded time over its kept corpus, and says what it found.

The time is CLOUDABI_FUZZ_SECONDS of the environment, or 10. What is new stays in the work folder, where the next run
begins; --keep adds the part of it that reaches new code to the kept corpus.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import corpus

DEFAULT_SECONDS = 10
SLOW_SECONDS = 10  # for one input
MEMORY_MIB = 2048
KEPT_LENGTH = 256  # longer inputs are not kept: they say little that shorter ones do not


def seconds() -> int:
    """Return how long to run."""
    text = os.environ.get("CLOUDABI_FUZZ_SECONDS", str(DEFAULT_SECONDS))
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        sys.exit(f"run.py: CLOUDABI_FUZZ_SECONDS is '{text}': a number of seconds is needed")
    return int(text)


def show_found(fuzzer: Path, found: Path) -> None:
    """Print each input that failed, so that a log is enough to have it again."""
    for path in sorted(found.iterdir()):
        data = path.read_bytes()
        print(f"found: {path} ({len(data)} bytes); run again with: {fuzzer} {path}")
        if len(data) <= 4096:
            print(f"as a line of the corpus: {corpus.encode(data)}")


def fuzz(fuzzer: Path, work: Path, seeds: list[Path]) -> int:
    """Run it; its exit status says whether something was found."""
    name, found, kept, grown = fuzzer.name, work / "found", work / "kept", work / "grown"
    for folder in (found, kept):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    grown.mkdir(exist_ok=True)
    count = corpus.unpack(corpus.FOLDER / f"{name}.txt", kept)
    command = [str(fuzzer), f"-max_total_time={seconds()}", f"-timeout={SLOW_SECONDS}"]
    command += [f"-rss_limit_mb={MEMORY_MIB}", f"-artifact_prefix={found}/", "-print_final_stats=1"]
    dictionary = Path(__file__).resolve().parent / "dictionaries" / f"{name}.dict"
    if dictionary.is_file():
        command.append(f"-dict={dictionary}")
    result = subprocess.run([*command, str(grown), str(kept), *map(str, seeds)], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    if result.returncode == 77 and result.stdout.startswith("SKIP: "):
        print(result.stdout, end="")
        return 77
    executed = re.search(r"number_of_executed_units:\s*(\d+)", result.stdout)
    covered = re.findall(r"cov: (\d+)", result.stdout)
    if result.returncode != 0 or executed is None or not covered:
        print(result.stdout[-12000:])
        show_found(fuzzer, found)
        print(f"{name}: failed with status {result.returncode}")
        return 1
    print(f"{name}: {executed[1]} inputs, {count} of them kept; {covered[-1]} places in the code reached")
    return 0


def keep(fuzzer: Path, work: Path) -> None:
    """Add what reaches new code, shortest first, to the kept corpus."""
    file = corpus.FOLDER / f"{fuzzer.name}.txt"
    with tempfile.TemporaryDirectory() as scratch:
        merged = Path(scratch) / "merged"
        corpus.unpack(file, merged)
        before = {path.name for path in merged.iterdir()}
        command = [str(fuzzer), "-merge=1", f"-max_len={KEPT_LENGTH}", str(merged), str(work / "grown")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        new = [path.read_bytes() for path in merged.iterdir() if path.name not in before]
    lines = sorted({corpus.encode(data) for data in new}, key=lambda line: (len(line), line))
    with file.open("a", encoding="ascii") as stream:
        stream.writelines(f"{line}\n" for line in lines)
    print(f"{fuzzer.name}: {len(lines)} inputs more are kept")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for what this run makes")
    parser.add_argument("--keep", action="store_true", help="add to the kept corpus afterwards")
    parser.add_argument("fuzzer", type=Path)
    parser.add_argument("seeds", type=Path, nargs="*", help="folders of further inputs to begin with")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    status = fuzz(arguments.fuzzer.resolve(), arguments.work.resolve(), arguments.seeds)
    if status == 0 and arguments.keep:
        keep(arguments.fuzzer.resolve(), arguments.work.resolve())
    return status


if __name__ == "__main__":
    sys.exit(main())
