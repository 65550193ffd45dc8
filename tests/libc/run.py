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
import textwrap
from pathlib import Path

HEADER = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
"""
GRANTS = """out: !fd stdout
dir: !file
  path: {dir}
  rights: [read, write]
in: !file
  path: {input}
self: {itself}
listener: !fd {listener}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--under", nargs=2, metavar=("HOST", "STYLE"),
                        help="another implementation (tests/original), which loads the program itself")
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
        own_file = f"!file {{path: '{args.program}', rights: [read, exec]}}"
        config = GRANTS.format(dir=directory, input=text, listener=listener.fileno(),
                               itself=own_file if args.under else "!executable")
        started = args.program
        if args.under:
            started, style = args.under
            config = f'- !!int "{style}"\n- {own_file}\n-\n' + textwrap.indent(config, "  ")
        result = subprocess.run([args.launcher, started], input=HEADER + config, text=True,
                                check=False, pass_fds=[listener.fileno()])
    return result.returncode


if __name__ == "__main__":
    sys.exit(main())
