#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What stands for the headers that do not exist compiles, in any order and dialect.

Tools that explain a program put these texts in the place of its missing headers. An error in them
would be taken for one of the program's own.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from toolchain import arguments, compile_text, report

from api.table import headers

DIALECTS = {"c": ("c99", "gnu99", "c11", "c17", "gnu17", "c2x"),
            "c++": ("c++11", "c++14", "c++17", "gnu++17", "c++20", "c++2b")}
STRICT = ("-Wall", "-Wextra", "-Werror", "-pedantic")


def errors(args: Namespace, folder: Path, language: str, names: Iterable[str], *flags: str) -> list[str]:
    text = "".join(f"#include <{name}>\n" for name in names) + "extern int unit;\n"
    found = compile_text(args, text, f"-I{folder}", *flags, *STRICT, language=language)
    return [f"{language} {' '.join(flags)}: {item.file.removeprefix(f'{folder}/')}:{item.line}: {item.text}"
            for item in found]


def main() -> int:
    args = arguments(__doc__)
    folder = args.include.parent / "share/cloudabi/refused"
    absent = [name for name, header in headers().items() if not header.installed]
    failures = [f"nothing stands for <{name}>" for name in absent if not (folder / name).is_file()]
    count = 0
    for language, dialects in DIALECTS.items():
        for name in absent:
            failures += errors(args, folder, language, [name], f"-std={dialects[0]}")
        for dialect in dialects:
            for names in (absent, absent[::-1]):
                failures += errors(args, folder, language, names, f"-std={dialect}")
        count += len(absent) + 2 * len(dialects)
    print(f"{len(absent)} absent headers, alone and all together: {count} compilations")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
