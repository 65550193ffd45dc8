#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Projects with known uses, built by each build system: exactly those uses are found."""

from __future__ import annotations

import shutil
import subprocess
import unittest

from support import CC, TRIPLE, PortTest, main

# Line numbers are part of what is expected.
CLEAN = """\
#include <string.h>
int clean(const char *text) { return (int)strlen(text); }
"""
FILES = """\
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
/* open("comment") */
int files(const char *name) {
    struct passwd *who = getpwnam(name);
    printf("open(%s)", name);
    return open(name, O_RDONLY) + (who != 0);
}
"""
OWN = """\
int fork(void);
int own(void) { return fork(); }
int getppid(void) { return 1; }
int mine(void) { return getppid(); }
"""
MAIN = """\
int clean(const char *), files(const char *), own(void);
int main(void) { return clean("") + files("") + own(); }
"""
EXPECTED = [
    ("files.c", 2, "<pwd.h>"), ("files.c", 6, "getpwnam"), ("files.c", 6, "struct passwd"), ("files.c", 7, "printf"),
    ("files.c", 8, "open"), ("own.c", 2, "fork"),
]


class Projects(PortTest):
    def setUp(self) -> None:
        super().setUp()
        for name, text in (("clean.c", CLEAN), ("files.c", FILES), ("own.c", OWN), ("main.c", MAIN)):
            self.write(name, text)

    def check(self, *words: str) -> None:
        found = self.report(*words, status=1)
        self.assertEqual(self.uses(found), EXPECTED)
        self.assertEqual((found["compiled"], found["failed"], found["complete"]), (4, 1, True))
        self.assertEqual(found["totals"]["uses"], len(EXPECTED))
        needs = {item["id"]: item["uses"] for item in found["capabilities"] if item["uses"]}
        self.assertEqual(needs, {"file-tree": 1, "process": 1, "user": 3, "standard-streams": 1})

    def need(self, *tools: str) -> None:
        for tool in tools:
            if shutil.which(tool) is None:
                self.skipTest(f"{tool} is not installed")

    def test_make(self) -> None:
        self.need("make")
        # Names the compiler itself, as many makefiles do, and goes through a library.
        self.write("Makefile", "prog: main.o libx.a\n\tgcc -o $@ main.o -L. -lx\n"
                   "libx.a: clean.o files.o own.o\n\tar rc $@ $^\n%.o: %.c\n\tgcc -O1 -c $<\n")
        self.built("make")
        self.check()
        ran = subprocess.run([self.folder / "prog"], capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 126)
        self.assertIn("not a program", ran.stderr)
        magic = (self.folder / "clean.o").read_bytes()[:20]
        self.assertEqual((magic[:4], magic[7], magic[18]), (b"\x7fELF", 17, 62))
        self.assertEqual((self.folder / "files.o").read_bytes()[:20], magic)

    def test_make_in_a_subfolder(self) -> None:
        self.need("make")
        self.write("Makefile", "%.o: %.c\n\t$(CC) -c $<\nall: clean.o files.o own.o main.o\n")
        self.built("make", "-C", str(self.folder), "all", "-j2")
        self.check()

    def test_cmake(self) -> None:
        self.need("cmake", "ninja")
        self.write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.20)\nproject(x C)\n"
                   "add_library(x STATIC clean.c files.c own.c)\nadd_executable(p main.c)\n"
                   "target_link_libraries(p x)\n")
        for generator in ("Ninja", "Unix Makefiles"):
            with self.subTest(generator):
                self.built("cmake", "-S", ".", "-B", "out", "-G", generator)
                self.built("cmake", "--build", "out")
                self.check("--build", "out")
                shutil.rmtree(self.folder / "out")

    def test_ninja(self) -> None:
        self.need("ninja")
        self.write("build.ninja", "rule cc\n command = cc -MD -MF $out.d -c $in -o $out\n depfile = $out.d\n" + "".join(
            f"build {name}.o: cc {name}.c\n" for name in ("clean", "files", "own", "main")))
        self.built("ninja")
        self.check()
        self.assertIn("no work to do", self.built("ninja"))
        self.check()

    def test_one_command(self) -> None:
        self.built("gcc", "-o", "prog", "main.c", "clean.c", "files.c", "own.c")
        found = self.report(status=1)
        self.assertEqual(self.uses(found)[:5], EXPECTED[:5])

    def test_silencing_flags_do_not_silence(self) -> None:
        self.built("cc", "-w", "-Wno-implicit-function-declaration", "-std=gnu89", "-c", "files.c")
        self.assertEqual(self.uses(self.report(status=1)), EXPECTED[:5])

    def test_nothing_ambient(self) -> None:
        self.built("cc", "-c", "clean.c")
        found = self.report(status=0)
        self.assertEqual((found["uses"], found["compiled"]), ([], 1))
        whole = subprocess.run([CC, "-c", "clean.c", "-o", "direct.o"], cwd=self.folder, check=False)
        self.assertEqual(whole.returncode, 0)
        self.assertEqual((self.folder / "clean.o").read_bytes(), (self.folder / "direct.o").read_bytes())

    def test_progress(self) -> None:
        self.need("make")
        self.write("Makefile", "all: clean.o files.o own.o\n%.o: %.c\n\t$(CC) -c $<\n")
        self.built("make")
        self.assertEqual(self.report(status=1)["progress"], {"first": None, "previous": None, "now": 6})
        self.write("files.c", FILES.replace("    printf(\"open(%s)\", name);\n", "\n"))
        self.built("make", "-W", "files.c")
        found = self.report(status=1)
        self.assertEqual(found["progress"], {"first": 6, "previous": 6, "now": 5})
        text = self.port("report").stdout
        self.assertIn("[#####.........................] 5 left: 6 at the last run, 6 at the first", text)
        (self.folder / "own.c").unlink()  # what is gone is needed no more
        self.assertEqual(self.uses(self.report(status=1)), [item for item in EXPECTED[:5] if item[2] != "printf"])
        self.assertEqual(self.port("forget").returncode, 0)
        self.assertEqual(self.report(status=2)["uses"], [])

    def test_after_compat(self) -> None:
        self.write("old.c", "#include <stdio.h>\n#include <stdlib.h>\n"
                   "void old(char *t) { sprintf(t, \"%s\", getenv(\"X\")); remove(t); }\n")
        self.built("cc", "-c", "old.c")
        found = self.report(status=1)
        self.assertEqual((found["totals"]["uses"], found["totals"]["compat"], found["totals"]["remaining"]), (3, 2, 1))
        self.built("cc", "--compat", "-c", "old.c")
        self.assertEqual(self.uses(self.report(status=1)), [("old.c", 3, "remove")])
        text = (self.folder / "old.c").read_text()
        self.write("old.c", text.replace("remove(t);", ""))
        self.built("cc", "--compat", "-c", "old.c")
        self.assertEqual(self.report(status=0)["uses"], [])
        self.write("old.c", "int sprintf(char *, const char *, ...);\nvoid old(char *t) { sprintf(t, t); }\n")
        self.built("cc", "-c", "old.c")
        self.assertEqual(self.uses(self.report(status=1)), [("old.c", 2, "sprintf")])

    def test_compat_said_elsewhere(self) -> None:
        """In a response file or a header."""
        self.write("old.c", "int sprintf(char *, const char *, ...);\nvoid old(char *t) { sprintf(t, t); }\n")
        self.write("compat.h", "#define _CLOUDABI_COMPAT 1\n")
        self.write("macro.rsp", "-O1 -D_CLOUDABI_COMPAT")
        self.write("header.rsp", "-include compat.h")
        self.write("switch.rsp", "--compat")
        for words in (["@macro.rsp"], ["@header.rsp"], ["@switch.rsp"], ["-include", "compat.h"],
                      ["-D", "_CLOUDABI_COMPAT"], ["--compat"]):
            with self.subTest(words):
                self.built("cc", *words, "-c", "old.c")
                self.assertEqual(self.report(status=0)["uses"], [])
        self.built("cc", "-U_CLOUDABI_COMPAT", "-c", "old.c")
        self.assertEqual(self.uses(self.report(status=1)), [("old.c", 2, "sprintf")])
        self.write("old.c", "#include <pwd.h>\n#include <stdio.h>\nvoid old(char *t) { sprintf(t, t); }\n")
        self.built("cc", "@switch.rsp", "-c", "old.c")  # in the analysis, too
        self.assertEqual(self.uses(self.report(status=1)), [("old.c", 1, "<pwd.h>")])

    def test_host_programs_stay_the_hosts(self) -> None:
        self.need("make")
        self.write("gen.c", '#include <stdio.h>\nint main(void) { puts("int x;"); return 0; }\n')
        self.write("Makefile", "x.o: x.c\n\t$(CC) -c x.c\nx.c: gen\n\t./gen > x.c\n"
                   "gen: gen.c\n\t$(CC_FOR_BUILD) -o gen gen.c\n")
        self.built("make")
        self.assertEqual(self.report(status=0)["compiled"], 1)

    def test_dependencies_of_what_failed(self) -> None:
        self.write("h.h", "int h;\n")
        self.write("d.c", '#include "h.h"\n#include <unistd.h>\nint d(void) { return getpid(); }\n')
        self.built("cc", "-MD", "-c", "d.c", "-o", "sub.o")
        self.assertIn("h.h", (self.folder / "sub.d").read_text())
        self.built("cc", "-M", "files.c")  # a missing header is no reason to lose the dependencies

    def test_a_folder_with_an_awkward_name(self) -> None:
        self.need("make")
        folder = self.folder / "it's a $HOME"
        folder.mkdir()
        for name in ("clean.c", "files.c", "own.c", "main.c"):
            (self.folder / name).rename(folder / name)
        self.folder = folder
        self.write("Makefile", "prog: main.o clean.o files.o own.o\n\t$(CC) -o $@ $^\n%.o: %.c\n\t$(CC) -c $<\n")
        self.built("make")
        self.check()
        self.assertEqual(subprocess.run([folder / "prog"], stderr=subprocess.DEVNULL, check=False).returncode, 126)

    def test_pkg_config_sees_the_target_only(self) -> None:
        self.need("make", "pkg-config")
        self.write("host/x.pc", "Name: x\nDescription: x\nVersion: 1\nCflags: -DHOST\n")
        self.write("Makefile", "all:\n\techo found $$(pkg-config --cflags x)\n")
        said = self.port("make", PKG_CONFIG_PATH=str(self.folder / "host")).stdout
        self.assertIn("found\n", said)
        self.assertNotIn("HOST", said)

    def test_the_target_is_the_target(self) -> None:
        self.write("t.c", "#ifndef __CloudABI__\n#error host\n#endif\nint t;\n")
        for name in ("cc", "gcc", "clang", "clang-14", f"{TRIPLE}-cc", "x86_64-linux-gnu-gcc"):
            with self.subTest(name):
                self.built(name, "-c", "t.c")


if __name__ == "__main__":
    main()
