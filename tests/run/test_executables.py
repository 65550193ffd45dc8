#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Files that are no CloudABI executable, under the real loader: a sentence, and no crash."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path

import harness

HEADER = struct.Struct("<16sHHIQQQIHHHHHH")


def header(machine: int = 62, osabi: int = 17, kind: int = 3, phnum: int = 1) -> bytes:
    ident = b"\x7fELF\x02\x01\x01" + bytes([osabi]) + bytes(8)
    return HEADER.pack(ident, kind, machine, 1, 0, 64, 0, 0, 64, 56, phnum, 0, 0, 0)


class Executables(harness.Test):
    def setUp(self) -> None:
        super().setUp()
        self.loader = self.folder / "loader"
        shutil.copy(harness.INSTALLATION.root / "real-loader", self.loader)

    def run_file(self, path: Path) -> subprocess.CompletedProcess[bytes]:
        path.chmod(0o755)
        command = self.command("--loader", self.loader, path)
        config = b"[!file {path: made, rights: write, create: true}]"
        return subprocess.run(command, input=config, cwd=self.folder, capture_output=True, check=False)

    def test_refused(self) -> None:
        load = struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, 120, 120, 4096)
        huge = struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, 120, 1 << 62, 4096)
        wrap = struct.pack("<IIQQQQQQ", 1, 5, 0, 2**64 - 4096, 0, 120, 8192, 4096)
        files = {
            "empty": b"",
            "text": b"#!/bin/sh\necho no\n",
            "short": header()[:40],
            "no-program-headers": header(phnum=0),
            "truncated": header(),
            "linux": header(osabi=0) + load,
            "arm": header(machine=40) + load,
            "not-pie": header(kind=2) + load,
            "no-dynamic": header() + load,
            "huge": header() + huge,
            "wrap": header() + wrap,
            "many": header(phnum=65535) + load,
        }
        for name, content in files.items():
            with self.subTest(name):
                path = self.folder / name
                path.write_bytes(content)
                result = self.run_file(path)
                self.assert_failure(result, f"{name}: not a CloudABI executable: ")
                self.assertFalse((self.folder / "made").exists())

    def test_program_of_the_host(self) -> None:
        path = self.folder / "true"
        shutil.copy("/bin/true", path)
        self.assert_failure(self.run_file(path), "true: not a CloudABI executable: ", "OSABI")

    def test_program_without_read_permission(self) -> None:
        if os.geteuid() == 0:
            self.skipTest("the superuser reads every file")
        path = self.program("x")
        path.chmod(0o111)
        result = subprocess.run(self.command(path), input=b"", capture_output=True, check=False)
        self.assert_failure(result, "cannot open the program: Permission denied")


if __name__ == "__main__":
    harness.main()
