#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the compiled filter opens and shuts, by name. seccomp_compare tries all of it, by number."""

from __future__ import annotations

import copy
import random
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "runtime/sandbox")]

import bpf_interpreter as machine  # noqa: E402
import seccomp_bpf as bpf  # noqa: E402
from seccomp_table import Policy, Rule, read_policy  # noqa: E402

X86_64 = 0xC000003E
ALLOW, EPERM, ENOSYS, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
STRICT = {"supervised": 0x7FC00000, "ignored": 0x00050000, "requests": 0x7FC00000}
TOP = (1 << 64) - 1

Input = tuple[int, int, tuple[int, ...]]


def expected(policy: Policy, number: int, arch: int, args: tuple[int, ...], strict: bool = False) -> int:
    """The meaning of the table, said as plainly as possible."""
    if arch != X86_64:
        return KILL
    for rule in policy.rules:
        if rule.number == number:
            ways = [way for way in rule.ways if all(holds(c, args[c.index]) for c in way)]
            if not ways:
                return EPERM
            kind = rule.strict.get(ways[0], "")
            return STRICT[kind] if kind == "requests" or (strict and kind) else ALLOW
    return ENOSYS


def holds(check, arg: int) -> bool:
    value = arg if check.wide else arg % (1 << 32)
    if check.op == "in":
        return value in check.values
    return value & ~check.values[0] == 0 if check.op == "only" else value <= check.values[0]


class Inputs:
    """Numbers and arguments near everything the table mentions, mixed with plain random ones."""

    def __init__(self, policy: Policy, seed: int) -> None:
        self.random = random.Random(seed)
        self.rules = policy.rules
        listed = [r.number for r in policy.rules]
        self.numbers = sorted({n + d for n in listed for d in (-1, 0, 1) if n + d >= 0})
        self.numbers += [435, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]
        self.numbers += [n | 0x40000000 for n in listed]
        self.checked = [r for r in policy.rules if not r.unconditional()]

    def value(self, check) -> int:
        r = self.random
        v = r.choice(check.values)
        kind = r.randrange(8)
        if kind < 3:
            v &= r.getrandbits(64) if check.op == "only" and kind else TOP
        elif kind == 3:
            v ^= 1 << r.randrange(64)
        elif kind == 4:
            v += r.choice((-1, 1))
        elif kind == 5:
            v |= r.getrandbits(32) << 32
        elif kind == 6:
            v = r.choice((0, TOP, 1 << 31, 1 << 32, (1 << 32) - 1, 1 << 63))
        else:
            v = r.getrandbits(64)
        return v & TOP

    def one(self) -> Input:
        r = self.random
        args = [0 if r.random() < 0.3 else r.getrandbits(r.choice((4, 12, 32, 64))) for _ in range(6)]
        kind = r.random()
        if kind < 0.75:
            rule = r.choice(self.checked)
            number = rule.number
            for check in r.choice(rule.ways):
                args[check.index] = self.value(check)
        elif kind < 0.95:
            number = r.choice(self.numbers)
        else:
            number = r.getrandbits(32)
        arch = X86_64 if r.random() < 0.98 else r.choice((0x40000003, 0xC00000B7, X86_64 ^ 1, 0, r.getrandbits(32)))
        return number, arch, tuple(args)


def compiled(policy: Policy, strict: bool = False, datagrams: bool = False) -> list[tuple[int, int, int, int]]:
    return [(i.code, i.jt, i.jf, i.k) for i in bpf.compile_policy(policy, strict, datagrams)]


def difference(policy: Policy, program: list, count: int, seconds: float, seed: int,
               strict: bool = False) -> tuple[Input | None, int]:
    """The first input on which program and table disagree, and how many were tried."""
    inputs = Inputs(policy, seed)
    end = time.monotonic() + seconds
    for n in range(count):
        number, arch, args = inputs.one()
        if machine.run(program, machine.words(number, arch, args)).action != expected(policy, number, arch, args, strict):
            return (number, arch, args), n + 1
        if n % 4096 == 0 and time.monotonic() > end:
            return None, n + 1
    return None, count


class FilterTest(unittest.TestCase):
    def setUp(self) -> None:
        self.policy = read_policy(ROOT / "runtime/sandbox/seccomp.toml", ROOT / "abi")
        self.program = compiled(self.policy)

    def answer(self, number: int, *args: int, arch: int = X86_64) -> int:
        full = tuple(a & TOP for a in args) + (0,) * (6 - len(args))
        return machine.run(self.program, machine.words(number, arch, full)).action

    def test_the_kernel_would_take_it(self) -> None:
        machine.check(self.program)
        self.assertLess(len(self.program), 300, "the filter grew; installing it is the main cost of a start")

    def test_strict_mode_agrees_with_the_table_too(self) -> None:
        strict = compiled(self.policy, strict=True)
        machine.check(strict)
        for number in range(2048):
            for args in ((0,) * 6, (TOP,) * 6):
                got = machine.run(strict, machine.words(number, X86_64, args)).action
                self.assertEqual(got, expected(self.policy, number, X86_64, args, strict=True), number)

    def test_strict_mode_allows_no_path_call(self) -> None:
        for name in ("openat2", "newfstatat", "readlinkat", "mkdirat", "symlinkat", "renameat", "linkat", "unlinkat",
                     "utimensat"):
            rule = next(r for r in self.policy.rules if r.name == name)
            self.assertLessEqual({rule.strict.get(way) for way in rule.ways}, {"supervised", "requests"}, name)

    def test_agrees_with_the_table_on_every_low_number(self) -> None:
        for number in [*range(2048), *range(0x40000000, 0x40000800)]:
            for args in ((0,) * 6, (TOP,) * 6):
                self.assertEqual(self.answer(number, *args), expected(self.policy, number, X86_64, args), number)

    def test_calls_without_checks_are_decided_by_their_number(self) -> None:
        for rule in self.policy.rules:
            got = machine.run(self.program, machine.words(rule.number, X86_64, (0,) * 6))
            self.assertEqual(got.arguments_read, not rule.unconditional(), rule.name)

    def test_every_dropped_rule_is_noticed(self) -> None:
        for i, rule in enumerate(self.policy.rules):
            poorer = Policy(self.policy.rules[:i] + self.policy.rules[i + 1:], {})
            self.assertNotEqual(difference(self.policy, compiled(poorer), 60_000, 30, seed=2)[0], None, rule.name)

    def test_every_dropped_check_is_noticed(self) -> None:
        for i, rule in enumerate(self.policy.rules):
            for w, way in enumerate(rule.ways):
                for c in range(len(way)):
                    ways = copy.copy(rule.ways)
                    ways[w] = way[:c] + way[c + 1:]
                    looser = copy.copy(self.policy.rules)
                    looser[i] = Rule(rule.name, rule.number, ways, rule.users)
                    wrong, _ = difference(self.policy, compiled(Policy(looser, {})), 200_000, 30, seed=3)
                    self.assertIsNotNone(wrong, f"{rule.name}: {way[c]}")

    def test_known_ways_out_are_shut(self) -> None:
        cases = {
            "clone3": (435, (0, 0), ENOSYS),
            "socket": (41, (2, 1, 0), ENOSYS),
            "connect": (42, (3,), ENOSYS),
            "bind": (49, (3,), ENOSYS),
            "sendto": (44, (3,), ENOSYS),
            "sendmmsg": (307, (3,), ENOSYS),
            "ioctl": (16, (0, 0x5412), ENOSYS),
            "ptrace": (101, (0,), ENOSYS),
            "kill": (62, (1, 9), ENOSYS),
            "unshare": (272, (0x10000000,), ENOSYS),
            "mount": (165, (), ENOSYS),
            "io_uring_setup": (425, (), ENOSYS),
            "bpf": (321, (), ENOSYS),
            "userfaultfd": (323, (), ENOSYS),
            "openat": (257, (-100, 0), ENOSYS),
            "rt_sigaction of TERM": (13, (15,), EPERM),
            "rt_sigprocmask": (14, (2,), ENOSYS),
            "rt_sigreturn": (15, (), ENOSYS),
            "sigaltstack": (131, (), ENOSYS),
            "x32 write": (0x40000001, (1,), ENOSYS),
            "sendmsg with MSG_FASTOPEN": (46, (3, 0, 0x20000000), EPERM),
            "datagram pair": (53, (1, 2, 0), EPERM),
            "mmap writable and executable": (9, (0, 4096, 7, 0x22, -1, 0), EPERM),
            "mmap write and exec": (9, (0, 4096, 6, 0x22, -1, 0), EPERM),
            "mprotect executable and writable": (10, (0, 4096, 7), EPERM),
            "F_SETOWN": (72, (0, 8, 1), EPERM),
            "F_SETFL with O_ASYNC": (72, (0, 4, 0x2000), EPERM),
            "fork with a new user name space": (56, (0x10000000 | 0x1001011,), EPERM),
            "thread with a high bit": (56, (1 << 32 | 0x3D0F00,), EPERM),
            "TERM to another process": (424, (3, 15, 0, 0), EPERM),
            "KILL to a process group": (424, (3, 9, 0, 4), EPERM),
            "start by a path": (322, (3, 0x100000, 0, 0, 0), EPERM),
            "start by a path elsewhere": (322, (3, 0x100001, 0, 0, 0x1000), EPERM),
            "seal other memory": (462, (0x200000, 4096, 0), EPERM),
            "link by descriptor": (265, (3, 0, 4, 0, 0x1000), EPERM),
            "waitid for any child": (247, (0, 0), EPERM),
            "prctl for capabilities": (157, (24, 21), EPERM),
            "another architecture": (1, (), KILL),
        }
        for name, (number, args, want) in cases.items():
            with self.subTest(name):
                arch = 0x40000003 if want == KILL else X86_64
                self.assertEqual(self.answer(number, *args, arch=arch), want)

    def test_with_datagrams_no_call_names_a_peer(self) -> None:
        for strict in (False, True):
            program = compiled(self.policy, strict, datagrams=True)
            for number in (42, 44, 46, 49, 307):  # connect, sendto, sendmsg, bind, sendmmsg
                for flags in (0, 0x4000, 0x4040, 0x20000000):
                    data = machine.words(number, X86_64, (3, 0, flags, flags, 0, 0))
                    self.assertEqual(machine.run(program, data).action, ENOSYS, number)
            for number in (1, 20, 47):  # write, writev, recvmsg
                self.assertEqual(machine.run(program, machine.words(number, X86_64, (0,) * 6)).action, ALLOW, number)

    def test_the_mounters_agrees_with_its_table(self) -> None:
        mounter = self.policy.mounter
        self.assertIsNotNone(mounter)
        program = compiled(mounter)
        machine.check(program)
        wrong, tried = difference(mounter, program, 60_000, 30, seed=5)
        self.assertIsNone(wrong)
        self.assertGreater(tried, 10_000)
        for number in range(2048):
            for args in ((0,) * 6, (TOP,) * 6):
                got = machine.run(program, machine.words(number, X86_64, args)).action
                self.assertEqual(got, expected(mounter, number, X86_64, args), number)

    def test_the_mounter_does_nothing_but_serve(self) -> None:
        program = compiled(self.policy.mounter)
        unknown = {"read": 0, "write": 1, "open": 2, "mmap": 9, "mprotect": 10, "socket": 41, "connect": 42,
                   "sendmsg": 46, "recvmsg": 47, "clone": 56, "fork": 57, "execve": 59, "kill": 62, "fcntl": 72,
                   "unlink": 87, "chmod": 90, "ptrace": 101, "capset": 126, "prctl": 157, "chroot": 161, "mount": 165,
                   "umount2": 166, "unlinkat": 263, "renameat": 264, "unshare": 272, "setns": 308,
                   "process_vm_writev": 311, "seccomp": 317, "bpf": 321, "execveat": 322, "pidfd_send_signal": 424,
                   "io_uring_setup": 425, "move_mount": 429, "fsopen": 430, "fsmount": 432, "clone3": 435,
                   "openat2": 437}
        for name, number in unknown.items():
            for args in ((0,) * 6, (TOP,) * 6):
                self.assertEqual(machine.run(program, machine.words(number, X86_64, args)).action, ENOSYS, name)
        refused = {
            "open for writing": (257, (3, 0, 0o302002)),
            "creating": (257, (3, 0, 0o2300100)),
            "open of a file": (257, (3, 0, 0o2100000)),
            "O_PATH": (257, (3, 0, 0o12300000)),
            "a tree that is not copied": (428, (3, 0, 0x89000)),
            "flags of one mount alone": (442, (3, 0, 0x1000, 0, 32)),
            "an ioctl of the terminal": (16, (0, 0x5412)),
        }
        for name, (number, args) in refused.items():
            full = args + (0,) * (6 - len(args))
            self.assertEqual(machine.run(program, machine.words(number, X86_64, full)).action, EPERM, name)

    def test_the_needed_things_are_open(self) -> None:
        cases = {
            "anonymous memory": (9, (0, 4096, 3, 0x22, -1, 0)),
            "program text": (9, (0, 4096, 5, 0x12, 3, 0)),
            "thread register": (158, (0x1002, 0)),
            "raise": (424, (-10001, 6, 0, 0)),
            "end a child": (424, (5, 9, 0, 0)),
            "wait on a lock until a moment": (202, (0, 9 | 128 | 256)),
            "start a program": (322, (3, 0x100000, 0, 0, 0x1000)),
            "start a thread": (56, (0x3D0F00,)),
            "fork": (56, (0x1001011,)),
        }
        for name, (number, args) in cases.items():
            with self.subTest(name):
                self.assertEqual(self.answer(number, *args), ALLOW)

    def test_listing_is_the_expected_one(self) -> None:
        with tempfile.TemporaryDirectory() as tmp:
            made, header = Path(tmp) / "listing.txt", Path(tmp) / "filter.h"
            subprocess.run([sys.executable, str(ROOT / "runtime/sandbox/gen_seccomp.py"), "--out", str(header),
                            "--listing", str(made)], check=True)
            golden = HERE / "golden" / "listing.txt"
            if "--update" in sys.argv:
                golden.write_text(made.read_text())
            self.assertEqual(made.read_text(), golden.read_text(),
                             f"the filter changed; if that was meant: {Path(__file__).name} --update")


if __name__ == "__main__":
    unittest.main(argv=[a for a in sys.argv if a != "--update"])
