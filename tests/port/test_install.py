#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The installed command needs nothing of the source tree, and may be moved."""

from __future__ import annotations

import os
import subprocess
import sys
import unittest

from support import PREFIX, ROOT, TRIPLE, PortTest, main


class Installed(PortTest):
    def test_moved(self) -> None:
        first, moved = self.folder / "first", self.folder / "a b" / "moved"
        install = [sys.executable, str(ROOT / "toolchain-files" / "install.py"), "--prefix", str(first)]
        subprocess.run(install, check=True, capture_output=True)
        moved.parent.mkdir()
        first.rename(moved)
        for part in ("include", "lib"):
            (moved / TRIPLE / part).symlink_to(PREFIX / TRIPLE / part)
        self.write("work/a.c", "#include <unistd.h>\nint a(void) { return getpid(); }\n")
        command = [str(moved / "bin" / "cloudabi-port")]
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run([*command, *words], cwd=self.folder / "work", env=env, capture_output=True,
                                  text=True, check=False)

        built = run("cc", "-c", "a.c")
        self.assertEqual(built.returncode, 0, built.stderr)
        report = run("report")
        self.assertEqual(report.returncode, 1, report.stderr)
        self.assertIn("getpid (line 2)", report.stdout)
        guide = moved / "share/doc/cloudabi/porting/guide.md"
        self.assertIn(f"guide: {guide}#process", report.stdout)
        self.assertIn('<a id="process"></a>', guide.read_text())
        self.assertNotIn(str(ROOT), report.stdout)
        explained = run("explain", "getpid", "st_uid")
        self.assertEqual((explained.returncode, explained.stderr), (1, ""))
        self.assertIn(f"guide    {guide}#process", explained.stdout)
        self.assertTrue((moved / "share/man/man1/cloudabi-port.1").is_file())


if __name__ == "__main__":
    main()
