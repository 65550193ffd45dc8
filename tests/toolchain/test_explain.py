#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The driver explains what the API table refuses, after clang has failed, and changes nothing else."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

from support import PREFIX, PROGRAM, TRIPLE, DriverTest

DRIVER = str(PREFIX / "bin" / f"{TRIPLE}-cc")
TERMINAL = """\
#if __has_include(<termios.h>) || __has_include(<pwd.h>)
#error these headers exist
#endif
#include <termios.h>
#include <pwd.h>
static struct termios saved;
int f(void);
int f(void) { return tcsetattr(0, TCSANOW, &saved) + (getpwuid(0) != 0); }
"""
NO_TERMINALS = "there are no terminals"
UNRELATED = "#warning first\nint f(void) { return unknown_name; }\n#warning second\n"
LINKING = PROGRAM.replace("#include <stdlib.h>", "void exit(int);").replace(
    "exit(0)", "char getenv(), strcpy(), mine(); exit(getenv() + strcpy() + mine())"
)
# Counts how often it is called to compile, and does what clang does.
COUNTING = """#!/bin/sh
[ "$1" = -dumpversion ] || echo run >>"$COUNT"
exec clang "$@"
"""


class ExplainTest(DriverTest):
    """Compares what the driver prints with what clang prints alone."""

    def both(self, *words: str | Path, **environment: str) -> tuple[str, str]:
        """Run with and without explanations; return clang's messages and what follows them."""
        alone = self.tool("cc", *words, CLOUDABI_EXPLAIN="no", **environment)
        explained = self.tool("cc", *words, **environment)
        self.assertEqual(alone.returncode, explained.returncode)
        self.assertEqual(alone.stdout, explained.stdout)
        self.assertTrue(explained.stderr.startswith(alone.stderr), explained.stderr)
        return alone.stderr, explained.stderr[len(alone.stderr):]

    def files(self) -> dict[str, bytes]:
        """Everything in the test's folder."""
        return {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


class Explained(ExplainTest):
    """What is said, and where."""

    def test_missing_headers(self) -> None:
        self.write("a.c", TERMINAL)
        _, more = self.both("-c", "a.c", "-fno-caret-diagnostics")
        lines = more.splitlines()
        self.assertEqual("a.c:4:10: note: <termios.h> does not exist here: it is for terminals", lines[0])
        self.assertEqual("a.c:5:10: note: <pwd.h> does not exist here: it is for the user database", lines[1])
        for name, place in (("termios", "6:15"), ("tcsetattr", "8:22"), ("TCSANOW", "8:35")):
            found = [line for line in lines if line.startswith(f"a.c:{place}: error: '{name}' is unavailable: ")]
            self.assertEqual(len(found), 1, more)
            self.assertIn(NO_TERMINALS, found[0])
        self.assertIn("a.c:8:55: error: 'getpwuid' is unavailable: ", more)
        self.assertNotIn("these headers exist", more)
        self.assertEqual(len(lines), 6, more)

    def test_source_line_is_shown(self) -> None:
        self.write("a.c", "int f(void);\nint f(void) { return tcdrain(0); }\n")
        messages, more = self.both("-c", "a.c")
        self.assertIn("implicit", messages)
        first, second, third = more.splitlines()
        self.assertTrue(first.startswith("a.c:2:22: error: 'tcdrain' is unavailable: "))
        self.assertEqual(["int f(void) { return tcdrain(0); }", " " * 21 + "^"], [second, third])

    def test_in_a_header_of_the_program(self) -> None:
        self.write("inner.h", "#include <syslog.h>\nstatic int level = LOG_ERR;\n")
        self.write("a.c", '#include "inner.h"\nint f(void) { return level; }\n')
        _, more = self.both("-c", "a.c")
        self.assertIn("inner.h:1:10: note: <syslog.h> does not exist here: it is for the system log\n", more)
        self.assertIn("In file included from a.c:1:\n./inner.h:2:20: error: 'LOG_ERR' is unavailable: ", more)

    def test_structures(self) -> None:
        text = "int f(void);\nint f(void) { struct termios t; return sizeof t + sizeof(struct passwd); }\n"
        self.write("a.c", text)
        for language in ("c", "c++"):
            _, more = self.both("-x", language, "-c", "a.c", "-fno-caret-diagnostics")
            self.assertIn("a.c:2:22: error: 'termios' is unavailable: ", more)

    def test_several_files(self) -> None:
        self.write("a.c", "int a(void) { return tcdrain(0); }\n")
        self.write("b.c", "int b(void) { return fork(); }\n")
        _, more = self.both("-c", "a.c", "b.c", "-fno-caret-diagnostics")
        self.assertRegex(more, r"^a\.c:1:22: error: 'tcdrain' is .*\nb\.c:1:22: error: 'fork' is .*\n$")

    def test_standard_input(self) -> None:
        for text, place in ((TERMINAL, 4), ("#include <termios.h>\n", 1)):
            result = subprocess.run([DRIVER, "-c", "-xc", "-", "-o", str(self.folder / "a.o")], input=text,
                                    capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 1)
            self.assertIn(f"<stdin>:{place}:10: note: <termios.h> does not exist here", result.stderr)
        good = subprocess.run([DRIVER, "-E", "-P", "-xc", "-"], input="int x; // \xe9\n" * 9999, capture_output=True,
                              text=True, check=True)
        self.assertEqual(good.stdout, "int x;\n" * 9999)

    def test_preprocessing(self) -> None:
        self.write("a.c", TERMINAL)
        for words in (["-E"], ["-M"], ["-MM", "-MF", "a.d"]):
            _, more = self.both(*words, "a.c")
            self.assertEqual("a.c:4:10: note: <termios.h> does not exist here: it is for terminals\n", more)

    def test_undefined_symbols(self) -> None:
        self.write("a.c", LINKING)
        self.ok("cc", "-w", "-c", "a.c")
        _, more = self.both("a.o", "-o", "prog")
        self.assertRegex(more, r"^\S+: note: 'getenv' is unavailable: .* \(or build with --compat\)\n"
                               r"\S+: note: 'strcpy' is unavailable: .* \(or build with --compat\)\n$")
        self.assertTrue(self.tool("cc", "-w", "a.c", "-o", "prog").stderr.endswith(more))
        self.write("b.c", "int getenv(void) { return 1; }\nint strcpy(void) { return 1; }\n")
        self.ok("cc", "-w", "-fno-builtin", "-c", "b.c")
        self.assertEqual("", self.both("a.o", "b.o", "-o", "prog")[1])

    def test_compat(self) -> None:
        self.write("a.c", "int f(void) { return (int)strlen(getenv(\"x\")); }\n")
        _, more = self.both("-c", "a.c")
        self.assertIn("'getenv' is unavailable: ", more)
        self.assertEqual("", self.both("--compat", "-c", "a.c")[1])

    def test_own_names(self) -> None:
        """A structure of the program's own is no reason to speak of a function of that name."""
        self.write("a.c", "struct statfs { int x; };\nint f(struct statfs *s) { struct acct; return s->x + y; }\n")
        self.assertEqual("", self.both("-c", "a.c")[1])

    def test_end_of_options(self) -> None:
        self.write("a.c", TERMINAL)
        self.assertIn("'tcsetattr' is unavailable", self.both("-c", "--", "a.c")[1])


class Unchanged(ExplainTest):
    """What has nothing to do with the table."""

    def test_messages(self) -> None:
        self.write("a.c", UNRELATED)
        messages, more = self.both("-c", "a.c")
        self.assertEqual("", more)
        self.assertLess(messages.index("first"), messages.index("second"))
        self.write("a.c", '#include "not_there.h"\n')
        self.assertEqual("", self.both("-c", "a.c")[1])
        self.write("a.c", "#warning careful\nint x;\n")
        self.assertEqual("", self.both("-c", "a.c")[1])
        self.assertEqual("", self.both("-E", "a.c")[1])

    def test_nothing_is_written(self) -> None:
        self.write("a.c", TERMINAL)
        words = ["-c", "a.c", "-o", "x.o", "-MD", "-MP", "-MF", "a.d", "-MJ", "a.json", "-save-temps", "-ftime-trace",
                 "--serialize-diagnostics", "a.dia", "-Wp,-MMD,other.d", "-v"]
        self.tool("cc", *words, CLOUDABI_EXPLAIN="no")
        before = self.files()
        self.assertIn("'tcsetattr' is unavailable", self.tool("cc", *words).stderr)
        self.assertEqual(before, self.files())

    def test_much_to_say(self) -> None:
        self.write("a.c", "".join(f"int f{n}(void) {{ return unknown_{n}; }}\n" for n in range(9000)))
        messages, more = self.both("-c", "a.c", "-ferror-limit=0")
        self.assertGreater(len(messages), 1 << 20)
        self.assertEqual("", more)

    def test_temporary_files(self) -> None:
        (self.folder / "tmp").mkdir()
        self.write("a.c", TERMINAL)
        self.assertNotEqual("", self.both("-c", "a.c", TMPDIR=str(self.folder / "tmp"))[1])
        self.assertEqual([], list((self.folder / "tmp").iterdir()))
        self.assertEqual("", self.both("-c", "a.c", TMPDIR=str(self.folder / "none"))[1])

    def test_closed_input(self) -> None:
        self.write("a.c", "int x;\n")
        subprocess.run(["/bin/sh", "-c", f"exec '{DRIVER}' -c a.c <&-"], cwd=self.folder, check=True)

    def test_number_of_passes(self) -> None:
        """A success costs one run of clang, and so does a failure that the table knows nothing of."""
        clang = self.write("clang-counting", COUNTING)
        clang.chmod(0o755)
        self.write("good.c", "int x;\n")
        self.write("bad.c", UNRELATED)
        self.write("header.c", "#include <termios.h>\n")
        self.write("name.c", "int f(void) { return tcdrain(0); }\n")
        self.write("all.c", TERMINAL)
        for name, most in (("good", 1), ("bad", 1), ("header", 2), ("name", 2), ("all", 4)):
            count = self.folder / f"{name}.count"
            self.tool("cc", "-c", f"{name}.c", CLOUDABI_CLANG=str(clang), COUNT=str(count))
            runs = len(count.read_text().splitlines())
            self.assertLessEqual(runs, most, name)
            self.assertGreaterEqual(runs, min(most, 2), name)


class Terminals(ExplainTest):
    """Colour is as without explanations."""

    def on_terminal(self, *words: str) -> str:
        """Run with a terminal for messages."""
        ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm"}
        environment.pop("NO_COLOR", None)
        with subprocess.Popen([DRIVER, *words], cwd=self.folder, stderr=theirs, env=environment):
            os.close(theirs)
            text = b""
            while True:
                try:
                    text += os.read(ours, 65536)
                except OSError:  # nobody writes any more
                    break
        os.close(ours)
        return text.decode()

    def test_terminal(self) -> None:
        self.write("a.c", TERMINAL)
        cases = (([], True), (["-fno-color-diagnostics"], False), (["-fdiagnostics-color=never"], False))
        for words, coloured in cases:
            text = self.on_terminal("-c", "a.c", *words)
            self.assertIn("does not exist here", text)
            self.assertIn("'tcsetattr' is unavailable", text)
            self.assertEqual(coloured, "\033[" in text, text)
            self.assertEqual(coloured, text.endswith("\033[0m"), text)
        self.write("b.c", LINKING)
        self.assertIn("\033[", self.on_terminal("-w", "b.c").partition("undefined symbol")[0])

    def test_no_terminal(self) -> None:
        self.write("a.c", TERMINAL)
        self.assertNotIn("\033[", "".join(self.both("-c", "a.c")))
        self.assertIn("\033[", self.both("-c", "a.c", "-fcolor-diagnostics")[1])


class Signals(ExplainTest):
    """Who ends the driver ends clang."""

    def test_signals(self) -> None:
        sums = "#define A(x) x+x+x+x+x\n#define B(x) A(A(A(A(x))))\nint f(int y) { return B(B(y)); }\n"
        self.write("slow.c", sums)
        for number, whole_group in ((signal.SIGTERM, False), (signal.SIGHUP, False), (signal.SIGINT, True)):
            with subprocess.Popen([DRIVER, "-O2", "-c", "slow.c"], cwd=self.folder, start_new_session=True) as process:
                clang = self.child(process.pid)
                (os.killpg if whole_group else os.kill)(process.pid, number)
                self.assertEqual(-number, process.wait(timeout=20))
                self.assertFalse(Path(f"/proc/{clang}").exists())
            self.assertFalse((self.folder / "slow.o").exists())

    def child(self, parent: int) -> int:
        """Wait until clang runs."""
        for _ in range(2000):
            for path in Path("/proc").glob("[0-9]*"):
                try:
                    fields = (path / "stat").read_text().rpartition(")")[2].split()
                    if int(fields[1]) == parent and "clang" in os.readlink(path / "exe"):
                        time.sleep(0.1)
                        return int(path.name)
                except OSError:
                    continue
            time.sleep(0.005)
        self.fail("clang was not started")


class Words(ExplainTest):
    """Response files, and the driver's own help."""

    COMPAT = PROGRAM.replace("exit(0)", "char b[9]; exit(*strcpy(b, TEXT))").replace(
        "<stdlib.h>", "<stdlib.h>\n#include <string.h>"
    )

    def test_response_file(self) -> None:
        self.write("a b.c", self.COMPAT)
        self.write("words", r"""--compat -DTEXT=\"it\'s\" "a b.c" '-o' "the \"program\""
""")
        self.ok("cc", "@words")
        self.assertTrue((self.folder / 'the "program"').is_file())
        self.write("outer", "-c\n@inner\n")
        self.write("inner", "--compat -DTEXT=0 a\\ b.c -o a.o")
        self.ok("cc", "@outer")
        self.ok("cc", "--compat", "a.o", "-o", "prog")
        self.assertNotEqual(0, self.tool("cc", "@missing").returncode)

    def test_help(self) -> None:
        text = self.ok("cc", "--help")
        self.assertIn("--compat", text)
        self.assertIn("CLOUDABI_CLANG", text)
        self.assertIn("CLOUDABI_EXPLAIN", text)
        self.assertLess(text.index("--compat"), text.index("USAGE: clang"))

    def test_other_shells(self) -> None:
        self.write("a.c", TERMINAL)
        wanted = self.tool("cc", "-c", "a.c").stderr
        for words in (["bash", "--posix"], ["busybox", "sh"], ["ksh"], ["zsh", "--emulate", "sh"]):
            if shutil.which(words[0]):
                result = subprocess.run([*words, DRIVER, "-c", "a.c"], cwd=self.folder, capture_output=True, text=True,
                                        check=False)
                self.assertEqual((1, wanted), (result.returncode, result.stderr), words)


if __name__ == "__main__":
    unittest.main()
