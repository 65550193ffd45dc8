#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the loader's file has to be, to run without a C library and to serve as a vDSO.

    test_image.py LOADER SOURCE_ROOT
"""

import re
import struct
import sys
import tomllib
from pathlib import Path

PT_LOAD, PT_DYNAMIC, PT_INTERP, PT_GNU_STACK = 1, 2, 3, 0x6474E551
PF_X, PF_W = 1, 2
SHT_SYMTAB, STT_OBJECT, PAGE = 2, 1, 4096
DT_NEEDED, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_RELASZ, DT_RELSZ, DT_STRSZ, DT_SYMENT, DT_RELRSZ = (
    1, 4, 5, 6, 8, 18, 10, 11, 35)


def linux_calls(root: Path) -> set[str]:
    """The Linux calls that the sources of the loader make."""
    found: set[str] = set()
    for file in (root / "runtime/loader").glob("*.[cS]"):
        found |= set(re.findall(r"\bLINUX\(\s*([a-z0-9_]+)", file.read_text()))
        found |= set(re.findall(r"\b__NR_([a-z0-9_]+)", file.read_text()))
    return found


def objects(image: bytes) -> list[tuple[int, int]]:
    """Address and size of each variable."""
    shoff, shnum = struct.unpack_from("<Q", image, 40)[0], struct.unpack_from("<H", image, 60)[0]
    sections = [struct.unpack_from("<IIQQQQIIQQ", image, shoff + 64 * i) for i in range(shnum)]
    [(start, size)] = [(s[4], s[5]) for s in sections if s[1] == SHT_SYMTAB]
    symbols = struct.iter_unpack("<IBBHQQ", image[start:start + size])
    return [(value, length) for _, info, _, _, value, length in symbols if info & 0xF == STT_OBJECT]


def main() -> int:
    image = Path(sys.argv[1]).read_bytes()
    root = Path(sys.argv[2])
    failures = 0

    def check(name: str, ok: bool, detail: object = "") -> None:
        nonlocal failures
        failures += not ok
        print(f"{'ok' if ok else 'not ok'} {name}")
        if not ok:
            print(f"# {detail}")

    phoff, phnum = struct.unpack_from("<Q", image, 32)[0], struct.unpack_from("<H", image, 56)[0]
    phdrs = [struct.unpack_from("<IIQQQQQQ", image, phoff + 56 * i) for i in range(phnum)]
    loads = [p for p in phdrs if p[0] == PT_LOAD]
    check("the first segment is at address 0", loads[0][3] == 0, loads)
    check("no interpreter", all(p[0] != PT_INTERP for p in phdrs))
    check("no segment is writable and executable",
          all(p[1] & (PF_W | PF_X) != PF_W | PF_X for p in phdrs), phdrs)
    check("the stack is not executable",
          any(p[0] == PT_GNU_STACK and not p[1] & PF_X for p in phdrs), phdrs)
    writable = [p for p in loads if p[1] & PF_W]
    check("one writable segment, of which nothing is in the file",
          [p[5] for p in writable] == [0], writable)
    # What a start does not write may be anywhere: the beginning of the first and the end of the
    # last variable.
    variables = sorted(v for v in objects(image) if v[0] >= writable[0][3])
    pages = {v[0] // PAGE for v in variables[1:]} | {(variables[0][0] + variables[0][1]) // PAGE}
    check("what a start writes is on one page", len(pages) == 1, [(hex(a), n) for a, n in variables])
    dynamics = [p for p in phdrs if p[0] == PT_DYNAMIC]
    check("one PT_DYNAMIC", len(dynamics) == 1)
    check("readers of a vDSO look for it by offset or by address: they are the same",
          dynamics[0][2] == dynamics[0][3], dynamics)
    dynamic = dict(struct.unpack_from("<qQ", image, dynamics[0][2] + 16 * i)
                   for i in range(dynamics[0][5] // 16))
    check("no library is needed", DT_NEEDED not in dynamic)
    check("no relocations", not any(dynamic.get(tag) for tag in (DT_RELASZ, DT_RELSZ, DT_RELRSZ)))
    check("DT_HASH, DT_SYMTAB, DT_STRTAB, DT_STRSZ, DT_SYMENT are there",
          all(tag in dynamic for tag in (DT_HASH, DT_SYMTAB, DT_STRTAB, DT_STRSZ, DT_SYMENT)))

    count = struct.unpack_from("<II", image, dynamic[DT_HASH])[1]
    symbols: dict[str, tuple[int, int, int, int]] = {}
    for i in range(1, count):
        name, info, other, section, value, _ = struct.unpack_from(
            "<IBBHQQ", image, dynamic[DT_SYMTAB] + 24 * i)
        start = dynamic[DT_STRTAB] + name
        symbols[image[start:image.index(b"\0", start)].decode()] = (info, other, section, value)
    calls = tomllib.loads((root / "abi/calls.toml").read_text())
    wanted = {f"cloudabi_sys_{name}" for name in calls}
    check("exactly the 49 calls and two extensions are exported",
          set(symbols) == wanted and len(wanted) == 51, set(symbols) ^ wanted)
    check("each is a global function of default visibility, in executable memory",
          all(info == 0x12 and other == 0 and section != 0 and
              any(p[1] & PF_X and p[3] <= value < p[3] + p[6] for p in loads)
              for info, other, section, value in symbols.values()), symbols)

    table = tomllib.loads((root / "runtime/sandbox/seccomp.toml").read_text())
    allowed = {entry.split(":")[0]
               for group in (table["calls"], table["startup"])
               for entries in group.values() for entry in entries}
    used = linux_calls(root)
    check("every Linux call that the sources make is in the filter's table",
          used and used <= allowed, used - allowed)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
