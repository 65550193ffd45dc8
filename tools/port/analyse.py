# SPDX-License-Identifier: BSD-2-Clause
"""Compiles a source file once more for its diagnostics alone, past its first fatal error."""

from __future__ import annotations

import os
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from .catalogue import Catalogue
from .diagnose import Findings, Reader, Use
from .lexer import lex
from .state import REFUSED

FLAGS = [
    "-fno-color-diagnostics", "-fno-caret-diagnostics", "-fdiagnostics-absolute-paths", "-ferror-limit=0",
    "-fmacro-backtrace-limit=0",
    "-Wno-everything", "-Wimplicit-function-declaration", "-Werror=implicit-function-declaration",
]
MOST_HEADERS = 100


@dataclass(frozen=True)
class Analysis:
    """What is to be analysed, and how."""

    driver: str
    options: list[str]
    source: str
    stubs: Path
    catalogue: Catalogue


class Symbols(NamedTuple):
    """Refused names that an object needs, and those that it defines for itself."""

    undefined: tuple[str, ...]
    defined: tuple[str, ...]


def stub_options(stubs: Path, headers: list[str]) -> list[str]:
    """Options that let each of these headers be found, behind everything else.

    A header of the API table refuses its names, as generated with the toolchain; another is empty.
    """
    words = []
    for name in headers:
        folder = stubs / name.replace("/", "%")
        path = folder / name
        if not path.is_file() and ".." not in Path(name).parts and not name.startswith("/"):
            refused = stubs.parent / REFUSED / name
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
            new.write_text(refused.read_text(encoding="utf-8") if refused.is_file() else "", encoding="utf-8")
            new.replace(path)
        words += ["-idirafter", str(folder)]
    return words


def analyse(what: Analysis) -> Findings:
    """Return all uses in one source file. A missing header ends a compilation, so it is tried again

    with another one in its place, until no header is missing any more.
    """
    total = Findings()
    while True:
        found = _once(what, total.missing)
        new = [name for name in found.missing if name not in total.missing]
        total.missing += new
        for use in found.uses.values():
            total.add(use)
        total.expanded |= found.expanded
        if not new or len(total.missing) > MOST_HEADERS:
            break
        total.others += [item for item in found.others if item[2].endswith("file not found")]
    total.others += found.others
    return total


def _once(what: Analysis, missing: list[str]) -> Findings:
    command = [what.driver, *what.options, *FLAGS, "-fsyntax-only", *stub_options(what.stubs, missing), what.source]
    reader = Reader(what.catalogue)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True, errors="replace") as process:
        assert process.stderr is not None
        for line in process.stderr:
            reader.line(line.rstrip("\n"))
    reader.found.settle()
    return reader.found


def refused_symbols(nm: str, path: str, catalogue: Catalogue) -> Symbols:
    """Look for refused names in an object: a program may have declared them itself."""
    result = subprocess.run([nm, "-P", "-g", path], capture_output=True, text=True, errors="replace", check=False)
    undefined: list[str] = []
    defined: list[str] = []
    for line in result.stdout.splitlines():
        name, _, rest = line.partition(" ")
        entry = catalogue.entries.get(name)
        if entry is not None and entry.is_symbol:
            (undefined if rest[:1] in ("U", "w") else defined).append(name)
    return Symbols(tuple(undefined), tuple(defined))


def add_symbols(found: Findings, undefined: tuple[str, ...], source: str, catalogue: Catalogue) -> None:
    """Add the refused names that an object needs although no header refused them."""
    known = {use.name for use in found.uses.values()}
    names = [name for name in undefined if name not in known]
    if not names:
        return
    text = Path(source).read_text(encoding="utf-8", errors="replace")
    lines = {mention.name: mention for mention in reversed(lex(text, catalogue).mentions)}
    for name in names:
        mention = lines.get(name)
        found.add(Use("link", source, mention.line if mention else 0, mention.column if mention else 0, name))
