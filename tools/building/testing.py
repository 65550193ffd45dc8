# SPDX-License-Identifier: BSD-2-Clause
"""Runs ctest and counts what it reports."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from . import BuildError
from .steps import Log


@dataclass
class Result:
    """Names of tests by outcome; skipped ones with the reason."""

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)

    def summary(self) -> str:
        """The line that ends a test run."""
        counts = len(self.passed), len(self.failed), len(self.skipped)
        return "{} passed, {} failed, {} skipped".format(*counts)


def skip_reason(output: str) -> str:
    """Return what a skipped test printed as its reason."""
    lines = [line.strip() for line in output.splitlines()]
    for line in lines:
        if line.startswith("SKIP"):
            return line.removeprefix("SKIP").lstrip(": ") or "no reason given"
    return "no reason given"


def read_junit(path: Path) -> Result:
    """Read ctest's report. A test that could not start is a failure, not a skip."""
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise BuildError(f"ctest left no readable report in {path}: {error}") from error
    result = Result()
    for case in root.iter("testcase"):
        name = case.get("name", "?")
        skipped = case.find("skipped")
        if case.get("status") == "run" and skipped is None:
            result.passed.append(name)
        elif skipped is not None and skipped.get("message", "").startswith("SKIP_"):
            result.skipped[name] = skip_reason(case.findtext("system-out") or "")
        else:
            result.failed.append(name)
    return result


def run_tests(folder: Path, jobs: int, log: Log) -> Result:
    """Run all tests of a build folder, showing ctest's progress."""
    report = log.path.parent / "ctest.xml"
    report.unlink(missing_ok=True)
    options = ["--output-on-failure", "--no-tests=error", "--timeout", "300", f"-j{jobs}"]
    status = log.run(
        "ctest", "--test-dir", str(folder), *options, "--output-junit", str(report), show=True
    )
    result = read_junit(report)
    if status != 0 and not result.failed:
        raise BuildError(f"ctest ended with status {status} although no test failed")
    return result
