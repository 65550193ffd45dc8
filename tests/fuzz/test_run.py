#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What runs the fuzzers notices a failure, and the kept corpora are as it would write them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import corpus

HERE = Path(__file__).resolve().parent

# Stands for a fuzzer: what it prints and leaves behind is the last argument but for the folders.
FAKE = """#!/bin/sh
for word; do case $word in -artifact_prefix=*) prefix=${word#*=};; esac; done
%s
"""


class Corpus(unittest.TestCase):
    """The text files of inputs."""

    def test_any_bytes(self) -> None:
        generator = random.Random(1)
        inputs = [b"", b"#", b"# a", b" ", b"a ", b"\\", b"\\x41", b"\n", b"a\nb", b"\xff\x00", b"#\n", b"  \n "]
        inputs += [generator.randbytes(generator.randrange(20)) for _ in range(2000)]
        for data in inputs:
            line = corpus.encode(data)
            self.assertTrue(line.isascii() and line.isprintable() and line.strip() == line, repr(line))
            self.assertFalse(line.startswith("#"))
            self.assertEqual(corpus.decode(line), data)

    def test_what_is_kept(self) -> None:
        files = sorted(corpus.FOLDER.iterdir())
        self.assertEqual([path.stem for path in files], ["argdata", "divide", "elf", "reader", "recipe", "strict", "yaml"])
        for path in files:
            inputs = corpus.read(path)
            self.assertGreater(len(inputs), 0)
            self.assertEqual(len(inputs), len(set(inputs)), path)

    def test_another_spelling_is_refused(self) -> None:
        for line in ("\\x41", "\\q", "a\\", "\\xFF"):
            with self.assertRaises(ValueError):
                corpus.decode(line)


class Runner(unittest.TestCase):
    """With programs that stand for a fuzzer."""

    def run_it(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory() as scratch:
            fake = Path(scratch) / "fake"
            fake.write_text(FAKE % script)
            fake.chmod(0o755)
            command = [sys.executable, "-B", str(HERE / "run.py"), "--work", f"{scratch}/work", str(fake)]
            return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)

    def test_good(self) -> None:
        result = self.run_it('echo "#5 DONE cov: 12 ft: 1"; echo "stat::number_of_executed_units: 5"')
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("fake: 5 inputs, 0 of them kept; 12 places", result.stdout)

    def test_found(self) -> None:
        result = self.run_it('printf "a\\nb" >"${prefix}crash-1"; echo "cov: 1"; exit 77')
        self.assertEqual(result.returncode, 1)
        self.assertIn("crash-1 (3 bytes)", result.stdout)
        self.assertIn("as a line of the corpus: a\\nb\n", result.stdout)

    def test_skipped(self) -> None:
        """Only what says why, and before anything else, has a reason."""
        result = self.run_it('echo "SKIP: no name spaces"; exit 77')
        self.assertEqual((result.returncode, result.stdout), (77, "SKIP: no name spaces\n"))
        self.assertEqual(self.run_it('echo "cov: 1"; echo "SKIP: a bug"; exit 77').returncode, 1)

    def test_nothing_executed(self) -> None:
        """A fuzzer that ends without having said what it did has not passed."""
        self.assertEqual(self.run_it("exit 0").returncode, 1)

    def test_bounded(self) -> None:
        script = 'echo "$*"; echo "cov: 1"; echo "stat::number_of_executed_units: 1"; exit 1'
        self.assertIn("-max_total_time=10 ", self.run_it(script, CLOUDABI_FUZZ_SECONDS="10").stdout)
        self.assertIn("-max_total_time=3 ", self.run_it(script, CLOUDABI_FUZZ_SECONDS="3").stdout)
        result = self.run_it(script, CLOUDABI_FUZZ_SECONDS="no")
        self.assertEqual(result.returncode, 1)
        self.assertIn("a number of seconds is needed", result.stderr)


if __name__ == "__main__":
    unittest.main()
