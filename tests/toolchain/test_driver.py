#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compiling: macros, headers, hardening, independence of place and environment, refusals."""

from __future__ import annotations

import shutil
import unittest
from pathlib import Path

from elf import OSABI_CLOUDABI, Elf
from support import PREFIX, PROGRAM, SYSROOT, TRIPLE, DriverTest


class Compiling(DriverTest):
    """What one translation unit sees and becomes."""

    def test_macros(self) -> None:
        self.write("a.c", "")
        lines = set(self.ok("cc", "-dM", "-E", "a.c").splitlines())
        self.assertIn("#define __CloudABI__ 1", lines)
        names = {line.split()[1] for line in lines}
        foreign = {"__linux__", "__linux", "linux", "__gnu_linux__", "__unix__", "__unix", "unix"}
        self.assertEqual(names & foreign, set())

    def test_header_search(self) -> None:
        self.write("a.c", "")
        result = self.tool("cc", "-v", "-E", "a.c")
        text = result.stderr.split("search starts here:", 1)[1].split("End of search list")[0]
        folders = [line.strip() for line in text.splitlines() if line.startswith(" ")]
        self.assertEqual(folders[0], str(PREFIX / TRIPLE / "include"))
        self.assertEqual(len(folders), 2, folders)
        self.assertRegex(folders[1], r"/lib/clang/[^/]*/include$")

    def test_user_headers_come_first(self) -> None:
        self.write("sys/string.h", "#define MINE 1\n")
        self.write("a.c", "#include <string.h>\nint x = MINE;\n")
        self.ok("cc", "-isystem", "sys", "-c", "a.c")

    def test_compiler_headers(self) -> None:
        names = ["stdarg", "stdatomic", "stdbool", "stddef", "stdint", "limits", "float", "stdalign"]
        text = "".join(f"#include <{name}.h>\n" for name in names)
        self.write("a.c", text + "#include <immintrin.h>\natomic_int x; size_t y = INT_MAX;\n")
        self.ok("cc", "-Wall", "-Wextra", "-Werror", "-c", "a.c")

    def test_hardening(self) -> None:
        source = "void use(char *);\nint f(void);\nint f(void) { char b[64]; use(b); return b[0]; }\n"
        self.write("a.c", source)
        for flags in ([], ["-O2"]):
            self.ok("cc", *flags, "-c", "a.c")
            symbols = self.ok("nm", "a.o")
            self.assertIn("__safestack_unsafe_stack_ptr", symbols)
            self.assertIn("__stack_chk_guard", symbols)
            self.assertNotIn("%fs:40", self.ok("objdump", "-d", "a.o"))
        self.ok("cc", "-fno-sanitize=safe-stack", "-fno-stack-protector", "-c", "a.c")
        self.assertNotIn("__s", self.ok("nm", "a.o"))

    def test_implicit_function_is_an_error(self) -> None:
        self.write("a.c", "int f(void);\nint f(void) { return undeclared(1); }\n")
        result = self.tool("cc", "-std=c99", "-c", "a.c")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("undeclared", result.stderr)

    def test_stages(self) -> None:
        self.write("a.c", "int f(void);\nint f(void) { return 7; }\n")
        self.assertIn("return 7", self.ok("cc", "-E", "a.c"))
        self.ok("cc", "-S", "a.c")
        self.assertIn("f:", (self.folder / "a.s").read_text())
        self.ok("cc", "-c", "a.s", "-o", "b.o")
        self.ok("cc", "-fsyntax-only", "a.c")
        self.ok("cc", "-MM", "a.c")
        self.ok("cc", "-c", "-pthread", "-static", "a.c", "--", prefix=PREFIX)

    def test_questions(self) -> None:
        self.assertIn("clang version", self.ok("cc", "--version"))
        self.assertNotEqual(self.ok("cc", "-dumpmachine"), "")
        self.assertEqual(self.tool("cc", "-v").returncode, 0)
        self.refused("cc")

    def test_failure_has_clangs_status(self) -> None:
        self.write("a.c", "int f(void) { return }\n")
        self.assertEqual(self.tool("cc", "-c", "a.c").returncode, 1)


class Independence(DriverTest):
    """The result depends on neither place nor environment."""

    def test_hostile_environment(self) -> None:
        self.write("bad/stdlib.h", "#error taken from the environment\n")
        self.write("bad/stddef.h", "#error taken from the environment\n")
        for name in ("crt0.o", "libc.a", "libcompiler_rt.a", "crt1.o"):
            self.write(f"bad/{name}", "not an object")
        bad = str(self.folder / "bad")
        names = ["CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "LIBRARY_PATH", "COMPILER_PATH"]
        names += ["GCC_EXEC_PREFIX", "LD_LIBRARY_PATH", "LD_RUN_PATH", "OBJC_INCLUDE_PATH"]
        environment = {name: bad for name in names}
        environment["CCC_OVERRIDE_OPTIONS"] = "+-DBROKEN +-include +nothing.h"
        environment["LD_PRELOAD"] = ""
        self.write("a.c", PROGRAM)
        self.ok("cc", "a.c", "-o", "clean")
        self.ok("cc", "a.c", "-o", "hostile", **environment)
        clean, hostile = self.folder / "clean", self.folder / "hostile"
        self.assertEqual(clean.read_bytes(), hostile.read_bytes())

    def copy_of_tree(self) -> Path:
        """Copy what is installed elsewhere, as a moved tree."""
        moved = self.folder / "moved tree"
        (moved / TRIPLE).mkdir(parents=True)
        shutil.copytree(PREFIX / "bin", moved / "bin")
        for name in ("include", "lib", "share"):
            shutil.copytree(PREFIX / TRIPLE / name, moved / TRIPLE / name)
        return moved

    def test_moved_tree(self) -> None:
        self.write("a.c", PROGRAM)
        moved = self.copy_of_tree()
        self.ok("cc", "a.c", "-o", "prog", prefix=moved)
        self.assertEqual(Elf(self.folder / "prog").osabi, OSABI_CLOUDABI)
        result = self.tool("cc", "-v", "a.c", "-o", "prog", prefix=moved)
        self.assertNotIn(f"{PREFIX}/", result.stderr)

    def test_symbolic_links(self) -> None:
        self.write("a.c", PROGRAM)
        (self.folder / "link").symlink_to(PREFIX, target_is_directory=True)
        self.ok("cc", "a.c", "-o", "one", prefix=self.folder / "link")
        elsewhere = self.folder / "elsewhere" / "bin"
        elsewhere.mkdir(parents=True)
        (elsewhere / f"{TRIPLE}-cc").symlink_to(PREFIX / "bin" / f"{TRIPLE}-cc")
        self.ok("cc", "a.c", "-o", "two", prefix=elsewhere.parent)
        self.assertEqual((self.folder / "one").read_bytes(), (self.folder / "two").read_bytes())

    def test_from_another_folder(self) -> None:
        source = self.write("a.c", PROGRAM)
        self.ok("cc", source, "-o", self.folder / "prog", cwd=Path("/"))

    def test_found_in_path(self) -> None:
        self.write("a.c", PROGRAM)
        path = f"{PREFIX}/bin:/usr/bin:/bin"
        script = self.write("run.sh", f"#!/bin/sh\nexec {TRIPLE}-cc a.c -o prog\n")
        script.chmod(0o755)
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / f"{TRIPLE}-run").symlink_to(script)
        self.ok("run", prefix=self.folder, PATH=path)


class Compat(DriverTest):
    """--compat is for one file, or for a whole program."""

    SOURCE = PROGRAM.replace("exit(0)", "char b[9]; exit(*strcpy(b, (char *)arguments))").replace(
        "#include <stdlib.h>", "#include <stdlib.h>\n#include <string.h>"
    )
    PROBE = PROGRAM.replace("exit(0)", "char strcpy(); exit(strcpy())").replace(
        "#include <stdlib.h>", "void exit(int);"
    )

    def test_whole_program(self) -> None:
        self.write("a.c", self.SOURCE)
        self.ok("cc", "--compat", "a.c", "-o", "prog")
        self.ok("cc", "a.c", "-o", "prog", "--compat")
        for words in (["-lc"], ["-lm", "-lc", "-lpthread"], ["-static"], ["-flto", "-O2"]):
            self.ok("cc", *words, "--compat", "a.c", *words, "-o", "prog")
        own = ["-nodefaultlibs", "-L", SYSROOT / "lib", "-lc", "-lcompiler_rt"]
        self.ok("cc", "--compat", "a.c", *own, "-o", "prog")
        self.ok("cc", "--compat", "-o", "prog", "--", "a.c")
        self.write("b.c", PROGRAM)
        self.ok("cc", "-o", "prog", "--", "b.c")
        self.ok("cc", "--compat", "-std=c17", "-c", "a.c")

    def test_one_file(self) -> None:
        self.write("a.c", self.SOURCE)
        self.write("b.c", self.SOURCE.replace("program_main", "other"))
        self.ok("cc", "--compat", "-c", "a.c")
        result = self.tool("cc", "-c", "b.c")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("'strcpy' is unavailable", result.stderr)
        self.assertIn("(or build with --compat)", result.stderr)
        result = self.tool("cc", "a.o", "-o", "prog")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("undefined symbol: strcpy", result.stderr)
        self.ok("cc", "--compat", "a.o", "-o", "prog")

    def test_probes(self) -> None:
        self.write("a.c", self.PROBE)
        self.assertNotEqual(self.tool("cc", "-w", "a.c", "-o", "prog").returncode, 0)
        self.ok("cc", "-w", "--compat", "a.c", "-o", "prog")

    def test_shared_state(self) -> None:
        # srand() is there with the switch only, rand() always; they must not become two copies.
        text = "srand(1); double lgamma(double); extern int signgam; (void)lgamma(.5);"
        self.write("a.c", PROGRAM.replace("exit(0)", f"{text} exit(rand() + signgam)"))
        for words in ([], ["-lc"]):
            self.ok("cc", "--compat", *words, "a.c", *words, "-o", "prog")
            symbols = [line.split()[-1] for line in self.ok("nm", "prog").splitlines()]
            self.assertEqual([symbols.count(name) for name in ("rand", "__signgam")], [1, 1])

    def test_nothing_unasked(self) -> None:
        self.write("a.c", PROGRAM)
        self.ok("cc", "a.c", "-o", "one")
        self.ok("cc", "--compat", "a.c", "-o", "two")
        self.assertEqual((self.folder / "one").read_bytes(), (self.folder / "two").read_bytes())


class Refusals(DriverTest):
    """What is missing is said in one sentence."""

    def test_missing_clang(self) -> None:
        sentence = self.refused("cc", "-c", "a.c", CLOUDABI_CLANG="/nonexistent/clang")
        self.assertIn("/nonexistent/clang", sentence)
        self.assertIn("clang 14 or newer", sentence)

    def test_old_clang(self) -> None:
        old = self.write("old-clang", "#!/bin/sh\necho 11.0.1\n")
        old.chmod(0o755)
        self.assertIn("version 11", self.refused("cc", "-c", "a.c", CLOUDABI_CLANG=str(old)))

    def test_clang_gone_since(self) -> None:
        moved = self.folder / "tree"
        shutil.copytree(PREFIX / "bin", moved / "bin")
        shutil.copytree(PREFIX / TRIPLE / "share", moved / TRIPLE / "share")
        driver = moved / "bin" / f"{TRIPLE}-cc"
        lines = driver.read_text().splitlines()
        gone = ["clang='/gone/clang'" if line.startswith("clang=") else line for line in lines]
        driver.write_text("\n".join(gone) + "\n")
        sentence = self.refused("cc", "-c", "a.c", prefix=moved, CLOUDABI_CLANG="")
        self.assertIn("/gone/clang", sentence)
        self.assertIn("install it again", sentence)

    def test_missing_linker(self) -> None:
        self.write("a.c", PROGRAM)
        result = self.tool("cc", "a.c", CLOUDABI_LLD="/nonexistent/ld.lld")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("the linker is missing: /nonexistent/ld.lld", result.stderr)

    def test_missing_library(self) -> None:
        self.write("a.c", PROGRAM)
        moved = self.folder / "tree"
        shutil.copytree(PREFIX / "bin", moved / "bin")
        shutil.copytree(PREFIX / TRIPLE / "share", moved / TRIPLE / "share")
        self.assertIn("the C library is not built", self.refused("cc", "a.c", prefix=moved))

    def test_cxx(self) -> None:
        self.assertIn("C++ is not built yet", self.refused("c++", "a.cc"))


if __name__ == "__main__":
    unittest.main()
