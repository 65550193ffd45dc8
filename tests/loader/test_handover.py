#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A hand-over that is damaged is refused: exit status 127, and a sentence where one can be sent.

    test_handover.py LOADER PROGRAM
"""

import os
import struct
import subprocess
import sys
from collections.abc import Callable

MAGIC, NO_FD = 0x444E414849424143, 0xFFFFFFFF
FAILURE = struct.Struct("<II248s")


class Handover:
    """The hand-over's fields; bytes() is the memory file's contents."""

    def __init__(self, program: int, loader: int, status: int) -> None:
        self.magic, self.version = MAGIC, 2
        self.program, self.loader, self.status, self.reserved = program, loader, status, NO_FD
        self.fds: list[int] = []
        self.nfds: int | None = None
        self.data = b""
        self.data_len: int | None = None
        self.keeper = 0
        self.cut: int | None = None

    def bytes(self) -> bytes:
        header = struct.pack(
            "<QIIIIIIQII", self.magic, self.version,
            len(self.fds) if self.nfds is None else self.nfds, self.program, self.loader,
            self.status, self.reserved,
            len(self.data) if self.data_len is None else self.data_len, self.keeper, 0)
        entries = b"".join(struct.pack("<IBBHQQ", fd, 0, 0, 0, 2**64 - 1, 2**64 - 1)
                           for fd in self.fds)
        return (header + entries + self.data)[:self.cut]


def main() -> int:
    loader_path, program_path = sys.argv[1:]
    failures = 0

    def run(name: str, change: Callable[[Handover], object], wanted: str,
            status: int = 127, argument: str | None = None) -> None:
        nonlocal failures
        program, loader = os.open(program_path, os.O_RDONLY), os.open(loader_path, os.O_RDONLY)
        reader, writer = os.pipe()
        handover = Handover(program, loader, writer)
        change(handover)
        memory = os.memfd_create("handover", 0)
        os.write(memory, handover.bytes())
        done = subprocess.run(
            ["program", str(memory) if argument is None else argument], executable=loader_path,
            pass_fds=(program, loader, writer, memory), timeout=20, env={})
        os.close(writer)
        told = os.read(reader, 1000)
        for fd in (program, loader, reader, memory):
            os.close(fd)
        text = FAILURE.unpack(told)[2].rstrip(b"\0").decode() if len(told) == FAILURE.size else ""
        ok = done.returncode == status and (wanted in text if wanted else not told)
        failures += not ok
        print(f"{'ok' if ok else 'not ok'} {name}: {text or 'nothing told'}")
        if not ok:
            print(f"# exit {done.returncode}, {told!r}")

    run("no number", lambda h: None, "", argument="x")
    run("a number that is not open", lambda h: None, "", argument="900")
    run("a number that is too large", lambda h: None, "", argument="9" * 30)
    run("wrong magic", lambda h: setattr(h, "magic", 1), "")
    run("wrong version", lambda h: setattr(h, "version", 1), "")
    run("an unknown keeper", lambda h: setattr(h, "keeper", 3), "")
    run("too many descriptors", lambda h: setattr(h, "nfds", 70000), "")
    run("too much data", lambda h: setattr(h, "data_len", 2**40), "")
    run("an exit record that is not open", lambda h: setattr(h, "reserved", 903), "descriptors")
    run("cut inside the header", lambda h: setattr(h, "cut", 47), "")
    run("cut inside the list", lambda h: (setattr(h, "fds", [1, 1]), setattr(h, "cut", 70)), "")
    run("cut inside the data", lambda h: (setattr(h, "data", b"12345"), setattr(h, "cut", 50)),
        "hand-over")
    run("a source that is not open", lambda h: setattr(h, "fds", [1, 901]), "descriptors")
    run("a program that is not open", lambda h: setattr(h, "program", 902), "descriptors")
    run("a program that cannot be mapped", lambda h: setattr(h, "program", h.status),
        "cannot be read")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
