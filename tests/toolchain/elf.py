# SPDX-License-Identifier: BSD-2-Clause
"""Reads the parts of a 64-bit little-endian ELF file that the format of programs is about."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

ET_DYN = 3
EM_X86_64 = 62
OSABI_CLOUDABI = 17
PT_LOAD, PT_DYNAMIC, PT_INTERP, PT_TLS = 1, 2, 3, 7
PT_GNU_EH_FRAME, PT_GNU_STACK, PT_GNU_RELRO = 0x6474E550, 0x6474E551, 0x6474E552
PF_X, PF_W, PF_R = 1, 2, 4
DT_NEEDED, DT_TEXTREL, DT_FLAGS, DT_FLAGS_1 = 1, 22, 30, 0x6FFFFFFB


@dataclass(frozen=True)
class Segment:
    """A program header."""

    type: int
    flags: int
    offset: int
    address: int
    file_size: int
    memory_size: int
    align: int


class Elf:
    """A parsed file."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        ident = self.data[:16]
        if ident[:6] != b"\x7fELF\x02\x01":
            raise ValueError(f"{path} is not a 64-bit little-endian ELF file")
        self.osabi = ident[7]
        fields = struct.unpack_from("<HHIQQQIHHH", self.data, 16)
        self.type, self.machine, _, self.entry, offset, _, _, _, size, count = fields
        self.segments: list[Segment] = []
        for index in range(count):
            kind, flags, *rest = struct.unpack_from("<IIQQQQQQ", self.data, offset + index * size)
            start, address, _, file_size, memory_size, align = rest
            self.segments.append(
                Segment(kind, flags, start, address, file_size, memory_size, align)
            )

    def all(self, kind: int) -> list[Segment]:
        """Return the segments of one type."""
        return [segment for segment in self.segments if segment.type == kind]

    def dynamic(self) -> dict[int, int]:
        """Return the dynamic section; of repeated tags, the last value."""
        entries: dict[int, int] = {}
        for segment in self.all(PT_DYNAMIC):
            for offset in range(segment.offset, segment.offset + segment.file_size, 16):
                tag, value = struct.unpack_from("<qQ", self.data, offset)
                if tag == 0:
                    break
                entries[tag] = value
        return entries
