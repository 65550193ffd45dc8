#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Programs that are meant to hurt whoever loads them. Each is started by cloudabi-run and from inside a sandbox
(bombard.c): it may fail, or die, or do nothing wrong, within its time."""

from __future__ import annotations

import argparse
import os
import random
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "loader"))

from make_elf import CASES, PAGE, PF_R, PF_W, PF_X, PT_DYNAMIC, PT_LOAD, PT_NOTE, Elf, segment  # noqa: E402
from run import as_ordinary, install  # noqa: E402
from sandboxes import wait_until_none  # noqa: E402
from tally import Tally  # noqa: E402

PATIENCE = 10
FORBIDDEN = (125, 126)
PT_TLS = 7
(DT_NULL, DT_PLTRELSZ, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_RELA, DT_RELASZ, DT_RELAENT, DT_STRSZ, DT_INIT, DT_FINI,
 DT_REL, DT_RELSZ, DT_JMPREL, DT_INIT_ARRAY, DT_INIT_ARRAYSZ, DT_RELR, DT_GNU_HASH) = (
    0, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 17, 18, 23, 25, 27, 36, 0x6FFFFEF5)  # fmt: skip
HUGE = 1 << 62
WRONG = (0, 1, PAGE, 1 << 31, 1 << 36, 1 << 47, 0x7FFFFFFFF000, HUGE, 1 << 63, (1 << 64) - PAGE, (1 << 64) - 1)


def last(elf: Elf) -> dict[str, int]:
    return elf.of_type(PT_LOAD)[-1]


def spare(elf: Elf) -> dict[str, int]:
    """A header that loading does without."""
    return next(phdr for phdr in elf.phdrs if phdr["type"] not in (PT_LOAD, PT_DYNAMIC))


def put_dynamic(elf: Elf, entries: list[tuple[int, int]], end: bool = True) -> None:
    """Replace the first dynamic entries, as far as there is room."""
    where = elf.of_type(PT_DYNAMIC)[0]
    room = where["filesz"] // 16
    flat = (entries * room)[:room] if not end else [*entries, (DT_NULL, 0)][:room]
    for i, entry in enumerate(flat):
        struct.pack_into("<QQ", elf.data, where["offset"] + 16 * i, *entry)


def changed(good: bytes, change: Callable[[Elf], object]) -> bytes:
    elf = Elf(good)
    change(elf)
    return elf.bytes()


def sizes() -> Iterator[tuple[str, Callable[[Elf], object]]]:
    for value in WRONG:
        yield f"memsz-{value:x}", lambda e, v=value: last(e).update(memsz=v)
        yield f"vaddr-{value:x}", lambda e, v=value: last(e).update(vaddr=v)
        yield f"align-{value:x}", lambda e, v=value: [p.update(align=v) for p in e.of_type(PT_LOAD)]
        yield f"entry-{value:x}", lambda e, v=value: e.header.update(entry=v)
        yield f"phoff-{value:x}", lambda e, v=value: e.header.update(phoff=v)
        yield f"tls-{value:x}", lambda e, v=value: spare(e).update(
            type=PT_TLS, memsz=v, filesz=v // 2, align=v, vaddr=last(e)["vaddr"])
    yield "span-at-its-limit", lambda e: last(e).update(memsz=(1 << 36) - last(e)["vaddr"])
    yield "offset-far", lambda e: last(e).update(offset=1 << 62)
    yield "first-far-below", lambda e: e.of_type(PT_LOAD)[0].update(vaddr=(1 << 64) - (1 << 40))
    for number in (63, 64, 65, 255, 65535):
        yield f"headers-{number}", lambda e, n=number: e.header.update(phnum=n)


def overlaps() -> Iterator[tuple[str, Callable[[Elf], object]]]:
    yield "all-at-one-place", lambda e: [p.update(vaddr=0) for p in e.of_type(PT_LOAD)]
    yield "inside-the-first", lambda e: e.of_type(PT_LOAD)[0].update(memsz=1 << 30)
    yield "writable-over-code", lambda e: segment(e, PF_W).update(
        vaddr=segment(e, PF_X)["vaddr"], offset=segment(e, PF_X)["offset"])
    yield "code-nowhere", lambda e: segment(e, PF_X).update(filesz=0)
    yield "all-code", lambda e: [p.update(flags=PF_R | PF_X) for p in e.of_type(PT_LOAD)]
    yield "no-permission", lambda e: [p.update(flags=0) for p in e.of_type(PT_LOAD)]
    yield "write-only", lambda e: [p.update(flags=PF_W) for p in e.of_type(PT_LOAD)]
    yield "nothing-in-file", lambda e: [p.update(filesz=0) for p in e.of_type(PT_LOAD)]
    yield "no-size", lambda e: [p.update(filesz=0, memsz=0) for p in e.of_type(PT_LOAD)]
    yield "all-loaded", lambda e: [p.update(type=PT_LOAD) for p in e.phdrs]
    yield "all-dynamic", lambda e: [p.update(type=PT_DYNAMIC) for p in e.phdrs if p["type"] != PT_LOAD]
    yield "all-notes-but-one", lambda e: [p.update(type=PT_NOTE) for p in e.of_type(PT_LOAD)[1:]]
    yield "dynamic-over-header", lambda e: e.of_type(PT_DYNAMIC)[0].update(offset=0, vaddr=0)


def tables() -> Iterator[tuple[str, Callable[[Elf], object]]]:
    for value in (0, 1 << 20, 1 << 47, HUGE, (1 << 64) - 8):
        for tag in (DT_HASH, DT_GNU_HASH, DT_STRTAB, DT_SYMTAB, DT_RELA, DT_REL, DT_RELR, DT_JMPREL, DT_INIT, DT_FINI,
                    DT_INIT_ARRAY):  # fmt: skip
            yield f"table-{tag:x}-{value:x}", lambda e, t=tag, v=value: put_dynamic(
                e, [(t, v), (DT_RELASZ, 1 << 40), (DT_RELAENT, 24), (DT_INIT_ARRAYSZ, 1 << 40), (DT_STRSZ, HUGE)])
    for size in (24, 1 << 30, HUGE, (1 << 64) - 1):
        # Relocations that change themselves: the table lies on the dynamic section.
        yield f"cyclic-relocations-{size:x}", lambda e, s=size: put_dynamic(
            e, [(DT_RELA, e.of_type(PT_DYNAMIC)[0]["vaddr"]), (DT_RELASZ, s), (DT_RELAENT, 0)])
    yield "hash-of-itself", lambda e: put_dynamic(
        e, [(DT_HASH, e.of_type(PT_DYNAMIC)[0]["vaddr"]), (DT_SYMTAB, 0), (DT_STRTAB, 0)])
    yield "dynamic-without-end", lambda e: put_dynamic(e, [(DT_RELAENT, 24)], end=False)


def damaged(good: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    """The headers and the dynamic section, bytes at random."""
    rng = random.Random(4)
    where = Elf(good).of_type(PT_DYNAMIC)[0]
    spots = [*range(64 + 56 * Elf(good).header["phnum"]), *range(where["offset"], where["offset"] + where["filesz"])]
    for number in range(count):
        data = bytearray(good)
        for _ in range(rng.choice((1, 2, 8))):
            data[rng.choice(spots)] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        yield f"damaged-{number}", bytes(data)


def bombs(good: bytes) -> dict[str, bytes]:
    made = {"good": good, "empty": b""}
    for name, change in [*sizes(), *overlaps(), *tables(), *CASES.items()]:
        made[name] = changed(good, change)
    for length in (1, 16, 63, 64, 65, 120, 400, PAGE - 1, PAGE, PAGE + 1, len(good) // 2, len(good) - 1):
        made[f"cut-{length}"] = good[:length]
    made.update(damaged(good, 40))
    return made


def write_all(folder: Path, good: bytes) -> list[Path]:
    folder.mkdir()
    for name, data in bombs(good).items():
        (folder / name).write_bytes(data)
    # Nothing but holes behind a good start: as large as the file system lets it be.
    for name, size in (("sparse", 1 << 40), ("sparse-dynamic", 1 << 34)):
        elf = Elf(good)
        if name == "sparse":
            last(elf).update(filesz=(1 << 35), memsz=(1 << 35))
        else:
            elf.of_type(PT_DYNAMIC)[0].update(filesz=1 << 33, memsz=1 << 33)
        (folder / name).write_bytes(elf.bytes())
        os.truncate(folder / name, size)
    for file in folder.iterdir():
        file.chmod(0o755)
    return sorted(folder.iterdir())


class Bombs:
    def __init__(self, launcher: Path, base: Path, options: list[str]) -> None:
        self.launcher = launcher
        self.base = base
        self.options = options
        self.refused = self.harmless = self.made = 0
        self.lines: list[str] = []
        (base / "config").write_text("[!fd stdout]")

    def start(self, program: Path) -> None:
        self.made += 1
        command = [self.launcher, *self.options, "--config", self.base / "config", program]
        try:
            result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            self.lines.append(f"through {program.name} # it hangs")
            return
        # A signal ended the launcher itself, or it failed without a reason.
        silent = result.returncode == 127 and not result.stderr.startswith(b"cloudabi-run: ")
        if result.returncode < 0 or silent or (result.returncode in FORBIDDEN):
            self.lines.append(f"through {program.name} # {result.returncode} {result.stderr!r}")
        elif result.returncode == 0:
            self.harmless += 1
        else:
            self.refused += 1

    def shrinking(self, good: bytes, rounds: int) -> None:
        """The file loses its end, and gets it back, while it is loaded."""
        program = self.base / "shrinking"
        program.write_bytes(good)
        program.chmod(0o755)
        stop = threading.Event()

        def shrink() -> None:
            with program.open("r+b") as file:
                for length in iter(lambda: random.choice((0, 64, PAGE, len(good) // 2)), None):
                    if stop.is_set():
                        return
                    file.truncate(length)
                    file.seek(0)
                    time.sleep(0.0002)
                    file.write(good)
                    file.flush()
                    time.sleep(0.0005)

        thread = threading.Thread(target=shrink)
        thread.start()
        for _ in range(rounds):
            self.start(program)
        stop.set()
        thread.join()

    def oddities(self) -> None:
        """What is no file at all."""
        os.mkfifo(self.base / "pipe")
        (self.base / "loop").symlink_to("loop")
        (self.base / "zero").symlink_to("/dev/zero")
        (self.base / "self").symlink_to("/proc/self/exe")
        (self.base / "memory").symlink_to("/proc/self/mem")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.base / "socket"))
            for name in ("pipe", "loop", "zero", "self", "memory", "socket", ".", "nothing"):
                self.start(self.base / name)

    def tally(self, name: str) -> None:
        self.lines.append(f"tally {name} {self.made} {self.refused} {self.harmless}")
        self.refused = self.harmless = self.made = 0


def run(launcher: Path, starter: Path, good: bytes, base: Path, options: list[str]) -> int:
    bombs_here = Bombs(launcher, base, options)
    files = write_all(base / "bombs", good)
    for program in files:
        bombs_here.start(program)
    bombs_here.tally("bombs")
    bombs_here.shrinking(good, 30)
    bombs_here.tally("shrinking")
    bombs_here.oddities()
    bombs_here.tally("oddities")
    config = f"[!fd stdout, !file {{path: {base}/bombs, rights: read|exec}}]"
    result = subprocess.run([launcher, *options, starter], input=config, capture_output=True, text=True, timeout=120,
                            check=False)  # fmt: skip
    lines = bombs_here.lines + result.stdout.splitlines()
    if result.returncode != 0:
        lines.append(f"not ok starter # {result.returncode} {result.stderr}")
    lines += [f"not ok {name} # by the starter" for name in ("good-by-call", "good-by-loader")
              if not any(line.startswith(f"ok {name}") for line in lines)]
    if left := wait_until_none(base.parent, 2):
        lines.append(f"not ok processes-left # {left}")
    for line in lines:
        print(line)
    problems = Tally.of(lines).conclude()
    for problem in problems:
        print(f"FAILED: {problem}")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("starter", type=Path)
    parser.add_argument("good", type=Path)
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/bombs-self is this test")
        return 77
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, starter = install(args.launcher, args.starter, Path(scratch, "installed"))
        base = Path(scratch, "world")
        base.mkdir()
        options = ["--strict"] if args.mode == "strict" else []
        good = args.good.read_bytes()
        if args.user == "ordinary":
            return as_ordinary(base, lambda: run(launcher, starter, good, base, options))
        return run(launcher, starter, good, base, options)


if __name__ == "__main__":
    sys.exit(main())
