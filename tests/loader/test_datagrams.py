#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs the datagram tests under the real launcher, and is their peer.

    test_datagrams.py LAUNCHER LOADER PROGRAM [--strict]

Exits 77 when this machine cannot give the sandbox.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path


def udp(address: str = "127.0.0.1") -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((address, 0))
    return made


def free_port() -> int:
    with udp() as probe:
        return int(probe.getsockname()[1])


def answer(peer: socket.socket, bound: int) -> None:
    while True:
        data, sender = peer.recvfrom(1000)
        if data == b"to bound":
            peer.sendto(data, ("127.0.0.1", bound))
        else:
            peer.sendto(b"re:" + data, sender)


def answer_stream(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    connection.sendall(b"re:" + connection.recv(100))


def main() -> int:
    launcher, loader, program, *mode = sys.argv[1:]
    check = subprocess.run([launcher, *mode, "--loader", loader, "--check"], capture_output=True, text=True)
    if check.returncode != 0:
        print(f"SKIP: no sandbox on this machine: {check.stderr.strip() or check.stdout.strip()}")
        return 77
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)  # keeps the addresses short
        Path("grants").mkdir()
        peer, bound = udp(), free_port()
        local = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        local.bind("local")
        listener = socket.create_server(("127.0.0.1", 0))
        for work in ((answer, peer, bound), (answer, local, bound), (answer_stream, listener)):
            threading.Thread(target=work[0], args=work[1:], daemon=True).start()
        unconnected = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        Path("config.yaml").write_text(
            "- !fd stdout\n"
            "- !file {path: grants, rights: read|write}\n"
            "- !file {path: grants}\n"
            f"- !socket {{type: datagram, connect: '127.0.0.1:{peer.getsockname()[1]}'}}\n"
            f"- !socket {{type: datagram, bind: '127.0.0.1:{bound}'}}\n"
            "- !socket {type: datagram, bind: ./own, connect: ./local}\n"
            f"- !fd {unconnected.fileno()}\n"
            f"- !socket {{connect: '127.0.0.1:{listener.getsockname()[1]}'}}\n"
        )
        command = [launcher, *mode, "--loader", loader, "--config", "config.yaml", program]
        status = subprocess.run(command, pass_fds=[unconnected.fileno()], timeout=60).returncode
        if Path("own").exists():
            print("not ok: the socket's file was left behind")
            status = status or 1
        os.chdir("/")
    return status


if __name__ == "__main__":
    sys.exit(main())
