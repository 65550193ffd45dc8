#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs one of the test programs under the real launcher: mounts, Landlock, filter and all.

    run_sandboxed.py LAUNCHER LOADER PROGRAM PROGRAMS_DIRECTORY [--strict]

Exits 77 when this machine cannot give the sandbox.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def connect(port: int, process: subprocess.Popen[bytes]) -> socket.socket | None:
    """The connection that the socket tests accept; sent as soon as the launcher listens."""
    while process.poll() is None:
        try:
            client = socket.create_connection(("127.0.0.1", port), timeout=1)
            client.sendall(b"hello")
            return client
        except OSError:
            time.sleep(0.01)
    return None


def main() -> int:
    launcher, loader, program, programs, *mode = sys.argv[1:]
    check = subprocess.run([launcher, *mode, "--loader", loader, "--check"], capture_output=True, text=True)
    if check.returncode != 0:
        print(f"SKIP: no sandbox on this machine: {check.stderr.strip() or check.stdout.strip()}")
        return 77
    with tempfile.TemporaryDirectory() as directory:
        port = free_port()
        grants = Path(directory) / "grants"
        grants.mkdir()
        if "paths" in program:
            with socket.socket(socket.AF_UNIX) as node:
                node.bind(str(grants / "socket_node"))
            os.mkfifo(grants / "fifo_node")
        config = Path(directory) / "config.yaml"
        config.write_text(f"- !fd stdout\n"
                          f"- !file {{path: '{grants}', rights: read|write|exec}}\n"
                          f"- !file {{path: '{programs}', rights: read|exec}}\n"
                          + (f"- !file {{path: '{programs}', rights: read}}\n" if "noexec" in program else
                             f"- !socket {{bind: '127.0.0.1:{port}'}}\n"))
        process = subprocess.Popen([launcher, *mode, "--loader", loader, "--config", config, program])
        client = connect(port, process) if re.search("sockets|rights", program) else None
        status = process.wait(timeout=60)
        if client is not None:
            client.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
