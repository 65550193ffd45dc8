# SPDX-License-Identifier: BSD-2-Clause
"""The kept inputs of a fuzzer: a text file with one a line, bytes that are not printable written as \\xNN.

Empty lines and lines that begin with "#" are remarks; an input that begins so is written \\x23.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "corpus"
ESCAPE = re.compile(rb"\\(x[0-9a-f]{2}|n|\\)")


def encode(data: bytes) -> str:
    """Write an input as one line."""
    text = "".join(
        "\\\\" if byte == 0x5C else "\\n" if byte == 0x0A else chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}"
        for byte in data
    )
    if not text:
        return "\\"
    if text[0] in "# ":  # no remark, and no space that an editor would take away
        text = f"\\x{data[0]:02x}{text[1:]}"
    return text[:-1] + "\\x20" if text.endswith(" ") else text


def decode(line: str) -> bytes:
    """Read one line; "\\" alone is the empty input."""
    if line == "\\":
        return b""
    raw = line.encode("ascii")
    out = ESCAPE.sub(lambda m: {b"n": b"\n", b"\\": b"\\"}.get(m[1]) or bytes([int(m[1][1:], 16)]), raw)
    if encode(out) != line:
        raise ValueError(f"not written as it would be kept: {line}")
    return out


def read(path: Path) -> list[bytes]:
    """Return all inputs of a file; none if it is not there."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="ascii").splitlines()
    return [decode(line) for line in lines if line and not line.startswith("#")]


def unpack(path: Path, folder: Path) -> int:
    """Write each input to a file of its own, as fuzzers want them, and return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    inputs = read(path)
    for data in inputs:
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
    return len(inputs)
