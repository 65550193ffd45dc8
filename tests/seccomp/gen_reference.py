#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Write seccomp.toml as a list of lines in C, each with its checks and what each filter must answer.

Nothing of the filter's compiler is used here, not even its reader: what both got wrong in the same way, no comparison
would show. The sentences at the head of seccomp.toml are all that they share.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path
from typing import Any

ALLOW, ASK, NOTHING, ABSENT = "ALLOW", "ASK_SUPERVISOR", "DO_NOTHING", "ABSENT"

Table = dict[str, Any]


def number(table: Table, text: str) -> int:
    total = 0
    for word in text.split("|"):
        word = word.strip()
        if re.fullmatch("[0-9]+", word):
            total |= int(word)
        elif word in table["exported"]:
            total |= number(table, table["exported"][word])
        else:
            total |= table["constants"][word]
    return total


def values(table: Table, text: str) -> list[int]:
    """A or B plus any of F|G, where F and G are single bits."""
    bases, _, flags = text.partition(" plus any of ")
    found = [number(table, base) for base in bases.split(" or ")]
    for flag in flags.split("|") if flags else []:
        # O_SYNC and its like are two bits: any of them, each by itself.
        whole = number(table, flag)
        for bit in (1 << n for n in range(64) if whole >> n & 1):
            found += [v | bit for v in found]
    return found


def check(table: Table, call: str, text: str) -> str:
    name, op, rest = text.split(" ", 2)
    index, width = table["arguments"][call][name]
    kinds = {"==": "IS", "only": "ONLY", "<=": "AT_MOST"}
    limit = 1 << (64 if width == "long" else 32)
    numbers = ", ".join(f"{v % limit:#x}" for v in values(table, rest))
    return f"{{{kinds[op]}, {index}, {str(width == 'long').lower()}, {len(numbers.split(', '))}, {{{numbers}}}}}"


def answers(table: Table, text: str, of_mounter: bool) -> list[str]:
    """What the filters answer where this line holds, in the order of FILTERS."""
    if of_mounter:
        return [ABSENT] * 4 + [ALLOW]
    call = text.split(":")[0]
    full = ASK if text in table["strict"]["requests"] else ALLOW
    strict = full
    if text in table["strict"]["supervised"]:
        strict = ASK
    elif text in table["strict"]["ignored"]:
        strict = NOTHING
    gone = call in table["datagrams"]["absent"]
    return [full, strict, ABSENT if gone else full, ABSENT if gone else strict, ABSENT]


FILTERS = ["cloudabi_seccomp_filter", "cloudabi_seccomp_strict", "cloudabi_seccomp_filter_datagrams",
           "cloudabi_seccomp_strict_datagrams", "cloudabi_seccomp_mounter"]


def write_lines(table: Table, users: list[dict[str, list[str]]], of_mounter: bool) -> str:
    out = ""
    for text in {text: None for section in users for entries in section.values() for text in entries}:
        call, colon, rest = text.partition(":")
        checks = [check(table, call, c.strip()) for c in rest.split(",")] if colon else []
        out += f'    {{"{text}", {table["linux"][call]}, {len(checks)}, {{{", ".join(checks) or "{0}"}}},\n'
        out += f"     {{{', '.join(answers(table, text, of_mounter))}}}}},\n"
    return out


def write(table: Table) -> str:
    out = "// Made by gen_reference.py from seccomp.toml.\n"
    out += "enum {" + ", ".join(f"REFERENCE_{name}" for name in FILTERS) + "};\n"
    out += "const struct line lines[] = {\n"
    out += write_lines(table, [table["calls"], table["startup"]], False)
    own = ("linux", "arguments")
    mounter = {user: entries for user, entries in table["mounter"].items() if user not in own}
    out += write_lines(table | {key: table[key] | table["mounter"][key] for key in own}, [mounter], True)
    return out + "};\nconst size_t lines_count = sizeof lines / sizeof lines[0];\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", type=Path, required=True, help="seccomp.toml")
    parser.add_argument("--out", type=Path, required=True, help="the C source to write")
    args = parser.parse_args()
    args.out.write_text(write(tomllib.loads(args.table.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
