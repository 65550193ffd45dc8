#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Turn vectors.toml into vectors.h, the tables of vectors.c, or into a corpus for the fuzzer."""

import argparse
import math
import struct
import sys
import tomllib
from pathlib import Path
from typing import Any

GETTERS = ("int_s", "int_u", "bool", "fd", "float", "str", "str_c", "binary", "timestamp")
KEYS = {*GETTERS, "name", "bytes", "yaml", "int", "seq", "map", "corrupt", "canonical"}
ERRORS = ("EINVAL", "EBADF", "ERANGE", "EILSEQ")
MEMBERS = {"bool": "bool_", "float": "float_"}


def c_bytes(data: bytes) -> str:
    """A C string literal of any bytes."""
    return '"' + "".join(f"\\{byte:03o}" for byte in data) + '"'


def c_int(value: int) -> str:
    if value == -(2**63):
        return "INT64_MIN"
    return f"INT64_C({value})" if value < 2**63 else f"UINT64_C({value})"


def c_float(value: float) -> str:
    bits = struct.unpack(">Q", struct.pack(">d", math.nan if math.isnan(value) else value))[0]
    return f"UINT64_C(0x{bits:016x})"


def answer(getter: str, given: Any) -> str:
    """The members of one getter's answer as designated initializers."""
    if given in ERRORS:
        return f".{MEMBERS.get(getter, getter)} = {{.error = {given}}}"
    match getter:
        case "int_s" | "int_u" | "fd":
            value = f".value = {c_int(int(given))}"
        case "bool":
            value = f".value = {str(given).lower()}"
        case "float":
            value = f".bits = {c_float(given)}"
        case "str" | "str_c":
            data = given.encode()
            value = f".bytes = {c_bytes(data)}, .length = {len(data)}"
        case "binary":
            data = bytes.fromhex(given)
            value = f".bytes = {c_bytes(data)}, .length = {len(data)}"
        case _:
            value = f".sec = {c_int(given[0])}, .nsec = {given[1]}"
    return f".{MEMBERS.get(getter, getter)} = {{{value}}}"


def vector(row: dict[str, Any]) -> str:
    if unknown := row.keys() - KEYS:
        sys.exit(f"vectors.toml: {row['name']}: unknown keys: {', '.join(sorted(unknown))}")
    data = bytes.fromhex(row["bytes"])
    answers = dict.fromkeys(GETTERS, "EINVAL") | {k: v for k, v in row.items() if k in GETTERS}
    if "int" in row:
        answers["int_s"] = answers["int_u"] = row["int"]
    if "str" in row and "str_c" not in row:
        answers["str_c"] = row["str"]
    end = "ARGDATA_ITERATOR_" + ("INVALID" if row.get("corrupt") else "END")
    members = [
        f".name = {c_bytes(row['name'].encode())}",
        f".bytes = {c_bytes(data)}",
        f".length = {len(data)}",
        f".yaml = {c_bytes(row['yaml'].lstrip().encode())}",
        f".canonical = {str(row.get('canonical', False)).lower()}",
        *(answer(getter, given) for getter, given in answers.items()),
        *(
            f".{kind} = {{{row.get(kind, 0)}, {end if kind in row else 'ARGDATA_ITERATOR_INVALID'}}}"
            for kind in ("map", "seq")
        ),
    ]
    return "    {" + ",\n     ".join(members) + "},\n"


def header(table: dict[str, Any]) -> str:
    lengths = "".join(
        f"    {{{row['value']}, {c_bytes(data)}, {len(data)}}},\n"
        for row in table["length"]
        if (data := bytes.fromhex(row["bytes"]))
    )
    values = "".join(map(vector, table["value"]))
    return (
        "// Generated from vectors.toml.\n"
        f"static const struct length_vector length_vectors[] = {{\n{lengths}}};\n"
        f"static const struct vector vectors[] = {{\n{values}}};\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path, help="vectors.toml")
    parser.add_argument("--header", type=Path, help="file to write the C tables to")
    parser.add_argument("--corpus", type=Path, help="directory to write one file per value to")
    arguments = parser.parse_args()
    table = tomllib.loads(arguments.table.read_text(encoding="utf-8"))
    if arguments.header:
        arguments.header.write_text(header(table), encoding="utf-8")
    if arguments.corpus:
        arguments.corpus.mkdir(parents=True, exist_ok=True)
        for number, row in enumerate(table["value"]):
            (arguments.corpus / f"{number:03}").write_bytes(bytes.fromhex(row["bytes"]))


if __name__ == "__main__":
    main()
