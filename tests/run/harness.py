# SPDX-License-Identifier: BSD-2-Clause
"""Runs the launcher with a stub loader, as the superuser or as an ordinary user.

Environment: CLOUDABI_RUN, CLOUDABI_STUB_LOADER, CLOUDABI_LOADER: the programs; CLOUDABI_TEST_AS: root
or user; CLOUDABI_TEST_MODE: full or strict.
"""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

STRICT = os.environ.get("CLOUDABI_TEST_MODE") == "strict"
# What a path out of a grant is answered: `..` leads to where nobody may look; the supervisor says what it is.
OUTSIDE = errno.EXDEV if STRICT else errno.EACCES
# The same of an absolute path: the root is empty.
ABSOLUTE = errno.EXDEV if STRICT else errno.ENOENT
# What mapping for execution is answered where it was not granted. Only mounts keep from it.
NO_EXECUTION = 0 if STRICT else errno.EPERM
SKIPPED = 77
TIMEOUT = 30


def unused_uid() -> int:
    """A number that no account has: its only power is over what the test gives it."""
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(uid for uid in range(61184, 65000) if uid not in taken)


class Installation:
    """The launcher as it would be installed, where the test's user can reach it."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="cloudabi-run-test-"))
        self.root.chmod(0o755)
        self.launcher = self.root / "bin" / "cloudabi-run"
        self.loader = self.root / "lib" / "cloudabi" / "loader"
        self.work = self.root / "work"
        for source, target in (("CLOUDABI_RUN", self.launcher), ("CLOUDABI_STUB_LOADER", self.loader)):
            target.parent.mkdir(parents=True)
            self.copy(source, target)
        self.copy("CLOUDABI_LOADER", self.root / "real-loader")
        self.work.mkdir()

    @staticmethod
    def copy(source: str, target: Path) -> None:
        """Others may use it, even when the build's umask kept its files from them."""
        shutil.copyfile(os.environ[source], target)
        target.chmod(0o755)


INSTALLATION: Installation


class Test(unittest.TestCase):
    """A test in a folder of its own."""

    maxDiff = None

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=INSTALLATION.work))
        self.addCleanup(shutil.rmtree, self.folder)

    def program(self, command: str) -> Path:
        path = self.folder / "program"
        path.write_text(command)
        path.chmod(0o755)
        return path

    def command(self, *arguments: str | Path) -> list[str]:
        return [str(INSTALLATION.launcher), *(["--strict"] if STRICT else []), *map(str, arguments)]

    def start(self, config: str, command: str, **options: Any) -> subprocess.Popen[bytes]:
        """Starts a program with its configuration in a file."""
        path = self.folder / "config.yaml"
        path.write_text(config)
        return subprocess.Popen(
            self.command("--config", path, self.program(command)),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options,
        )

    def run_program(
        self, config: str | bytes, command: str = "report", **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs a program with its configuration on standard input."""
        data = config.encode() if isinstance(config, str) else config
        return subprocess.run(
            self.command(self.program(command)),
            input=data,
            cwd=self.folder,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            **options,
        )

    def assert_failure(self, result: subprocess.CompletedProcess[bytes], *parts: str) -> None:
        """The launcher itself failed, with one line that holds these parts."""
        message = result.stderr.decode()
        self.assertEqual(result.returncode, 127, message)
        self.assertEqual(result.stdout, b"")
        self.assertTrue(message.startswith("cloudabi-run: "), message)
        self.assertEqual(message.count("\n"), 1, message)
        for part in parts:
            self.assertIn(part, message)


def become_user() -> None:
    uid = unused_uid()
    os.chown(INSTALLATION.work, uid, uid)
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)


def main() -> None:
    global INSTALLATION
    wanted = os.environ["CLOUDABI_TEST_AS"]
    if wanted == "root" and os.geteuid() != 0:
        print("SKIP: not run by the superuser; the same tests run as an ordinary user")
        sys.exit(SKIPPED)
    os.umask(0o022)
    INSTALLATION = Installation()
    child = os.fork()
    if child == 0:
        if wanted == "user" and os.geteuid() == 0:
            become_user()
        program = unittest.main(module="__main__", verbosity=2, exit=False)
        for test, reason in program.result.skipped:
            print(f"SKIP: {test}: {reason}")
        sys.stdout.flush()
        os._exit(0 if program.result.wasSuccessful() and program.result.testsRun > 0 else 1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    shutil.rmtree(INSTALLATION.root)
    sys.exit(status)
