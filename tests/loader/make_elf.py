#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Damages a good program in one way for each reason to refuse it, and makes a corpus of it.

    make_elf.py GOOD OUT             one file a case, named after the case
    make_elf.py --corpus GOOD OUT    truncations and bit flips of the headers, for the fuzzer
"""

import argparse
import struct
from collections.abc import Callable
from pathlib import Path

EHDR = "<16sHHIQQQIHHHHHH"
PHDR = "<IIQQQQQQ"
PT_LOAD, PT_DYNAMIC, PT_INTERP, PT_NOTE = 1, 2, 3, 4
PF_X, PF_W, PF_R = 1, 2, 4
PAGE = 4096


class Elf:
    """A 64-bit ELF file whose headers can be changed by name."""

    EHDR_FIELDS = ("ident type machine version entry phoff shoff flags ehsize phentsize phnum "
                   "shentsize shnum shstrndx").split()
    PHDR_FIELDS = "type flags offset vaddr paddr filesz memsz align".split()

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.header = dict(zip(self.EHDR_FIELDS, struct.unpack_from(EHDR, data)))
        self.phdrs = [dict(zip(self.PHDR_FIELDS,
                               struct.unpack_from(PHDR, data, self.header["phoff"] + 56 * i)))
                      for i in range(self.header["phnum"])]

    def of_type(self, kind: int) -> list[dict[str, int]]:
        return [p for p in self.phdrs if p["type"] == kind]

    def ident(self, index: int, value: int) -> None:
        ident = bytearray(self.header["ident"])
        ident[index] = value
        self.header["ident"] = bytes(ident)

    def bytes(self) -> bytes:
        out = bytearray(self.data)
        struct.pack_into(EHDR, out, 0, *self.header.values())
        # The table stays where it was, whatever the header says now.
        start = struct.unpack_from(EHDR, self.data)[5]
        for i, phdr in enumerate(self.phdrs):
            struct.pack_into(PHDR, out, start + 56 * i, *phdr.values())
        return bytes(out)


def segment(elf: Elf, flags: int) -> dict[str, int]:
    return next(p for p in elf.of_type(PT_LOAD) if p["flags"] & flags == flags)


def put_needed(elf: Elf) -> None:
    struct.pack_into("<QQ", elf.data, elf.of_type(PT_DYNAMIC)[0]["offset"], 1, 1)


def swap_loads(elf: Elf) -> None:
    first, second = elf.of_type(PT_LOAD)[:2]
    first["vaddr"], second["vaddr"] = second["vaddr"], first["vaddr"]


def share_page(elf: Elf) -> None:
    """No byte belongs to both segments, but a page does."""
    first, second = elf.of_type(PT_LOAD)[:2]
    second.update(vaddr=second["vaddr"] - 8, offset=second["offset"] - 8, filesz=second["filesz"] + 8,
                  memsz=second["memsz"] + 8)
    first.update(memsz=second["vaddr"] - 8)


def move_high(elf: Elf) -> None:
    elf.header.update(type=2)
    for segment in elf.of_type(PT_LOAD):
        segment.update(vaddr=segment["vaddr"] + 2**46)


# The case's name is that of the reason in runtime/loader/elf_check.h.
CASES: dict[str, Callable[[Elf], object]] = {
    "MAGIC": lambda e: e.ident(1, ord("F")),
    "CLASS": lambda e: e.ident(4, 1),
    "ENCODING": lambda e: e.ident(5, 2),
    "VERSION": lambda e: e.ident(6, 0),
    "OSABI": lambda e: e.ident(7, 0),
    "TYPE": lambda e: e.header.update(type=1),
    "MACHINE": lambda e: e.header.update(machine=183),
    "PHDR_SIZE": lambda e: e.header.update(phentsize=32),
    "PHDR_NONE": lambda e: e.header.update(phnum=0),
    "PHDR_COUNT": lambda e: e.header.update(phnum=65),
    "PHDR_TRUNCATED": lambda e: e.header.update(phoff=len(e.data) - 8),
    "PHDR_WRAP": lambda e: e.header.update(phoff=2**64 - 8),
    "INTERP": lambda e: e.phdrs[-1].update(type=PT_INTERP),
    "NO_LOAD": lambda e: [p.update(type=PT_NOTE) for p in e.of_type(PT_LOAD)],
    "SEGMENT_ALIGN_vaddr": lambda e: segment(e, PF_W).update(vaddr=segment(e, PF_W)["vaddr"] + 8),
    "SEGMENT_ALIGN_offset": lambda e: segment(e, PF_X).update(offset=segment(e, PF_X)["offset"] + 8),
    "SEGMENT_FILESZ": lambda e: segment(e, PF_X).update(memsz=segment(e, PF_X)["filesz"] - 1),
    "SEGMENT_WRAP": lambda e: e.of_type(PT_LOAD)[-1].update(memsz=2**64 - 1),
    "SEGMENT_WRAP_page": lambda e: e.of_type(PT_LOAD)[-1].update(
        vaddr=2**64 - PAGE, memsz=PAGE, filesz=0),
    "SEGMENT_ORDER": swap_loads,
    "SEGMENT_OVERLAP": lambda e: e.of_type(PT_LOAD)[0].update(
        memsz=e.of_type(PT_LOAD)[1]["vaddr"] + 1),
    "SEGMENT_OVERLAP_page": share_page,
    "SEGMENT_HUGE": lambda e: e.of_type(PT_LOAD)[-1].update(memsz=2**40),
    "SEGMENT_PLACE": lambda e: e.header.update(type=2),
    "SEGMENT_PLACE_high": move_high,
    "SEGMENT_TRUNCATED": lambda e: e.of_type(PT_LOAD)[-1].update(
        offset=len(e.data) // PAGE * PAGE + PAGE, filesz=16, memsz=PAGE),
    "SEGMENT_WX": lambda e: segment(e, PF_X).update(flags=PF_R | PF_W | PF_X),
    "NO_DYNAMIC": lambda e: e.of_type(PT_DYNAMIC)[0].update(type=PT_NOTE),
    "DYNAMIC_OUTSIDE": lambda e: e.of_type(PT_DYNAMIC)[0].update(offset=len(e.data) - 4),
    "NEEDED": put_needed,
    "PHDR_OUTSIDE": lambda e: e.of_type(PT_LOAD)[0].update(filesz=64),
    "PHDR_OUTSIDE_unreadable": lambda e: e.of_type(PT_LOAD)[0].update(flags=PF_W),
    "ENTRY_OUTSIDE": lambda e: e.header.update(entry=0),
    "ENTRY_OUTSIDE_data": lambda e: e.header.update(entry=segment(e, PF_W)["vaddr"]),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="store_true", help="make the fuzzer's seeds instead")
    parser.add_argument("good", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    good = options.good.read_bytes()
    options.out.mkdir(parents=True, exist_ok=True)
    made: dict[str, bytes] = {"SHORT_HEADER": good[:63], "SHORT_HEADER_empty": b""}
    for name, change in CASES.items():
        elf = Elf(good)
        change(elf)
        made[name] = elf.bytes()
    if options.corpus:
        made["good"] = good
        for length in (0, 1, 4, 16, 32, 63, 64, 65, 120, 176, 400, PAGE, PAGE + 1):
            made[f"cut-{length}"] = good[:length]
        for bit in range(0, 8 * 400, 7):
            flipped = bytearray(good)
            flipped[bit // 8] ^= 1 << bit % 8
            made[f"flip-{bit}"] = bytes(flipped)
    for name, data in made.items():
        (options.out / name).write_bytes(data)


if __name__ == "__main__":
    main()
