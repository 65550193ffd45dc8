#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The table agrees with the kernel's headers, mistakes in it are named, and the compiler holds for other tables too."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "runtime/sandbox")]

import bpf_interpreter as machine  # noqa: E402
from seccomp_table import Check, Policy, Rule, TableError, read_policy  # noqa: E402
from test_filter import compiled, difference  # noqa: E402

TABLE = ROOT / "runtime/sandbox/seccomp.toml"
KERNEL_HEADERS = ["asm/unistd_64.h", "asm/prctl.h", "linux/close_range.h", "linux/fcntl.h", "linux/futex.h",
                  "linux/memfd.h", "linux/mman.h", "linux/mount.h", "linux/pidfd.h", "linux/prctl.h", "linux/sched.h",
                  "linux/seccomp.h", "linux/wait.h", "asm/socket.h", "asm/ioctl.h"]
LIBRARY_HEADERS = ["sys/socket.h", "signal.h", "sys/mman.h"]  # for what the kernel's headers do not define

# what stands there, what is put instead, words the message must have
MISTAKES = [
    ('fd_sync = ["fsync"]\n', "", ["[calls]", "fd_sync is missing"]),
    ('fd_sync = ["fsync"]', 'fd_sync = ["fsync"]\nfd_fly = ["fsync"]', ["fd_fly is not a call of the ABI"]),
    ('fd_sync = ["fsync"]', "fd_sync = []", ["[calls] fd_sync", "at least one"]),
    ('fd_sync = ["fsync"]', 'fd_sync = "fsync"', ["[calls] fd_sync", "array"]),
    ('fd_sync = ["fsync"]', "fd_sync = [74]", ["[calls] fd_sync", "string"]),
    ('fd_sync = ["fsync"]', 'fd_sync = ["fsink"]', ["[calls] fd_sync", "'fsink' is not in [linux]"]),
    ('fd_sync = ["fsync"]', 'fd_sync = ["fsync", "clone3"]', ["clone3 cannot be allowed"]),
    ('fd_sync = ["fsync"]', 'fd_sync = ["fsync", "fcntl"]', ["fcntl", "the checks say nothing"]),
    ('fd_sync = ["fsync"]', 'fd_sync = ["fsync: flags == 0"]', ["[arguments] fsync", "flags"]),
    ("mode == 0", "mode = 0", ["file_allocate", "is not a check"]),
    ("mode == 0", "mode == ZERO", ["file_allocate", "'ZERO'"]),
    ("mode == 0", "mod == 0", ["file_allocate", "[arguments] fallocate", "mod"]),
    ("mode == 0", "mode == 4294967296", ["file_allocate", "does not fit"]),
    ("clock <= 3", "clock <= 3 or 4", ["clock_res_get", "only == takes several values"]),
    ('"fallocate: mode == 0"', '"fallocate: "', ["file_allocate", "'' is not a check"]),
    ('"fallocate: mode == 0"', '"fallocate:"', ["file_allocate", "'fallocate:' is not in [linux]"]),
    ("fallocate = { mode", "falocate = { mode", ["file_allocate", "[arguments] fallocate"]),
    ("FUTEX_WAKE_BITSET plus any of FUTEX_PRIVATE_FLAG", "FUTEX_WAKE plus any of O_SYNC|255", ["more than 4"]),
    ("mode = [1,", "mode = [6,", ["[arguments] fallocate"]),
    ('mode = [1, "int"]', 'mode = [1, "short"]', ["[arguments] fallocate"]),
    ("fsync = 74", "fsync = 75", ["[linux]", "same number"]),
    ("fsync = 74", 'fsync = "74"', ["[linux] fsync", "number"]),
    ("fsync = 74", "fsync = 74\nreboot = 169", ["[linux] reboot is used by nothing"]),
    ("P_PIDFD = 3", "P_PIDFD = 3\nP_ALL = 0", ["[constants] P_ALL is used by nothing"]),
    ("\n[startup]", "\n[start]", ["unknown section [start]"]),
    ("\n[strict]", "\n[strickt]", ["unknown section [strickt]"]),
    ("\nignored = [", "\nignore = [", ["[strict] ignore", "supervised, ignored and requests"]),
    ("\nignored = [", '\nignored = ["kill", ', ["[strict] ignored", "'kill' is not in [linux]"]),
    ("\nignored = [", '\nignored = ["fallocate", ', ["[strict] ignored", "'fallocate' is allowed nowhere above"]),
    ("\nignored = [", '\nignored = ["mkdirat", ', ["[strict] ignored", "cannot be both"]),
    ('absent = ["sendmsg"]', "", ["[datagrams]", "expected the array absent"]),
    ('absent = ["sendmsg"]', 'absent = ["sendto"]', ["[datagrams] absent", "'sendto' is allowed nowhere above"]),
    ("\n[mounter]", "\n[mount]", ["unknown section [mount]"]),
    ("\n[mounter.linux]", "\n[mounter.calls]", ["[mounter.linux] is missing"]),
    ("fstatfs = 138", "fstatfs = 74", ["[mounter.linux]", "same number"]),
    ("fstatfs = 138", "fstatfs = 138\nreboot = 169", ["[mounter.linux] reboot is used by nothing"]),
    ("ioctl = { request", "octl = { request", ["[arguments] ioctl", "request"]),
    ('"fstat", "fstatfs", "new', '"fstatfs: size == 3", "new', ["[mounter] look", "[arguments] fstatfs"]),
    ("\n[constants]", "\n[[constants]]", ["[constants]"]),
    ("[calls]", "[calls", ["not valid TOML"]),
]


class TableTest(unittest.TestCase):
    def setUp(self) -> None:
        self.raw = tomllib.loads(TABLE.read_text())

    def values(self, headers: list[str], names: list[str]) -> dict[str, int]:
        """What the names mean in C, for those the headers define."""
        with tempfile.TemporaryDirectory() as tmp:
            source = Path(tmp) / "values.c"
            lines = ["#define _GNU_SOURCE", *(f"#if __has_include(<{h}>)\n#include <{h}>\n#endif" for h in headers),
                     "int printf(const char *, ...);", "int main(void) {"]
            lines += [f'#ifdef {n}\nprintf("{n} %lld\\n", (long long)({n}));\n#endif' for n in names]
            source.write_text("\n".join(lines) + "\n}\n")
            subprocess.run([os.environ.get("CC", "cc"), "-w", "-o", tmp + "/values", str(source)], check=True)
            out = subprocess.run([tmp + "/values"], check=True, text=True, capture_output=True).stdout
        return {name: int(n) for name, n in (line.split() for line in out.splitlines())}

    def test_numbers_are_the_kernels(self) -> None:
        mine = {f"__NR_{n}": v for n, v in (self.raw["linux"] | self.raw["mounter"]["linux"]).items()}
        real = self.values(KERNEL_HEADERS, list(mine))
        self.assertLessEqual(set(mine) - set(real), {"__NR_mseal"})  # newer than some headers
        self.assertEqual(real, {n: v for n, v in mine.items() if n in real})

    def test_constants_are_the_kernels(self) -> None:
        mine = self.raw["constants"]
        real = self.values(KERNEL_HEADERS, list(mine))
        real |= self.values(LIBRARY_HEADERS, [n for n in mine if n not in real])
        unknown = sorted(set(mine) - set(real))
        if unknown:
            print(f"not compared, these headers are older: {', '.join(unknown)}", file=sys.stderr)
        self.assertLessEqual(set(unknown), {"PIDFD_SELF_THREAD_GROUP", "PIDFD_THREAD", "MFD_NOEXEC_SEAL", "F_SEAL_EXEC"})
        self.assertEqual(real, {n: v for n, v in mine.items() if n in real})

    def test_mistakes_are_named(self) -> None:
        good = TABLE.read_text()
        with tempfile.TemporaryDirectory() as tmp:
            bad = Path(tmp) / "seccomp.toml"
            for old, new, words in MISTAKES:
                with self.subTest(new):
                    self.assertIn(old, good, "the table changed; so must this test")
                    bad.write_text(good.replace(old, new, 1))
                    with self.assertRaises(TableError) as caught:
                        read_policy(bad, ROOT / "abi")
                    for word in [str(bad), *words]:
                        self.assertIn(word, str(caught.exception))

    def test_random_damage_never_ends_in_a_traceback(self) -> None:
        """Cut, double, swap and retype lines: either the table still compiles or TableError says why not."""
        rng, refused = random.Random(11), 0
        good = TABLE.read_text().splitlines()
        with tempfile.TemporaryDirectory() as tmp:
            bad = Path(tmp) / "seccomp.toml"
            for _ in range(300):
                lines = list(good)
                at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
                kind = rng.randrange(4)
                if kind == 0:
                    del lines[at]
                elif kind == 1:
                    lines[at], lines[other] = lines[other], lines[at]
                elif kind == 2:
                    name, _, value = lines[at].partition(" = ")
                    retyped = ('1', '-1', 'true', '[]', '{}', '[[1]]', value + '1', '""')
                    lines[at] = f"{name} = {rng.choice(retyped)}"
                else:
                    place = rng.randrange(len(lines[at]) + 1)
                    lines[at] = lines[at][:place] + rng.choice('0]}[{,=|:-.x" ') + lines[at][place:]
                bad.write_text("\n".join(lines) + "\n")
                try:
                    machine.check(compiled(read_policy(bad, ROOT / "abi")))
                except TableError as e:
                    self.assertIn(str(bad), str(e))
                    refused += 1
        self.assertGreater(refused, 100)

    def test_command_reports_in_one_line(self) -> None:
        with tempfile.TemporaryDirectory() as tmp:
            for args in (["--table", tmp + "/none.toml"], ["--abi", tmp]):
                done = subprocess.run([sys.executable, str(ROOT / "runtime/sandbox/gen_seccomp.py"), "--out",
                                       tmp + "/filter.h", *args], text=True, capture_output=True)
                self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1), done.stderr)
                self.assertIn("cannot be read", done.stderr)
                self.assertFalse(Path(tmp, "filter.h").exists())


class CompilerTest(unittest.TestCase):
    def check(self, rng: random.Random) -> Check:
        wide = rng.random() < 0.4
        top = 64 if wide else 32
        op = rng.choice(("in", "in", "only", "max"))
        if op == "max":
            values = (rng.getrandbits(rng.choice((2, 8, 32))),)
        else:
            some = {rng.choice((rng.getrandbits(3), rng.getrandbits(top))) for _ in range(rng.randrange(1, 12))}
            values = tuple(sorted(some)) if op == "in" else (rng.getrandbits(top),)
        return Check(rng.randrange(6), wide, op, values, "x")

    def test_other_tables_compile_right_too(self) -> None:
        """Among them ones so large that jumps need stepping stones."""
        longest = 0
        for seed in range(60):
            rng = random.Random(seed)
            numbers = sorted(rng.sample(range(500), rng.choice((1, 5, 40, 120))))
            rules = []
            for n in numbers:
                ways = [()] if rng.random() < 0.4 else [
                    tuple(self.check(rng) for _ in range(rng.randrange(1, 4))) for _ in range(rng.randrange(1, 4))]
                rules.append(Rule(f"call{n}", n, ways, []))
            rules.append(Rule("last", 600, [(self.check(rng),)], []))
            program = compiled(Policy(rules, {}))
            machine.check(program)
            longest = max(longest, len(program))
            wrong, _ = difference(Policy(rules, {}), program, 4000, 30, seed)
            self.assertIsNone(wrong, f"table {seed}")
        self.assertGreater(longest, 1000)


if __name__ == "__main__":
    unittest.main()
