# SPDX-License-Identifier: BSD-2-Clause
"""The surroundings of an attack: what is granted, what must not be reached, who listens."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
import subprocess
import threading
from pathlib import Path

SECRET = "secret: nothing granted leads here\n"

CONFIG = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
- !fd stdout
- !file {{path: {base}/read-only}}
- !file {{path: {base}/read-write, rights: [read, write]}}
- !socket {{bind: '127.0.0.1:0'}}
- !file {{path: {base}/program}}
"""

# The smallest Linux executable, so that no missing interpreter can be what stops it: it exits with 42.
CODE = bytes([0xB8, 60, 0, 0, 0, 0xBF, 42, 0, 0, 0, 0x0F, 0x05])
SIZE = 64 + 56 + len(CODE)
EXECUTABLE = (
    b"\177ELF\2\1\1".ljust(16, b"\0")
    + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0x400000 + 120, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    + struct.pack("<IIQQQQQQ", 1, 5, 0, 0x400000, 0, SIZE, SIZE, 4096)
    + CODE
)


class World:
    """Files, listeners and a victim process in a folder of their own."""

    def __init__(self, base: Path, times: bool = True) -> None:
        self.base = base
        self.times = times
        self.stopping = threading.Event()
        (base / "secret").write_text(SECRET)
        for grant in ("read-only", "read-write"):
            self._make_grant(base / grant)
        self._make_executable(base / "program")
        self.tcp = socket.create_server(("127.0.0.1", 0))
        port = self.tcp.getsockname()[1]
        abstract = f"cloudabi-escape-{port}"
        self.datagrams = [self._bind("\0" + abstract), self._bind(str(base / "datagrams"))]
        facts = base / "read-only"
        (facts / "port").write_text(str(port))
        (facts / "abstract").write_text("@" + abstract)
        (facts / "pathname").write_text(str(base / "datagrams"))
        os.mkfifo(facts / "pipe")
        self.pipe = os.open(facts / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        self.victim = subprocess.Popen(["sleep", "1000"])
        self.before = self.snapshot()
        self.mover = threading.Thread(target=self._move_about)
        self.mover.start()

    def _make_grant(self, grant: Path) -> None:
        for folder in ("sub", "empty", "deep/a/b/racer/x", "deep/inner", "moving/inner"):
            (grant / folder).mkdir(parents=True)
        for file in ("file", "unlinked", "renamed"):
            (grant / file).write_text("content\n")
        shutil.copy("/bin/true", grant / "true")
        if grant.name == "read-only":
            self._make_executable(grant / "binary")
        (grant / "link_relative").symlink_to("../secret")
        (grant / "link_absolute").symlink_to(self.base / "secret")

    @staticmethod
    def _make_executable(path: Path) -> None:
        path.write_bytes(EXECUTABLE)
        path.chmod(0o755)

    @staticmethod
    def _bind(name: str) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listener.bind(name)
        return listener

    def _move_about(self) -> None:
        """Move a directory of each grant within it, and out of it and back."""
        while not self.stopping.is_set():
            for grant in ("read-only", "read-write"):
                home = self.base / grant / "moving"
                for away in (self.base / grant / "deep/moving", self.base / "outside"):
                    os.rename(home, away)
                    os.rename(away, home)

    def snapshot(self) -> dict[str, tuple[int, int, bytes]]:
        """Everything but the read-write grant and the directory that is moved about."""
        found = {}
        for path in sorted(self.base.rglob("*")):
            name = path.relative_to(self.base).as_posix()
            if name.startswith(("read-write/", "outside")) or "moving" in name:
                continue
            info = path.lstat()
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found[name] = (info.st_mode, info.st_mtime_ns if path.is_file() and self.times else 0, content)
        return found

    def stop(self) -> None:
        self.stopping.set()
        self.mover.join()

    def damage(self) -> list[str]:
        """What an attack changed or reached, seen from outside; empty if nothing."""
        found = []
        after = self.snapshot()
        for name in sorted(self.before.keys() | after.keys()):
            if self.before.get(name) != after.get(name):
                found.append(f"outside the read-write grant changed: {name}")
        for file in (self.base / "read-write").rglob("*"):
            if file.is_file() and not file.is_symlink() and file.read_bytes() == SECRET.encode():
                found.append(f"the secret was copied to {file}")
            if file.lstat().st_mode & 0o6000:
                found.append(f"{file} has a set-id bit")
        for listener in (self.tcp, *self.datagrams):
            listener.setblocking(False)
            try:
                listener.accept() if listener is self.tcp else listener.recv(100)
            except BlockingIOError:
                continue
            found.append(f"a message arrived at {listener.getsockname()!r}")
        if self.victim.poll() is not None:
            found.append(f"a process outside was ended: {self.victim.returncode}")
        return found

    def close(self) -> None:
        self.stop()
        self.victim.send_signal(signal.SIGKILL)
        self.victim.wait()
        os.close(self.pipe)
        for listener in (self.tcp, *self.datagrams):
            listener.close()
