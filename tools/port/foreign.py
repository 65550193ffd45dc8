# SPDX-License-Identifier: BSD-2-Clause
"""Finds what a build compiled behind the assistant's back, and the compiler that it names by a full path.

Nothing watches the processes of a build. But an object says for which system it is and which compiler
made it, and what the build machine's compiler made in the assistant's sight is in the journal.
"""

from __future__ import annotations

import filecmp
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from .database import Database
from .elf import maker
from .state import NAME, stamp

RECIPES = re.compile(r"(GNU)?[Mm]akefile(\..*)?|.*\.(mk|mak|make|ninja|sh)|CMakeCache\.txt")
COMPILER = re.compile(r"(?<![\w.$})/-])(?P<path>(?:/[\w.+-]+)+/(?:[\w.]+-)*"
                      r"(?:gcc|g\+\+|cc|c\+\+|clang\+\+|clang|tcc|icc)(?:-\d+)?)(?![\w/.+-])")
# After a configure step a plain name is the build machine's compiler.
PLAIN = re.compile(r"(?:\t[@-]*|(?:CC|CXX)\s*[:?]?=\s*)"
                   r"(?P<path>gcc|cc|clang|g\+\+|c\+\+|clang\+\+)(?:-\d+)?(?:\s|$)")
ASSIGNMENT = re.compile(r"\s*(?:export\s+|override\s+)*(?P<name>\w+)\s*[:?+]*=\s*[\"']?$")
LARGEST_RECIPE = 4 * 1024 * 1024
MOST_RECIPES = 5
MOST_FILES = 1000


Named = tuple[str, int, str, str]  # file, line, compiler, and the variable that holds it


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in (NAME, ".git"))
        for name in sorted(names):
            path = os.path.join(place, name)
            try:
                info = os.lstat(path)
            except OSError:
                continue
            if stat.S_ISREG(info.st_mode):
                yield path, info


def made_elsewhere(database: Database, folder: Path, since: int) -> list[tuple[str, str, str]]:
    """Objects and programs, new since a moment, that no stand-in made: each with its stamp and maker."""
    known = dict[str, str](database.db.execute("SELECT path, stamp FROM host").fetchall())
    stamps = set(known.values())  # which renaming does not change
    found: list[tuple[str, str, str]] = []
    for path, info in _files(folder):
        if info.st_mtime_ns < since or path in known or len(found) >= MOST_FILES:
            continue
        who = maker(path) if stamp(path) not in stamps else ""
        if who and not _is_copy(path, info.st_size, known):
            found.append((path, stamp(path), who))
    return found


def _is_copy(path: str, size: int, known: Iterable[str]) -> bool:
    """Whether this is another file of the build machine's compiler, copied or installed."""
    for other in known:
        try:
            if os.path.getsize(other) == size and filecmp.cmp(other, path, shallow=False):
                return True
        except OSError:
            continue
    return False


def recipes(command: list[str], folder: Path, own: tuple[str, ...]) -> list[Named]:
    """Where the build's own files name a compiler by a full path; `own` paths are the assistant's."""
    found = list(_named("", " \n".join(command), own))
    for path, info in _files(folder):
        if len(found) >= 10 * MOST_RECIPES:
            break
        if RECIPES.fullmatch(os.path.basename(path)) and info.st_size <= LARGEST_RECIPE:
            found += _named(path, Path(path).read_text(encoding="utf-8", errors="replace"), own)
    by_path = [place for place in found if place[2].startswith("/")]
    return (by_path or found)[:MOST_RECIPES]


def _named(path: str, text: str, own: tuple[str, ...]) -> Iterator[Named]:
    for number, line in enumerate(text.split("\n"), 1):
        match = COMPILER.search(line) or PLAIN.match(line)
        if match is None or line.lstrip().startswith(("#", "//")) or match["path"].startswith(own):
            continue
        assigned = ASSIGNMENT.match(line[:match.start("path")])
        yield path, number, match["path"], assigned["name"] if assigned else ""


def unwatched(database: Database, root: Path) -> list[str]:
    """What to say about objects that no stand-in made, as far as they are still there."""
    rows = database.db.execute("SELECT path, stamp, maker FROM strange ORDER BY path")
    files = [(path, who) for path, old, who in rows if stamp(path) == old]
    if not files:
        return []
    path, who = files[0]
    many = f"{len(files)} files were" if len(files) > 1 else "a file was"
    text = (f"{many} compiled unseen, {'such as ' if len(files) > 1 else ''}{path.removeprefix(f'{root}/')} by "
            f"'{who}', and what is used there is not in this report")
    named = database.db.execute("SELECT * FROM named ORDER BY file, line").fetchall()
    cache = [row for row in named if row[0].endswith("/CMakeCache.txt")]  # all else is made from it
    places = [_remedy(root, *row) for row in cache[:1] or named]
    mend = "; ".join(places) or ("the build names its compiler in another way than by CC; let it say $(CC), or "
                                 "$(CC_FOR_BUILD) for programs that the build runs")
    return [f"{text}; {mend}; then remove what was built, and build again"]


def _remedy(root: Path, file: str, line: int, compiler: str, variable: str) -> str:
    tool = f"x86_64-unknown-cloudabi-{'c++' if compiler.rstrip('-0123456789').endswith('++') else 'cc'}"
    if not file:
        return f"the command itself says {f'{variable}={compiler}' if variable else compiler}: leave that out"
    place = f"{file.removeprefix(f'{root}/')}:{line} says {compiler}"
    if os.path.basename(file) == "CMakeCache.txt":
        return f"{place}, since it was configured without cloudabi-port: let that configure another build folder"
    if variable and re.fullmatch(r"(GNU)?[Mm]akefile(\..*)?|.*\.(mk|mak)", os.path.basename(file)):
        return f"{place}: build with 'cloudabi-port make {variable}={tool}'"
    return f"{place}: let it say {'$(CC)' if tool.endswith('cc') else '$(CXX)'} or {tool}"
