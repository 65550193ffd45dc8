#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How a program ends: statuses, signals, and what it leaves behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import harness

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from processes import started_as  # noqa: E402


class Lifecycle(harness.Test):
    def running(self, command: str, **options: Any) -> subprocess.Popen[bytes]:
        process = self.start("[!fd stdout]", command, **options)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.addCleanup(self.end_leftovers)
        assert process.stdout is not None
        self.assertEqual(process.stdout.readline(), b"ready\n")
        return process

    def end_leftovers(self) -> None:
        """Only a failed test has any; they would hold its pipes open."""
        for pid in started_as(self.name()):
            os.kill(pid, signal.SIGKILL)

    def name(self) -> str:
        return str(self.folder / "program")

    def assert_nothing_is_left(self) -> None:
        deadline = time.monotonic() + 10
        while started_as(self.name()):
            self.assertLess(time.monotonic(), deadline, "processes of the sandbox are left")
            time.sleep(0.01)

    def test_exit_status(self) -> None:
        for status, expected in ((0, 0), (1, 1), (126, 126), (255, 255), (256, 0), (511, 255)):
            self.assertEqual(self.run_program("", f"exit {status}").returncode, expected)

    def test_status_127_of_the_program_is_silent(self) -> None:
        result = self.run_program("", "exit 127")
        self.assertEqual((result.returncode, result.stderr), (127, b""))

    def test_crash(self) -> None:
        result = self.run_program("", "crash")
        self.assertEqual((result.returncode, result.stderr), (128 + signal.SIGILL, b""))

    def test_signals_are_forwarded(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1):
            with self.subTest(number):
                process = self.running("hang")
                process.send_signal(number)
                self.assertEqual(process.wait(harness.TIMEOUT), 128 + number)
                self.assert_nothing_is_left()

    def test_signal_to_the_program(self) -> None:
        process = self.running("hang")
        for pid in started_as(self.name()):
            os.kill(pid, signal.SIGKILL)
        self.assertEqual(process.wait(harness.TIMEOUT), 128 + signal.SIGKILL)

    def test_ignored_hangup_stays_ignored(self) -> None:
        process = self.running("hang", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        process.send_signal(signal.SIGHUP)
        for pid in started_as(self.name()):
            os.kill(pid, signal.SIGHUP)
        time.sleep(0.1)
        self.assertIsNone(process.poll())

    def test_ignored_child_signal_and_mask_do_no_harm(self) -> None:
        def prepare() -> None:
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGCHLD})

        self.assertEqual(self.run_program("", "exit 9", preexec_fn=prepare).returncode, 9)
        process = self.running("hang", preexec_fn=prepare)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(harness.TIMEOUT), 128 + signal.SIGTERM)

    def test_closed_pipe_is_no_signal(self) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        result = self.run_program(f"[!fd stdout, !fd {writer}]", "write", pass_fds=[writer])
        os.close(writer)
        self.assertEqual(result.returncode, 32, "EPIPE is an error number, not a signal")

    def test_launcher_keeps_nothing_open(self) -> None:
        process = self.running("close")
        assert process.stdout is not None
        self.assertTrue(select.select([process.stdout], [], [], harness.TIMEOUT)[0], "no end of the pipe")
        self.assertEqual(process.stdout.read(), b"")
        self.assertIsNone(process.poll())
        # /dev/null in the place of standard input and output; in full mode it is the pipe.
        own = {"anon_inode:seccomp notify"} | ({"/dev/null"} if harness.STRICT else set())
        held: set[str] = set()
        pipes: set[str] = set()
        end = time.monotonic() + harness.TIMEOUT
        # It may still be about to close the others.
        while (held, len(pipes)) != (own, 2) and time.monotonic() < end:
            links = {os.readlink(entry) for entry in Path(f"/proc/{process.pid}/fd").iterdir()}
            pipes = {name for name in links if name.startswith("pipe:")}
            held = links - pipes
        self.assertEqual((held, len(pipes)), (own, 2), "standard error and the status pipe")

    def test_program_ends_with_its_launcher(self) -> None:
        process = self.running("hang")
        self.assertEqual(len(started_as(self.name())), 1)
        process.kill()
        process.wait(harness.TIMEOUT)
        self.assert_nothing_is_left()

    def test_children_end_with_the_program(self) -> None:
        process = self.running("leave")
        self.assertEqual(process.wait(harness.TIMEOUT), 0)
        self.assertEqual(started_as(self.name()), [])

    def test_children_that_run_away(self) -> None:
        process = self.running("survive")
        self.assertEqual(process.wait(harness.TIMEOUT), 0)
        self.assertEqual(started_as(self.name()), [])

    def test_children_of_others_stay(self) -> None:
        # The shell starts a job and then becomes the launcher, whose child the job now is.
        program = self.program("leave")
        (self.folder / "config.yaml").write_text("[!fd stdout]")
        command = " ".join(self.command("--config", "config.yaml", program))
        script = f"sleep 60 >&2 & echo $!; (sleep 61 >&2 & echo $!); exec {command}"
        result = subprocess.run(
            ["sh", "-c", script], cwd=self.folder, stdout=subprocess.PIPE, timeout=harness.TIMEOUT, check=False
        )
        child, orphan, ready = result.stdout.split()
        self.assertEqual((result.returncode, ready), (0, b"ready"))
        self.assertEqual(started_as(self.name()), [])
        for pid, seconds in ((int(child), b"60"), (int(orphan), b"61")):
            self.assertEqual(Path(f"/proc/{pid}/cmdline").read_bytes(), b"sleep\0" + seconds + b"\0")
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    harness.main()
