#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Configure steps get the truth, and what they asked for in vain is reported."""

from __future__ import annotations

import shutil
import unittest

from support import PortTest, main

CONFIGURE = r"""#!/bin/sh
# In the manner of Autoconf.
: > config.h
have() { # NAME SOURCE [OPTION]
    printf '%s\n' "$2" > conftest.c
    if $CC $3 -o conftest.o conftest.c >>config.log 2>&1; then
        echo "#define HAVE_$1 1" >> config.h
        echo "$1 yes"
    else
        echo "$1 no"
    fi
    rm -f conftest.c conftest.o
}
function() { have "$1" "char $1 (); int main (void) { return $1 (); }"; }
function fork
function openat
function getpwuid
have PWD "#include <pwd.h>
int x;" -c
have STRING "#include <string.h>
int x;" -c
have INLINE "#include <stdio.h>
static inline int f(void) { return 1; }
int main(void) { printf(\"%d\", f()); return 0; }"
have KILL "#include <signal.h>
int main(void) { return (&kill) != 0; }"
have TYPE "#include <malloc.h>
int main(void) { if (sizeof (struct mallinfo)) return 0; return 1; }"
have CONSTANT "#include <signal.h>
int main(void) { (void) SIGCLD; return 0; }"
have MEMBER "#include <sys/stat.h>
int main(void) { static struct stat ac_aggr; if (ac_aggr.st_blocks) return 0; return 1; }"
have OTHER "#include <sys/stat.h>
int main(void) { struct stat file; return file.st_uid + sizeof file.st_size; }"
"""
SOURCE = """\
#include "config.h"
#ifdef HAVE_fork
#include <unistd.h>
int make(void) { return fork(); }
#endif
#ifndef HAVE_openat
#error openat is there
#endif
int rest;
"""


class Probes(PortTest):
    def need(self, *tools: str) -> None:
        for tool in tools:
            if shutil.which(tool) is None:
                self.skipTest(f"{tool} is not installed")

    def test_configure(self) -> None:
        self.write("configure", CONFIGURE).chmod(0o755)
        self.write("a.c", SOURCE)
        said = self.built("configure")
        for answer in ("fork no", "openat yes", "getpwuid no", "PWD no", "STRING yes", "INLINE no", "KILL no",
                       "TYPE no", "CONSTANT no", "MEMBER no", "OTHER no"):
            self.assertIn(answer, said)
        self.built("cc", "-c", "a.c")
        found = self.report(status=0)
        self.assertEqual(self.probed(found), {"fork": "asked", "getpwuid": "asked", "<pwd.h>": "asked",
                                              "printf": "used", "kill": "asked", "struct mallinfo": "asked",
                                              "SIGCLD": "asked", "st_blocks": "asked", "st_uid": "used"})
        self.assertEqual(self.uses(found, "hidden"), [("a.c", 4, "fork")])
        self.assertEqual(found["hidden"][0]["condition"], "#ifdef HAVE_fork")
        self.assertEqual((found["uses"], found["compiled"], found["complete"]), ([], 1, True))
        text = self.port("report").stdout
        self.assertIn("Probed for and absent", text)
        self.assertIn("#ifdef HAVE_fork", text)

    def test_probes_during_a_build(self) -> None:
        """A makefile that asks: known by the names of its files."""
        self.need("make")
        self.write("Makefile", "all:\n\techo 'char fork (); int main (void) { return fork (); }' > conftest.c\n"
                   "\tif $(CC) -o conftest conftest.c; then echo has fork; else echo no fork; fi\n")
        self.assertIn("no fork", self.built("make").splitlines())
        self.assertFalse((self.folder / "conftest").exists())
        self.assertEqual(self.probed(self.report(status=2)), {"fork": "asked"})

    def test_cmake(self) -> None:
        self.need("cmake")
        self.write("a.c", "int a;\n")
        self.write("CMakeLists.txt", """\
            cmake_minimum_required(VERSION 3.20)
            project(x C)
            include(CheckFunctionExists)
            include(CheckSymbolExists)
            include(CheckIncludeFile)
            check_function_exists(fork HAVE_FORK)
            check_function_exists(openat HAVE_OPENAT)
            check_symbol_exists(getuid unistd.h HAVE_GETUID)
            check_symbol_exists(memcpy string.h HAVE_MEMCPY)
            check_include_file(termios.h HAVE_TERMIOS)
            include(CheckTypeSize)
            include(CheckStructHasMember)
            set(CMAKE_EXTRA_INCLUDE_FILES malloc.h)
            check_type_size("struct mallinfo" MALLINFO)
            check_struct_has_member("struct stat" st_rdev sys/stat.h HAVE_RDEV)
            check_symbol_exists(SIGCLD signal.h HAVE_SIGCLD)
            add_library(a STATIC a.c)
            """)
        said = self.built("cmake", "-S", ".", "-B", "out")
        for answer in ("fork - not found", "openat - found", "getuid - not found", "memcpy - found",
                       "termios.h - not found"):
            self.assertIn(f"Looking for {answer}", said)
        self.built("cmake", "--build", "out")
        found = self.report("--build", "out", status=0)
        self.assertEqual(self.probed(found), {
            name: "asked" for name in ("fork", "getuid", "<termios.h>", "struct mallinfo", "st_rdev", "SIGCLD")})


if __name__ == "__main__":
    main()
