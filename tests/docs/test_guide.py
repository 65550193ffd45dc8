#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The porting guide keeps its word: code 'before' is refused with the sentence of the API table, and code
'after' compiles, runs in the sandbox with what the guide grants, and prints what the guide shows.

Whether each capability has a paragraph is for the porting assistant's tests to say.
"""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
import time
import unittest
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from support import CC, PREFIX, ROOT, main

from api.table import Row, reasons, rows

GUIDE = (ROOT / "docs" / "porting" / "guide.md").read_text(encoding="utf-8")
SECTION = re.compile(r'^<a id="([\w-]+)"></a>\n(.*?)(?=^<a id=|\Z)', re.S | re.M)
BLOCK = re.compile(r"^```(c before|c after|yaml|output)\n(.*?)^```$", re.S | re.M)
REFUSED = re.compile(r"^\S+: error: '(\w+)' is unavailable: (.*)$", re.M)
FLAGS = ("-std=gnu17", "-Wall", "-Wextra", "-Werror")
SETTINGS = "colour = blue\n"
BY_NAME: dict[str, Row] = {row.name: row for row in rows() if not row.also}


class Example(NamedTuple):
    """Code before and after, the grant, and what is printed."""

    anchor: str
    before: str
    after: str
    grant: str
    output: str


def examples() -> list[Example]:
    found = []
    for anchor, text in SECTION.findall(GUIDE):
        blocks = BLOCK.findall(text)
        starts = [place for place, (kind, _) in enumerate(blocks) if kind == "c before"]
        for start, end in zip(starts, [*starts[1:], len(blocks)]):
            kinds = [kind for kind, _ in blocks[start:end]]
            if kinds not in (["c before", "c after", "yaml"], ["c before", "c after", "yaml", "output"]):
                raise AssertionError(f"{anchor}: an example consists of {kinds}")
            found.append(Example(anchor, *[text for _, text in blocks[start:end]], *[""] * (4 - len(kinds))))
    return found


def compiled(text: str, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [str(CC), *words, "-xc", "-", "-I", str(ROOT / "examples")]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=cwd)


class Guide(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="guide-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        (self.folder / "etc").mkdir()
        (self.folder / "etc" / "settings.conf").write_text(SETTINGS)

    def refusals(self, example: Example) -> list[tuple[str, str]]:
        """Names and sentences: the only errors there are."""
        result = compiled(example.before, "-std=gnu17", "-w", "-fsyntax-only", "-fno-caret-diagnostics",
                          "-ferror-limit=0", cwd=self.folder)
        self.assertNotEqual(result.returncode, 0, example.anchor)
        found: list[tuple[str, str]] = REFUSED.findall(result.stderr)
        self.assertEqual(result.stderr.count(" error: "), len(found), result.stderr)
        return found

    def test_before_is_refused_with_the_sentence(self) -> None:
        for example in examples():
            with self.subTest(example.anchor):
                for name, sentence in self.refusals(example):
                    self.assertEqual(sentence, BY_NAME[name].message)

    def test_every_reason_has_an_example(self) -> None:
        """The guide's table leads from each reason to paragraphs, and one of them has a name refused for it."""
        named: defaultdict[str, set[str]] = defaultdict(set)
        for line in re.findall(r"^\| (`.*)\|$", GUIDE, re.M):
            first, _, second = line.partition("|")
            for reason in re.findall(r"`([\w-]+)`", first):
                named[reason].update(re.findall(r"\(#([\w-]+)\)", second))
        self.assertEqual(set(named), set(reasons()))
        shown: defaultdict[str, set[str]] = defaultdict(set)
        for example in examples():
            for name, _ in self.refusals(example):
                shown[BY_NAME[name].reason].add(example.anchor)
        anchors = {anchor for anchor, _ in SECTION.findall(GUIDE)}
        for reason in reasons():
            self.assertLessEqual(named[reason], anchors, reason)
            self.assertTrue(named[reason] & shown[reason], f"{reason}: no example under {named[reason]}")
        print(f"reasons with an example: {len(shown)}/{len(reasons())}")

    def test_after_compiles(self) -> None:
        for example in examples():
            with self.subTest(example.anchor):
                result = compiled(example.after, *FLAGS, "-c", "-o", "a.o", cwd=self.folder)
                self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_after_runs(self) -> None:
        run = PREFIX / "bin" / "cloudabi-run"
        check = subprocess.run([run, "--check"], capture_output=True, text=True, check=False) if run.exists() else None
        if check is None or check.returncode != 0:
            self.skipTest(f"cloudabi-run cannot run here: {check.stderr.strip() if check else 'it is not built'}")
        for example in examples():
            with self.subTest(example.anchor):
                result = compiled(example.after, *FLAGS, "-o", "program", cwd=self.folder)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.run_example([str(run), "program"], example)
        print(f"examples run: {len(examples())}")

    def run_example(self, command: list[str], example: Example) -> None:
        grant, server = example.grant, 0
        if ":8080" in grant:
            with socket.create_server(("127.0.0.1", 0)) as free:
                server = free.getsockname()[1]
            grant = grant.replace(":8080", f":{server}")
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, cwd=self.folder) as process:
            try:
                assert process.stdin is not None
                process.stdin.write(grant)
                process.stdin.close()
                process.stdin = None
                if server:
                    self.assertEqual(received(server), b"hello\n")
                out, err = process.communicate(timeout=30)
            finally:
                process.kill()
        # A terminal shows the same with and without the last newline.
        self.assertEqual((process.returncode, out.removesuffix("\n"), err), (0, example.output.removesuffix("\n"), ""))


def received(port: int) -> bytes:
    """What a server that is just starting says."""
    deadline = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
                data = b""
                while part := connection.recv(100):
                    data += part
                return data
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    main()
