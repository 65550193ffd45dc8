#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The porting guide keeps its word: code 'before' is refused, code 'after' compiles and runs."""

from __future__ import annotations

import re
import subprocess
import tomllib
import unittest

from support import CC, PREFIX, ROOT, PortTest, main

GUIDE = ROOT / "docs" / "porting" / "guide.md"
SECTION = re.compile(r'^<a id="([\w-]+)"></a>\n(.*?)(?=^<a id=|\Z)', re.S | re.M)
BLOCK = re.compile(r"^```(c before|c after|yaml)\n(.*?)^```$", re.S | re.M)


def sections() -> dict[str, dict[str, str]]:
    return {anchor: dict(BLOCK.findall(text)) for anchor, text in SECTION.findall(GUIDE.read_text())}


class Guide(PortTest):
    def compile(self, text: str, *words: str) -> subprocess.CompletedProcess[str]:
        command = [str(CC), "-std=gnu17", "-Wall", "-Wextra", "-Werror", "-xc", "-", "-I", str(ROOT / "examples"), *words]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=self.folder)

    def test_every_capability_has_a_paragraph(self) -> None:
        with (ROOT / "tools/port/capabilities.toml").open("rb") as file:
            wanted = [item["id"] for item in tomllib.load(file)["capability"]]
        self.assertEqual(list(sections()), wanted)
        for anchor, blocks in sections().items():
            self.assertLessEqual({"c before", "c after"}, set(blocks), anchor)

    def test_before_is_refused(self) -> None:
        for anchor, blocks in sections().items():
            with self.subTest(anchor):
                result = self.compile(blocks["c before"], "-fsyntax-only", "-Wno-all", "-Wno-extra")
                self.assertNotEqual(result.returncode, 0)
                self.assertRegex(result.stderr, "is unavailable: |file not found|undeclared|implicit declaration")

    def test_before_is_found_under_its_heading(self) -> None:
        for anchor, blocks in sections().items():
            with self.subTest(anchor):
                self.port("forget")
                (self.folder / "a.c").write_text(blocks["c before"])
                self.built("cc", "-c", "a.c")
                found = self.report(status=1)
                self.assertIn(anchor, {use["capability"] for use in found["uses"]})
                for use in found["uses"]:
                    self.assertTrue(use["guide"].endswith(f"guide.md#{use['capability']}"), use)

    def test_after_compiles(self) -> None:
        for anchor, blocks in sections().items():
            with self.subTest(anchor):
                result = self.compile(blocks["c after"], "-c", "-o", "a.o")
                self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_after_runs(self) -> None:
        run = PREFIX / "bin" / "cloudabi-run"
        check = subprocess.run([run, "--check"], capture_output=True, text=True, check=False) if run.exists() else None
        if check is None or check.returncode != 0:
            self.skipTest(f"cloudabi-run cannot run here: {check.stderr if check else 'it is not built'}")
        self.write("etc/settings.conf", "colour = blue\n")
        expected = {"file-tree": "colour = blue\n", "standard-streams": "hello\n"}
        programs = 0
        for anchor, blocks in sections().items():
            if "program_main" not in blocks["c after"]:
                continue
            programs += 1
            with self.subTest(anchor):
                result = self.compile(blocks["c after"], "-o", "program")
                self.assertEqual(result.returncode, 0, result.stderr)
                ran = subprocess.run([run, "program"], input=blocks["yaml"], capture_output=True, text=True,
                                     check=False, cwd=self.folder)
                self.assertEqual((ran.returncode, ran.stdout), (0, expected.get(anchor, "")), ran.stderr)
        self.assertEqual(programs, sum("yaml" in blocks for blocks in sections().values()))


if __name__ == "__main__":
    main()
