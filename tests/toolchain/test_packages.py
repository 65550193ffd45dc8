#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Build systems find their way: CMake, configure scripts, pkg-config, Meson."""

from __future__ import annotations

import os
import shutil
import subprocess
import unittest
from pathlib import Path

import elf
from elf import Elf
from support import PREFIX, PROGRAM, SYSROOT, TRIPLE, DriverTest

SHARE = SYSROOT / "share" / "cloudabi"

CMAKE_PROJECT = """\
cmake_minimum_required(VERSION 3.20)
project(demo C)
include(CheckSymbolExists)
include(CheckFunctionExists)
check_symbol_exists(exit stdlib.h HAVE_EXIT)
check_function_exists(there_is_no_such_function HAVE_NOTHING)
if(NOT HAVE_EXIT OR HAVE_NOTHING OR NOT CMAKE_CROSSCOMPILING OR UNIX OR WIN32)
  message(FATAL_ERROR "exit=${HAVE_EXIT} nothing=${HAVE_NOTHING} unix=${UNIX}")
endif()
find_library(HOST NAMES c_nonshared yaml)
find_library(LIBC NAMES c REQUIRED)
if(HOST)
  message(FATAL_ERROR "found the host's ${HOST}")
endif()
find_package(Threads REQUIRED)
add_library(part part.c)
add_executable(demo a.c)
target_link_libraries(demo part Threads::Threads)
install(TARGETS demo)
"""

# What configure scripts do, by hand: compile, link, look whether the result runs.
CONFIGURE = """\
#!/bin/sh
set -e
. "$CONFIG_SITE"
test "$cross_compiling" = yes
test "$ac_cv_func_malloc_0_nonnull" = yes
CC=$host-cc
echo 'int main(void) { return 0; }' > conftest.c
$CC -c conftest.c
if $CC -o conftest conftest.c -lthere_is_no_such_library 2>/dev/null; then exit 3; fi
$host-ar cr libx.a conftest.o
$host-ranlib libx.a
"""


class Packages(DriverTest):
    """Small projects, configured as users would."""

    def run_command(self, *words: str | Path, **environment: str) -> str:
        """Run a host tool that must succeed."""
        result = subprocess.run(
            [str(word) for word in words],
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout

    def need(self, tool: str) -> None:
        """Skip without a tool."""
        if shutil.which(tool) is None:
            self.skipTest(f"{tool} is not installed")

    def test_cmake(self) -> None:
        self.need("cmake")
        self.write("CMakeLists.txt", CMAKE_PROJECT)
        self.write("a.c", PROGRAM)
        self.write("part.c", "int part(void);\nint part(void) { return 1; }\n")
        toolchain = f"-DCMAKE_TOOLCHAIN_FILE={SHARE}/toolchain.cmake"
        self.run_command("cmake", "-G", "Ninja", "-S", ".", "-B", "build", toolchain)
        self.run_command("cmake", "--build", "build")
        self.assertEqual(Elf(self.folder / "build" / "demo").osabi, elf.OSABI_CLOUDABI)
        self.assertTrue((self.folder / "build" / "libpart.a").is_file())

    def test_configure(self) -> None:
        script = self.write("configure", CONFIGURE)
        script.chmod(0o755)
        environment = {"CONFIG_SITE": str(SHARE / "config.site"), "host": TRIPLE}
        environment["PATH"] = f"{PREFIX}/bin:{os.environ['PATH']}"
        self.run_command("./configure", **environment)
        self.assertTrue((self.folder / "libx.a").is_file())

    def test_meson(self) -> None:
        self.need("meson")
        self.write("meson.build", "project('demo', 'c')\nexecutable('demo', 'a.c')\n")
        self.write("a.c", PROGRAM)
        path = f"{PREFIX}/bin:{os.environ['PATH']}"
        self.run_command("meson", "setup", "--cross-file", SHARE / "meson.ini", "build", PATH=path)
        self.run_command("ninja", "-C", "build", PATH=path)
        self.assertEqual(Elf(self.folder / "build" / "demo").osabi, elf.OSABI_CLOUDABI)

    def test_pkg_config(self) -> None:
        self.need("pkg-config")
        tree = self.folder / "tree"
        (tree / "bin").mkdir(parents=True)
        shutil.copy(PREFIX / "bin" / f"{TRIPLE}-pkg-config", tree / "bin")
        lines = ["prefix=/nowhere", "libdir=${prefix}/lib", "Name: demo", "Description: demo"]
        lines += ["Version: 1.5", "Cflags: -I${prefix}/include/demo", "Libs: -L${libdir} -ldemo"]
        self.write(f"tree/{TRIPLE}/lib/pkgconfig/demo.pc", "\n".join(lines) + "\n")
        self.write("host/hostly.pc", "Name: h\nDescription: h\nVersion: 1\n")
        hostile = {"PKG_CONFIG_PATH": str(self.folder / "host")}
        answer = self.ok("pkg-config", "--cflags", "--libs", "demo", prefix=tree, **hostile)
        sysroot = tree / TRIPLE
        self.assertEqual(answer.split(), [f"-I{sysroot}/include/demo", "-ldemo"])
        result = self.tool("pkg-config", "--exists", "hostly", prefix=tree, **hostile)
        self.assertNotEqual(result.returncode, 0)

    def test_binary_tools(self) -> None:
        self.ok("cc", self.write("a.c", PROGRAM), "-g", "-o", "prog")
        before = (self.folder / "prog").stat().st_size
        self.ok("strip", "prog")
        stripped = Elf(self.folder / "prog")
        self.assertLess(len(stripped.data), before)
        self.assertEqual(stripped.osabi, elf.OSABI_CLOUDABI)
        self.assertIn("file format elf64-x86-64", self.ok("objdump", "-h", "prog"))


if __name__ == "__main__":
    unittest.main()
