# SPDX-License-Identifier: BSD-2-Clause
"""What the attacks print, counted: `ok NAME`, `not ok NAME`, `skip NAME`, and for many attempts of one kind
`tally NAME MADE REFUSED HARMLESS`: the rest got through. Which those are is told by lines `through WHAT NUMBER`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path


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

    def conclude(self, known: set[str] | None = None) -> list[str]:
        """Print the last line, keep it for the summary (summary.py), and return what is wrong."""
        known = known or set()
        escapes = sorted(set(self.through) - known)
        succeeded = sum(name in known for name in self.through)
        extra = f", {self.harmless} answered without effect" if self.harmless else ""
        extra += f", {succeeded} known to succeed" if succeeded else ""
        extra += f", {self.skipped} skipped" if self.skipped else ""
        print(f"{self.attempted} attempted, {self.refused} refused{extra}; {len(escapes)} escapes", flush=True)
        if "CLOUDABI_ESCAPE_TALLY" in os.environ:
            kept = Path(os.environ["CLOUDABI_ESCAPE_TALLY"])
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(asdict(self) | {"known": sorted(known), "escapes": escapes}))
        return [f"got through: {name}" for name in escapes]
