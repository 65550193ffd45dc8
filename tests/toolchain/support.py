# SPDX-License-Identifier: BSD-2-Clause
"""What the toolchain's tests share: the installed driver, and a scratch folder for each test."""

from __future__ import annotations

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIX = Path(os.environ.get("CLOUDABI_TEST_PREFIX", ROOT / "out")).resolve()
TRIPLE = os.environ.get("CLOUDABI_TEST_ARCH", "x86_64") + "-unknown-cloudabi"
SYSROOT = PREFIX / TRIPLE

PROGRAM = """\
#include <program.h>
#include <stdatomic.h>
#include <stdlib.h>

_Noreturn void program_main(const argdata_t *arguments) {
    (void)arguments;
    exit(0);
}
int never_called_by_anyone(int x);
int never_called_by_anyone(int x) { return x * 3; }
"""


class DriverTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="toolchain-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def write(self, name: str, text: str) -> Path:
        """Write a source file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def tool(
        self,
        name: str,
        *words: str | Path,
        prefix: Path = PREFIX,
        cwd: Path | None = None,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the driver's tools."""
        return subprocess.run(
            [str(prefix / "bin" / f"{TRIPLE}-{name}"), *map(str, words)],
            cwd=cwd or self.folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def ok(self, name: str, *words: str | Path, **options: object) -> str:
        """Run a tool that must succeed without a word on stderr; return its output."""
        result = self.tool(name, *words, **options)  # type: ignore[arg-type]
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr, "")
        return result.stdout

    def refused(self, name: str, *words: str | Path, **options: object) -> str:
        """Run a tool that must fail; return its one sentence."""
        result = self.tool(name, *words, **options)  # type: ignore[arg-type]
        self.assertNotEqual(result.returncode, 0, "should have failed")
        self.assertIn("error: ", result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        return result.stderr
