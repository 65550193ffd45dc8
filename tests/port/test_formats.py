#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Each format is well-formed, complete, and says the same."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import unittest
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlparse

from support import COMMAND, PortTest, main

SOURCE = """\
#include <stdio.h>
#include <unistd.h>
void a(char *t) { puts(t); sprintf(t, "<&>"); fork(); }
#ifdef B /* <b> */
void b(void) { vfork(); }
#endif
"""
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Checks that tags are closed, that links lead somewhere, and that nothing is loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.loads: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.add(value or "")
            if name == "href" and (value or "").startswith("#"):
                self.links.add((value or "")[1:])
            elif name in ("href", "src", "srcset", "data", "action", "style", "poster") or name.startswith("on"):
                self.loads.append(f"{tag} {name}={value}")
        if tag in ("script", "link", "iframe", "object", "embed", "img", "base"):
            self.loads.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.text += data


class Formats(PortTest):
    def setUp(self) -> None:
        super().setUp()
        self.write("src dir/a.c", SOURCE)
        self.write("src dir/c.c", "int c;\n")
        self.write("other/c.c", "int d;\n")
        for name in ("src dir/a.c", "other/c.c", "src dir/c.c"):
            self.built("cc", "-c", name, "-o", name + ".o")

    def output(self, form: str) -> str:
        result = self.port("report", "--format", form, "--output", f"out.{form}")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (1, "", ""))
        text = (self.folder / f"out.{form}").read_text(encoding="utf-8")
        self.assertEqual(text, self.port("report", "--format", form).stdout)
        return text

    def test_json(self) -> None:
        found = json.loads(self.output("json"))
        self.assertEqual(self.uses(found), [("src dir/a.c", 3, name) for name in ("fork", "puts", "sprintf")])
        self.assertEqual([use["column"] for use in found["uses"]], [47, 19, 28])
        self.assertEqual(found["version"], 1)
        self.assertEqual(found["root"], str(self.folder))

    def test_sarif(self) -> None:
        text = json.loads(self.output("sarif"))
        self.assertEqual((text["version"], len(text["runs"])), ("2.1.0", 1))
        run = text["runs"][0]
        rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
        self.assertEqual(sorted(rules), ["fork", "puts", "sprintf", "vfork"])
        for rule in rules.values():
            self.assertTrue(rule["help"]["markdown"].startswith("## "))
            guide, anchor = unquote(urlparse(rule["helpUri"]).path), urlparse(rule["helpUri"]).fragment
            self.assertIn(f'<a id="{anchor}">', Path(guide).read_text())
        found = []
        base = Path(urlparse(run["originalUriBaseIds"]["SOURCES"]["uri"]).path)
        for result in run["results"]:
            self.assertIn(result["ruleId"], rules)
            place = result["locations"][0]["physicalLocation"]
            self.assertTrue((base / unquote(place["artifactLocation"]["uri"])).is_file())
            found.append((result["ruleId"], result["level"], place["region"]["startLine"]))
        self.assertEqual(sorted(found), [("fork", "error", 3), ("puts", "error", 3), ("sprintf", "warning", 3),
                                         ("vfork", "note", 5)])
        self.assertTrue(run["invocations"][0]["executionSuccessful"])

    def test_html(self) -> None:
        text = self.output("html")
        page = Page()
        page.feed(text)
        page.close()
        self.assertEqual((page.open, page.loads), ([], []))
        self.assertLessEqual(page.links, page.ids)
        self.assertNotRegex(text, r"url\(|@import|https?:")
        for part in ("src dir/a.c", "#ifdef B", "program_spawn()", "3 refused uses in 1 file"):
            self.assertIn(part, page.text)

    def test_text(self) -> None:
        text = self.output("text")
        self.assertIn("3 refused uses in 1 file: 2 for authority that has to be granted, 1 for other reasons\n", text)
        self.assertIn("3 compilations, 1 of them failed; with --compat 2 uses would remain\n"
                      "1 more use hidden by the preprocessor\n", text)
        self.assertRegex(text, r"guide: /.*/guide.md#process\n")
        self.assertIn("vfork (line 5), process, under #ifdef B\n", text)
        self.assertNotIn("\x1b", text)

    def test_colour_on_a_terminal_only(self) -> None:
        master, slave = pty.openpty()
        with subprocess.Popen([*COMMAND, "report"], cwd=self.folder, stdout=slave, stderr=slave,
                              stdin=subprocess.DEVNULL):
            os.close(slave)
            shown = b""
            try:
                while part := os.read(master, 65536):
                    shown += part
            except OSError:
                pass  # Linux's way to say that the other end is closed
        os.close(master)
        self.assertIn(b"\x1b[", shown)
        plain = re.sub(r"\x1b\[[\d;]*[mK]", "", shown.decode()).replace("\r\n", "\n")
        self.assertTrue(plain.endswith(self.port("report").stdout), plain)


if __name__ == "__main__":
    main()
