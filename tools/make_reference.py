#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Write the reference of the C library: HTML, one page a header, and the same as manual pages.

Files whose content does not change keep their time stamps; pages of headers that are gone are removed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reference import DocsError
from reference.facts import Facts, read_headers
from reference.header_page import Writer
from reference.manual import SECTION, manual
from reference.overview import guide, index, names, numbers

ROOT = Path(__file__).resolve().parent.parent


def html_pages(facts: Facts, guide_text: str) -> dict[str, str]:
    """All pages by file name."""
    writer = Writer(facts)
    pages = {f"{page.file}.html": writer.page(page) for page in facts.pages.values()}
    return pages | {"index.html": index(facts), "names.html": names(facts), "numbers.html": numbers(facts),
                    "guide.html": guide(writer, guide_text)}


def manual_pages(facts: Facts) -> dict[str, str]:
    return {f"{page.file}.{SECTION}": manual(facts, page) for page in facts.pages.values()}


def write_folder(folder: Path, files: dict[str, str], pattern: str) -> None:
    """Write files, and remove those of the same pattern that are not among them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(pattern):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--include", type=Path, required=True, metavar="DIR", help="the installed headers")
    parser.add_argument("--compiler-include", type=Path, metavar="DIR", help="the headers that the compiler brings")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the share/ folder to fill")
    parser.add_argument("--api", type=Path, metavar="DIR", default=ROOT / "include" / "api", help="the API table")
    parser.add_argument("--guide", type=Path, metavar="FILE", default=ROOT / "docs" / "porting" / "guide.md",
                        help="the porting guide")
    args = parser.parse_args()
    try:
        facts = Facts(args.api.resolve(), read_headers(args.include, args.compiler_include))
        pages = html_pages(facts, args.guide.read_text(encoding="utf-8"))
        write_folder(args.out / "doc" / "cloudabi" / "reference", pages, "*.html")
        write_folder(args.out / "man" / "man3", manual_pages(facts), f"*.{SECTION}")
    except (DocsError, OSError) as error:
        print(f"make_reference.py: {error}", file=sys.stderr)
        return 1
    print(f"{len(pages)} pages: {len(facts.home)} names in {len(facts.pages)} headers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
