#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Granted datagram sockets against machine code (datagrams.c): what they were granted for works, and nothing arrives
anywhere else. Once the sockets are `!fd`, once, where that can be, `!socket`.

With --control the same runs without a sandbox. There the attacks must get through: otherwise they would prove nothing.
"""

from __future__ import annotations

import argparse
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from run import as_ordinary, copy, install
from tally import Tally

EXPECTED = 140
UDP, DATAGRAM = socket.AF_INET, socket.SOCK_DGRAM
# All others depend on the kernel's configuration, or harm nobody.
SUCCEED = {
    *(f"{name}-{call}-{canary}" for call in ("sendmsg", "sendmsg-nosignal", "sendmsg-dontwait", "sendto", "sendmmsg")
      for name, canary in [("udp-peer", "udp"), ("udp-bound", "udp"), ("udp-free", "udp"), ("udp6-peer", "udp6"),
                           *((f"local-{kind}", to) for kind in ("peer", "bound", "free")
                             for to in ("abstract", "pathname"))]),
    *(f"{name}-{call}" for call in ("passed", "connect", "getsockname", "setsockopt")
      for name in ("udp-peer", "udp-bound", "udp-free", "local-peer", "local-bound", "local-free")),
    "udp-peer-getpeername", "local-peer-getpeername", "socket-udp", "pair-of-datagrams",
}  # fmt: skip


def bound(family: socket.AddressFamily, address: object) -> socket.socket:
    made = socket.socket(family, DATAGRAM)
    made.bind(address)
    return made


class World:
    """Peers that are granted, and some that are not."""

    def __init__(self, base: Path) -> None:
        os.chdir(base)  # keeps the addresses short
        facts = Path("facts")
        facts.mkdir(exist_ok=True)
        loopback, loopback6 = ("127.0.0.1", 0), ("::1", 0)
        self.peers = [bound(UDP, loopback), bound(socket.AF_UNIX, "peer"), bound(socket.AF_INET6, loopback6)]
        abstract = f"cloudabi-datagrams-{os.getpid()}"
        self.canaries = [bound(UDP, loopback), bound(socket.AF_INET6, loopback6), bound(socket.AF_UNIX, "\0" + abstract),
                         bound(socket.AF_UNIX, "canary")]
        (facts / "port").write_text(str(self.canaries[0].getsockname()[1]))
        (facts / "port6").write_text(str(self.canaries[1].getsockname()[1]))
        (facts / "abstract").write_text("@" + abstract)
        (facts / "pathname").write_text(str(Path("canary").absolute()))
        self.arrived: dict[socket.socket, list[bytes]] = {made: [] for made in (*self.peers, *self.canaries)}
        self.stopping = threading.Event()
        self.collector = threading.Thread(target=self._collect)
        self.collector.start()

    def _collect(self) -> None:
        """While the attacks run: a full queue would stop the next one."""
        done = False
        while not done:
            done = self.stopping.is_set()
            for made in select.select(list(self.arrived), [], [], 0 if done else 0.05)[0]:
                self.arrived[made].append(made.recv(100))
                done = False

    def close(self) -> None:
        for made in (*self.peers, *self.canaries):
            made.close()
        for path in ("peer", "canary"):
            os.unlink(path)

    def problems(self, control: bool) -> list[str]:
        self.stopping.set()
        self.collector.join()
        found = []
        for peer in self.peers:
            arrived = self.arrived[peer]
            if arrived[:1] != [b"granted"] or (not control and len(arrived) != 1):
                found.append(f"at the peer {peer.getsockname()!r} arrived {arrived}")
        for canary in self.canaries:
            if bool(self.arrived[canary]) != control:
                found.append(f"at {canary.getsockname()!r} arrived {len(self.arrived[canary])} messages")
        return found


def connected(peer: socket.socket) -> socket.socket:
    made = socket.socket(peer.family, DATAGRAM)
    made.connect(peer.getsockname())
    return made


def granted_sockets(world: World) -> list[socket.socket]:
    """In the order of datagrams.c."""
    made = [connected(world.peers[0]), bound(UDP, ("127.0.0.1", 0)), socket.socket(UDP, DATAGRAM),
            connected(world.peers[1]), bound(socket.AF_UNIX, "bound"), socket.socket(socket.AF_UNIX, DATAGRAM),
            connected(world.peers[2])]
    for receiver in (made[1], made[4]):
        socket.socket(receiver.family, DATAGRAM).sendto(b"for you", receiver.getsockname())
    return made


def attack_by_fd(command: list[str | Path], world: World, control: bool) -> subprocess.CompletedProcess[str]:
    sockets = granted_sockets(world)
    numbers = [made.fileno() for made in sockets]
    if control:
        command = [*command, "fd:1", "dir:facts", *(f"fd:{n}" for n in numbers)]
        Path("facts/control").touch()
    else:
        grants = ["!fd stdout", "!file {path: facts}", *(f"!fd {n}" for n in numbers)]
        Path("config").write_text("\n".join(f"- {grant}" for grant in grants))
        command = [*command[:-1], "--config", "config", command[-1]]
    result = subprocess.run(command, pass_fds=numbers, text=True, capture_output=True, check=False, timeout=100)
    for made in sockets:
        made.close()
    os.unlink("bound")
    return result


def attack_by_socket(command: list[str | Path], world: World) -> subprocess.CompletedProcess[str]:
    """The free ones cannot be named so; they take the place of bound ones."""
    ports = [int(bound(UDP, ("127.0.0.1", 0)).getsockname()[1]) for _ in range(2)]
    udp, udp6 = world.peers[0].getsockname()[1], world.peers[2].getsockname()[1]
    grants = ["!fd stdout", "!file {path: facts}", f"!socket {{type: datagram, connect: '127.0.0.1:{udp}'}}",
              *(f"!socket {{type: datagram, bind: '127.0.0.1:{port}'}}" for port in ports),
              "!socket {type: datagram, connect: ./peer}",
              *(f"!socket {{type: datagram, bind: ./{name}}}" for name in ("bound", "free")),
              f"!socket {{type: datagram, connect: '[::1]:{udp6}'}}"]
    Path("config").write_text("\n".join(f"- {grant}" for grant in grants))
    return subprocess.run([*command[:-1], "--config", "config", command[-1]], text=True, capture_output=True,
                          check=False, timeout=100)


def judge(result: subprocess.CompletedProcess[str], control: bool, missing: set[str]) -> list[str]:
    lines = result.stdout.splitlines()
    through = {line.split()[2] for line in lines if line.startswith("not ok ")}
    problems = [] if result.returncode == 0 and result.stderr == "" else [f"{result.returncode}: {result.stderr}"]
    if control:
        problems += [f"{name} fails without a sandbox too" for name in sorted(SUCCEED - through)]
    else:
        problems += [f"got through: {name}" for name in sorted(through - missing)]
    names = {line.split()[-3] for line in lines}
    if len(names) < EXPECTED or len(names) != len(lines):
        problems.append(f"{len(names)} attempts in {len(lines)} lines; at least {EXPECTED} were expected")
    return problems


def run(command: list[str | Path], base: Path, control: bool) -> int:
    world = World(base)
    result = attack_by_fd(command, world, control)
    lines = result.stdout.splitlines()
    problems = judge(result, control, set()) + world.problems(control)
    world.close()
    if not control:
        world = World(base)
        # Nobody could know the ports, and send something, before the program starts.
        result = attack_by_socket(command, world)
        lines += [line for line in result.stdout.splitlines() if " receive-" not in line]
        problems += judge(result, control, {"receive-0", "receive-1"}) + world.problems(control)
        for name in ("bound", "free"):
            if Path(name).exists():
                problems.append(f"the socket's file {name} was left behind")
        world.close()
    os.chdir("/")
    for problem in problems:
        print(f"FAILED: {problem}")
    print(f"{len(problems)} problems", flush=True)
    if not control:
        Tally.of(lines).conclude(checks=True)
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--control", type=Path, metavar="START", help="the starter without a sandbox")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    if args.user == "ordinary" and os.geteuid() != 0:
        print("SKIP: already an ordinary user; escape/datagrams-self is this test")
        return 77
    if not Path("/proc/net/if_inet6").exists():
        print("SKIP: no IPv6 on this machine")
        return 77
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, program = install(args.launcher, args.program, Path(scratch, "installed"))
        command: list[str | Path] = [launcher, *(["--strict"] if args.mode == "strict" else []), program]
        if args.control is not None:
            start = program.parent / args.control.name
            copy(args.control, start)
            command = [start, "--time", "60", launcher.parent.parent / "lib/cloudabi/loader", program]
        base = Path(scratch, "world")
        base.mkdir()
        if args.user == "ordinary":
            return as_ordinary(base, lambda: run(command, base, args.control is not None))
        return run(command, base, args.control is not None)


if __name__ == "__main__":
    sys.exit(main())
