#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The generated files are the expected ones, and the headers compile wherever they are meant to."""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GOLDEN = HERE / "golden"
COMPILER = os.environ.get("CLANG", "clang")
WARNINGS = ["-Wall", "-Wextra", "-Werror", "-fsyntax-only"]


class GeneratedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.tmp = tempfile.TemporaryDirectory()
        cls.out = Path(cls.tmp.name) / "made"
        subprocess.run([sys.executable, str(ROOT / "abi/generate.py"), "--out", str(cls.out)], check=True)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.tmp.cleanup()

    def compile(self, *flags: str, source: Path = HERE / "headers_test.c", ok: bool = True) -> str:
        command = [COMPILER, *WARNINGS, *flags, f"-I{self.out}", str(source)]
        done = subprocess.run(command, text=True, capture_output=True)
        self.assertEqual(done.returncode == 0, ok, done.stderr)
        return done.stderr

    def test_files_are_the_expected_ones(self) -> None:
        made = {p.name for p in self.out.iterdir()}
        if "--update" in sys.argv:
            for name in made:
                (GOLDEN / name).write_text((self.out / name).read_text())
        self.assertEqual(made, {p.name for p in GOLDEN.iterdir()})
        for name in sorted(made):
            want, got = (d.joinpath(name).read_text().splitlines() for d in (GOLDEN, self.out))
            diff = "\n".join(difflib.unified_diff(want, got, "expected", "made", lineterm="", n=1))
            self.assertEqual(diff, "", f"{name} changed; if that was meant: {Path(__file__).name} --update")

    def test_compiles_freestanding(self) -> None:
        for word in ("-m64", "-m32", "--target=armv7-none-eabi", "--target=aarch64-none-elf"):
            for language in (["-std=c17", "-pedantic"], ["-xc++", "-std=c++11"]):
                with self.subTest(f"{word} {language[0]}"):
                    self.compile("-ffreestanding", word, *language)

    def test_compiles_for_the_target(self) -> None:
        self.compile("-ffreestanding", "--target=x86_64-unknown-cloudabi", "-std=c17")

    def test_compiles_on_the_host(self) -> None:
        self.compile("-std=gnu17")

    def test_each_header_stands_alone(self) -> None:
        for header in sorted(self.out.glob("*.h")):
            with self.subTest(header.name):
                alone = Path(self.tmp.name) / "alone.c"
                alone.write_text(f'#include "{header.name}"\n#include "{header.name}"\n')
                self.compile("-ffreestanding", "-std=c17", source=alone)

    def test_headers_need_nothing_but_the_compiler(self) -> None:
        for header in self.out.glob("*.h"):
            includes = re.findall(r"#include (\S+)", header.read_text())
            self.assertLessEqual(set(includes), {"<stddef.h>", "<stdint.h>", '"cloudabi_types.h"'}, header.name)

    def test_a_moved_member_is_a_compile_error(self) -> None:
        """The layout assertions are looked at: swapping two members of a structure must not compile."""
        text = (self.out / "cloudabi_types.h").read_text()
        first, second = "cloudabi_filetype_t fs_filetype;", "cloudabi_fdflags_t fs_flags;"
        self.assertIn(first, text)
        moved = Path(self.tmp.name) / "moved.h"
        moved.write_text(text.replace(first, "@").replace(second, first).replace("@", second))
        for word in ("-m64", "-m32"):
            self.assertIn("layout of cloudabi_fdstat_t",
                          self.compile("-ffreestanding", word, "-xc", "-std=c17", source=moved, ok=False))

    def test_repeated_run_touches_nothing(self) -> None:
        before = {p: p.stat().st_mtime_ns for p in self.out.iterdir()}
        subprocess.run([sys.executable, str(ROOT / "abi/generate.py"), "--out", str(self.out)], check=True)
        self.assertEqual(before, {p: p.stat().st_mtime_ns for p in self.out.iterdir()})

    def test_reference_names_everything(self) -> None:
        page = (self.out / "abi.md").read_text()
        types = (self.out / "cloudabi_types.h").read_text()
        for name in re.findall(r"cloudabi_sys_(\w+)\(", (self.out / "cloudabi_syscalls.h").read_text()):
            self.assertIn(f"\n### {name}\n", page)
        for name in re.findall(r"\bcloudabi_(\w+)_t;", types):
            if name not in ("rights",):
                self.assertIn(f"\n### {name}\n", page)

    def test_skeleton_names_the_calls_of_the_filter(self) -> None:
        skeleton = tomllib.loads((self.out / "seccomp_skeleton.toml").read_text())
        table = tomllib.loads((ROOT / "runtime/sandbox/seccomp.toml").read_text())
        self.assertEqual(set(skeleton["calls"]), set(table["calls"]))

    def test_links_of_the_reference_lead_somewhere(self) -> None:
        page = (self.out / "abi.md").read_text()
        anchors = {h.strip().lower().replace(" ", "-") for h in re.findall(r"^#+ (.*)$", page, re.M)}
        self.assertLessEqual(set(re.findall(r"\]\(#([^)]*)\)", page)), anchors)


if __name__ == "__main__":
    unittest.main(argv=[a for a in sys.argv if a != "--update"])
