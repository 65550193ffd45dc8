#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Follows the README's first program to the letter: its files, its commands, their output.

Environment: CLOUDABI_TEST_PREFIX, where the toolchain is installed (out/).
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIX = Path(os.environ.get("CLOUDABI_TEST_PREFIX", ROOT / "out"))


def blocks(kind: str) -> list[str]:
    """The README's fenced blocks of one language."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


class Session:
    """A shell in a folder that looks like the root of the tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "examples").symlink_to(ROOT / "examples")
        (folder / "out").symlink_to(PREFIX)

    def run(self, block: str) -> tuple[str, list[str]]:
        """Run the commands of a block; return their output, and the output that it shows."""
        commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
        shown = [line for line in block.splitlines() if not line.startswith("$ ")]
        # Each block begins where the one before left off; of that, only PATH matters.
        script = "export PATH=$PWD/out/bin:$PATH\n" + "\n".join(commands)
        result = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        return result.stdout, shown


class Readme(unittest.TestCase):
    """The sections in the order in which one reads them."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="readme-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.session = Session(self.folder)
        self.before, self.after = blocks("c")
        (self.folder / "count.yaml").write_text(blocks("yaml")[0])
        self.refused, self.run_it, self.mistake = blocks("console")

    def test_first_version_does_not_compile(self) -> None:
        (self.folder / "count.c").write_text(self.before)
        output, shown = self.session.run(self.refused)
        errors = [line for line in output.splitlines() if " error: " in line]
        self.assertEqual(errors, shown)
        self.assertFalse((self.folder / "count").exists())

    def test_second_version_runs(self) -> None:
        (self.folder / "count.c").write_text(self.after)
        output, shown = self.session.run(self.run_it)
        lines = Path("/etc/passwd").read_bytes().count(b"\n")
        self.assertEqual(output, f"{lines} lines\n")
        self.assertRegex("\n".join(shown), r"^\d+ lines$")
        output, shown = self.session.run(self.mistake)
        self.assertEqual(output.splitlines(), shown)

    def test_links(self) -> None:
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        paths = re.findall(r"\]\(([^):#]+)\)", text)
        paths += re.findall(r"^\| `([^`]+/)`", text, re.MULTILINE)
        self.assertGreater(len(paths), 5)
        for path in paths:
            self.assertTrue((ROOT / path).exists(), path)


if __name__ == "__main__":
    unittest.main()
