# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of the documentation share: the toolchain, and pages taken apart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PREFIX = Path(os.environ.get("CLOUDABI_TEST_PREFIX", ROOT / "out")).resolve()
TRIPLE = "x86_64-unknown-cloudabi"
CC = PREFIX / "bin" / f"{TRIPLE}-cc"
INCLUDE = PREFIX / TRIPLE / "include"

sys.path.insert(0, str(ROOT / "include"))
sys.path.insert(0, str(ROOT / "tools"))


def require_toolchain() -> None:
    """End the test as skipped where nothing is installed."""
    if not CC.is_file() or not (INCLUDE / "stdio.h").is_file():
        print(f"SKIP: no toolchain in {PREFIX}; run './build.sh sysroot'")
        sys.exit(77)


def page(path: Path) -> ElementTree.Element:
    """A page of the reference, which has to be well-formed."""
    text = path.read_text(encoding="utf-8")
    doctype, newline, rest = text.partition("\n")
    if doctype != "<!DOCTYPE html>":
        raise AssertionError(f"{path.name} begins with {doctype!r}")
    return ElementTree.fromstring(rest)


def words(element: ElementTree.Element) -> str:
    """The text that a reader sees, on one line."""
    return " ".join("".join(element.itertext()).split())


def need(tool: str) -> str:
    """A tool's path; the test is skipped where it is not installed."""
    path = shutil.which(tool)
    if path is None:
        raise unittest.SkipTest(f"{tool} is not installed")
    return path


def groff(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Format manual pages with all warnings."""
    command = [need("groff"), "-Kutf8", "-Tutf8", "-ww", "-P-cbou", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def main() -> None:
    """Run the tests of a file; what could not be looked at does not count as passed."""
    require_toolchain()
    result = unittest.main(verbosity=2, exit=False).result
    if result.wasSuccessful() and result.skipped:
        print(f"SKIP: {'; '.join(sorted({reason for _, reason in result.skipped}))}")
        sys.exit(77)
    sys.exit(not result.wasSuccessful())
