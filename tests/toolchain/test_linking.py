#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The form of linked programs: static, position-independent, marked, page-aligned, no surplus."""

from __future__ import annotations

import shutil
import unittest
from pathlib import Path

import elf
from elf import Elf
from support import PREFIX, PROGRAM, SYSROOT, TRIPLE, DriverTest


class Linking(DriverTest):
    """Links a program in several ways and looks at the result."""

    def check_form(self, path: Path) -> Elf:
        """Check all that holds for every program."""
        program = Elf(path)
        self.assertEqual(program.type, elf.ET_DYN)
        self.assertEqual(program.machine, elf.EM_X86_64)
        self.assertEqual(program.osabi, elf.OSABI_CLOUDABI)
        self.assertEqual(program.all(elf.PT_INTERP), [])
        self.assertEqual(len(program.all(elf.PT_DYNAMIC)), 1)
        self.assertNotIn(elf.DT_NEEDED, program.dynamic())
        self.assertNotIn(elf.DT_TEXTREL, program.dynamic())
        loads = program.all(elf.PT_LOAD)
        self.assertEqual([s.flags for s in loads][:2], [elf.PF_R, elf.PF_R | elf.PF_X])
        for segment in loads:
            self.assertEqual(segment.offset % 4096, 0, "file offset of a segment")
            self.assertEqual(segment.address % 4096, 0, "address of a segment")
            self.assertEqual(segment.offset, segment.offset // 4096 * 4096)
            writable_code = elf.PF_W | elf.PF_X
            self.assertNotEqual(segment.flags & writable_code, writable_code)
        entry = [s for s in loads if s.address <= program.entry < s.address + s.file_size]
        self.assertEqual([s.flags for s in entry], [elf.PF_R | elf.PF_X])
        self.assertEqual(len(program.all(elf.PT_GNU_RELRO)), 1 if len(loads) > 2 else 0)
        dynamic = program.all(elf.PT_DYNAMIC)[0]
        around = [s for s in loads if s.address <= dynamic.address < s.address + s.file_size]
        self.assertEqual([s.flags for s in around], [elf.PF_R])
        stack = program.all(elf.PT_GNU_STACK)
        self.assertEqual([s.flags & elf.PF_X for s in stack], [0])
        self.assertEqual(len(program.all(elf.PT_GNU_EH_FRAME)), 1)
        return program

    def test_without_flags(self) -> None:
        self.ok("cc", self.write("a.c", PROGRAM))
        self.check_form(self.folder / "a.out")

    def test_in_two_steps(self) -> None:
        self.write("a.c", PROGRAM)
        self.ok("cc", "-O2", "-g", "-c", "a.c")
        self.ok("cc", "a.o", "-o", "prog")
        self.check_form(self.folder / "prog")

    def test_usual_flags(self) -> None:
        self.write("a.c", PROGRAM)
        for number, flags in enumerate(
            [
                ["-static"],
                ["-pthread"],
                ["-static-pie"],
                ["-fPIC", "-Wl,-Bstatic", "-lm", "-Wl,-Bdynamic", "-lpthread", "-lrt", "-lc"],
                ["-flto", "-O2", "-Wl,-mllvm,-inline-threshold=10"],
                ["-fuse-ld=lld", "-Wl,--as-needed", "-s"],
                ["-Wl,--dynamic-linker=/lib/ld.so", "-Wl,-z,norelro", "-rdynamic"],
            ]
        ):
            with self.subTest(flags=flags):
                result = self.tool("cc", *flags[:1], "a.c", *flags[1:], "-o", f"prog{number}")
                self.assertEqual(result.returncode, 0, result.stderr)
                self.check_form(self.folder / f"prog{number}")

    def test_output_names(self) -> None:
        self.write("a.c", PROGRAM)
        self.ok("cc", "a.c", "-oprog with space")
        self.check_form(self.folder / "prog with space")
        self.write("arguments", '-o "prog in file" a.c')
        self.ok("cc", "@arguments")
        self.check_form(self.folder / "prog in file")

    def test_linker_called_directly(self) -> None:
        self.write("a.c", PROGRAM)
        self.ok("cc", "-c", "a.c")
        libraries = ["-L", SYSROOT / "lib", "-lc", "-lcompiler_rt"]
        self.ok("ld", "-m", "elf_x86_64", SYSROOT / "lib/crt0.o", "a.o", *libraries, "-o", "prog")
        self.check_form(self.folder / "prog")
        self.write("words", f'"{SYSROOT}/lib/crt0.o" "a.o" "-o" "prog2"')
        self.ok("ld", "@words", *libraries)
        self.check_form(self.folder / "prog2")

    def test_unused_function_is_dropped(self) -> None:
        self.ok("cc", self.write("a.c", PROGRAM), "-o", "prog")
        symbols = self.ok("nm", "prog")
        self.assertIn(" program_main", symbols)
        self.assertNotIn("never_called_by_anyone", symbols)

    def test_undefined_symbol_fails(self) -> None:
        self.write("a.c", PROGRAM.replace("exit(0)", "void missing_one(void); missing_one()"))
        result = self.tool("cc", "a.c", "-o", "prog")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("missing_one", result.stderr)
        self.assertFalse((self.folder / "prog").exists())

    def test_shared_library_is_refused(self) -> None:
        self.write("a.c", PROGRAM)
        sentence = self.refused("cc", "-shared", "-fPIC", "a.c", "-o", "liba.so")
        self.assertIn("no dynamic linking", sentence)
        self.assertFalse((self.folder / "liba.so").exists())
        self.assertIn("no dynamic linking", self.refused("ld", "-shared", "a.o"))
        self.assertIn("always position-independent", self.refused("cc", "-no-pie", "a.c"))

    def test_shared_library_is_no_dependency(self) -> None:
        self.write("a.c", PROGRAM)
        host_library = next(Path("/lib").glob(f"{TRIPLE.split('-')[0]}-linux-gnu/libc.so.6"), None)
        if host_library is None:
            self.skipTest("this machine has no shared libc to offer")
        shutil.copy(host_library, self.folder / "libhost.so")
        for words in (["-lhost"], ["-Wl,-Bdynamic", "-lhost"], ["libhost.so"]):
            result = self.tool("cc", "a.c", "-L.", *words, "-o", "prog")
            self.assertNotEqual(result.returncode, 0, words)
            self.assertFalse((self.folder / "prog").exists(), words)

    def test_reproducible(self) -> None:
        self.write("a.c", PROGRAM)
        self.ok("cc", "-O2", "a.c", "-o", "one")
        self.ok("cc", "-O2", "a.c", "-o", "two", prefix=PREFIX)
        self.assertEqual((self.folder / "one").read_bytes(), (self.folder / "two").read_bytes())

    def test_partial_link(self) -> None:
        self.write("a.c", PROGRAM)
        self.ok("cc", "-c", "a.c")
        self.ok("cc", "-r", "a.o", "-o", "b.o")
        self.ok("cc", "b.o", "-o", "prog")
        self.check_form(self.folder / "prog")

    def test_nostdlib(self) -> None:
        self.write("a.c", "void _start(void);\nvoid _start(void) { for (;;); }\n")
        self.ok("cc", "-nostdlib", "-fno-stack-protector", "a.c", "-o", "prog")
        self.check_form(self.folder / "prog")
        self.assertNotIn("program_main", self.ok("nm", "prog"))


if __name__ == "__main__":
    unittest.main()
