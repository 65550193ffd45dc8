#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The porting guide has a paragraph for each capability, and code that the assistant finds under it.

Whether its code is refused, and runs, is for tests/docs to say.
"""

from __future__ import annotations

import re
import tomllib

from support import ROOT, PortTest, main

GUIDE = ROOT / "docs" / "porting" / "guide.md"
SECTION = re.compile(r'^<a id="([\w-]+)"></a>\n(.*?)(?=^<a id=|\Z)', re.S | re.M)
BEFORE = re.compile(r"^```c before\n(.*?)^```$", re.S | re.M)


def sections() -> dict[str, list[str]]:
    """The examples of what is refused, by the paragraph's anchor."""
    return {anchor: BEFORE.findall(text) for anchor, text in SECTION.findall(GUIDE.read_text())}


class Guide(PortTest):
    def test_every_capability_has_a_paragraph(self) -> None:
        with (ROOT / "tools/port/capabilities.toml").open("rb") as file:
            wanted = [item["id"] for item in tomllib.load(file)["capability"]]
        self.assertEqual(list(sections()), wanted)
        self.assertTrue(all(sections().values()))

    def test_before_is_found_under_its_heading(self) -> None:
        for anchor, examples in sections().items():
            for text in examples:
                with self.subTest(anchor):
                    self.port("forget")
                    (self.folder / "a.c").write_text(text)
                    self.built("cc", "-c", "a.c")
                    found = self.report(status=1)
                    self.assertIn(anchor, {use["capability"] for use in found["uses"]})
                    for use in found["uses"]:
                        self.assertTrue(use["guide"].endswith(f"guide.md#{use['capability']}"), use)


if __name__ == "__main__":
    main()
