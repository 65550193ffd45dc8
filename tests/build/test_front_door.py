#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""./build.sh itself, in a copy of the tree, so that nothing real is built or removed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class FrontDoor(unittest.TestCase):
    """Refusals and helpers of the command line."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="front-door-")
        self.addCleanup(scratch.cleanup)
        self.tree = Path(scratch.name) / "a tree"
        self.tree.mkdir()
        shutil.copy(ROOT / "build.sh", self.tree)
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "tools", self.tree / "tools", ignore=ignore)
        shutil.copytree(ROOT / "toolchain-files", self.tree / "toolchain-files", ignore=ignore)
        shutil.copytree(ROOT / "include" / "api", self.tree / "include" / "api", ignore=ignore)
        # No package is looked for, so none can be installed by a test.
        (self.tree / "tools" / "packages.debian").write_text("# none\n")

    def build(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run build.sh."""
        return subprocess.run(
            [str(self.tree / "build.sh"), *words],
            cwd="/",
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def refused(self, *words: str, **environment: str) -> str:
        """Run build.sh, expect failure, and return the last line of stderr."""
        result = self.build(*words, **environment)
        self.assertNotEqual(result.returncode, 0)
        self.assertNotIn("Traceback", result.stderr)
        return result.stderr.splitlines()[-1]

    def test_help(self) -> None:
        for words in (["help"], ["--help"], ["test", "-h"]):
            result = self.build(*words)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("usage: ./build.sh", result.stdout)

    def test_what_is_not_there(self) -> None:
        for command in ("package", "cxx"):
            self.assertIn("is not there yet", self.refused(command))
        self.assertIn("there is no command 'frobnicate'", self.refused("frobnicate"))
        self.assertIn("only x86_64", self.refused("sysroot", "--arch", "aarch64"))
        self.assertIn("unexpected 'zlib'", self.refused("test", "zlib"))
        self.assertIn("at least 1", self.refused("sysroot", "-j", "0"))
        self.assertIn("there is no benchmark 'nonsense'", self.refused("bench", "nonsense"))
        self.assertIn("--json goes with bench", self.refused("sysroot", "--json", "x"))

    def test_what_cannot_be_written(self) -> None:
        (self.tree / "out").write_text("in the way")
        sentence = self.refused("sysroot")
        self.assertIn("/a tree/out: File exists; make sure", sentence)

    def test_unknown_port(self) -> None:
        self.assertIn("there is no port 'nonsense'", self.refused("ports", "nonsense"))
        self.assertFalse((self.tree / "out" / "log").exists())

    def test_nothing_outside_out(self) -> None:
        before = set(self.tree.rglob("*"))
        self.refused("sysroot", XDG_CACHE_HOME="/proc", PYTHONDONTWRITEBYTECODE="")
        new = {path.relative_to(self.tree).parts[0] for path in set(self.tree.rglob("*")) - before}
        self.assertEqual(new, {"out"})

    def test_clean(self) -> None:
        (self.tree / "out" / "bin").mkdir(parents=True)
        self.assertEqual(self.build("clean").returncode, 0)
        self.assertFalse((self.tree / "out").exists())
        self.assertTrue((self.tree / "tools").is_dir())
        self.assertIn("no further words", self.refused("clean", "everything"))

    def test_missing_clang(self) -> None:
        lock = self.tree / "tools" / "sources.lock"
        self.assertTrue(lock.is_file())
        # Fetching comes first; stand in for a tree that is fetched already.
        fetch = self.tree / "tools" / "fetch.py"
        fetch.write_text("")
        sentence = self.refused("sysroot", CLOUDABI_CLANG="/nonexistent/clang")
        self.assertIn("clang '/nonexistent/clang' is missing", sentence)
        self.assertEqual(len(self.build("sysroot", CLOUDABI_CLANG="/gone").stderr.splitlines()), 1)
        self.assertIn("apt-get install clang lld llvm", sentence)

    def test_old_clang(self) -> None:
        (self.tree / "tools" / "fetch.py").write_text("")
        old = self.tree / "old"
        old.write_text("#!/bin/sh\necho 'Debian clang version 11.0.1-2'\n")
        old.chmod(0o755)
        sentence = self.refused("sysroot", CLOUDABI_CLANG=str(old))
        self.assertIn("is version 11", sentence)
        self.assertIn("install clang 14 or newer", sentence)

    def test_failed_fetch(self) -> None:
        lock = self.tree / "tools" / "sources.lock"
        lock.write_text(lock.read_text(encoding="utf-8").replace("[musl", "[other"))
        sentence = self.refused("sysroot")
        self.assertIn("'musl' is not in", sentence)

    def test_missing_packages_without_rights(self) -> None:
        if shutil.which("dpkg-query") is None:
            self.skipTest("not Debian")
        (self.tree / "tools" / "packages.debian").write_text("build no-such-package-anywhere\n")
        subprocess.run(["chmod", "-R", "a+rX", self.tree.parent], check=True)
        command = [str(self.tree / "build.sh"), "sysroot"]
        if os.geteuid() == 0:
            if shutil.which("setpriv") is None:
                self.skipTest("setpriv is not installed")
            command = ["setpriv", "--reuid=65534", "--clear-groups", "--no-new-privs", *command]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertNotEqual(result.returncode, 0)
        install = "apt-get install --yes --no-install-recommends no-such-package-anywhere\n"
        by_hand = f"run as root: apt-get update && {install}"
        if shutil.which("sudo"):
            by_hand = f"run: sudo apt-get update && sudo {install}"
        self.assertEqual(result.stderr, f"build.sh: packages are missing; {by_hand}")


if __name__ == "__main__":
    unittest.main()
