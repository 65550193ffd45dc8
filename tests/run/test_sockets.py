#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""!socket: bound and listening before the program starts, usable by it, gone afterwards."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import harness

SOCK_ACCEPT, FD_READ, FD_WRITE, SHUTDOWN = (1 << bit for bit in (33, 1, 6, 39))


def free_port(family: socket.AddressFamily, host: str) -> int:
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


class Sockets(harness.Test):
    def serve(self, bind: str, family: socket.AddressFamily, address: object) -> None:
        process = self.start(f"[!fd stdout, !socket {{bind: '{bind}', type: stream}}]", "serve")
        assert process.stdout is not None and process.stderr is not None
        self.assertEqual(process.stdout.readline(), b"ready\n", process.stderr)
        with socket.socket(family) as client:
            client.settimeout(harness.TIMEOUT)
            client.connect(address)
            self.assertEqual(client.recv(100), b"hello")
        output, errors = process.communicate(timeout=harness.TIMEOUT)
        self.assertEqual((process.returncode, output, errors), (0, b"", b""))

    def test_ipv4(self) -> None:
        port = free_port(socket.AF_INET, "127.0.0.1")
        for _ in range(2):  # at once again, in spite of the first one's closed connection
            self.serve(f"127.0.0.1:{port}", socket.AF_INET, ("127.0.0.1", port))

    def test_ipv6(self) -> None:
        try:
            port = free_port(socket.AF_INET6, "::1")
        except OSError as error:
            self.skipTest(f"no IPv6 on this machine: {error}")
        self.serve(f"[::1]:{port}", socket.AF_INET6, ("::1", port))

    def test_both_families_on_one_port(self) -> None:
        try:
            port = free_port(socket.AF_INET6, "::1")
        except OSError as error:
            self.skipTest(f"no IPv6 on this machine: {error}")
        result = self.run_program(f"[!socket {{bind: '[::]:{port}'}}, !socket {{bind: '0.0.0.0:{port}'}}]", "exit 0")
        self.assertEqual((result.returncode, result.stderr), (0, b""))

    def test_unix(self) -> None:
        path = self.folder / "socket"
        os.chdir(self.folder)  # keeps the client's address short
        self.addCleanup(os.chdir, "/")
        for _ in range(2):
            self.serve("./socket", socket.AF_UNIX, "socket")
            self.assertFalse(path.exists())

    def test_what_lies_at_the_path_stays(self) -> None:
        path = self.folder / "socket"
        path.write_text("mine")
        result = self.run_program("[!socket {bind: ./socket}]", "exit 0")
        self.assert_failure(result, "stdin:1:2: cannot bind './socket': Address in use: remove that file")
        self.assertEqual(path.read_text(), "mine")

    def test_a_later_socket_at_the_path_stays(self) -> None:
        path = self.folder / "socket"
        process = self.start("[!fd stdout, !socket {bind: ./socket}]", "serve")
        assert process.stdout is not None
        process.stdout.readline()
        path.unlink()
        path.write_text("another")
        process.terminate()
        process.communicate(timeout=harness.TIMEOUT)
        self.assertEqual(path.read_text(), "another")

    def test_port_in_use(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            result = self.run_program(f"[!socket {{bind: '127.0.0.1:{port}'}}]", "exit 0")
        self.assert_failure(result, "Address in use: end the program that listens there")

    def test_low_port(self) -> None:
        limit = int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text())
        if os.geteuid() == 0 or limit <= 1:
            self.skipTest("this user may bind every port")
        result = self.run_program("[!socket {bind: '127.0.0.1:1'}]", "exit 0")
        self.assert_failure(result, "cannot bind '127.0.0.1:1': Permission denied: ports below 1024")

    def test_rights(self) -> None:
        result = self.run_program("[!fd stdout, !socket {bind: ./socket}]")
        words = result.stdout.splitlines()[1].split()
        base, inheriting = int(words[3], 16), int(words[5], 16)
        self.assertEqual(base & (SOCK_ACCEPT | FD_READ | FD_WRITE | SHUTDOWN), SOCK_ACCEPT | FD_READ)
        self.assertEqual(inheriting & (SOCK_ACCEPT | FD_READ | FD_WRITE | SHUTDOWN), FD_READ | FD_WRITE | SHUTDOWN)


if __name__ == "__main__":
    harness.main()
