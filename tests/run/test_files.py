#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the grants !fd, !file and !executable become: open modes, mount flags, upper bounds of
rights, and what is left behind when a start fails."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import harness

RDONLY, WRONLY, RDWR = 0, 1, 2

# Bits of the ABI's rights.
FD_READ, FD_SEEK, PUT_FLAGS, FD_WRITE, CREATE_FILE, READDIR, UNLINK, MAP_EXEC, EXEC = (
    1 << bit for bit in (1, 2, 3, 6, 10, 15, 25, 27, 32)
)


class Files(harness.Test):
    def setUp(self) -> None:
        super().setUp()
        self.tree = self.folder / "tree"
        self.tree.mkdir()
        (self.tree / "file").write_text("content")
        (self.folder / "secret").write_text("secret")

    def granted(self, node: str) -> tuple[int, int, int, bool]:
        """Base rights, inheriting rights, access mode and O_APPEND of a grant."""
        result = self.run_program(f"[!fd stdout, {node}]")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        words = result.stdout.splitlines()[1].split()
        self.assertEqual(words[:2], [b"fd", b"01"])
        return int(words[3], 16), int(words[5], 16), int(words[7]), words[-1] == b"append"

    def status(self, node: str, command: str) -> int:
        result = self.run_program(f"[!fd stdout, {node}]", command)
        self.assertEqual((result.stdout, result.stderr), (b"", b""))
        return result.returncode

    def test_rights_of_a_file(self) -> None:
        for rights, mode, append, has, lacks in [
            ("", RDONLY, False, FD_READ | FD_SEEK, FD_WRITE | EXEC | MAP_EXEC),
            (", rights: read", RDONLY, False, FD_READ | FD_SEEK, FD_WRITE | EXEC | MAP_EXEC),
            (", rights: write", WRONLY, False, FD_WRITE | FD_SEEK, FD_READ | EXEC | MAP_EXEC),
            (", rights: read|write", RDWR, False, FD_READ | FD_WRITE, EXEC | MAP_EXEC),
            (", rights: [read, write]", RDWR, False, FD_READ | FD_WRITE, EXEC | MAP_EXEC),
            (", rights: append", WRONLY, True, FD_WRITE, FD_READ | FD_SEEK | PUT_FLAGS),
            (", rights: read | append", RDWR, True, FD_READ | FD_WRITE, EXEC),
            (", rights: exec", RDONLY, False, EXEC | MAP_EXEC, FD_READ | FD_WRITE),
            (", rights: list", RDONLY, False, 0, FD_READ | FD_WRITE | EXEC),
        ]:
            with self.subTest(rights):
                base, _, got_mode, got_append = self.granted(f"!file {{path: tree/file{rights}}}")
                self.assertEqual((got_mode, got_append), (mode, append))
                self.assertEqual((base & has, base & lacks), (has, 0))

    def test_rights_of_a_directory(self) -> None:
        for rights, has, lacks in [
            ("", READDIR | FD_READ, FD_WRITE | CREATE_FILE | UNLINK | EXEC | MAP_EXEC),
            (", rights: list", READDIR, FD_READ | FD_WRITE | CREATE_FILE | UNLINK | EXEC),
            (", rights: write", CREATE_FILE | UNLINK | FD_WRITE, READDIR | FD_READ | EXEC),
            (", rights: read|exec", READDIR | EXEC, FD_WRITE | CREATE_FILE | UNLINK),
        ]:
            with self.subTest(rights):
                base, inheriting, mode, _ = self.granted(f"!file {{path: tree{rights}}}")
                self.assertEqual(mode, RDONLY)
                for bits in (base, inheriting):
                    self.assertEqual((bits & has, bits & lacks), (has, 0))

    def test_executable(self) -> None:
        base, inheriting, mode, _ = self.granted("!executable ''")
        self.assertEqual((base & EXEC, base & FD_WRITE, inheriting, mode), (EXEC, 0, 0, RDONLY))

    def test_kernel_keeps_a_read_only_directory(self) -> None:
        self.assertEqual(self.status("!file {path: tree}", "create new"), errno.EROFS)
        self.assertEqual(self.status("!file {path: tree, rights: read|exec}", "create new"), errno.EROFS)
        self.assertFalse((self.tree / "new").exists())
        self.assertEqual(self.status("!file {path: tree, rights: read|write}", "create new"), 0)
        self.assertTrue((self.tree / "new").exists())

    def test_kernel_keeps_a_directory_from_execution(self) -> None:
        self.assertEqual(self.status("!file {path: tree}", "execute file"), harness.NO_EXECUTION)
        self.assertEqual(self.status("!file {path: tree, rights: read|write}", "execute file"), harness.NO_EXECUTION)
        self.assertEqual(self.status("!file {path: tree, rights: read|exec}", "execute file"), 0)

    def test_kernel_keeps_a_file_to_its_mode(self) -> None:
        self.assertEqual(self.status("!file {path: tree/file}", "write"), errno.EBADF)
        self.assertEqual((self.tree / "file").read_text(), "content")
        self.assertEqual(self.status("!file {path: tree/file, rights: append}", "write"), 0)
        self.assertEqual((self.tree / "file").read_text(), "contentwritten")

    def test_kernel_keeps_a_file_from_execution(self) -> None:
        for rights, status in (("read", harness.NO_EXECUTION), ("read|write", harness.NO_EXECUTION), ("read|exec", 0)):
            node = f"!file {{path: tree/file, rights: {rights}}}"
            self.assertEqual(self.status(node, "map"), status)
        self.assertEqual(self.status("!executable ''", "map"), 0)

    def test_directory_cannot_be_left(self) -> None:
        (self.tree / "up").symlink_to("../secret")
        (self.tree / "absolute").symlink_to(self.folder / "secret")
        for paths, status in (
            (("../secret", "../../../../etc/passwd", "up"), harness.OUTSIDE),
            (("absolute", "/etc/passwd", "/proc/self/status"), harness.ABSOLUTE),
        ):
            for path in paths:
                with self.subTest(path):
                    self.assertEqual(self.status("!file {path: tree}", f"open {path}"), status)
        self.assertEqual(self.status("!file {path: tree}", "open file"), 0)

    def inherited(self, flags: int, command: str, path: Path) -> int:
        fd = os.open(path, flags)
        try:
            number = f"!fd {fd}"
            return self.run_program(f"[!fd stdout, {number}]", command, pass_fds=[fd]).returncode
        finally:
            os.close(fd)

    def test_inherited_directory(self) -> None:
        for flags in (os.O_RDONLY, os.O_PATH):
            self.assertEqual(self.inherited(flags, "open file", self.tree), 0)
            self.assertEqual(self.inherited(flags, "open ../secret", self.tree), harness.OUTSIDE)
            self.assertEqual(self.inherited(flags, "create new", self.tree), errno.EROFS)
            self.assertEqual(self.inherited(flags, "execute file", self.tree), harness.NO_EXECUTION)

    def test_inherited_directories_are_apart(self) -> None:
        other = self.folder / "other"
        other.mkdir()
        fds = [os.open(path, os.O_RDONLY) for path in (other, self.tree, other)]
        self.addCleanup(lambda: [os.close(fd) for fd in fds])
        config = f"[!fd stdout, !fd {fds[1]}, !fd {fds[0]}, !fd {fds[2]}]"
        self.assertEqual(self.run_program(config, "open file", pass_fds=fds).returncode, 0)

    def test_inherited_file_keeps_its_mode(self) -> None:
        self.assertEqual(self.inherited(os.O_RDONLY, "write", self.tree / "file"), errno.EBADF)
        self.assertEqual(self.inherited(os.O_WRONLY, "write", self.tree / "file"), 0)

    def test_descriptors_that_are_refused(self) -> None:
        pidfd = os.pidfd_open(os.getpid())
        event = os.eventfd(0)
        plain = os.open(self.tree / "file", os.O_PATH)
        proc = os.open("/proc/self/status", os.O_RDONLY)
        root = os.open("/", os.O_RDONLY)
        for fd in (pidfd, event, plain, proc, root):
            with self.subTest(os.readlink(f"/proc/self/fd/{fd}")):
                self.assert_failure(self.run_program(f"[!fd {fd}]", "exit 0", pass_fds=[fd]), "stdin:1:2: ")
                os.close(fd)

    def test_launchers_own_descriptors_are_not_granted(self) -> None:
        # Number 3 is free when the launcher starts, and it opens several files itself.
        for number in range(3, 10):
            self.assert_failure(self.run_program(f"[!fd {number}]", "exit 0"), f"descriptor {number} is not open")

    def test_closed_standard_descriptors(self) -> None:
        command = f"exec {self.command(self.program('exit 7'))[0]} --config c.yaml ./program <&- >&- 2>&-"
        for config, status in (("[]", 7), ("[!fd stdout]", 127), ("[!fd stdin]", 127)):
            (self.folder / "c.yaml").write_text(config)
            self.assertEqual(subprocess.run(["sh", "-c", command], cwd=self.folder, check=False).returncode, status)

    def test_standard_input_beside_config(self) -> None:
        (self.folder / "c.yaml").write_text("[!fd stdout, !fd stdin]")
        command = self.command("--config", "c.yaml", self.program("write"))
        with open(self.folder / "in", "wb") as stdin:
            result = subprocess.run(command, stdin=stdin, cwd=self.folder, capture_output=True, check=False)
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertEqual((self.folder / "in").read_text(), "written")

    def test_create(self) -> None:
        node = "!file {path: log, rights: append, create: true}"
        for expected in ("written", "writtenwritten"):
            self.assertEqual(self.status(node, "write"), 0)
            self.assertEqual((self.folder / "log").read_text(), expected)
        self.assertEqual((self.folder / "log").stat().st_mode & 0o777, 0o644)

    def test_create_the_same_file_twice(self) -> None:
        node = "!file {path: log, rights: write, create: true}"
        self.assertEqual(self.status(f"{node}, {node}", "write"), 0)
        self.assertEqual((self.folder / "log").read_text(), "written")

    def test_failure_leaves_nothing(self) -> None:
        made = "!file {path: log, rights: write, create: true}, !socket {bind: ./s}"
        for config, command in [
            (f"[{made}, !file {{path: nothing}}]", "exit 0"),
            (f"[{made}, !file {{path: no/x, rights: write, create: true}}]", "exit 0"),
            (f"[{made}, !socket {{bind: ./s}}]", "exit 0"),
            (f"[{made}, !fd 77]", "exit 0"),
            (f"[{made}, !file {{path: /}}]", "exit 0"),
            (f"[{made}]", "fail the file is something else"),
        ]:
            with self.subTest(config):
                before = {p.name for p in self.folder.iterdir()} | {"program"}
                self.assert_failure(self.run_program(config, command))
                self.assertEqual({p.name for p in self.folder.iterdir()}, before)

    def test_failure_leaves_what_was_there(self) -> None:
        config = "[!file {path: secret, rights: write, create: true}, !file {path: nothing}]"
        self.assert_failure(self.run_program(config, "exit 0"))
        self.assertEqual((self.folder / "secret").read_text(), "secret")

    def test_loader_failure_is_a_sentence(self) -> None:
        result = self.run_program("", "fail the file\nis \x1b[1m short")
        self.assert_failure(result, "program: not a CloudABI executable: the file?is ?[1m short")


if __name__ == "__main__":
    harness.main()
