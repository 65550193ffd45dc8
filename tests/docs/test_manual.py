#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every installed command has a manual page that formats without warnings and tells the truth about options."""

from __future__ import annotations

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import PREFIX, TRIPLE, groff, main, need

BIN = PREFIX / "bin"
MANUAL = PREFIX / "share" / "man"
OPTION = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
VARIABLE = re.compile(r"^  ([A-Z_]{4,})=", re.M)
COMMAND = re.compile(r"^  ([a-z]+)  ", re.M)
# An option's name in mdoc.
FLAG = re.compile(r"\bFl (Fl )?([\w+-]+)")


def source(name: str, section: str = "1") -> str:
    """A page's text, links followed."""
    text = (MANUAL / f"man{section}" / f"{name}.{section}").read_text()
    link = re.fullmatch(r"\.so (\S+)\n", text)
    return (MANUAL / link[1]).read_text() if link else text


def flags(page: str, heading: str) -> list[str]:
    """The options that a page lists under a heading."""
    part = re.split(r"^\.S[hs] ", page, flags=re.M)
    text = next(section for section in part if section.startswith(heading))
    return [("--" if double else "-") + name for line in re.findall(r"^\.It (Fl .*)$", text, re.M)
            for double, name in FLAG.findall(line)]


class Manual(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="manual-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        (self.folder / "a.c").write_text("void program_main(const void *a) { (void)a; }\n")

    def run_in(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, check=False)

    def test_every_command_has_a_page(self) -> None:
        commands = sorted(path.name for path in BIN.iterdir())
        pages = {path.stem for path in (MANUAL / "man1").glob("*.1")}
        self.assertEqual([name for name in commands if name not in pages], [])
        for name in commands:
            named = re.findall(r"^\.Nm (\S+)", source(name).partition(".Sh SYNOPSIS")[0], re.M)
            self.assertIn(name, named, f"{name}.1 is about something else")
        print(f"commands with a page: {len(commands)}/{len(commands)}")

    def test_pages_format_without_warnings(self) -> None:
        mandoc = need("mandoc")
        pages = [path for section in ("man1", "man7") for path in sorted((MANUAL / section).glob("*cloudabi*"))]
        for path in pages:
            with self.subTest(path.name):
                name, _, section = path.name.rpartition(".")
                (self.folder / "page").write_text(source(name, section))
                result = groff("-mdoc", "-z", str(self.folder / "page"))
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                self.assertNotRegex(path.read_text(), r"@[A-Z_]+@")
                lint = subprocess.run([mandoc, "-Tlint", "-Wwarning", str(self.folder / "page")],
                                      capture_output=True, text=True, check=False)
                self.assertEqual(lint.stdout, "")

    def test_references_lead_to_pages(self) -> None:
        for path in [*(MANUAL / "man1").glob("*cloudabi*"), *(MANUAL / "man7").glob("cloudabi*")]:
            for name, section in re.findall(r"^\.Xr (\S*cloudabi\S*) (\d)", path.read_text(), re.M):
                self.assertTrue((MANUAL / f"man{section}" / f"{name}.{section}").is_file(), f"{path.name}: {name}")

    def test_what_help_names_is_described(self) -> None:
        """Options, commands and variables, where --help is ours; of a help that goes on as LLVM's, our part."""
        ours = []
        for path in sorted(BIN.iterdir()):
            result = self.run_in(path.name, "--help")
            text = result.stdout.partition("OVERVIEW:")[0]
            if result.returncode != 0 or path.name not in text:
                continue
            ours.append(path.name)
            page = source(path.name)
            described = {("--" if double else "-") + name for double, name in FLAG.findall(page)}
            self.assertLessEqual(set(OPTION.findall(text)), described, path.name)
            self.assertLessEqual(set(COMMAND.findall(text)), set(re.findall(r"\bCm ([a-z]+)", page)), path.name)
            self.assertLessEqual(set(VARIABLE.findall(text)), set(re.findall(r"\bEv (\w+)", page)), path.name)
        self.assertLessEqual({"cloudabi-port", "cloudabi-run"}, set(ours))
        print(f"commands with a --help of ours: {', '.join(ours)}")

    def test_the_drivers_options(self) -> None:
        """Each that a page names is accepted or refused as it says."""
        cc = f"{TRIPLE}-cc"
        self.assertEqual(self.run_in(cc, "-o", "a", "a.c").returncode, 0)
        for option in flags(source(cc), "Options that are refused"):
            result = self.run_in(cc, option, "-o", "a", "a.c")
            self.assertNotEqual(result.returncode, 0, option)
            self.assertRegex(result.stderr, rf"\A{cc}: error: '{option}': ")
        for option in flags(source(cc), "Options of its own") + flags(source(cc), "Options with a meaning here"):
            self.assertEqual(self.run_in(cc, option, "-c", "-o", "a.o", "a.c").returncode, 0, option)
        self.assertEqual(self.run_in(cc, "-r", "-o", "b.o", "a.o").stderr, "")
        for option in ("-nostdlib", "-nostartfiles", "-nodefaultlibs", "-nolibc"):
            result = self.run_in(cc, option, "-o", "b", "a.c")
            self.assertRegex(result.stderr, r"undefined \w* ?symbol|cannot find entry symbol", option)

    def test_the_linkers_options(self) -> None:
        ld = f"{TRIPLE}-ld"
        self.assertEqual(self.run_in(f"{TRIPLE}-cc", "-c", "-o", "a.o", "a.c").returncode, 0)
        for option in flags(source(ld), "Options that are refused"):
            result = self.run_in(ld, option, "-o", "a", "a.o")
            self.assertNotEqual(result.returncode, 0, option)
            self.assertRegex(result.stderr, rf"\A{ld}: error: '{option}': ")
        plain = self.run_in(ld, "-r", "-o", "plain.o", "a.o")
        self.assertEqual((plain.returncode, plain.stderr), (0, ""))
        start = ["-e", "program_main", "-o"]
        self.assertEqual(self.run_in(ld, *start, "plain", "a.o").stderr, "")
        for option in flags(source(ld), "Options without effect"):
            words = [option, "elf_x86_64"] if option == "-m" else [option]
            self.assertEqual(self.run_in(ld, *words, *start, "with", "a.o").stderr, "", option)
            self.assertEqual((self.folder / "with").read_bytes(), (self.folder / "plain").read_bytes(), option)

    def test_c_plus_plus_says_that_it_is_not_there(self) -> None:
        result = self.run_in(f"{TRIPLE}-c++", "a.c")
        self.assertEqual(result.returncode, 1)
        self.assertIn("C++ is not built yet", result.stderr)

    def test_the_system_finds_pages(self) -> None:
        """man(1), told of the folder as cloudabi(7) says."""
        man = need("man")
        for words in (["3cloudabi", "stdio.h"], ["stdio.h"], ["3cloudabi", "sys_stat.h"], [f"{TRIPLE}-nm"],
                      ["7", "cloudabi"]):
            result = subprocess.run([man, "-M", str(MANUAL), "-w", *words], capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 0, f"{words}: {result.stderr}")


if __name__ == "__main__":
    main()
