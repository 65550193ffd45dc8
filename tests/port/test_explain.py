#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""`cloudabi-port explain` says of every name of the table what the compiler says, and more."""

from __future__ import annotations

import sys
import unittest

from support import ROOT, PortTest, main

sys.path.insert(0, str(ROOT / "include"))

from api.table import headers, rows  # noqa: E402


class Explain(PortTest):
    def explain(self, *names: str, status: int) -> str:
        result = self.port("explain", *names)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        self.assertEqual(result.stderr == "", status != 2, result.stderr)
        return result.stdout

    def facts(self, text: str) -> dict[str, str]:
        """The first name's lines, put together again."""
        found: dict[str, str] = {}
        key = ""
        for line in text.split("\n\n")[0].splitlines()[1:]:
            key = line[2:11].strip() or key
            found[key] = f"{found.get(key, '')} {line[11:]}".strip()
        return found

    def test_refused(self) -> None:
        text = self.explain("getpid", status=1)
        facts = self.facts(text)
        self.assertEqual((facts["status"], facts["kind"], facts["header"]),
                         ("refused", "function of POSIX", "<unistd.h>"))
        self.assertEqual(facts["why"], "there are no process numbers")
        self.assertIn("program_getpid()", facts["instead"])
        self.assertTrue(facts["needs"].startswith("process: "))
        self.assertRegex(facts["guide"], r"/guide\.md#process$")
        self.assertIn("\nProcess\n\nThere are no process numbers, and", text)
        self.assertIn("\nBefore:\n\n    #include", text)
        self.assertNotIn("```", text)

    def test_compat(self) -> None:
        facts = self.facts(self.explain("strcpy()", status=1))
        self.assertIn("--compat", facts["status"])
        self.assertIn("strlcpy()", facts["instead"])

    def test_offered(self) -> None:
        text = self.explain("openat", "memcpy", status=0)
        self.assertEqual(text, "openat\n  status   offered\n  kind     function of POSIX\n  header   <fcntl.h>\n\n"
                               "memcpy\n  status   offered\n  kind     function of C and POSIX\n"
                               "  header   <string.h>\n")

    def test_headers(self) -> None:
        for name in ("pwd.h", "<pwd.h>"):
            facts = self.facts(self.explain(name, status=1))
            self.assertEqual(facts["status"], "refused")
            self.assertIn("getpwnam", facts["names"])
        facts = self.facts(self.explain("string.h", status=0))
        self.assertEqual(facts["status"], "offered")
        self.assertIn("strcpy", facts["names"])

    def test_a_paragraph_is_printed_once(self) -> None:
        text = self.explain("fork", "getpid", "openat", status=1)
        self.assertEqual(text.count("\nProcess\n"), 1)
        self.assertEqual([line for line in text.splitlines() if line in ("fork", "getpid", "openat")],
                         ["fork", "getpid", "openat"])

    def test_unknown(self) -> None:
        result = self.port("explain", "getpidd", "Pwd.h", "frobnicate_it", "openat")
        self.assertEqual(result.returncode, 2)
        lines = result.stderr.splitlines()
        self.assertEqual(len(lines), 3)
        self.assertRegex(lines[0], r"'getpidd' is not in the API table, .*similar names:.* getpid\b")
        self.assertIn("<pwd.h>", lines[1])
        self.assertTrue(lines[2].endswith("so nothing refuses it"), lines[2])
        self.assertTrue(result.stdout.startswith("openat\n"))

    def test_bad_input(self) -> None:
        for words in ((), ("--colour", "x")):
            result = self.port("explain", *words)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn("usage: cloudabi-port explain", result.stderr)
        for word in ("", "()", "<>", "é", "a b c", "'", "x" * 10000, "(" * 1000):
            self.assertEqual(self.port("explain", word).returncode, 2, word[:20])

    def test_the_whole_table(self) -> None:
        """Every name, in one call: each with its own sentence."""
        table = [row for row in rows() if not row.also]
        text = self.port("explain", *(row.name for row in table), *headers()).stdout
        blocks = {block.split("\n")[0]: self.facts(block) for block in text.split("\n\n") if "\n  status   " in block}
        for row in table:
            facts = blocks[row.name]
            self.assertEqual(facts["status"].startswith("refused"), row.status in ("compat", "remove"), row.name)
            self.assertIn(f"<{row.header}>", facts["header"])
            if row.sentence:
                self.assertEqual(f"{facts['why']}; {facts['instead']}", row.message)
                self.assertIn("#", facts["guide"])
        for header in headers().values():
            expected = "offered" if header.installed else "refused"
            self.assertEqual(blocks[f"<{header.header}>"]["status"], expected)


if __name__ == "__main__":
    main()
