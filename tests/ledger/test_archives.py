#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""libc/archives.py puts objects where their names belong, and refuses those that break the rule."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "libc"))

import archives  # noqa: E402

COMPAT = {"old", "older"}
args = argparse.Namespace()


class Sharing(unittest.TestCase):
    """Each test compiles a small library."""

    def objects(self, **sources: str) -> list[archives.Object]:
        scratch = tempfile.TemporaryDirectory(prefix="archives-test-")
        self.addCleanup(scratch.cleanup)
        for name, text in sources.items():
            subprocess.run([args.cc, "-O1", "-w", "-xc", "-", "-c", "-o", f"{scratch.name}/{name}.o"], input=text,
                           text=True, check=True)
        nm = args.cc.removesuffix("cc") + "nm"
        tools = archives.Tools("ar", nm, "objcopy")
        return archives.read_objects(tools, [Path(scratch.name, f"{name}.o") for name in sources])

    def share(self, **sources: str) -> tuple[set[str], set[str]]:
        objects = self.objects(older="int older(void) { return 1; }", **sources)
        alone, both = archives.split(objects, COMPAT)
        archives.check(objects, alone, both, COMPAT)
        return {item.path.stem for item in alone}, {item.path.stem for item in both}

    def test_only_compat_names(self) -> None:
        alone, both = self.share(old="int __helper; int old(void) { return 1; }", new="int new;")
        self.assertEqual((alone, both), ({"old", "older"}, set()))

    def test_other_public_name(self) -> None:
        alone, both = self.share(old="int new; int old(void) { return new; }")
        self.assertEqual((alone, both), ({"older"}, {"old"}))

    def test_internal_name_that_the_rest_needs(self) -> None:
        alone, both = self.share(old="int __state; int old;", new="extern int __state; int new(void) { return __state; }")
        self.assertEqual((alone, both), ({"older"}, {"old"}))

    def test_need(self) -> None:
        with self.assertRaisesRegex(archives.ArchiveError, r"new\.o needs old, which is for libcompat\.a only"):
            self.share(old="int old;", new="extern int old; int new(void) { return old; }")

    def test_need_of_an_object_in_both(self) -> None:
        with self.assertRaisesRegex(archives.ArchiveError, r"old\.o needs older"):
            self.share(old="extern int older; int old; int new(void) { return older; }")

    def test_missing_and_double(self) -> None:
        with self.assertRaisesRegex(archives.ArchiveError, "no source defines old,"):
            self.share(new="int new;")
        with self.assertRaisesRegex(archives.ArchiveError, "old is defined 2 times"):
            self.share(old="int old;", again="int old;")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cc", required=True)
    parser.parse_known_args(namespace=args)
    unittest.main(argv=sys.argv[:1])
