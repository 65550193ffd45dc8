#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compilers that no stand-in can stand in for: what they made is noticed, and the remedy named."""

from __future__ import annotations

import shutil
import subprocess
import sys

from support import TRIPLE, PortTest, main

HOST = shutil.which("gcc") or shutil.which("clang") or ""
USE = "#include <unistd.h>\nint a(void) { return getpid(); }\n"
GENERATOR = '#include <stdio.h>\nint main(void) { puts("int x;"); return 0; }\n'


class Unseen(PortTest):
    def incomplete(self, status: int) -> list[str]:
        found: list[str] = self.report(status=status)["incomplete"]
        return [text for text in found if "compiled unseen" in text]

    def test_a_variable(self) -> None:
        self.write("a.c", USE)
        self.write("b.c", USE.replace("a(", "b("))
        self.write("Makefile", f"CC = {HOST}\nall: a.o b.o\n%.o: %.c\n\t$(CC) -c $<\n")
        said = self.built("make")
        self.assertIn("2 files were compiled unseen, such as a.o by '", said)
        self.assertIn(f"Makefile:1 says {HOST}: build with 'cloudabi-port make CC={TRIPLE}-cc'", said)
        self.assertEqual(len(self.incomplete(2)), 1)
        self.assertIn("nothing", self.built("make").lower())  # nothing to be done is no absolution
        self.assertEqual(len(self.incomplete(2)), 1)
        # The remedy that was named works, and then nothing is said any more.
        for name in ("a.o", "b.o"):
            (self.folder / name).unlink()
        self.built("make", f"CC={TRIPLE}-cc")
        self.assertEqual(self.incomplete(1), [])
        self.assertEqual(self.uses(self.report(status=1)), [("a.c", 2, "getpid"), ("b.c", 2, "getpid")])

    def test_a_rule(self) -> None:
        self.write("a.c", USE)
        self.write("b.c", "int b;\n")
        self.write("sub/rules.mk", f"# {HOST} is best\nb.o: b.c\n\t{HOST} -c b.c\n")
        self.write("Makefile", "all: a.o b.o\na.o: a.c\n\t$(CC) -c a.c\ninclude sub/rules.mk\n")
        self.built("make")
        text = self.incomplete(1)
        self.assertEqual(len(text), 1)
        self.assertTrue(text[0].startswith("a file was compiled unseen, b.o by '"), text)
        self.assertIn(f"sub/rules.mk:3 says {HOST}: let it say $(CC) or {TRIPLE}-cc", text[0])

    def test_the_command(self) -> None:
        self.write("a.c", USE)
        self.write("Makefile", "prog: a.c\n\t$(CC) -shared -o prog a.c\n")
        self.built("make", f"CC={HOST}")
        self.assertIn(f"the command itself says CC={HOST}: leave that out", self.incomplete(2)[0])

    def test_programs_of_the_build_machine(self) -> None:
        """They are no part of the product, in whichever way the build asks for them."""
        self.write("gen.c", GENERATOR)
        self.write("tool.c", "int main(void) { return 7; }\n")
        self.write("x.c", "int x;\n")
        self.write("Makefile", "x.o: x.c y.h\n\t$(CC) -c x.c\ny.h: gen tool\n\t./gen > y.h\n\tcp gen copy\n"
                   "gen: gen.c\n\t$(CC_FOR_BUILD) -c gen.c\n\t$(CC_FOR_BUILD) -o gen gen.o\n"
                   "tool: tool.c\n\t$(HOSTCC) tool.c\n\tmv a.out tool\n")
        self.built("make")
        found = self.report(status=0)
        self.assertEqual((found["compiled"], found["incomplete"]), (1, []))
        # After a configure step a plain name is the build machine's compiler.
        self.write("configure", "#!/bin/sh\nexit 0\n").chmod(0o755)
        self.built("configure")
        self.write("Makefile", "x.o: x.c gen2\n\t$(CC) -c x.c\ngen2: gen.c\n\tcc -o gen2 gen.c\n\t./gen2\n")
        self.assertIn("int x;", self.built("make"))
        self.assertEqual(self.report(status=0)["incomplete"], [])


    def test_a_build_folder_configured_before(self) -> None:
        if shutil.which("cmake") is None:
            self.skipTest("cmake is not installed")
        self.write("a.c", USE)
        self.write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.20)\nproject(x C)\nadd_library(x STATIC a.c)\n")
        subprocess.run(["cmake", "-S", ".", "-B", "out", f"-DCMAKE_C_COMPILER={HOST}"], cwd=self.folder, check=True,
                       capture_output=True)
        self.built("cmake", "--build", "out")
        text = [text for text in self.report("--build", "out", status=2)["incomplete"] if "unseen" in text]
        self.assertEqual(len(text), 1, text)
        self.assertRegex(text[0], "CMakeCache.txt:[0-9]+ says /.*configured without cloudabi-port: let that configure")
        self.built("cmake", "-S", ".", "-B", "other")
        self.built("cmake", "--build", "other")
        self.assertEqual(self.uses(self.report("--build", "other", status=1)), [("a.c", 2, "getpid")])

    def test_the_build_machines_objects_in_the_product(self) -> None:
        """After a configure step that did not listen, plain names make the product."""
        self.write("a.c", USE)
        self.write("configure", "#!/bin/sh\nexit 0\n").chmod(0o755)
        self.built("configure")
        for rule in ("libx.a: a.o\n\t$(AR) rc libx.a a.o\n", "prog: a.o\n\t$(CC) -o prog a.o\n"):
            with self.subTest(rule):
                (self.folder / "a.o").unlink(missing_ok=True)
                self.built("forget")
                self.write("Makefile", f"{rule}a.o: a.c\n\tgcc -c a.c\n")
                self.built("make")
                text = self.incomplete(2)
                self.assertEqual(len(text), 1, text)
                self.assertIn(f"Makefile:4 says gcc: let it say $(CC) or {TRIPLE}-cc", text[0])


if __name__ == "__main__":
    if not HOST or shutil.which("make") is None:
        print("SKIP: make or a compiler for this machine is not installed")
        sys.exit(77)
    main()
