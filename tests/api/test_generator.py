#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The generator: its output against goldens, and the mistakes in the data that it must refuse."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "include"))

from api import generate, table  # noqa: E402

SAMPLE = [
    table.Row("fcntl.h", "open", "remove", "function", frozenset({"posix", "musl"}), "", "ambient-fs",
              "no global file namespace; use openat()", "int open(const char *, int, ...)", False, "sample:1"),
    table.Row("fcntl.h", "creat64", "remove", "function+macro", frozenset({"musl"}), "lfs", "ambient-fs",
              'it said "64"; use openat()', "int creat64(const char *, mode_t)", False, "sample:2"),
    table.Row("fcntl.h", "stat", "remove", "function", frozenset({"posix"}), "lfs", "ambient-fs",
              "no global file namespace; use openat()", "int stat(const char *, struct stat *)", False, "sample:4"),
    table.Row("fcntl.h", "optarg", "compat", "object", frozenset({"musl"}), "gnu", "ambient-process",
              "there is no argv; leave it out", "extern char *optarg", False, "sample:3"),
]
STATUS = {"open": "remove", "openat": "keep", "fopenat": "add", "strcpy": "compat"}


class Goldens(unittest.TestCase):
    def compare(self, name: str, text: str) -> None:
        self.assertEqual((HERE / "golden" / name).read_text(encoding="utf-8"), text)

    def test_refusals(self) -> None:
        ordered = sorted(SAMPLE, key=lambda row: (row.status, row.when, row.name))
        self.compare("refusals.h", generate.refusals(ordered))

    def test_prologue(self) -> None:
        self.compare("prologue.h", generate.hiding(SAMPLE, generate.hide_lines))

    def test_nothing_to_refuse(self) -> None:
        self.assertEqual("", generate.refusals([]))
        self.assertEqual("", generate.unavailable_block("stdbool.h"))


class Faults(unittest.TestCase):
    """Each row here must be refused, with a text that names what is wrong."""

    def refuse(self, expected: str, **change: object) -> None:
        row = SAMPLE[0]._replace(**change)
        status = STATUS | {row.name: row.status}
        with self.assertRaises(table.TableError) as caught:
            table.check_row(row, status)
        self.assertIn(expected, str(caught.exception))

    def test_sound_row(self) -> None:
        table.check_row(SAMPLE[0], STATUS)

    def test_replacement_that_is_removed(self) -> None:
        self.refuse("recommends open(), which is remove", sentence="no reason; use open()", name="creat",
                    declaration="int creat(const char *, mode_t)")

    def test_replacement_that_is_compat(self) -> None:
        self.refuse("recommends strcpy(), which is compat", sentence="no reason; use strcpy()")

    def test_replacement_that_is_unknown(self) -> None:
        self.refuse("recommends opennat(), which is unknown", sentence="no reason; use opennat()")

    def test_sentence_without_advice(self) -> None:
        self.refuse("why; what instead", sentence="no global file namespace")

    def test_sentence_too_long(self) -> None:
        self.refuse("at most", sentence="why; " + "x" * 200)

    def test_unknown_words(self) -> None:
        self.refuse("status 'gone'", status="gone")
        self.refuse("conditions.tsv", when="sometimes")
        self.refuse("reasons.tsv", reason="dislike")
        self.refuse("headers.tsv", header="nowhere.h")
        self.refuse("kind 'verb'", kind="verb")
        self.refuse("not an identifier", name="open()")

    def test_declaration(self) -> None:
        self.refuse("declares something else", declaration="int close(int)")
        self.refuse("needs a declaration", declaration="")
        self.refuse("begin with extern", kind="object", declaration="char *open")
        self.refuse("is not installed", header="termios.h")

    def test_reason_for_what_is_offered(self) -> None:
        self.refuse("no reason", status="keep")

    def test_row_in_a_header_kept_whole(self) -> None:
        kept = {"name": "EM_386", "status": "keep", "kind": "constant", "reason": "", "sentence": "", "declaration": ""}
        self.refuse("all values of <elf.h> are kept", header="elf.h", **kept)
        table.check_row(SAMPLE[0]._replace(**kept | {"header": "fcntl.h"}), STATUS)

    def test_header(self) -> None:
        sound = table.Header("fcntl.h", True, "musl", "rows", "")
        self.assertIsNone(table.header_fault(sound))
        self.assertIsNone(table.header_fault(sound._replace(installed=False, values="none")))
        for change, expected in (({"source": "glibc"}, "source 'glibc'"), ({"values": "some"}, "values 'some'"),
                                 ({"values": "none"}, "not installed"), ({"installed": False}, "not installed"),
                                 ({"source": "none"}, "comes from somewhere")):
            self.assertIn(expected, table.header_fault(sound._replace(**change)) or "")


class Files(unittest.TestCase):
    """Mistakes in a data file are told with its path and line."""

    def read(self, text: str) -> list[tuple[str, dict[str, str]]]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "data.tsv")
            path.write_text(text, encoding="utf-8")
            return table.read_records(path, ("name", "meaning"))

    def test_fields(self) -> None:
        ((place, field),) = self.read("name\tmeaning\na\t-\n")
        self.assertTrue(place.endswith("data.tsv:2"))
        self.assertEqual({"name": "a", "meaning": ""}, field)

    def test_wrong_columns(self) -> None:
        with self.assertRaisesRegex(table.TableError, r"data\.tsv:1: expected the columns name, meaning"):
            self.read("name\tsense\n")
        with self.assertRaisesRegex(table.TableError, r"data\.tsv:1"):
            self.read("")

    def test_missing_field(self) -> None:
        with self.assertRaisesRegex(table.TableError, r"data\.tsv:3: 1 fields, expected 2"):
            self.read("name\tmeaning\na\tb\nc\n")


class Whole(unittest.TestCase):
    def test_table_is_sound(self) -> None:
        self.assertGreater(len(table.rows()), 2000)

    def test_each_sentence_is_its_own(self) -> None:
        """In headers that are there, a sentence shared by several names would be too general."""
        seen: dict[str, list[str]] = {}
        for row in table.rows():
            if row.declaration and not row.also:
                seen.setdefault(row.sentence, []).append(row.name)
        shared = {sentence: names for sentence, names in seen.items() if len(names) > 2}
        self.assertEqual({}, shared)


if __name__ == "__main__":
    unittest.main()
