# SPDX-License-Identifier: BSD-2-Clause
"""What the attacks print, counted: `ok NAME`, `not ok NAME`, `skip NAME`, and for many attempts of one kind
`tally NAME MADE REFUSED HARMLESS`: the rest got through. Which those are is told by lines `through WHAT NUMBER`."""

from __future__ import annotations

import json
import os
import unittest
from dataclasses import asdict, dataclass, field
from pathlib import Path

def open_kept() -> int | None:
    """Where to leave the count: opened at once, while it may be. One of an earlier run must not stand for this."""
    if "CLOUDABI_ESCAPE_TALLY" not in os.environ:
        return None
    path = Path(os.environ["CLOUDABI_ESCAPE_TALLY"])
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)


KEPT = open_kept()


def text(attempted: int, refused: int, harmless: int, known: list[str], skipped: int, escapes: int,
         checks: bool = False) -> str:  # fmt: skip
    words = f"{attempted} {'checked' if checks else 'attempted'}, {refused} {'as they should' if checks else 'refused'}"
    words += f", {harmless} answered without effect" if harmless else ""
    words += f", {len(known)} known to succeed" if known else ""
    words += f", {skipped} skipped" if skipped else ""
    return f"{words}; {escapes} {'failures' if checks else 'escapes'}"


@dataclass
class Tally:
    """The count of one part of the suite, in one mode, as one user."""

    attempted: int = 0
    refused: int = 0
    harmless: int = 0
    skipped: int = 0
    through: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, lines: list[str]) -> Tally:
        tally = cls()
        for line in lines:
            words = line.split()
            if line.startswith("ok "):
                tally.add(1, 1)
            elif line.startswith("not ok "):
                tally.add(1, 0)
                tally.through.append(words[2])
            elif line.startswith("skip "):
                tally.skipped += 1
            elif line.startswith("tally "):
                made, refused, harmless = map(int, words[2:5])
                tally.add(made, refused, harmless)
                if made != refused + harmless:
                    tally.through.append(words[1])
        return tally

    def add(self, attempted: int, refused: int, harmless: int = 0) -> None:
        self.attempted += attempted
        self.refused += refused
        self.harmless += harmless

    def conclude(self, known: set[str] | None = None, checks: bool = False) -> list[str]:
        """Print the last line, keep it for the summary (summary.py), and return what is wrong. `checks`: some of it
        must succeed, and does."""
        known = known or set()
        escapes = sorted(set(self.through) - known)
        print(text(self.attempted, self.refused, self.harmless, sorted(known & set(self.through)), self.skipped,
                   len(escapes), checks), flush=True)  # fmt: skip
        if KEPT is not None:
            os.write(KEPT, json.dumps(asdict(self) | {"known": sorted(known), "checks": checks}).encode())
        return [f"got through: {name}" for name in escapes]


def conclude_unittest(result: unittest.TestResult) -> bool:
    """The same for a test that counts no attempts of its own. Returns whether all went as it should."""
    failed = [str(test) for test, _ in (*result.failures, *result.errors)]
    done = result.testsRun - len(result.skipped)
    return not Tally(done, done - len(failed), 0, len(result.skipped), failed).conclude(checks=True)
