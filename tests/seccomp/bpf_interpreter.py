# SPDX-License-Identifier: BSD-2-Clause
"""Run a classic BPF program as the kernel's seccomp does. Written from the instruction set, not from the compiler."""

from __future__ import annotations

import struct
from typing import NamedTuple


class Result(NamedTuple):
    action: int
    arguments_read: bool


def check(program: list[tuple[int, int, int, int]]) -> None:
    """What the kernel refuses at load: jumps backwards or outside, unknown instructions, loads off the data."""
    for at, (code, jt, jf, k) in enumerate(program):
        rest = len(program) - at - 1
        if code in (0x15, 0x25, 0x35, 0x45):
            ok = 0 <= jt <= 255 and 0 <= jf <= 255 and max(jt, jf) < rest
        elif code == 0x05:
            ok = 0 <= k < rest
        elif code == 0x20:
            ok = k % 4 == 0 and 0 <= k < 64 and rest > 0
        else:
            ok = code == 0x06
        if not ok:
            raise AssertionError(f"instruction {at} is not valid: {code:#x} {jt} {jf} {k:#x}")


def words(number: int, arch: int, args: tuple[int, ...]) -> tuple[int, ...]:
    """struct seccomp_data as 32-bit words."""
    return struct.unpack("<16I", struct.pack("<IIQ6Q", number, arch, 0x400000, *args))


def run(program: list[tuple[int, int, int, int]], data: tuple[int, ...]) -> Result:
    at = acc = 0
    args = False
    while True:
        code, jt, jf, k = program[at]
        at += 1
        if code == 0x20:
            acc = data[k >> 2]
            args = args or k >= 8
        elif code == 0x15:
            at += jt if acc == k else jf
        elif code == 0x25:
            at += jt if acc > k else jf
        elif code == 0x35:
            at += jt if acc >= k else jf
        elif code == 0x45:
            at += jt if acc & k else jf
        elif code == 0x05:
            at += k
        else:
            return Result(k, args)
