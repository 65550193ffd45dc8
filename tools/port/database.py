# SPDX-License-Identifier: BSD-2-Clause
"""The journal, sorted: what is true of the latest compilation of each file.

A database in the state's folder, so that a journal of any size needs little memory. It holds nothing
that the journal and the sources cannot give again.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import PortError
from .catalogue import Catalogue
from .state import Record, State

VERSION = 2
SCHEMA = """
PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
PRAGMA temp_store = FILE;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value);
CREATE TABLE IF NOT EXISTS unit (id INTEGER PRIMARY KEY, key TEXT UNIQUE, type TEXT, source TEXT,
  output TEXT, run INTEGER, failed INTEGER, cwd TEXT, role TEXT, options TEXT, stubs TEXT, scanned INTEGER);
CREATE TABLE IF NOT EXISTS finding (unit INTEGER, kind TEXT, file TEXT, line INTEGER, col INTEGER,
  name TEXT, detail TEXT, UNIQUE (unit, kind, file, line, name) ON CONFLICT IGNORE) ;
CREATE INDEX IF NOT EXISTS finding_place ON finding (file, line, name);
CREATE TABLE IF NOT EXISTS defined (unit INTEGER, name TEXT);
CREATE TABLE IF NOT EXISTS other (unit INTEGER, file TEXT, line INTEGER, text TEXT);
CREATE INDEX IF NOT EXISTS other_unit ON other (unit);
CREATE INDEX IF NOT EXISTS defined_name ON defined (name);
CREATE TABLE IF NOT EXISTS ran (program TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS host (path TEXT PRIMARY KEY, stamp TEXT);
CREATE TABLE IF NOT EXISTS strange (path TEXT PRIMARY KEY, stamp TEXT, maker TEXT);
CREATE TABLE IF NOT EXISTS named (file TEXT, line INTEGER, compiler TEXT, variable TEXT, PRIMARY KEY (file, line));
CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY, command TEXT, cwd TEXT, probing INTEGER, status INTEGER);
CREATE TABLE IF NOT EXISTS snapshot (run INTEGER PRIMARY KEY, uses INTEGER, compat INTEGER);
CREATE TABLE IF NOT EXISTS scan_file (file TEXT PRIMARY KEY, stamp TEXT);
CREATE TABLE IF NOT EXISTS mention (file TEXT, line INTEGER, col INTEGER, name TEXT, grp INTEGER, condition TEXT,
  macro TEXT);
CREATE TABLE IF NOT EXISTS own (file TEXT, name TEXT);
CREATE INDEX IF NOT EXISTS own_name ON own (name);
CREATE TABLE IF NOT EXISTS seen (unit INTEGER, file TEXT, UNIQUE (unit, file) ON CONFLICT IGNORE);
CREATE TABLE IF NOT EXISTS active (unit INTEGER, file TEXT, grp INTEGER,
  UNIQUE (file, grp, unit) ON CONFLICT IGNORE);
CREATE TABLE IF NOT EXISTS entry (name TEXT PRIMARY KEY, status TEXT, capability TEXT, needs TEXT);
CREATE TABLE IF NOT EXISTS included (header TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS result (kind TEXT, file TEXT, line INTEGER, col INTEGER, name TEXT, detail TEXT,
  status TEXT, capability TEXT);
CREATE INDEX IF NOT EXISTS result_order ON result (kind, file, line, name);
"""
PER_UNIT = ("finding", "defined", "other", "seen", "active")
RESULTS = """
DELETE FROM result;
INSERT INTO result SELECT max(f.kind), f.file, f.line, min(f.col), f.name, '', e.status, e.capability
  FROM finding f JOIN entry e ON e.name = f.name JOIN unit u ON u.id = f.unit
  WHERE f.kind IN ('use', 'header', 'link') AND NOT (f.kind = 'link' AND (
    f.name IN (SELECT name FROM defined) OR (u.type = 'link' AND EXISTS (
      SELECT 1 FROM finding g JOIN unit v ON v.id = g.unit WHERE g.name = f.name AND v.type = 'unit'))))
  GROUP BY f.file, f.line, f.name;
INSERT INTO result SELECT 'hidden', m.file, m.line, min(m.col), m.name,
    min(iif(m.active, '#define ' || m.macro, m.condition)), e.status, e.capability
  FROM (SELECT *, EXISTS (SELECT 1 FROM active a WHERE a.file = mention.file AND a.grp = mention.grp) AS active
    FROM mention) m JOIN entry e ON e.name = m.name
  WHERE (m.macro != '' OR NOT m.active)
    AND NOT EXISTS (SELECT 1 FROM finding f WHERE f.file = m.file AND f.line = m.line AND f.name = m.name
      AND f.kind != 'probe')
    AND m.name NOT IN (SELECT name FROM defined) AND m.name NOT IN (SELECT name FROM own)
    AND (e.needs = '' OR e.needs IN (SELECT header FROM included))
    AND EXISTS (SELECT 1 FROM seen s WHERE s.file = m.file)
  GROUP BY m.file, m.line, m.name;
INSERT INTO result SELECT 'probe', '', 0, 0, f.name, min(f.detail), e.status, e.capability
  FROM finding f JOIN entry e ON e.name = f.name WHERE f.kind = 'probe' GROUP BY f.name;
"""


@dataclass(frozen=True)
class Result:
    """One line of a report. Kinds: use, header, link; hidden; probe."""

    kind: str
    file: str
    line: int
    column: int
    name: str
    detail: str
    status: str
    capability: str

    @property
    def compat(self) -> bool:
        return self.status == "compat"


class Database:
    """Opened for one command at a time."""

    def __init__(self, state: State, catalogue: Catalogue) -> None:
        self.state = state
        self.db = self._open()
        entries = [(item.name, item.status, item.capability,
                    os.path.basename(item.header) if item.is_value and not item.installed else "")
                   for item in catalogue.entries.values()]
        names = zlib.crc32(repr(sorted(catalogue.entries)).encode())
        self.db.execute("BEGIN")
        if self.get("names") != names:  # files have to be searched for other names
            for table in ("scan_file", "mention", "own", "active"):
                self.db.execute(f"DELETE FROM {table}")
            self.db.execute("UPDATE unit SET scanned = 0 WHERE role IS NOT NULL")
            self.put("names", names)
        self.db.execute("DELETE FROM entry")
        self.db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
        self.db.execute("COMMIT")

    def _open(self) -> sqlite3.Connection:
        for _ in range(2):
            connection = sqlite3.connect(self.state.database, isolation_level=None, timeout=60)
            try:
                connection.executescript(SCHEMA)
                found = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
                if found is None or found[0] == VERSION:
                    connection.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (VERSION,))
                    return connection
            except sqlite3.DatabaseError:
                pass
            connection.close()
            self.state.database.unlink(missing_ok=True)  # the journal has it all
        raise PortError(f"cannot write {self.state.database}; free some space")

    def get(self, key: str, default: int = 0) -> int:
        found = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return int(found[0]) if found else default

    def put(self, key: str, value: int) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def update(self) -> None:
        """Take in what the journal has got since the last time, and drop sources that are gone."""
        self.db.execute("BEGIN")
        offset, broken = self.get("offset"), self.get("broken")
        for offset, record in self.state.records(offset):
            broken += 0 if record is not None and self._taken(record) else 1
        self.put("offset", offset)
        self.put("broken", broken)
        gone = [row[0] for row in self.db.execute("SELECT id, source FROM unit WHERE type = 'unit'")
                if not os.path.exists(row[1])]
        for unit in gone:
            self._forget(unit)
        self.db.execute("COMMIT")

    def results(self) -> None:
        """Work out what reports list. Some headers include others of the same name, as <sys/wait.h>."""
        headers = self.db.execute("SELECT DISTINCT name FROM mention WHERE name LIKE '<%' UNION "
                                  "SELECT DISTINCT name FROM finding WHERE name LIKE '<%'").fetchall()
        self.db.execute("DELETE FROM included")
        self.db.executemany("INSERT OR IGNORE INTO included VALUES (?)",
                            [(os.path.basename(name.strip("<>")),) for (name,) in headers])
        self.db.executescript("BEGIN;" + RESULTS + "COMMIT;")

    def _forget(self, unit: int) -> None:
        for table in PER_UNIT:
            self.db.execute(f"DELETE FROM {table} WHERE unit = ?", (unit,))
        self.db.execute("DELETE FROM unit WHERE id = ?", (unit,))

    def _taken(self, record: Record) -> bool:
        """Take a record in whole, or not at all if it is none."""
        self.db.execute("SAVEPOINT record")
        try:
            self._take(record)
        except (KeyError, TypeError, ValueError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError):
            self.db.execute("ROLLBACK TO record")
            return False
        finally:
            self.db.execute("RELEASE record")
        return True

    def _take(self, record: Record) -> None:
        kind, run = record["t"], int(record.get("run", 0))
        if kind == "run":
            values = (run, json.dumps(record["command"]), record["cwd"], int(record["probing"]), None)
            self.db.execute("INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?)", values)
        elif kind == "end":
            self.db.execute("UPDATE run SET status = ? WHERE id = ?", (record["status"], run))
        elif kind == "ran":
            self.db.execute("INSERT OR IGNORE INTO ran VALUES (?)", (record["program"],))
        elif kind == "snapshot":
            self.db.execute("INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?)", (run, record["uses"], record["compat"]))
        elif kind == "host":
            self.db.executemany("INSERT OR REPLACE INTO host VALUES (?, ?)", record["outputs"])
        elif kind == "foreign":
            self.db.executemany("INSERT OR REPLACE INTO strange VALUES (?, ?, ?)", record["files"])
            if "named" in record:
                self.db.execute("DELETE FROM named")
                self.db.executemany("INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?)", record["named"])
        elif kind == "probe":
            unit = self._unit("probe", record, run, keep=True)
            probes = [(unit, "probe", "", 0, 0, name, how) for name, how in record["uses"]]
            self.db.executemany("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?)", probes)
        elif kind in ("unit", "link"):
            # What is compiled may be compiled again; then the new answer counts.
            unit = self._unit(f"{kind}:{record.get('source', '')}:{record['output']}", record, run)
            rows = [(unit, *use, "") for use in record["uses"]]
            rows += [(unit, "expanded", file, line, 0, name, "") for file, line, name in record.get("expanded", ())]
            self.db.executemany("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self.db.executemany("INSERT INTO other VALUES (?, ?, ?, ?)", [(unit, *item) for item in record["other"]])
            self.db.executemany("INSERT INTO defined VALUES (?, ?)", [(unit, n) for n in record.get("defined", ())])

    def _unit(self, key: str, record: Record, run: int, keep: bool = False) -> int:
        old = self.db.execute("SELECT id FROM unit WHERE key = ?", (key,)).fetchone()
        if old and keep:
            return int(old[0])
        if old:
            self._forget(old[0])
        values = (key, record["t"], record.get("source", ""), record.get("output"), run,
                  int(bool(record.get("failed") or record.get("placeholder"))), record.get("cwd"), record.get("role"),
                  json.dumps(record.get("options", [])), json.dumps(record.get("stubs", [])), 0)
        cursor = self.db.execute("INSERT INTO unit (key, type, source, output, run, failed, cwd, role, options, "
                                 "stubs, scanned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        return int(cursor.lastrowid or 0)

    def number(self, query: str, *values: str | int) -> int:
        """The one number that a query answers."""
        return int(self.db.execute(query, values).fetchone()[0] or 0)

    def select(self, where: str, *values: str | int) -> Iterator[Result]:
        """Results in the order of files and lines, one at a time."""
        query = ("SELECT kind, file, line, col, name, detail, status, capability FROM result "
                 f"WHERE {where} ORDER BY file, line, name")
        for row in self.db.execute(query, values):
            yield Result(*row)

    def root(self) -> Path:
        """The folder that all compiled sources are in."""
        found = ""
        for (source,) in self.db.execute("SELECT source FROM unit WHERE type = 'unit'"):
            folder = os.path.dirname(source)
            found = os.path.commonpath([found, folder]) if found else folder
        return Path(found or self.state.folder.parent)
