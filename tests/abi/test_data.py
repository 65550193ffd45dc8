#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Mistakes in the ABI's data end in one sentence that names the place, never in a traceback or a wrong header."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "abi"))

from emit_headers import headers  # noqa: E402
from emit_reference import reference  # noqa: E402
from load import load  # noqa: E402
from model import FILES, AbiError  # noqa: E402

# file, what stands there, what is put instead, words the message must have
MISTAKES = [
    ("types.toml", 'width = "u32"\ntext = "Descriptor', 'width = "u33"\ntext = "Descriptor', ["[fd]", "u33", "u8"]),
    ("types.toml", 'kind = "enum"', 'kind = "enumeration"', ["kind", "enumeration"]),
    ("types.toml", "values.DONTNEED = [1,", "values.DONTNEED = [2,", ["[advice]", "same number"]),
    ("types.toml", "values.DONTNEED = [1,", "values.DONTNEED = [256,", ["[advice]", "does not fit u8"]),
    ("types.toml", "values.DONTNEED = [1,", "values.DONTNEED = [-1,", ["[advice]", "does not fit u8"]),
    ("types.toml", "values.DONTNEED = [1,", "values.DONTNEED = [true,", ["[advice]", "DONTNEED must be"]),
    ("types.toml", "values.DONTNEED = [1,", "values.dontneed = [1,", ["[advice]", "'dontneed'"]),
    ("types.toml", "values.HANGUP = [0x01", "values.HANGUP = [0x03", ["[eventrwflags]", "single bit"]),
    ("types.toml", 'prefix = "MS_"', 'prefix = "MAP_"\nwidht = 1', ["unknown key 'widht'"]),
    ("types.toml", 'prefix = "SHUT_"\n', 'prefix = 3\n', ["[sdflags]", "'prefix' must be a string"]),
    ("types.toml", 'prefix = "UNLINK_"\nvalues.REMOVEDIR', 'prefix = "O_"\nvalues.TRUNC', ["CLOUDABI_O_TRUNC"]),
    ("types.toml", 'values.SET = [3, "the start of the file"', 'values.SET = [3, "eats the next line \\\\"', ["one line"]),
    ("types.toml", 'values.SET = [3, "the start of the file"', 'values.SET = [3, "two\\nlines"', ["one line"]),
    ("types.toml", 'kind = "enum"\nwidth = "u8"', 'kind = "enum"\nwidth = "i64"', ["only an alias"]),
    ("types.toml", "[filetype]", "[file type]", ["types.toml", "not valid TOML"]),
    ("types.toml", "[filetype]", "[kind_of_file]", ["'filetype' is missing"]),
    ("errno.toml", "values.PERM = [63", "values.PERM = [64", ["[errno]", "same number"]),
    ("rights.toml", "fd_read = { bit = 1,", "fd_read = { bit = 2,", ["fd_seek", "bit 2 belongs to fd_read"]),
    ("rights.toml", "fd_read = { bit = 1,", "fd_read = { bit = 64,", ["fd_read", "64"]),
    ("rights.toml", '"fd_datasync", "fd_read"', '"fd_datasink", "fd_read"', ["set.", "fd_datasink"]),
    ("rights.toml", 'filetypes = ["PROCESS"]', 'filetypes = ["PROCES"]', ["process", "PROCES"]),
    ("rights.toml", 'filetypes = ["PROCESS"]', "", ["no set for the file type PROCESS"]),
    ("rights.toml", 'filetypes = ["PROCESS"]', 'filetypes = ["DIRECTORY"]', ["DIRECTORY has a set already"]),
    ("rights.toml", 'inheriting = ["@directory"', 'inheriting = ["@directori"', ["@directori"]),
    ("rights.toml", "file_symlink = {", "file_symlnik = {", ["file_symlink"]),
    ("rights.toml", "[right]\n", '[right]\nfly = { bit = 50, allows = "x" }\n', ["right.fly", "no call"]),
    ("structs.toml", 'type = "fdflags", at = 2', 'type = "fdflags", at = 4', ["[fdstat]", "fs_flags", "lies at 2"]),
    ("structs.toml", "size = [40, 20]", "size = [40, 24]", ["[recv_in]", "20", "32-bit"]),
    ("structs.toml", "size = 56\nalign = 8", "size = 56\nalign = 4", ["[filestat]", "alignment 4"]),
    ("structs.toml", 'type = "fdflags"', 'type = "fdflag"', ["[fdstat]", "fs_flags", "'fdflag'"]),
    ("structs.toml", 'type = "char[40]"', 'type = "char[0]"', ["ro_unused", "no elements"]),
    ("structs.toml", 'type = "char[40]"', 'type = "char[x]"', ["ro_unused", "is not a type"]),
    ("structs.toml", 'type = "const iovec*"', 'type = "const iovec"', ["ri_data", "only a pointer"]),
    ("structs.toml", 'name = "fs_flags"', 'name = "fs_filetype"', ["[fdstat]", "same name"]),
    ("structs.toml", 'for = ["CONDVAR"]', 'for = ["CONDVARS"]', ["condvar", "CONDVARS"]),
    ("structs.toml", 'selector = "type"', 'selector = "kind"', ["[event]", "selector"]),
    ("structs.toml", "at = 20, text = \"type\"", "at = [20, 20, 20], text = \"type\"", ["d_type", "[64-bit, 32-bit]"]),
    ("calls.toml", '"clock_id: clockid"', '"clock_id clockid"', ["[clock_res_get]", "name: type"]),
    ("calls.toml", '"clock_id: clockid"', '"clock_id: clokid"', ["[clock_res_get]", "clokid"]),
    ("calls.toml", '"clock_id: clockid"', '"clock id: clockid"', ["[clock_res_get]", "usable name"]),
    ("calls.toml", '"clock_id: clockid"', '"clock_id: char[4]"', ["[clock_res_get]", "arrays cannot be passed"]),
    ("calls.toml", 'gives = ["resolution: timestamp"]', 'gives = ["clock_id: timestamp"]', ["same name"]),
    ("calls.toml", 'gives = ["resolution: timestamp"]', 'gives = ["r: void[]"]', ["cannot be a range"]),
    ("calls.toml", 'rights = ["fd: fd_datasync"]', 'rights = ["fd: fd_sink"]', ["[fd_datasync]", "fd_sink"]),
    ("calls.toml", 'rights = ["fd: fd_datasync"]', 'rights = ["df: fd_sync"]', ["[fd_datasync]", "'df: fd_sync'"]),
    ("calls.toml", 'errors = ["INVAL: the clock', 'errors = ["EINVAL: the clock', ["[clock_res_get]", "errno.toml"]),
    ("calls.toml", "[thread_yield]", "[a_thread_yield]", ["alphabetical", "a_thread_yield"]),
    ("calls.toml", 'shortcut = "clock_time_get"', 'shortcut = "clock_time"', ["[clock_timespec_get]", "'clock_time'"]),
    ("calls.toml", 'extension = true\nshortcut', 'shortcut', ["alphabetical", "clock_timespec_get"]),
    ("calls.toml", 'rights = ["sock: sock_accept"]', 'rights = ["sock: sock_accept"]\nshortcut = "poll"',
     ["[sock_accept]", "no rights of its own"]),
    ("calls.toml", 'noreturn = true', 'noreturn = "yes"', ["[proc_exit]", "true or false"]),
    ("calls.toml", 'noreturn = true', 'noreturn = true\ngives = ["x: fd"]', ["[proc_exit]", "does not return"]),
    ("calls.toml", 'noreturn = true', 'noretrun = true', ["[proc_exit]", "noretrun"]),
    ("calls.toml", 'text = "Let other threads run."', "", ["[thread_yield]", "'text' is missing"]),
]


class DataTest(unittest.TestCase):
    def setUp(self) -> None:
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.data = Path(tmp.name)
        for name in FILES:
            shutil.copy(ROOT / "abi" / name, self.data)

    def test_mistakes_are_named(self) -> None:
        for file, old, new, words in MISTAKES:
            with self.subTest(f"{file}: {new}"):
                path = self.data / file
                good = path.read_text()
                self.assertIn(old, good, "the data changed; so must this test")
                path.write_text(good.replace(old, new, 1))
                with self.assertRaises(AbiError) as caught:
                    load(self.data)
                path.write_text(good)
                for word in [file, *words]:
                    self.assertIn(word, str(caught.exception))

    def test_random_damage_never_ends_in_a_traceback(self) -> None:
        """Cut, double, swap and retype lines: either the data is still good or AbiError says why not."""
        rng = random.Random(7)
        refused = 0
        for _ in range(300):
            path = self.data / rng.choice(FILES)
            good = path.read_text()
            lines = good.splitlines()
            at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
            kind = rng.randrange(5)
            if kind == 0:
                del lines[at]
            elif kind == 1:
                lines.insert(at, lines[other])
            elif kind == 2:
                lines[at], lines[other] = lines[other], lines[at]
            elif kind == 3:
                lines[at] = lines[at].replace('"', rng.choice(("'", "", '""')), rng.randrange(1, 4))
            else:
                place = rng.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + rng.choice("0]}[{,=x-.\" ") + lines[at][place:]
            path.write_text("\n".join(lines) + "\n")
            try:
                abi = load(self.data)
                headers(abi), reference(abi)
            except AbiError as e:
                self.assertIn(".toml", str(e))
                refused += 1
            path.write_text(good)
        self.assertGreater(refused, 100)

    def run_generator(self, *args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, str(ROOT / "abi/generate.py"), *args], text=True, capture_output=True)

    def test_command_reports_a_missing_file(self) -> None:
        (self.data / "calls.toml").unlink()
        out = self.data / "out"
        done = self.run_generator("--data", str(self.data), "--out", str(out))
        self.assertEqual((done.returncode, done.stdout, len(done.stderr.splitlines())), (1, "", 1))
        self.assertIn("calls.toml: cannot be read: No such file", done.stderr)
        self.assertFalse(out.exists(), "nothing may be written when the data is bad")

    def test_command_reports_an_unusable_output(self) -> None:
        done = self.run_generator("--out", str(self.data / "calls.toml"))
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1))
        self.assertIn("calls.toml: File exists", done.stderr)

    def test_command_makes_what_was_asked(self) -> None:
        headers = {f"cloudabi_{n}.h" for n in ("types", "syscalls", "calls", "rights")}
        for what, want in (("headers", headers), ("docs", {"abi.md"}), ("seccomp", {"seccomp_skeleton.toml"})):
            out = self.data / what
            self.assertEqual(self.run_generator("--out", str(out), "--what", what).returncode, 0)
            self.assertEqual({p.name for p in out.iterdir()}, want)


if __name__ == "__main__":
    unittest.main()
