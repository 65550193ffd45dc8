#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""!socket: bound, listening or connected before the program starts, usable by it, gone afterwards."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
from pathlib import Path

import harness

SOCK_ACCEPT, FD_READ, FD_WRITE, SHUTDOWN = (1 << bit for bit in (33, 1, 6, 39))


def free_port(family: socket.AddressFamily, host: str, kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(family, kind) as probe:
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


class Connected(harness.Test):
    """What connects, and datagrams: the program passes on what it gets."""

    def relay(self, grant: str) -> subprocess.Popen[bytes]:
        process = self.start(f"[!fd stdout, !socket {grant}]", "relay")
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline()
        self.assertEqual(line, b"ready\n", process.stderr.read() if line == b"" else b"")
        return process

    def finish(self, process: subprocess.Popen[bytes], status: int, output: bytes) -> None:
        got, errors = process.communicate(timeout=harness.TIMEOUT)
        self.assertEqual((process.returncode, got, errors), (status, output, b""))

    def peer(self, family: socket.AddressFamily, address: object) -> socket.socket:
        made = socket.socket(family, socket.SOCK_DGRAM)
        self.addCleanup(made.close)
        made.settimeout(harness.TIMEOUT)
        try:
            made.bind(address)
        except OSError as error:
            self.skipTest(f"no such address on this machine: {error}")
        return made

    def test_stream(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(harness.TIMEOUT)
            process = self.relay(f"{{connect: '127.0.0.1:{listener.getsockname()[1]}'}}")
            client, _ = listener.accept()
            with client:
                client.sendall(b"a stream")
                self.assertEqual(client.recv(100), b"a stream")
        process.kill()
        self.finish(process, -signal.SIGKILL, b"a stream")

    def test_udp(self) -> None:
        for family, host, written in ((socket.AF_INET, "127.0.0.1", "127.0.0.1"), (socket.AF_INET6, "::1", "[::1]")):
            with self.subTest(host):
                peer, own = self.peer(family, (host, 0)), free_port(family, host, socket.SOCK_DGRAM)
                process = self.relay(
                    f"{{type: datagram, bind: '{written}:{own}', connect: '{written}:{peer.getsockname()[1]}'}}")
                stranger = self.peer(family, (host, 0))
                stranger.sendto(b"not from the peer", (host, own))
                peer.sendto(b"one", (host, own))
                self.assertEqual(peer.recv(100), b"one")
                peer.sendto(b"", (host, own))
                self.assertEqual(peer.recv(100), b"")
                peer.close()
                stranger.sendto(b"x", (host, own))
                process.kill()
                self.finish(process, -signal.SIGKILL, b"one")

    def test_udp_that_receives_only(self) -> None:
        own = free_port(socket.AF_INET, "127.0.0.1", socket.SOCK_DGRAM)
        process = self.relay(f"{{type: datagram, bind: '127.0.0.1:{own}'}}")
        sender = self.peer(socket.AF_INET, ("127.0.0.1", 0))
        sender.sendto(b"to whom it may concern", ("127.0.0.1", own))
        self.finish(process, errno.EDESTADDRREQ, b"to whom it may concern")

    def test_a_udp_port_has_one_owner(self) -> None:
        peer = self.peer(socket.AF_INET, ("127.0.0.1", 0))
        grant = f"{{type: datagram, bind: '127.0.0.1:{peer.getsockname()[1]}'}}"
        self.assert_failure(self.run_program(f"[!socket {grant}]", "exit 0"), "choose another port")

    def test_unix_datagrams(self) -> None:
        os.chdir(self.folder)
        self.addCleanup(os.chdir, "/")
        peer = self.peer(socket.AF_UNIX, "peer")
        os.chmod("peer", 0o777)
        process = self.relay("{type: datagram, bind: ./own, connect: ./peer}")
        peer.sendto(b"hello", "own")
        self.assertEqual(peer.recv(100), b"hello")
        process.terminate()
        self.finish(process, 128 + signal.SIGTERM, b"hello")
        self.assertFalse((self.folder / "own").exists())

    def test_abstract_peer_by_fd(self) -> None:
        """Landlock keeps from abstract sockets outside, but for the one that is connected already."""
        peer = self.peer(socket.AF_UNIX, f"\0cloudabi-run-test-{os.getpid()}")
        own = self.peer(socket.AF_UNIX, f"\0cloudabi-run-test-own-{os.getpid()}")
        own.connect(peer.getsockname())
        own.setblocking(True)  # the program has the same open file
        process = self.start(f"[!fd stdout, !fd {own.fileno()}]", "relay", pass_fds=[own.fileno()])
        peer.sendto(b"hello", own.getsockname())
        self.assertEqual(peer.recv(100), b"hello")
        process.terminate()
        self.finish(process, 128 + signal.SIGTERM, b"ready\nhello")

    def test_another_type_there(self) -> None:
        os.chdir(self.folder)
        self.addCleanup(os.chdir, "/")
        self.peer(socket.AF_UNIX, "peer")
        os.chmod("peer", 0o777)
        result = self.run_program("[!socket {connect: ./peer}]", "exit 0")
        self.assert_failure(result, "stdin:1:2: cannot connect to './peer': ", "the socket there is of another type")

    def test_nobody_there(self) -> None:
        port = free_port(socket.AF_INET, "127.0.0.1")
        result = self.run_program(f"[!socket {{bind: ./own, type: datagram}}, !socket {{connect: '127.0.0.1:{port}'}}]",
                                  "exit 0")
        self.assert_failure(result, "Connection refused: start what is to listen there first")
        self.assertFalse((self.folder / "own").exists())

    def test_no_other_peer_can_be_named(self) -> None:
        for grant in ("connect: '127.0.0.1:9'", "bind: '127.0.0.1:0'"):
            result = self.run_program(f"[!fd stdout, !socket {{type: datagram, {grant}}}]", "name")
            self.assertEqual((result.returncode, result.stderr), (errno.ENOSYS, b""), grant)

    def test_rights(self) -> None:
        own = free_port(socket.AF_INET, "127.0.0.1", socket.SOCK_DGRAM)
        for grant, wanted in ((f"bind: '127.0.0.1:{own}'", FD_READ | SHUTDOWN),
                              ("connect: '127.0.0.1:9'", FD_READ | FD_WRITE | SHUTDOWN)):
            result = self.run_program(f"[!fd stdout, !socket {{type: datagram, {grant}}}]")
            base = int(result.stdout.splitlines()[1].split()[3], 16)
            self.assertEqual(base & (SOCK_ACCEPT | FD_READ | FD_WRITE | SHUTDOWN), wanted)


if __name__ == "__main__":
    harness.main()
