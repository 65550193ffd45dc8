#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compile seccomp.toml to a C header with the filter, and if wanted to a listing for people."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import seccomp_bpf as bpf  # noqa: E402
from seccomp_table import Check, Policy, TableError, read_policy  # noqa: E402

RETURNS = {bpf.ALLOWED: "allow", bpf.REFUSED: "EPERM", bpf.UNKNOWN: "ENOSYS", bpf.FOREIGN: "kill the process",
           bpf.USER_NOTIF: "ask the supervisor", bpf.ERRNO: "0, and do nothing"}
OPS = {code: op for op, code in bpf.JMP.items()}

HEADER = """\
// SPDX-License-Identifier: BSD-2-Clause
// The filters that sandboxed processes run under, and the values that the runtime shares with it.
// Made by runtime/sandbox/gen_seccomp.py from seccomp.toml: change that.

#ifndef SECCOMP_FILTER_H
#define SECCOMP_FILTER_H

{macros}
#include <linux/filter.h>

{filters}
// Calls X(name) for each of them.
#define CLOUDABI_SECCOMP_PROGRAMS(X) {names}

#endif
"""


FILTER = """\
__attribute__((unused)) static const struct sock_filter {name}[] = {{
{code}}};

#define {macro}_LENGTH {length}
"""


def write_header(policy: Policy, programs: dict[str, list[bpf.Instruction]]) -> str:
    macros = "".join(f"#define {n} {f'({v})' if v < 0 else hex(v)}\n" for n, v in policy.exported.items())
    filters = []
    for name, program in programs.items():
        code = "".join(f"    {{{i.code:#04x}, {i.jt}, {i.jf}, {i.k:#x}}},\n" for i in program)
        filters.append(FILTER.format(name=name, code=code, macro=name.upper(), length=len(program)))
    names = " ".join(f"X({name})" for name in programs)
    return HEADER.format(macros=macros, filters="\n".join(filters), names=names)


def word(offset: int) -> str:
    if offset < bpf.OFF_ARGS:
        return {bpf.OFF_NR: "call number", bpf.OFF_ARCH: "architecture"}[offset]
    half = "high" if offset % 8 else "low"
    return f"{half} half of argument {(offset - bpf.OFF_ARGS) // 8}"


def describe(c: Check) -> str:
    values = [f"{v:#x}" for v in c.values]
    op = {"in": "is", "only": "has no bit outside", "max": "is at most"}[c.op]
    return f"{c.name} {op} {' or '.join(values)}" + (" (64 bits)" if c.wide else "")


def write_code(program: list[bpf.Instruction]) -> str:
    out = ""
    for n, i in enumerate(program):
        if i.code == bpf.LD:
            text = f"load {word(i.k)}"
        elif i.code == bpf.RET:
            text = f"return {RETURNS[i.k]}"
        elif i.code == bpf.JA:
            text = f"go to {n + 1 + i.k}"
        else:
            text = f"{OPS[i.code]:4} {i.k:#x}: {n + 1 + i.jt}, else {n + 1 + i.jf}"
        out += f"  {n:3}  {text}\n"
    return out


def write_strict(policy: Policy) -> str:
    out = ""
    for kind, heading in (("requests", "In either mode answered by the sandbox's own processes"),
                          ("supervised", "In strict mode left to the supervisor"),
                          ("ignored", "In strict mode answered 0, and not done")):
        out += f"\n{heading}:\n"
        for r in policy.rules:
            for way in (w for w, k in r.strict.items() if k == kind):
                out += f"  {r.number:3} {r.name:18} {' and '.join(map(describe, way)) or 'whatever the arguments'}\n"
    return out


def write_allowed(policy: Policy) -> str:
    free = [r for r in policy.rules if r.unconditional()]
    out = f"\nAllowed whatever the arguments ({len(free)}):\n"
    out += "".join(f"  {r.number:3} {r.name:18} for {', '.join(r.users)}\n" for r in free)
    out += "\nAllowed only if, and EPERM otherwise:\n"
    for r in policy.rules:
        if not r.unconditional():
            out += f"  {r.number:3} {r.name:18} for {', '.join(r.users)}\n"
            for n, way in enumerate(r.ways):
                out += f"      {'or' if n else '  '} {' and '.join(map(describe, way))}\n"
    return out


def write_listing(policy: Policy, programs: dict[str, list[bpf.Instruction]]) -> str:
    out = f"Filters for {len(policy.rules)} Linux calls, in instructions:\n"
    out += "".join(f"  {len(program):3} {name}\n" for name, program in programs.items())
    out += "\nAnother architecture: the process is killed. Any call not listed, x32 and clone3 included: ENOSYS.\n"
    out += write_allowed(policy)
    out += write_strict(policy)
    out += f"\nUnknown where a datagram socket is granted: {', '.join(sorted(policy.absent))}\n"
    # The variants differ by one call, but in many numbers.
    for name in ("cloudabi_seccomp_filter", "cloudabi_seccomp_strict"):
        out += f"\nCode of {name}:\n" + write_code(programs[name])
    assert policy.mounter is not None
    out += f"\nThe mounter's own filter, for {len(policy.mounter.rules)} Linux calls:\n"
    return out + write_allowed(policy.mounter)


def write(path: Path, text: str) -> None:
    """Leave an unchanged file alone, so that nothing is rebuilt for it."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.h", help="the C header to write")
    parser.add_argument("--listing", type=Path, metavar="FILE", help="also write the listing")
    parser.add_argument("--table", type=Path, default=HERE / "seccomp.toml", metavar="FILE", help="the table")
    parser.add_argument("--abi", type=Path, default=HERE.parents[1] / "abi", metavar="DIR", help="the ABI's data")
    args = parser.parse_args()
    try:
        policy = read_policy(args.table, args.abi)
        programs = {
            "cloudabi_seccomp_filter": bpf.compile_policy(policy),
            "cloudabi_seccomp_strict": bpf.compile_policy(policy, strict=True),
            "cloudabi_seccomp_filter_datagrams": bpf.compile_policy(policy, datagrams=True),
            "cloudabi_seccomp_strict_datagrams": bpf.compile_policy(policy, strict=True, datagrams=True),
        }
        assert policy.mounter is not None
        programs["cloudabi_seccomp_mounter"] = bpf.compile_policy(policy.mounter)
        write(args.out, write_header(policy, programs))
        if args.listing:
            write(args.listing, write_listing(policy, programs))
    except (TableError, ValueError) as e:
        print(f"gen_seccomp.py: {e}", file=sys.stderr)
        return 1
    except OSError as e:
        print(f"gen_seccomp.py: {e.filename}: {e.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
