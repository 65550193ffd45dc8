#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Directories with something mounted below them."""

from __future__ import annotations

import errno
import shlex
import subprocess

import harness


class Mounts(harness.Test):
    def run_among(self, mounts: str, config: str, command: str) -> subprocess.CompletedProcess[bytes]:
        """Runs a program in a mount name space where the shell commands `mounts` were run."""
        (self.folder / "config.yaml").write_text(config)
        launcher = shlex.join(self.command("--config", "config.yaml", self.program(command)))
        script = f"set -e; mkdir -p tree/sub; {mounts}; exec {launcher}"
        return subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
            cwd=self.folder,
            capture_output=True,
            timeout=harness.TIMEOUT,
            check=False,
        )

    def test_kernel_file_systems_below_are_refused(self) -> None:
        config = "[!file {path: tree}]"
        for mounts, kind, place in [
            ("mount --rbind /proc tree/sub", "proc", "sub"),
            ("mount --rbind /sys tree/sub", "sysfs", "sub"),
            ("touch tree/file; mount --bind /proc/cpuinfo tree/file", "proc", "file"),
            (r"mkdir 'tree/a b\c'; mount --rbind /proc 'tree/a b\c'", "proc", r"a b\c"),
            ("mount -t tmpfs none tree/sub; mkdir tree/sub/x; mount --rbind /proc tree/sub/x", "proc", "sub/x"),
        ]:
            with self.subTest(mounts):
                result = self.run_among(mounts, config, "exit 0")
                self.assert_failure(result, f"holds the kernel's {kind} file system at '{place}'")

    def test_kernel_file_system_through_a_bind_mount(self) -> None:
        result = self.run_among("mount --rbind /proc tree", "[!file {path: tree}]", "exit 0")
        self.assert_failure(result, "this lies on the kernel's proc file system")

    def test_a_neighbour_with_the_same_start_does_no_harm(self) -> None:
        mounts = "mkdir tree2; mount --rbind /proc tree2"
        result = self.run_among(mounts, "[!file {path: tree}]", "exit 0")
        self.assertEqual((result.returncode, result.stderr), (0, b""))

    def test_flags_hold_in_mounts_below(self) -> None:
        mounts = "mount -t tmpfs none tree/sub; cp /bin/true tree/sub/true"
        for rights, command, status in [
            ("read", "open sub/true", 0),
            ("read", "create sub/new", errno.EROFS),
            ("read|write", "create sub/new", 0),
            ("read|write", "execute sub/true", harness.NO_EXECUTION),
            ("read|exec", "execute sub/true", 0),
            ("read", "open sub/../../config.yaml", harness.OUTSIDE),
        ]:
            with self.subTest(rights=rights, command=command):
                config = f"[!fd stdout, !file {{path: tree, rights: {rights}}}]"
                result = self.run_among(mounts, config, command)
                self.assertEqual((result.returncode, result.stderr), (status, b""))

    def test_a_mount_that_was_read_only_stays_so(self) -> None:
        mounts = "mount -t tmpfs -o ro none tree/sub"
        config = "[!fd stdout, !file {path: tree, rights: read|write}]"
        self.assertEqual(self.run_among(mounts, config, "create sub/new").returncode, errno.EROFS)


if __name__ == "__main__":
    harness.main()
