#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The reference says of each name what the API table says, on the pages of its headers and nowhere else."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from support import CC, INCLUDE, ROOT, groff, main, need, page, words

from api.table import headers, reasons, rows

TOOL = ROOT / "tools" / "make_reference.py"
API = ROOT / "include" / "api"
OVERVIEWS = {"index.html", "names.html", "numbers.html", "guide.html"}


def run(out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    resources = subprocess.run([CC, "-print-resource-dir"], capture_output=True, text=True, check=True).stdout.strip()
    command = [sys.executable, str(TOOL), "--include", str(INCLUDE), "--compiler-include", f"{resources}/include"]
    return subprocess.run([*command, "--out", str(out), *more], capture_output=True, text=True, check=False)


def entries(document: ElementTree.Element) -> dict[str, tuple[str, ElementTree.Element]]:
    """Each name on the page of a header, with the text of its entry and its line."""
    found = {}
    for entry in document.iter("div"):
        if entry.get("class") == "entry":
            for line in entry.iter("li"):
                found[line.get("id", "").replace("-", " ")] = (words(entry), line)
    return found


def badges(document: ElementTree.Element) -> dict[str, list[str | None]]:
    """The status that each name is given: in its line, or for all lines of its entry."""
    found = {}
    for entry in document.iter("div"):
        if entry.get("class") == "entry":
            common = [span.text for child in entry.findall("p") for span in child.findall("span")]
            for line in entry.iter("li"):
                found[line.get("id", "").replace("-", " ")] = [span.text for span in line.iter("span")] + common
    return found


def seen(sentence: str) -> str:
    """A sentence as a reader sees it."""
    return " ".join(sentence.replace("`", "").split())


class Reference(unittest.TestCase):
    folder: Path
    pages: dict[str, ElementTree.Element]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="reference-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        result = run(cls.folder)
        if result.returncode != 0:
            raise AssertionError(result.stderr)
        cls.html = cls.folder / "doc" / "cloudabi" / "reference"
        cls.manual = cls.folder / "man" / "man3"
        cls.pages = {path.name: page(path) for path in sorted(cls.html.iterdir())}

    @staticmethod
    def file(header: str) -> str:
        return header.replace("/", "_") + ".html"

    def test_each_header_has_a_page(self) -> None:
        self.assertEqual(set(self.pages), {self.file(name) for name in headers()} | OVERVIEWS)
        for name, header in headers().items():
            text = words(self.pages[self.file(name)])
            self.assertIn(f"<{name}>", text)
            state = "This header is installed." if header.installed else "This header is not installed."
            self.assertIn(state, text, name)
            self.assertIn(header.note.lower(), text.lower(), name)

    def test_each_row_is_on_its_page_and_on_no_other(self) -> None:
        there = {(file, name) for file, document in self.pages.items() if file not in OVERVIEWS
                 for name in entries(document)}
        self.assertEqual(there, {(self.file(row.header), row.name) for row in rows()})
        lines = [line for document in self.pages.values() for entry in document.iter("div")
                 if entry.get("class") == "entry" for line in entry.iter("li")]
        self.assertEqual(len(lines), len(rows()))
        print(f"rows on their page: {len(lines)}/{len(rows())}")

    def test_each_row_has_its_status_and_sentence(self) -> None:
        all_entries = {file: entries(document) for file, document in self.pages.items()}
        labels = {file: badges(document) for file, document in self.pages.items()}
        for row in rows():
            text, line = all_entries[self.file(row.header)][row.name]
            self.assertEqual(labels[self.file(row.header)][row.name], [row.status], row)
            code = line.find("code")
            assert code is not None
            self.assertIn(row.identifier, re.findall(r"\w+", words(code)), row)
            if row.status in ("compat", "remove"):
                self.assertIn(seen(row.message), text, row)
            else:
                self.assertNotEqual(words(code), row.name, f"{row.name} is offered and has no declaration")

    def test_comments_of_ours_are_shown(self) -> None:
        """Each comment of a header whose declarations all have rows."""
        shown = 0
        for header in ("program.h", "crypt.h", "execinfo.h", "spawn.h"):
            text = words(self.pages[self.file(header)])
            for comment in re.findall(r"/\*(.*?)\*/", (INCLUDE / header).read_text(), re.S):
                plain = " ".join(re.sub(r"^\s*\*", "", comment, flags=re.M).replace("`", "").split())
                plain = plain.removeprefix(f"<{header}>: ")
                if "SPDX" not in plain:
                    shown += 1
                    self.assertTrue(plain[1:] in text, f"<{header}>: {plain}")
        self.assertGreater(shown, 8)

    def test_each_reason_is_explained_where_it_is_given(self) -> None:
        for header in headers():
            text = words(self.pages[self.file(header)])
            for reason in {row.reason for row in rows() if row.header == header and row.reason}:
                self.assertIn(seen(reasons()[reason]), text, header)

    def test_links_lead_somewhere_and_nothing_is_loaded(self) -> None:
        targets = {file: {element.get("id") for element in document.iter() if element.get("id")}
                   for file, document in self.pages.items()}
        links = 0
        for file, document in self.pages.items():
            ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
            self.assertEqual([name for name, count in ids.items() if count > 1], [], file)
            for element in document.iter():
                self.assertNotIn(element.tag, ("link", "img", "iframe", "object"), file)
                self.assertIsNone(element.get("src"), file)
                address = element.get("href")
                if address is None:
                    continue
                links += 1
                target, _, anchor = address.partition("#")
                self.assertIn(target or file, targets, f"{file}: {address}")
                if anchor:
                    self.assertIn(anchor, targets[target or file], f"{file}: {address}")
            self.assertNotRegex((self.html / file).read_text(), r"url\(|@import|https?://")
        print(f"links that lead somewhere: {links}")

    def test_all_names_from_a_to_z(self) -> None:
        listed = [line for section in self.pages["names.html"].iter("section") for line in section.iter("li")]
        wanted = sorted(f"{row.name} {row.status} <{row.header}>" for row in rows() if not row.also)
        self.assertEqual(sorted(map(words, listed)), wanted)

    def test_numbers(self) -> None:
        counted = Counter(row.status for row in rows() if not row.also)
        lines = [[words(cell) for cell in line] for line in self.pages["numbers.html"].iter("tr")]
        total = [str(counted[word]) for word in ("keep", "add", "compat", "remove")]
        self.assertIn(["all", *total, str(sum(counted.values()))], lines)
        print(f"rows by status: {', '.join(f'{count} {word}' for word, count in counted.items())}")
        kinds = {row.kind.partition("+")[0] for row in rows()}
        for column in range(1, 5):
            parts = [int(line[column]) for line in lines if line[0] in kinds]
            self.assertEqual((len(parts), sum(parts)), (len(kinds), int(total[column - 1])))

    def test_values_are_the_compilers(self) -> None:
        """What a page shows of a macro is what a program gets, conditions and #undef included."""
        checked = 0
        for header in sorted({row.header for row in rows() if row.status in ("keep", "add")}):
            shown = {}
            for _, line in entries(self.pages[self.file(header)]).values():
                code = words(next(line.iter("code")))
                if code.startswith("#define ") and not code.endswith("…"):
                    shown[code.split()[1].partition("(")[0]] = code
            if not shown:
                continue
            command = [str(CC), "-E", "-dM", "-D_GNU_SOURCE", "-D_XOPEN_SOURCE=700", "-w", "-xc", "-"]
            result = subprocess.run(command, input=f"#include <{header}>\n", capture_output=True, text=True, check=True)
            real = dict(re.findall(r"^#define (\w+)(.*)$", result.stdout, re.M))
            for name, code in shown.items():
                with self.subTest(header=header, name=name):
                    found = re.sub(r" //.*", "", code).removeprefix("#define ").removeprefix(name)
                    self.assertEqual("".join(found.split()), "".join(real[name].split()))
                    checked += 1
        self.assertGreater(checked, 0)
        print(f"macros compared with the compiler's: {checked}")

    def test_manual_pages(self) -> None:
        files = sorted(self.manual.iterdir())
        self.assertEqual({path.name for path in files},
                         {self.file(name).removesuffix(".html") + ".3cloudabi" for name in headers()})
        result = groff("-man", "-z", *map(str, files))
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        command = [need("mandoc"), "-Tlint", "-Wwarning", *map(str, files)]
        lint = subprocess.run(command, capture_output=True, text=True, check=False)
        # They carry no date: they change with the library, not with the day.
        self.assertEqual([line for line in lint.stdout.splitlines() if "missing date" not in line], [])
        for header in ("stdio.h", "unistd.h", "sys/stat.h", "pwd.h", "program.h", "termios.h"):
            path = self.manual / (header.replace("/", "_") + ".3cloudabi")
            text = " ".join(groff("-man", "-rLL=400n", "-rHY=0", str(path)).stdout.split())
            for row in (row for row in rows() if row.header == header):
                self.assertRegex(text, rf"\b{row.identifier}\b")
                if row.sentence:
                    self.assertIn(" ".join(row.message.split()), text)

    def test_the_guide_is_whole(self) -> None:
        """Every code block and every heading of the Markdown, in its order."""
        markdown = (ROOT / "docs" / "porting" / "guide.md").read_text()
        fenced = re.compile(r"^```[^\n]*\n(.*?)^```$", re.S | re.M)
        document = self.pages["guide.html"]
        shown = ["".join(code.itertext()) for block in document.iter("pre") for code in block.iter("code")]
        self.assertEqual(shown, [text.rstrip() for text in fenced.findall(markdown)])
        headings = re.findall(r"^#+ (.*)", fenced.sub("", markdown), re.M)
        self.assertEqual([words(element) for element in document.iter() if element.tag in ("h1", "h2", "h3")],
                         [heading.replace("`", "") for heading in headings])

    def test_a_second_run_changes_nothing(self) -> None:
        stale = self.html / "gone.h.html"
        stale.write_text("a header of before")
        before = {path: path.stat().st_mtime_ns for path in self.folder.rglob("*.*") if path.is_file()}
        self.assertEqual(run(self.folder).returncode, 0)
        after = {path: path.stat().st_mtime_ns for path in self.folder.rglob("*.*") if path.is_file()}
        del before[stale]
        self.assertEqual(before, after)


class BrokenFacts(unittest.TestCase):
    """What contradicts itself stops the generator with one line that says where, and no page is written."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="reference-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.api = self.folder / "api"
        shutil.copytree(API, self.api, ignore=shutil.ignore_patterns("__pycache__"))

    def refused(self, pattern: str, *more: str) -> None:
        out = self.folder / "out"
        result = run(out, "--api", str(self.api), *more)
        self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
        self.assertRegex(result.stderr, rf"\Amake_reference\.py: .*{pattern}.*\n\Z")
        self.assertFalse(out.exists())

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.api / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def test_a_status_that_does_not_exist(self) -> None:
        self.edit("names/stdio.h.tsv", "clearerr\tkeep", "clearerr\tkept")
        self.refused(r"stdio\.h\.tsv:\d+: 'clearerr': status 'kept'")

    def test_a_field_too_few(self) -> None:
        self.edit("names/stdio.h.tsv", "clearerr\tkeep\t", "clearerr\t")
        self.refused(r"stdio\.h\.tsv:\d+: 7 fields, expected 8")

    def test_an_offered_name_that_nothing_declares(self) -> None:
        self.edit("names/stdio.h.tsv", "clearerr\tkeep", "clearer\tkeep")
        self.refused(r"stdio\.h\.tsv:\d+: 'clearer' is offered, but neither <stdio\.h> nor what it includes")

    def test_a_header_said_to_be_installed(self) -> None:
        self.edit("headers.tsv", "lastlog.h\tno\tmusl\tnone", "lastlog.h\tyes\tmusl\trows")
        self.refused(r"<lastlog\.h> is installed says headers\.tsv")

    def test_a_reason_that_does_not_exist(self) -> None:
        self.edit("reasons.tsv", "ambient-user\t", "ambient-usher\t")
        self.refused(r"reason 'ambient-user' is not in reasons\.tsv")

    def test_no_table(self) -> None:
        (self.api / "table.py").unlink()
        self.refused(r"the API table is missing: .*table\.py")

    def test_no_guide(self) -> None:
        self.refused(r"No such file.*nowhere\.md", "--guide", str(self.folder / "nowhere.md"))


if __name__ == "__main__":
    main()
