#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The steps of a build and the counting of tests, with a real CMake project of a few lines."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from building import BuildError  # noqa: E402
from building.steps import Log, Step, run_steps  # noqa: E402
from building.tasks import Builder  # noqa: E402
from building.testing import run_tests  # noqa: E402

PROJECT = """\
cmake_minimum_required(VERSION 3.25)
project(demo NONE)
enable_testing()
add_test(NAME good COMMAND true)
add_test(NAME bad COMMAND false)
add_test(NAME skipped COMMAND sh -c "echo SKIP: no moon tonight; exit 77")
add_test(NAME loud COMMAND sh -c "echo nothing; exit 77")
add_test(NAME gone COMMAND /nonexistent/program)
add_test(NAME slow COMMAND sleep 30)
set_tests_properties(skipped loud PROPERTIES SKIP_RETURN_CODE 77)
set_tests_properties(slow PROPERTIES TIMEOUT 1)
install(FILES ${CMAKE_CURRENT_SOURCE_DIR}/CMakeLists.txt DESTINATION share)
if(EXTRA)
  install(FILES ${CMAKE_CURRENT_SOURCE_DIR}/CMakeLists.txt DESTINATION extra)
endif()
"""


class StepsTest(unittest.TestCase):
    """Gives each test a folder and a log."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="steps-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.log = self.new_log()
        self.output = io.StringIO()
        self.errors = io.StringIO()
        stack = contextlib.ExitStack()
        stack.enter_context(contextlib.redirect_stdout(self.output))
        stack.enter_context(contextlib.redirect_stderr(self.errors))
        self.addCleanup(stack.close)

    def new_log(self) -> Log:
        """Start a log, as a new build would."""
        log = Log(self.folder / "log" / "build.log")
        self.addCleanup(log.stream.close)
        return log

    def test_progress(self) -> None:
        done: list[int] = []
        steps = [Step("one", lambda: done.append(1)), Step("two", lambda: done.append(2))]
        run_steps(steps, self.log)
        self.assertEqual(done, [1, 2])
        self.assertRegex(self.output.getvalue(), r"^\[1/2\] one [0-9.]+ s\n\[2/2\] two [0-9.]+ s\n")

    def test_failing_step_ends_the_build(self) -> None:
        done: list[int] = []
        failing = Step("break", lambda: self.shell("seq 100; exit 3"))
        with self.assertRaises(BuildError) as caught:
            run_steps([failing, Step("later", lambda: done.append(1))], self.log)
        self.assertEqual(done, [])
        self.assertIn("break: sh failed", str(caught.exception))
        self.assertIn(str(self.log.path), str(caught.exception))
        tail = self.errors.getvalue().splitlines()
        self.assertEqual(tail[-1], "100")
        self.assertNotIn("50", tail)
        self.assertIn("\n50\n", self.log.path.read_text())

    def shell(self, script: str) -> None:
        """Run a script as a step would."""
        self.log.check("sh", "-c", script)

    def test_missing_program(self) -> None:
        with self.assertRaises(BuildError) as caught:
            self.log.check("/nonexistent/tool")
        self.assertIn("cannot run /nonexistent/tool: No such file", str(caught.exception))

    def test_previous_log_is_kept(self) -> None:
        self.shell("echo first run")
        self.new_log()
        previous = self.log.path.with_suffix(".previous.log")
        self.assertIn("first run", previous.read_text())

    def builder(self) -> Builder:
        """A builder in the scratch folder."""
        prefix = self.folder / "prefix"
        return Builder(self.folder, prefix, "x86_64", 2, "", self.log)

    def project(self) -> Builder:
        """Configure the small project."""
        (self.folder / "CMakeLists.txt").write_text(PROJECT, encoding="utf-8")
        builder = self.builder()
        builder.configure(self.folder, "host", {"CMAKE_INSTALL_PREFIX": str(builder.prefix)})
        return builder

    def test_counting(self) -> None:
        builder = self.project()
        result = run_tests(builder.build_folder("host"), 4, self.log)
        self.assertEqual(result.passed, ["good"])
        self.assertEqual(sorted(result.failed), ["bad", "gone", "slow"])
        reasons = {"skipped": "no moon tonight", "loud": "no reason given"}
        self.assertEqual(result.skipped, reasons)
        self.assertEqual(result.summary(), "1 passed, 3 failed, 2 skipped")

    def test_no_tests_is_a_failure(self) -> None:
        (self.folder / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(demo NONE)\nenable_testing()\n"
        )
        builder = self.builder()
        builder.configure(self.folder, "host", {})
        with self.assertRaises(BuildError):
            run_tests(builder.build_folder("host"), 1, self.log)

    def test_configured_once(self) -> None:
        builder = self.project()
        ninja = builder.build_folder("host") / "build.ninja"
        os.utime(ninja, (1, 1))
        self.project()
        self.assertEqual(ninja.stat().st_mtime, 1, "configured again without a reason")
        builder.configure(self.folder, "host", {"EXTRA": "ON"})
        self.assertGreater(ninja.stat().st_mtime, time.time() - 60)

    def test_install_removes_what_is_gone(self) -> None:
        builder = self.project()
        options = {"CMAKE_INSTALL_PREFIX": str(builder.prefix)}
        builder.configure(self.folder, "host", {**options, "EXTRA": "ON"})
        builder.install("host")
        extra = builder.prefix / "extra" / "CMakeLists.txt"
        self.assertTrue(extra.is_file())
        builder.configure(self.folder, "host", options)
        builder.install("host")
        self.assertFalse(extra.exists())
        self.assertTrue((builder.prefix / "share" / "CMakeLists.txt").is_file())


if __name__ == "__main__":
    unittest.main()
