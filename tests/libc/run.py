#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Run a target test program under cloudabi-run, with the grants that tests/libc expects.

out       the stream for its lines
dir       a fresh directory, readable and writable
in        a text file of three lines, read-only
self      the program, to be started again
listener  a listening socket with one connection waiting, on which "hello" was sent
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

CONFIG = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
out: !fd stdout
dir: !file
  path: {dir}
  rights: [read, write]
in: !file
  path: {input}
self: !executable
listener: !fd {listener}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    with (tempfile.TemporaryDirectory(prefix="cloudabi-test-") as scratch,
          socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client):
        directory = Path(scratch, "dir")
        directory.mkdir()
        text = Path(scratch, "in.txt")
        text.write_text("first line\nsecond line\nthird line\n")
        listener.bind(f"{scratch}/listener")
        listener.listen()
        client.connect(f"{scratch}/listener")
        client.sendall(b"hello")
        config = CONFIG.format(dir=directory, input=text, listener=listener.fileno())
        result = subprocess.run([args.launcher, args.program], input=config, text=True,
                                check=False, pass_fds=[listener.fileno()])
    return result.returncode


if __name__ == "__main__":
    sys.exit(main())
