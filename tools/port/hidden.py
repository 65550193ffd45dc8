# SPDX-License-Identifier: BSD-2-Clause
"""The second pass: refused names in text that the preprocessor took away.

What a compiler refuses is only what it sees. So the preprocessor is asked which parts of each file
it let through, and names in the other parts are listed with the condition they stand under. So are
names in macros that no compilation expanded.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from .analyse import stub_options
from .catalogue import Catalogue
from .database import Database
from .lexer import Lexed, lex
from .state import UNEXPLAINED, State, stamp

MARKER = re.compile(r'# (\d+) "((?:[^"\\]|\\.)*)"((?: \d)*)')
LARGEST_SOURCE = 64 * 1024 * 1024
DEPENDENCIES = re.compile(r"-M(?:D|MD|P|G|F.+|T.+|Q.+|V)?")


@dataclass
class Seen:
    """What one compilation let through: of each file of the project the branches."""

    unit: int
    groups: dict[str, set[int]] = field(default_factory=dict)


class Scanner:
    """Lexes each file once, however many compilations include it."""

    def __init__(self, state: State, catalogue: Catalogue) -> None:
        self.state = state
        self.catalogue = catalogue
        self.tools = state.read_settings()["tools"]
        self.lexed: dict[str, Lexed | None] = {}
        self.stamps: dict[str, str] = {}
        self.lock = threading.Lock()

    def lex(self, path: str) -> Lexed | None:
        """What a file mentions and defines; None if nothing."""
        with self.lock:
            if path not in self.lexed:
                self.stamps[path] = stamp(path)
                found = None
                if os.path.isfile(path) and os.path.getsize(path) <= LARGEST_SOURCE:
                    found = lex(Path(path).read_text(encoding="utf-8", errors="replace"), self.catalogue)
                self.lexed[path] = found if found and (found.mentions or found.own) else None
            return self.lexed[path]

    def scan(self, unit: int, source: str, cwd: str, role: str, options: list[str], stubs: list[str]) -> Seen:
        words = list(_without_dependencies(options))
        command = [self.tools[role], *words, "-E", "-dD", "-w", *stub_options(self.state.stubs, stubs), source]
        seen = Seen(unit)
        try:
            process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, env={**os.environ, **UNEXPLAINED}, text=True,
                                       errors="replace")
        except OSError:
            return seen
        assert process.stdout is not None
        with process:
            lexed, number, active = None, 0, set[int]()
            for line in process.stdout:
                if line.startswith("# ") and (match := MARKER.match(line)):
                    lexed, active = self._file(match, cwd, seen)
                    number = int(match[1])
                    continue
                if lexed is not None and not line.isspace():
                    active.add(lexed.group_at(number))
                number += 1
        return seen

    def _file(self, match: re.Match[str], cwd: str, seen: Seen) -> tuple[Lexed | None, set[int]]:
        """The file that a line marker of the preprocessor begins; system headers are not looked at."""
        name = match[2].replace("\\\\", "\\").replace('\\"', '"')
        if name.startswith("<") or "3" in match[3]:
            return None, set()
        path = os.path.normpath(os.path.join(cwd, name))
        if path.startswith(str(self.state.stubs)):
            return None, set()
        return self.lex(path), seen.groups.setdefault(path, set())


def _without_dependencies(options: list[str]) -> Iterator[str]:
    words = iter(options)
    for word in words:
        if word in ("-MF", "-MT", "-MQ"):
            next(words, None)
        elif not DEPENDENCIES.fullmatch(word):
            yield word


def second_pass(database: Database, catalogue: Catalogue, jobs: int) -> None:
    """Look through everything that was compiled or changed since the last pass."""
    db = database.db
    changed = [file for file, old in db.execute("SELECT file, stamp FROM scan_file") if stamp(file) != old]
    db.execute("BEGIN")
    for file in changed:
        db.execute("UPDATE unit SET scanned = 0 WHERE id IN (SELECT unit FROM seen WHERE file = ?)", (file,))
        for table in ("mention", "own", "active", "scan_file"):
            db.execute(f"DELETE FROM {table} WHERE file = ?", (file,))
    db.execute("COMMIT")
    query = "FROM unit WHERE type = 'unit' AND scanned = 0 AND role IS NOT NULL"
    total = database.number(f"SELECT count(*) {query}")
    if not total:
        return
    scanner = Scanner(database.state, catalogue)
    rows = db.execute(f"SELECT id, source, cwd, role, options, stubs {query}").fetchall()
    loud = sys.stderr.isatty()
    with ThreadPoolExecutor(jobs) as pool:
        work = [pool.submit(scanner.scan, unit, source, cwd, role, json.loads(options), json.loads(stubs))
                for unit, source, cwd, role, options, stubs in rows]
        for number, future in enumerate(work, 1):
            _store(database, scanner, future.result())
            if loud:
                print(f"\rcloudabi-port: second pass {number}/{total} ", end="", file=sys.stderr, flush=True)
    if loud:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _store(database: Database, scanner: Scanner, seen: Seen) -> None:
    db = database.db
    db.execute("BEGIN")
    for table in ("seen", "active"):
        db.execute(f"DELETE FROM {table} WHERE unit = ?", (seen.unit,))
    for file, groups in seen.groups.items():
        db.execute("INSERT INTO seen VALUES (?, ?)", (seen.unit, file))
        db.executemany("INSERT INTO active VALUES (?, ?, ?)", [(seen.unit, file, group) for group in groups])
        if db.execute("SELECT 1 FROM scan_file WHERE file = ?", (file,)).fetchone():
            continue
        db.execute("INSERT INTO scan_file VALUES (?, ?)", (file, scanner.stamps.get(file, "")))
        lexed = scanner.lexed.get(file)
        if lexed is not None:
            db.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?)", [
                (file, item.line, item.column, item.name, item.group, lexed.conditions[item.group], item.macro)
                for item in lexed.mentions])
            db.executemany("INSERT INTO own VALUES (?, ?)", [(file, name) for name in lexed.own])
    db.execute("UPDATE unit SET scanned = 1 WHERE id = ?", (seen.unit,))
    db.execute("COMMIT")
