#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The comparison with the ledger notices what changes: names that come, go or change archives."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from ledger import ARCHIVES, SKIPPED

HERE = Path(__file__).resolve().parent
args = argparse.Namespace()


class Notices(unittest.TestCase):
    """Each test changes a copy of the archives."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="ledger-test-")
        self.addCleanup(scratch.cleanup)
        self.lib = Path(scratch.name)
        for name in ARCHIVES:
            shutil.copy(args.prefix / args.triple / "lib" / name, self.lib)

    def tool(self, name: str, *words: str | Path) -> None:
        subprocess.run([args.prefix / "bin" / f"{args.triple}-{name}", *words], cwd=self.lib, check=True)

    def add(self, archive: str, text: str) -> None:
        (self.lib / "extra.c").write_text(text)
        self.tool("cc", "-c", "extra.c")
        self.tool("ar", "qs", archive, "extra.o")

    def compare(self) -> tuple[int, list[str]]:
        command = [sys.executable, HERE / "ledger.py", "--prefix", args.prefix, "--arch", args.arch, "--lib", self.lib]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        return result.returncode, [" ".join(line.split()) for line in result.stdout.splitlines()]

    def test_removed_name(self) -> None:
        self.add("libc.a", "int open(void) { return 1; }\n")
        status, lines = self.compare()
        self.assertEqual(status, 1)
        self.assertIn("libc.a.defines: 1 added, 0 removed", lines)
        self.assertIn("+ open remove, <fcntl.h>", lines)
        self.assertIn("libc.a defines open: remove, <fcntl.h>", lines)

    def test_name_of_its_own(self) -> None:
        self.add("libc.a", "int quite_new(void) { return 1; }\n")
        status, lines = self.compare()
        self.assertEqual(status, 1)
        self.assertIn("+ quite_new", lines)

    def test_compat_name_in_libc(self) -> None:
        self.add("libc.a", "int getenv(void) { return 1; }\n")
        status, lines = self.compare()
        self.assertEqual(status, 1)
        self.assertIn("libc.a defines getenv: compat, <stdlib.h>", lines)

    def test_lost_name(self) -> None:
        self.tool("ar", "d", "libc.a", "qsort.c.obj")
        status, lines = self.compare()
        self.assertEqual(status, 1)
        self.assertIn("- qsort_r keep, <stdlib.h>", lines)

    def test_new_need(self) -> None:
        self.add("libcompat.a", "int strcpy2(void);\nint __f(void);\nint __f(void) { return strcpy2(); }\n")
        status, lines = self.compare()
        self.assertEqual(status, 1)
        self.assertIn("libcompat.a.needs: 1 added, 0 removed", lines)
        self.assertIn("+ strcpy2", lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prefix", type=Path, required=True)
    parser.add_argument("--arch", default="x86_64")
    parser.parse_known_args(namespace=args)
    args.triple = f"{args.arch}-unknown-cloudabi"
    if not (args.prefix / args.triple / "lib" / "libcompat.a").is_file():
        print(f"SKIP: no libcompat.a below {args.prefix}; build the sysroot first")
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1])
