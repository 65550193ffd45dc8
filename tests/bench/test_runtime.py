#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The benchmark of the runtime measures what it says, with as few repetitions as there can be."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
CALLS = {"read", "readv", "write", "writev", "pread", "preadv", "clock_gettime", "lock+unlock", "openat+close"}
PLACES: list[str] = []


class Runtime(unittest.TestCase):
    """One short run, with and without peers."""

    def run_it(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the benchmark."""
        command = [sys.executable, "-B", str(HERE / "runtime" / "run.py"), *PLACES, *words]
        return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)

    def test_all_measures(self) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            figures = Path(scratch) / "figures.json"
            result = self.run_it("--starts", "2", "--rounds", "2", "--json", str(figures))
            self.assertEqual(result.returncode, 0, result.stderr)
            report = json.loads(figures.read_text())
        rows = {(row["group"], row["name"]): row for row in report["rows"]}
        started = {name for group, name in rows if group == "start to exit"}
        self.assertIn("against fork and exec, static", started)
        for peer, program in (("bubblewrap", "bwrap"), ("runc", "runc")):
            self.assertNotEqual(f"against {peer}" in started, peer in report["missing"], report["missing"])
            if shutil.which(program) is None:
                self.assertEqual(report["missing"][peer], "not installed")
                self.assertIn(f"missing: {peer}: not installed", result.stdout)
        self.assertLessEqual(CALLS, {name for group, name in rows if group == "a call"})
        for row in rows.values():
            self.assertGreaterEqual(row["ours"], 0)
            if row["group"] != "memory":
                self.assertGreater(row["ratio"], 0)
                self.assertLessEqual(row["low"], row["high"])
        held = {name: row["ours"] for (group, name), row in rows.items() if group == "memory"}
        self.assertGreaterEqual(held["supervisor, Rss"], held["supervisor, Private"])
        for name in ("load average", "pinned to processor", "busy"):
            self.assertIn(name, result.stdout)

    def test_no_peer_is_named(self) -> None:
        result = self.run_it("--starts", "2", "--rounds", "1", PATH="/nonexistent")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("missing: bubblewrap: not installed", result.stdout)
        self.assertIn("missing: runc: not installed", result.stdout)

    def test_what_cannot_run_fails(self) -> None:
        self.assertNotEqual(self.run_it("--programs", "/nonexistent", "--starts", "1").returncode, 0)
        self.assertNotEqual(self.run_it("--cpu", "100000").returncode, 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prefix", required=True)
    parser.add_argument("--programs", required=True)
    arguments = parser.parse_args()
    check = subprocess.run([f"{arguments.prefix}/bin/cloudabi-run", "--check"], capture_output=True, text=True, check=False)
    if check.returncode != 0:
        print(f"SKIP: programs cannot be started here: {check.stdout.splitlines()[-1:]}")
        sys.exit(77)
    PLACES.extend(["--prefix", arguments.prefix, "--programs", arguments.programs])
    unittest.main(argv=sys.argv[:1])


if __name__ == "__main__":
    main()
