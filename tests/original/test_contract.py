#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Starts the program that checks the start-up promises, in every layout that linkers gave it.

Each is started by the launcher and by proc_exec from a program of this tree's toolchain, in both modes. From the first
one more layouts are made, by changing headers that no linker option changes.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from pathlib import Path

from running import MODES, arguments, copy, place

PT_NULL, PT_LOAD, PT_PHDR, PT_OTHER = 0, 1, 6, 0x60001234
ET_EXEC = 2
Headers = list[list[int]]


def change_headers(image: bytearray, change: Callable[[Headers], Headers]) -> bytearray:
    """The program headers: type, flags, offset, vaddr, paddr, filesz, memsz, align."""
    offset, count = struct.unpack_from("<Q", image, 32)[0], struct.unpack_from("<H", image, 56)[0]
    headers = [list(struct.unpack_from("<IIQQQQQQ", image, offset + 56 * i)) for i in range(count)]
    for i, header in enumerate(change(headers)):
        struct.pack_into("<IIQQQQQQ", image, offset + 56 * i, *header)
    return image


def replace_type(headers: Headers, old: int, new: int) -> Headers:
    return [[new, *header[1:]] if header[0] == old else header for header in headers]


def others_first(headers: Headers) -> Headers:
    return [h for h in headers if h[0] != PT_LOAD] + [h for h in headers if h[0] == PT_LOAD]


def put(image: bytearray, layout: str, offset: int, *values: int) -> bytearray:
    struct.pack_into(layout, image, offset, *values)
    return image


# Versions, flags and addresses that the ABI gives no meaning to, and headers that may be missing.
RESHAPED: dict[str, Callable[[bytearray], bytearray]] = {
    "no-phdr": lambda image: change_headers(image, lambda h: replace_type(h, PT_PHDR, PT_NULL)),
    "unknown-header": lambda image: change_headers(image, lambda h: replace_type(h, PT_PHDR, PT_OTHER)),
    "loads-last": lambda image: change_headers(image, others_first),
    "no-alignments": lambda image: change_headers(image, lambda h: [
        [*header[:7], 0] if header[0] == PT_LOAD else header for header in h]),
    "physical-addresses": lambda image: change_headers(image, lambda h: [
        [*header[:4], 0x1234567890, *header[5:]] for header in h]),
    "no-sections": lambda image: put(put(image, "<Q", 40, 0), "<HHH", 58, 0, 0, 0),
    "abi-version": lambda image: put(image, "<B", 8, 1),
    "header-flags": lambda image: put(image, "<I", 48, 0x1234),
}


def main() -> int:
    args = arguments(__doc__)
    with place(args) as here:
        granted = here.root / "granted"
        granted.mkdir()
        here.own(granted)
        starter = copy(args.ours / "starter", here.root / "starter")
        programs = {program.parent.name: copy(program, here.root / program.parent.name) for program in args.programs}
        first = args.programs[0].read_bytes()
        for name, reshape in RESHAPED.items():
            programs[name] = here.root / name
            programs[name].write_bytes(reshape(bytearray(first)))
            programs[name].chmod(0o755)
        grants = f"- !fd stdout\n- !file {{path: '{granted}', rights: read}}\n"
        for name, program in programs.items():
            for mode in MODES:
                here.judge(f"{name}, {mode}", here.run(mode, program, grants))
                here.judge(f"{name}, {mode}, by proc_exec", here.run(
                    mode, starter, grants + f"- !file {{path: '{program}', rights: read|exec}}\n"))
        nowhere = here.root / "nowhere"
        nowhere.write_bytes(put(bytearray(first), "<H", 16, ET_EXEC))
        nowhere.chmod(0o755)
        for mode in MODES:
            here.refused(f"a program for address 0, {mode}", here.run(mode, nowhere, grants), "fixed addresses")
        print(f"{len(programs)} layouts")
        return here.finish()


if __name__ == "__main__":
    sys.exit(main())
