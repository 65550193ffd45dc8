# SPDX-License-Identifier: BSD-2-Clause
"""The numbers of a report, and what makes them incomplete."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, field

from ..catalogue import Catalogue
from ..database import Database
from ..foreign import unwatched

USED = "kind IN ('use', 'header', 'link')"
MOST = 20


def count(number: int, what: str) -> str:
    """A number with its noun: `1 file`, `2 files`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


@dataclass
class Count:
    """How often a capability is needed."""

    uses: int = 0
    compat: int = 0
    hidden: int = 0
    probed: int = 0
    files: int = 0


@dataclass
class Summary:
    """Totals, by capability in the order of the catalogue."""

    total: Count
    authority: int
    capabilities: dict[str, Count]
    compiled: int
    failed: int
    others: int
    first: int | None
    previous: int | None
    lines: int
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def remaining(self) -> int:
        """What is left when the program is built with the compat names."""
        return self.total.uses - self.total.compat

    @property
    def headline(self) -> str:
        text = f"{count(self.total.uses, 'refused use')} in {count(self.total.files, 'file')}"
        rest = self.total.uses - self.authority
        return text + (f": {self.authority} for authority that has to be granted, {rest} for other reasons" if
                       self.total.uses else "")

    @property
    def compilations(self) -> str:
        failed = f", {self.failed} of them failed" if self.failed else ""
        done = count(self.lines, "line") + " of log" if self.lines else count(self.compiled, "compilation") + failed
        left = f"; with --compat {count(self.remaining, 'use')} would remain" if self.total.uses else ""
        return done + left

    @property
    def unseen(self) -> str:
        """What no compiler refused; empty if there is nothing."""
        parts = [f"{count(self.total.hidden, 'more use')} hidden by the preprocessor"] if self.total.hidden else []
        parts += [f"{count(self.total.probed, 'name')} probed for and absent"] if self.total.probed else []
        return ", ".join(parts)

    @property
    def complete(self) -> bool:
        """Whether everything was compiled that the build wanted to compile."""
        return not self.errors

    def status(self) -> int:
        """The exit status of a report: 0 nothing ambient, 1 uses found, 2 cannot say."""
        if self.total.uses:
            return 1
        return 0 if self.complete else 2


def _count(database: Database, where: str, *values: str) -> Count:
    number = database.number
    return Count(
        number(f"SELECT count(*) FROM result WHERE {USED} AND {where}", *values),
        number(f"SELECT count(*) FROM result WHERE {USED} AND status = 'compat' AND {where}", *values),
        number(f"SELECT count(*) FROM result WHERE kind = 'hidden' AND {where}", *values),
        number(f"SELECT count(*) FROM result WHERE kind = 'probe' AND {where}", *values),
        number(f"SELECT count(DISTINCT file) FROM result WHERE {USED} AND {where}", *values),
    )


def summarise(database: Database, catalogue: Catalogue) -> Summary:
    number = database.number
    by = {key: _count(database, "capability = ?", key) for key in catalogue.capabilities}
    built = database.db.execute("SELECT run, uses FROM snapshot ORDER BY run").fetchall()
    found = Summary(
        _count(database, "1"), sum(by[key].uses for key, item in catalogue.capabilities.items() if item.authority),
        {key: count for key, count in by.items() if count != Count()},
        number("SELECT count(*) FROM unit WHERE type = 'unit'"),
        number("SELECT count(*) FROM unit WHERE type = 'unit' AND failed"),
        number("SELECT count(*) FROM other"),
        built[0][1] if len(built) > 1 else None, built[-2][1] if len(built) > 1 else None,
        database.get("lines"))
    _judge(database, found)
    return found


def _judge(database: Database, found: Summary) -> None:
    """Say what keeps the report from being the whole truth."""
    number, probes = database.number, database.number("SELECT count(*) FROM unit WHERE type = 'probe'")
    if number("SELECT count(*) FROM unit WHERE type = 'log'"):
        if not found.total.uses:
            found.errors.append(f"{database.get('lines')} lines of log name no refused use and {found.others} other "
                                "error(s); whether everything was compiled, a log does not tell")
        return
    lone = ("SELECT count(*) FROM unit WHERE failed AND NOT EXISTS (SELECT 1 FROM finding WHERE unit = id) "
            "AND EXISTS (SELECT 1 FROM other WHERE unit = id)")
    unseen = unwatched(database, database.state.folder.parent)
    found.errors += unseen
    if not found.compiled and not found.total.uses and not unseen:
        only = " but a configure step's probes" if probes else ""
        found.errors.append(
            f"no compilation{only} went through the driver: either nothing was to be built (clean first), or the "
            "build names its compiler by a full path (set CC), or it uses another language than C")
    strange = number(lone)
    if strange:
        found.errors.append(f"{count(strange, 'file')} did not compile or link for reasons that are not about "
                            "authority; they are listed under 'other errors', and may hide uses")
    # The last configure step and the last build: an earlier failure has been seen to since.
    runs = database.db.execute("SELECT command, status FROM run r WHERE (status IS NULL OR status != 0) AND id = "
                               "(SELECT max(id) FROM run s WHERE s.probing = r.probing) ORDER BY id").fetchall()
    for command, status in runs:
        words = shlex.join(json.loads(command))
        how = f"ended with status {status}" if status is not None else "was interrupted"
        found.errors.append(f"'{words}' {how}; what comes after that point was not compiled")
    for (program,) in database.db.execute("SELECT program FROM ran LIMIT 5"):
        found.warnings.append(f"the build ran {program}, which is a placeholder: build it with the host's compiler "
                              "(CC_FOR_BUILD and HOSTCC name it), or take its output from another build")
    broken = database.get("broken")
    if broken:
        found.warnings.append(f"{broken} record(s) of the journal are cut short, probably by a crash; "
                              "build again to have them anew")


def after_run(database: Database, run: int, status: int) -> list[str]:
    """Keep the numbers of a run for later comparison, and say them."""
    compiled = database.number("SELECT count(*) FROM unit WHERE type = 'unit' AND run = ?", run)
    uses = database.number(f"SELECT count(*) FROM result WHERE {USED}")
    if compiled:
        compat = database.number(f"SELECT count(*) FROM result WHERE {USED} AND status = 'compat'")
        database.state.append({"t": "snapshot", "run": run, "uses": uses, "compat": compat})
    hidden = database.number("SELECT count(*) FROM result WHERE kind = 'hidden'")
    probed = database.number("SELECT count(*) FROM result WHERE kind = 'probe'")
    files = database.number(f"SELECT count(DISTINCT file) FROM result WHERE {USED}")
    probing = database.number("SELECT probing FROM run WHERE id = ?", run)
    lines = []
    if status:
        lines.append(f"the build command ended with status {status}; what it found until then is kept")
    unseen = unwatched(database, database.state.folder.parent)
    lines += unseen
    if not compiled and not probing and not unseen:
        lines.append("no compilation went through the driver in this run: nothing was to be built, or the build "
                     "names its compiler by a full path (set CC)")
    absent = f"{count(probed, 'name')} probed for and absent"
    if probing and not uses:
        lines.append(f"{absent} so far; what the build itself uses comes to light when it runs")
    else:
        lines.append(f"{count(compiled, 'compilation')}; {count(uses, 'refused use')} in {count(files, 'file')}, "
                     f"{count(hidden, 'more use')} hidden by the preprocessor, {absent}; 'cloudabi-port report' "
                     "lists them")
    return lines
