# SPDX-License-Identifier: BSD-2-Clause
"""What explains a failed compilation: files that are installed beside the driver, off its search path."""

from __future__ import annotations

from .generate import REFUSED, escaped, refused_header, unavailable, value
from .table import Row, headers, rows


def key(row: Row) -> str:
    """One word for a name: a structure and a function may share theirs."""
    return row.name.replace(" ", "_")


def once() -> list[Row]:
    """Each refused name once, whatever declares it too."""
    return sorted({row.name: row for row in rows() if row.status in REFUSED and not row.also}.values())


def declaration(row: Row) -> str:
    """Refuse a name that the program has not declared; nothing that it includes is known here."""
    if row.is_value:
        return next(text for text in value(row) if not text.startswith("#"))
    if row.kind.startswith("object"):
        return f"extern const int {row.name} {unavailable(row)};"
    return f"void {row.name}(...) {unavailable(row, '__overloadable__, ')};"


def index() -> str:
    """What the driver's scripts read.

    For each name: key, status, message, and a declaration with "@" for the message; for each absent
    header its name and what it was for.
    """
    lines = [f"{key(row)}\t{row.status}\t{row.message}\t{declaration(row).replace(escaped(row.message), '@')}"
             for row in once()]
    lines += [f"<{name}>\tabsent\t{header.note}\t-" for name, header in headers().items() if not header.installed]
    return "\n".join(lines) + "\n"


def files() -> dict[str, str]:
    """Name to text; refused/ has a header for each that does not exist."""
    absent = {f"refused/{name}": refused_header(name) for name, header in headers().items() if not header.installed}
    return absent | {"explain.tsv": index()}
