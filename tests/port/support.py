# SPDX-License-Identifier: BSD-2-Clause
"""What the assistant's tests share: the command, and a scratch folder for each test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIX = Path(os.environ.get("CLOUDABI_TEST_PREFIX", ROOT / "out")).resolve()
TRIPLE = "x86_64-unknown-cloudabi"
CC = PREFIX / "bin" / f"{TRIPLE}-cc"
COMMAND = [sys.executable, str(ROOT / "tools" / "cloudabi-port"), "--prefix", str(PREFIX)]


def require_toolchain() -> None:
    """End the test as skipped where nothing can be compiled."""
    if not (PREFIX / TRIPLE / "lib" / "libc.a").is_file():
        print(f"SKIP: no toolchain in {PREFIX}; run './build.sh sysroot'")
        sys.exit(77)


class PortTest(unittest.TestCase):
    """A test with a project of its own."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="port-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name).resolve()

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    def port(self, *words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the assistant."""
        env = {**os.environ, **environment}
        for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CC", "CFLAGS", "DESTDIR"):
            env.pop(name, None)
        return subprocess.run([*COMMAND, *words], cwd=cwd or self.folder, env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, errors="replace", check=False)

    def built(self, *words: str, cwd: Path | None = None) -> str:
        """Run a build that must end well; return what it said."""
        result = self.port(*words, cwd=cwd)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout + result.stderr

    def report(self, *words: str, status: int, cwd: Path | None = None) -> dict[str, Any]:
        """The report as data, with the exit status that it must have."""
        result = self.port("report", "--format", "json", *words, cwd=cwd)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def uses(self, report: dict[str, Any], key: str = "uses") -> list[tuple[str, int, str]]:
        return [(use["file"], use["line"], use["name"]) for use in report[key]]

    def probed(self, report: dict[str, Any]) -> dict[str, str]:
        return {use["name"]: use["probe"] for use in report["probed"]}


def main() -> None:
    require_toolchain()
    unittest.main(verbosity=2)
