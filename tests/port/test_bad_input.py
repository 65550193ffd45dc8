#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What goes wrong is said; what was found is kept; memory stays bounded."""

from __future__ import annotations

import json
import subprocess
import sys
import unittest

from support import CC, COMMAND, ROOT, PortTest, main

sys.path.insert(0, str(ROOT / "tools"))

from port.state import State  # noqa: E402

HUGE = 100 * 1024 * 1024
MOST_MEMORY = 200 * 1024  # KiB
USE = "int a(void) { return getpid(); }\n"


class BadInput(PortTest):
    def failing(self, *words: str, **environment: str) -> str:
        """Run the assistant, which must fail itself: one sentence, status 2."""
        result = self.port(*words, **environment)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("cloudabi-port: "), result.stderr)
        return result.stderr

    def test_sentences(self) -> None:
        self.assertIn("run the build first", self.failing("report"))
        self.assertIn("cannot run 'no-such-tool'", self.failing("no-such-tool"))
        self.assertIn("unknown option '--colour'", self.failing("--colour"))
        self.assertIn("no toolchain", self.failing("--prefix", str(self.folder), "make"))
        self.assertIn("cannot read the log", self.failing("report", "--log", "absent.log"))
        self.write("script.sh", "exit 0\n")
        self.assertIn("make it executable", self.failing("./script.sh"))
        self.write("a.c", USE)
        self.built("cc", "-c", "a.c")
        self.assertIn("cannot write", self.failing("report", "--output", "no/such/folder"))
        (self.folder / ".cloudabi-port/settings.json").write_text("{")
        damaged = subprocess.run([self.folder / ".cloudabi-port/plain/cc", "-c", "a.c"], cwd=self.folder, text=True,
                                 capture_output=True, check=False)
        self.assertEqual(damaged.returncode, 1)
        self.assertIn("is damaged", damaged.stderr)

    def test_help(self) -> None:
        for words in (("--help",), ("report", "--help"), ("forget", "--help")):
            result = self.port(*words)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertIn("usage: cloudabi-port", result.stdout)
        self.assertEqual(self.port().returncode, 2)

    def test_build_folder_is_named(self) -> None:
        (self.folder / "out").mkdir()
        self.write("a.c", USE)
        self.port("cc", "-c", "../a.c", cwd=self.folder / "out")
        self.assertIn(f"give --build {self.folder}/out", self.failing("report"))

    def test_a_build_that_fails_for_another_reason(self) -> None:
        self.write("a.c", "#include <unistd.h>\n" + USE)
        self.write("b.c", '#include "generated.h"\nint b = no_such_thing;\nint c = }\n')
        self.write("Makefile", "all: a.o b.o last\n%.o: %.c\n\t$(CC) -c $<\nlast:\n\texit 3\n")
        result = self.port("make")
        self.assertEqual(result.returncode, 2)  # make's own
        self.assertIn("ended with status 2", result.stderr)
        found = self.report(status=1)
        self.assertEqual(self.uses(found), [("a.c", 2, "getpid")])
        self.assertFalse(found["complete"])
        self.assertTrue(any("did not compile or link" in text for text in found["incomplete"]), found["incomplete"])
        self.assertTrue(any("'make' ended with status 2" in text for text in found["incomplete"]))
        errors = sorted({(error["file"], error["line"]) for error in found["otherErrors"]})
        self.assertEqual(errors, [("b.c", 1), ("b.c", 2), ("b.c", 3)])
        # Without any use there is no answer, which is not the answer "none".
        (self.folder / "a.c").unlink()
        self.assertFalse(self.report(status=2)["uses"])

    def test_link_errors_of_other_kinds(self) -> None:
        self.write("a.c", "int missing(void);\nint main(void) { return missing(); }\n")
        self.built("cc", "-c", "a.c")
        self.built("cc", "-o", "a", "a.o")
        found = self.report(status=2)
        self.assertEqual([error["message"] for error in found["otherErrors"]], ["undefined symbol: missing"])
        self.built("cc", "-shared", "-o", "a.so", "a.o")
        messages = [error["message"] for error in self.report(status=2)["otherErrors"]]
        self.assertTrue(any("no dynamic linking" in message for message in messages), messages)

    def test_no_compile_commands(self) -> None:
        self.write("Makefile", "all:\n\t@echo nothing to do\n")
        result = self.port("make")
        self.assertEqual(result.returncode, 0)
        self.assertIn("no compilation went through the driver", result.stderr)
        self.assertIn("no compilation went through the driver", self.report(status=2)["incomplete"][0])
        self.write("Makefile", "all:\n\t/bin/sh -c true\n")
        self.assertIn("full path", self.port("make").stderr)

    def test_a_placeholder_that_is_run(self) -> None:
        self.write("gen.c", '#include <stdio.h>\nint main(void) { puts("x"); return 0; }\n')
        self.write("Makefile", "all: gen\n\t./gen > out.h\ngen: gen.c\n\t$(CC) -o gen gen.c\n")
        self.assertEqual(self.port("make").returncode, 2)
        notes = self.report(status=1)["notes"]
        self.assertTrue(any(f"{self.folder}/gen, which is a placeholder" in note for note in notes), notes)

    def test_a_damaged_journal(self) -> None:
        self.write("a.c", "#include <unistd.h>\n" + USE)
        self.write("b.c", "#include <unistd.h>\n" + USE)
        self.built("cc", "-c", "a.c")
        journal = self.folder / ".cloudabi-port/journal.jsonl"
        with journal.open("ab") as file:
            file.write(b'[]\n{"t":3}\n{"t":"unit"}\n\xff\xfe\n{"t":"unit","uses":[["use","' )
        self.built("cc", "-c", "b.c")
        found = self.report(status=1)
        self.assertEqual(self.uses(found), [("a.c", 2, "getpid"), ("b.c", 2, "getpid")])
        self.assertTrue(any("cut short" in note for note in found["notes"]), found["notes"])
        (self.folder / ".cloudabi-port/report.db").write_bytes(b"no database" * 1000)
        self.assertEqual(self.uses(self.report(status=1)), self.uses(found))

    def test_many_writers(self) -> None:
        (self.folder / ".cloudabi-port").mkdir()
        script = ("import sys; sys.path.insert(0, sys.argv[1]); from port.state import State; "
                  "from pathlib import Path\nfor n in range(200): State(Path(sys.argv[2])).append("
                  "{'t': 'x', 'n': n, 'pad': 'y' * (n * 97)})")
        folder = self.folder / ".cloudabi-port"
        children = [subprocess.Popen([sys.executable, "-c", script, ROOT / "tools", folder]) for _ in range(6)]
        self.assertEqual([child.wait() for child in children], [0] * 6)
        records = [record for _, record in State(folder).records()]
        self.assertEqual(len(records), 1200)
        self.assertNotIn(None, records)

    def measured(self, *words: str) -> tuple[int, str, int]:
        """Run the assistant and return its status, output and peak memory in KiB."""
        code = ("import resource, subprocess, sys; s = subprocess.run(sys.argv[1:]).returncode; "
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(s)")
        result = subprocess.run([sys.executable, "-c", code, *COMMAND, *words], cwd=self.folder, text=True,
                                capture_output=True, check=False)
        return result.returncode, result.stdout, int(result.stderr.splitlines()[-1])

    def test_a_log_that_tells_nothing(self) -> None:
        self.write("a.log", "cc -c a.c\nld.lld: error: undefined symbol: nothing\n\0\xff: error: \n")
        found = self.report("--log", "a.log", status=2)
        self.assertIn("3 lines of log name no refused use", found["incomplete"][0])
        self.assertIn("undefined symbol: nothing", [error["message"] for error in found["otherErrors"]])

    def test_a_log_of_the_driver(self) -> None:
        """With the driver's explanations, which name what clang did not come to."""
        self.write("a.c", "#include <pwd.h>\n#include <termios.h>\nstruct passwd a;\nint b = ECHO;\n")
        said = subprocess.run([CC, "-c", "a.c"], cwd=self.folder, capture_output=True, text=True, check=False).stderr
        self.write("a.log", said)
        found = self.report("--log", "a.log", status=1)
        self.assertEqual(self.uses(found), [("a.c", line, name) for line, name in (
            (1, "<pwd.h>"), (2, "<termios.h>"), (3, "struct passwd"), (4, "ECHO"))])
        self.assertIn(f"{len(said.splitlines())} lines of log; with", self.port("report", "--log", "a.log").stdout)

    def test_a_huge_log(self) -> None:
        sentence = "there are no process numbers; program_getpid() gives a UUID unique to the process"
        with (self.folder / "huge.log").open("w") as file:
            block = [f"make[1]: Entering directory '/x'\n{'gcc -O2 -Wall ' * 20}-c f{number}.c\n"
                     f"f{number}.c:{line}:3: error: 'getpid' is unavailable: {sentence}\n"
                     for number in range(100) for line in range(1, 11)]
            text = "".join(block)
            while file.tell() < HUGE - 8 * 1024 * 1024:
                file.write(text)
            file.write("x" * (8 * 1024 * 1024) + "\n")  # no line end for long
            file.write("last.c:1:1: fatal error: 'pwd.h' file not found\nld.lld: error: undefined symbol: fork\n"
                       ">>> referenced by x.c:7\n")
        self.assertGreater((self.folder / "huge.log").stat().st_size, HUGE)
        status, output, memory = self.measured("report", "--log", "huge.log", "--format", "json")
        found = json.loads(output)
        self.assertEqual(status, 1)
        self.assertEqual(found["totals"]["uses"], 1002)
        self.assertIn(("last.c", 1, "<pwd.h>"), self.uses(found))
        self.assertIn(("x.c", 7, "fork"), self.uses(found))
        self.assertLess(memory, MOST_MEMORY)

    def test_a_huge_journal_of_different_uses(self) -> None:
        self.write("a.c", "int a;\n")
        self.built("cc", "-c", "a.c")
        path = str(self.folder / "a.c")
        total = 0
        with (self.folder / ".cloudabi-port/journal.jsonl").open("a") as file:
            for unit in range(100):
                uses = [["use", path, unit * 1000 + line, 1, "getpid"] for line in range(1000)]
                file.write(json.dumps({"t": "unit", "source": path, "output": f"{unit}.o", "uses": uses, "other": [],
                                       "run": 1}) + "\n")
                total += len(uses)
        status, output, memory = self.measured("report", "--format", "sarif")
        self.assertEqual((status, len(json.loads(output)["runs"][0]["results"])), (1, total))
        self.assertLess(memory, MOST_MEMORY)


if __name__ == "__main__":
    main()
