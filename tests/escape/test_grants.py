#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Descriptors that `!fd` must not hand over, as they reach further than what they are, and some that
it must: the refusals below are not mere accidents."""

from __future__ import annotations

import argparse
import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tally import conclude_unittest

LIBC = ctypes.CDLL(None, use_errno=True)
IPPROTO_SCTP, IPPROTO_UDPLITE = 132, 136
SYS_IO_URING_SETUP, SYS_BPF, SYS_OPEN_TREE, SYS_FSOPEN = 425, 321, 428, 430
LAUNCHER, PROGRAM = Path(), Path()
MODE: list[str] = []


def by_call(number: int, *arguments: object) -> int:
    fd = LIBC.syscall(number, *arguments)
    if fd < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return fd


def bpf_map() -> int:
    # An array map of one entry: type, key size, value size, entries.
    attributes = (ctypes.c_uint32 * 18)(2, 4, 4, 1)
    return by_call(SYS_BPF, 0, attributes, ctypes.sizeof(attributes))


class Grants(unittest.TestCase):
    def start(self, fd: int) -> subprocess.CompletedProcess[str]:
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as config:
            config.write(f"[!fd stdout, !fd {fd}]")
            config.flush()
            return subprocess.run(
                [LAUNCHER, *MODE, "--config", config.name, PROGRAM], pass_fds=[fd], capture_output=True, text=True,
                check=False, timeout=30,
            )  # fmt: skip

    def assert_refused(self, fd: int, *parts: str) -> None:
        result = self.start(fd)
        os.close(fd)
        self.assertEqual((result.returncode, result.stdout), (127, ""), result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)

    def assert_started(self, fd: int) -> None:
        result = self.start(fd)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "started\n", ""))

    def make(self, name: str, *arguments: int) -> int:
        try:
            return socket.socket(*arguments).detach()
        except OSError as error:
            self.skipTest(f"no {name} here: {error}")

    # Each can send to any peer that the caller names, by more than the calls that the filter lacks.
    def test_ping(self) -> None:
        for family, protocol in ((socket.AF_INET, socket.IPPROTO_ICMP), (socket.AF_INET6, socket.IPPROTO_ICMPV6)):
            with self.subTest(family):
                self.assert_refused(self.make("ping", family, socket.SOCK_DGRAM, protocol), "TCP, UDP or UNIX")

    def test_udplite(self) -> None:
        self.assert_refused(self.make("UDP-Lite", socket.AF_INET, socket.SOCK_DGRAM, IPPROTO_UDPLITE), "socket")

    def test_packet_datagrams(self) -> None:
        self.assert_refused(self.make("packet socket", socket.AF_PACKET, socket.SOCK_DGRAM), "socket")

    def test_netlink(self) -> None:
        self.assert_refused(self.make("netlink", socket.AF_NETLINK, socket.SOCK_RAW), "socket")

    def test_raw(self) -> None:
        self.assert_refused(self.make("raw socket", socket.AF_INET, socket.SOCK_RAW, 1), "socket")

    def test_packet(self) -> None:
        self.assert_refused(self.make("packet socket", socket.AF_PACKET, socket.SOCK_RAW), "socket")

    def test_sctp_connects_by_sending(self) -> None:
        self.assert_refused(self.make("SCTP", socket.AF_INET, socket.SOCK_STREAM, IPPROTO_SCTP), "socket")

    def test_tipc_connects_by_sending(self) -> None:
        self.assert_refused(self.make("TIPC", socket.AF_TIPC, socket.SOCK_SEQPACKET), "socket")

    def test_algorithms(self) -> None:
        self.assert_refused(self.make("AF_ALG", socket.AF_ALG, socket.SOCK_SEQPACKET), "socket")

    def test_host_to_guest(self) -> None:
        self.assert_refused(self.make("vsock", socket.AF_VSOCK, socket.SOCK_STREAM), "socket")

    # Handles of the kernel.
    def test_kernel_handles(self) -> None:
        parameters = (ctypes.c_uint32 * 30)()
        made = {
            "epoll": lambda: LIBC.epoll_create1(0),
            "pidfd": lambda: os.pidfd_open(os.getpid()),
            "eventfd": lambda: os.eventfd(0),
            "inotify": lambda: LIBC.inotify_init1(0),
            "signalfd": lambda: LIBC.signalfd(-1, (ctypes.c_uint64 * 16)(), 0),
            "timerfd": lambda: LIBC.timerfd_create(1, 0),
            "io_uring": lambda: by_call(SYS_IO_URING_SETUP, 1, parameters),
            "bpf": bpf_map,
            "fsopen": lambda: by_call(SYS_FSOPEN, b"tmpfs", 0),
            "landlock": lambda: by_call(444, (ctypes.c_uint64 * 3)(0, 3, 0), ctypes.c_size_t(24), 0),
        }
        for name, make in made.items():
            with self.subTest(name):
                try:
                    fd = make()
                except OSError as error:
                    print(f"SKIP: no {name} here: {error}")
                    continue
                self.assertGreater(fd, 2)
                self.assert_refused(fd, "anon_inode" if name != "pidfd" else "kernel's ")

    def test_kernel_files(self) -> None:
        for path, flags in (
            ("/proc/self/ns/user", os.O_RDONLY),
            ("/proc/self/ns/mnt", os.O_RDONLY),
            ("/proc/self/mem", os.O_RDWR),
            ("/proc/self/mem", os.O_PATH),
            ("/proc", os.O_RDONLY),
            ("/proc/1", os.O_PATH),
            ("/proc/self/root", os.O_RDONLY | os.O_NOFOLLOW | os.O_PATH),
            ("/sys/kernel", os.O_RDONLY),
            ("/etc/passwd", os.O_PATH),
        ):
            with self.subTest(path=path, flags=flags):
                self.assert_refused(os.open(path, flags), "neither a file" if path == "/etc/passwd" else "file system")

    def test_root_directory(self) -> None:
        result = self.start(fd := os.open("/", os.O_RDONLY))
        os.close(fd)
        self.assertEqual((result.returncode, result.stdout), (127, ""))
        self.assertIn("file system at 'proc", result.stderr)

    def test_messages_hold_no_terminal_commands(self) -> None:
        for text in (r"\x1b[31m", r"\x9b31m", r"\u0085", r"\x7f"):
            with self.subTest(text):
                result = subprocess.run(
                    [LAUNCHER, *MODE, PROGRAM], input=f'!file {{"{text}": x}}'.encode(), capture_output=True, check=False
                )
                message = result.stderr.decode()
                self.assertEqual(result.returncode, 127, message)
                self.assertIn("has no attribute '?", message)
                self.assertTrue(message[:-1].isprintable(), message)

    def test_what_may_be_handed_over(self) -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        client = socket.create_connection(listener.getsockname())
        stream, stream_peer = socket.socketpair()
        packets, packets_peer = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        connected = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        connected.connect(("127.0.0.1", 9))
        datagrams = [socket.socket(family, socket.SOCK_DGRAM) for family in (socket.AF_INET, socket.AF_INET6,
                                                                             socket.AF_UNIX)]
        datagrams += socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        reader, writer = os.pipe()
        memory = os.memfd_create("memory")
        with tempfile.TemporaryFile() as file:
            for name, fd in {
                "listener": listener.fileno(), "connection": client.fileno(), "stream": stream.fileno(),
                "packets": packets.fileno(), "UDP": datagrams[0].fileno(),
                "UDP6": datagrams[1].fileno(), "datagrams": datagrams[2].fileno(), "datagram pair": datagrams[3].fileno(),
                "connected UDP": connected.fileno(), "reader": reader, "writer": writer, "memory": memory,
                "file": file.fileno(), "null": os.open("/dev/null", os.O_RDWR),
                "directory": os.open("/usr", os.O_RDONLY),
            }.items():  # fmt: skip
                with self.subTest(name):
                    self.assert_started(fd)
        for end in (listener, client, stream, stream_peer, packets, packets_peer, connected, *datagrams):
            end.close()


def main() -> None:
    global LAUNCHER, PROGRAM, MODE
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    MODE = ["--strict"] if args.mode == "strict" else []
    LAUNCHER, PROGRAM = args.launcher.resolve(), args.program.resolve()
    program = unittest.main(argv=sys.argv[:1], verbosity=2, exit=False)
    for test, reason in program.result.skipped:
        print(f"SKIP: {test.id()}: {reason}")
    sys.exit(not (conclude_unittest(program.result) and program.result.wasSuccessful()))


if __name__ == "__main__":
    main()
