#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The kernel's own file systems, granted: by path, from above, as a descriptor, and mounted after the start.

Each is mounted in a mount name space of the test's own, which only root can make. Those that this kernel does not
have are skipped, and counted. A granted /dev is not refused, but no device below it opens.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import re
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from run import ORDINARY, install
from tally import Tally

LIBC = ctypes.CDLL(None, use_errno=True)
SOURCE = Path(__file__).resolve().parents[2] / "runtime/sandbox/filesystems.c"
HEADER = Path("/usr/include/linux/magic.h")
# In magic.h by another name.
MAGIC = {
    "proc": "PROC_SUPER", "sysfs": "SYSFS", "cgroup": "CGROUP_SUPER", "cgroup2": "CGROUP2_SUPER", "debugfs": "DEBUGFS",
    "tracefs": "TRACEFS", "securityfs": "SECURITYFS", "bpf": "BPF_FS", "efivarfs": "EFIVARFS", "pstore": "PSTOREFS",
    "selinuxfs": "SELINUX", "smackfs": "SMACK", "aafs": "AAFS", "binfmt_misc": "BINFMTFS", "nsfs": "NSFS",
    "anon_inode": "ANON_INODE_FS", "binder": "BINDERFS_SUPER", "usbfs": "USBDEVICE_SUPER", "openpromfs": "OPENPROM_SUPER",
    "xenfs": "XENFS_SUPER", "resctrl": "RDTGROUP_SUPER",
}  # fmt: skip
OPTIONS = {"cgroup": "none,name=escape", "cpuset": "", "smackfs": ""}
# It is never mounted.
PATHS = {"nsfs": "/proc/self/ns/mnt"}
UNMOUNTABLE = {"anon_inode", "pidfs"}
CLONE_NEWNS, MS_REC, MS_PRIVATE, MS_BIND = 0x20000, 0x4000, 0x40000, 0x1000
MNT_DETACH = 2


def refused_names() -> dict[str, int]:
    return {name: int(magic, 16) for name, magic in re.findall(r'\{"(\w+)", (0x[0-9a-f]+|0)\}', SOURCE.read_text())}


def mount(kind: str, target: Path) -> str:
    """Return the reason if it cannot be had."""
    options = OPTIONS.get(kind, "").encode() or None
    if LIBC.mount(kind.encode(), os.fsencode(target), kind.encode(), 0, options) == 0:
        return ""
    return os.strerror(ctypes.get_errno())


def detach_all(base: Path) -> None:
    """Or what is mounted below would be removed with the folder, file by file."""
    for _ in range(100):
        points = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
        below = [point for point in points if Path(point).is_relative_to(base)]
        if not below:
            return
        LIBC.umount2(os.fsencode(below[-1]), MNT_DETACH)
    os._exit(1)


class Attack:
    """Counts what is tried, as the programs in C print it."""

    def __init__(self, command: list[str | Path], base: Path, user: int | None) -> None:
        self.command = command
        self.base = base
        self.become = {} if user is None else {"user": user, "group": user, "extra_groups": []}
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        print(line)
        self.lines.append(line)

    def begin(self, config: str, *fds: int) -> subprocess.Popen[str]:
        (self.base / "config").write_text(config)
        command = [*self.command[:-1], "--config", self.base / "config", self.command[-1]]
        return subprocess.Popen(command, pass_fds=fds, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                **self.become)  # type: ignore[arg-type]

    def start(self, config: str, *fds: int) -> subprocess.CompletedProcess[str]:
        with self.begin(config, *fds) as process:
            output, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    def refused(self, name: str, config: str, *fds: int) -> None:
        result = self.start(config, *fds)
        reasons = ["file system", *(["Permission denied"] if self.become else [])]
        fine = result.returncode == 127 and not result.stdout and any(reason in result.stderr for reason in reasons)
        self.say(f"{'ok' if fine else 'not ok'} {name} # {result.returncode} {result.stderr.strip()[:200]}")

    def kind(self, kind: str) -> None:
        above = self.base / kind
        place = above / "deep/place"
        place.mkdir(parents=True)
        reason = mount(kind, place)
        if reason:
            self.say(f"skip {kind} # {reason}")
            return
        path = f"[!fd stdout, !file {{path: {place}}}]"
        self.refused(f"{kind}-by-path", path)
        self.refused(f"{kind}-from-above", f"[!fd stdout, !file {{path: {above}, rights: [read, write]}}]")
        (above / "link").symlink_to(place)
        self.refused(f"{kind}-through-a-link", f"[!fd stdout, !file {{path: {above}/link}}]")
        for flags, word in ((os.O_RDONLY, "descriptor"), (os.O_PATH, "place")):
            fd = os.open(place, flags | os.O_DIRECTORY)
            self.refused(f"{kind}-as-{word}", f"[!fd stdout, !fd {fd}]", fd)
            os.close(fd)
        lasting = [entry for entry in sorted(place.iterdir()) if not entry.name.isdigit()]  # no process
        file = next((entry for entry in lasting if stat.S_ISREG(entry.lstat().st_mode)), None)
        if file is not None:
            self.refused(f"{kind}-file", f"[!fd stdout, !file {{path: {file}}}]")
            fd = os.open(file, os.O_PATH)
            self.refused(f"{kind}-file-as-place", f"[!fd stdout, !fd {fd}]", fd)
            os.close(fd)
        LIBC.umount2(os.fsencode(place), MNT_DETACH)

    def fixed(self, kind: str, path: str) -> None:
        self.refused(f"{kind}-by-path", f"[!fd stdout, !file {{path: {path}}}]")
        fd = os.open(path, os.O_RDONLY)
        self.refused(f"{kind}-as-descriptor", f"[!fd stdout, !fd {fd}]", fd)
        os.close(fd)

    def magics(self, names: dict[str, int]) -> None:
        """The table's numbers against the kernel's header."""
        found = {name: int(value, 16) for name, value in
                 re.findall(r"#define\s+(\w+?)_MAGIC\s+(0x[0-9a-fA-F]+)", HEADER.read_text())}
        for name, macro in MAGIC.items():
            if macro not in found:
                self.say(f"skip magic-{name} # this header has no {macro}_MAGIC")
            elif found[macro] != names[name]:
                self.say(f"not ok magic-{name} # {found[macro]:#x}")

    def above_all(self) -> None:
        for rights in ("read", "list", "[read, write]", "exec"):
            self.refused(f"root-{rights.strip('[]').replace(', ', '-')}",
                         f"[!fd stdout, !file {{path: /, rights: {rights}}}]")
        for path in ("/proc", "/proc/self/root/proc", "/proc/self", "/proc/1", "/sys", "/sys/kernel", "/dev/fd",
                     "/proc/sys/kernel/core_pattern", "/proc/self/mem"):  # fmt: skip
            if Path(path).exists():
                self.refused(path.strip("/").replace("/", "-"), f"[!fd stdout, !file {{path: {path}}}]")

    def judge(self, name: str, status: int, output: str, errors: str, least: int) -> None:
        lines = output.splitlines()
        if status != 0 or errors or sum(line.startswith("ok ") for line in lines) < least:
            self.say(f"not ok {name} # status {status}, {len(lines)} lines, {errors.strip()}")
        for line in lines:
            if not line.startswith("ok "):
                print(line)
        self.lines += lines

    def late(self) -> None:
        """Mounted when the program runs already. Strict mode has no name space that would hide it."""
        above = self.base / "above"
        (above / "late").mkdir(parents=True)
        with self.begin(f"{{0: !fd stdout, 1: !file {{path: {above}, rights: [read, write]}}, 2: late}}") as process:
            assert process.stdout
            process.stdout.readline()
            if reason := mount("proc", above / "late"):
                self.say(f"not ok late # {reason}")
            assert (above / "late/version").read_text()
            (above / "go").touch()
            output, errors = process.communicate(timeout=60)
        self.judge("late", process.returncode, output, errors, 36)
        LIBC.umount2(os.fsencode(above / "late"), MNT_DETACH)

    def devices(self) -> None:
        """All of /dev may be granted; its devices stay shut, whatever the rights."""
        (self.base / "dev").mkdir()
        (self.base / "dev/pts").mkdir()
        bound = LIBC.mount(b"/dev", os.fsencode(self.base / "dev"), None, MS_BIND, None)
        if bound != 0 or mount("devpts", self.base / "dev/pts"):
            self.say("skip devices # /dev cannot be bound, or there is no devpts")
            return
        for rights in ("read", "[read, write]", "[read, write, exec]"):
            result = self.start(f"[!fd stdout, !file {{path: {self.base}/dev, rights: {rights}}}]")
            self.judge(f"devices-{rights}", result.returncode, result.stdout, result.stderr, 15)
        LIBC.umount2(os.fsencode(self.base / "dev/pts"), MNT_DETACH)
        LIBC.umount2(os.fsencode(self.base / "dev"), MNT_DETACH)


def run(command: list[str | Path], base: Path, user: int | None, mounts: bool) -> int:
    attack = Attack(command, base, user)
    names = refused_names()
    if len(names) < 30:
        attack.say("not ok table # it cannot be read")
    attack.magics(names)
    for kind in names:
        if kind in PATHS:
            attack.fixed(kind, PATHS[kind])
        elif kind not in UNMOUNTABLE and mounts:
            attack.kind(kind)
        else:
            attack.say(f"skip {kind} # cannot be mounted here")
    attack.above_all()
    if mounts:
        attack.late()
        attack.devices()
        # The refusals are not for being mounted.
        (base / "ordinary/deep/place").mkdir(parents=True)
        if mount("tmpfs", base / "ordinary/deep/place") or attack.start(
            f"[!fd stdout, !file {{path: {base}/ordinary}}]").returncode != 0:
            attack.say("not ok tmpfs # it is refused too")
    problems = Tally.of(attack.lines).conclude()
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run")
    parser.add_argument("--user", choices=["self", "ordinary"], default="self")
    parser.add_argument("--mode", choices=["full", "strict"], default="full")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    root = os.geteuid() == 0
    if args.user == "ordinary" and not root:
        print("SKIP: already an ordinary user; escape/filesystems-self is this test")
        return 77
    os.umask(0o022)
    # Private: nothing that is mounted here is seen outside, and all of it ends with this process.
    mounts = root and LIBC.unshare(CLONE_NEWNS) == 0 and LIBC.mount(None, b"/", None, MS_REC | MS_PRIVATE, None) == 0
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, program = install(args.launcher, args.program, Path(scratch, "installed"))
        command: list[str | Path] = [launcher, *(["--strict"] if args.mode == "strict" else []), program]
        base = Path(scratch, "world")
        base.mkdir()
        try:
            return run(command, base, ORDINARY if args.user == "ordinary" else None, mounts)
        finally:
            detach_all(base)


if __name__ == "__main__":
    sys.exit(main())
