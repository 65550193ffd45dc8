# SPDX-License-Identifier: BSD-2-Clause
"""Write the reference page of the ABI in Markdown."""

from __future__ import annotations

from emit_headers import c_type, needs_text, parameters
from model import Abi, Call, Scalar, Struct, TypeRef

INTRO = """\
# The ABI

What a program and the system under it agree on: {calls} calls, found by name in the vDSO, and the types they use.
Results go through trailing pointers and are written only on success. Every call answers an error number, zero for
success, but for the two that do not return. Strings are pointer and length, never terminated. 64-bit numbers are 8-byte
aligned also on 32-bit machines. No call is ever interrupted.

Every call on a descriptor fails with BADF when the number is not open, then with NOTCAPABLE when a right is missing;
a pointer to memory that is not there gives FAULT. Paths start at a directory descriptor and cannot leave it: an
absolute path, a `..` above the start or a symbolic link to either gives NOTCAPABLE.

Contents: [calls](#calls), [rights](#rights), [numbers](#numbers), [values](#values), [flags](#flags),
[structures](#structures).
"""


def reference(abi: Abi) -> str:
    calls = abi.functions()
    out = INTRO.format(calls=len(calls)) + "\n## Calls\n\n"
    out += ", ".join(f"[{c.name}](#{c.name})" for c in calls) + "\n"
    out += "".join(_call(c) for c in calls)
    out += _rights(abi)
    for title, kind in (("Numbers", "alias"), ("Values", "enum"), ("Flags", "flags")):
        out += f"\n## {title}\n"
        out += "".join(_scalar(s) for s in abi.scalars.values() if s.kind == kind and s.name != "rights")
    out += "\n## Structures\n\nSizes and offsets in bytes; where 64-bit and 32-bit machines differ, both are given.\n"
    return out + "".join(_struct(s) for s in abi.structs.values())


def _call(c: Call) -> str:
    names = ", ".join(d for d, _ in parameters(c)) or "void"
    kind = "_Noreturn void" if c.noreturn else "cloudabi_errno_t"
    text = names.replace("CLOUDABI_ATOMIC(", "_Atomic(")
    out = f"\n### {c.name}\n\n{c.text}\n\n```c\n{kind} cloudabi_sys_{c.name}({text});\n```\n\n"
    if c.extension:
        out += "An extension: programs must be ready not to find it.\n\n"
    if c.shortcut:
        out += f"A shortcut for [{c.shortcut}](#{c.shortcut}): whoever does not find it makes that call.\n\n"
    needs = needs_text(c)
    out += "Rights: none.\n" if not needs else "Rights:\n\n" + "".join(f"- {n}\n" for n in needs)
    if c.errors:
        out += "\nErrors:\n\n" + "".join(f"- {e}: {why}\n" for e, why in c.errors)
    return out


def _rights(abi: Abi) -> str:
    out = "\n## Rights\n\nRights only ever shrink: by fd_stat_put, and when a descriptor is made through another.\n\n"
    out += "| Bit | Right | Allows |\n|---|---|---|\n"
    out += "".join(f"| {r.bit} | {r.name} | {r.allows} |\n" for r in abi.rights.values())
    out += "\nThe largest sets that make sense:\n\n"
    out += "| Descriptor | Its own rights | Inherited by what it makes |\n|---|---|---|\n"
    every = sum(1 << r.bit for r in abi.rights.values())

    def names(bits: int) -> str:
        if bits == every:
            return "all"
        return ", ".join(r.name for r in abi.rights.values() if bits >> r.bit & 1) or "none"

    return out + "".join(f"| {s.text} | {names(s.base)} | {names(s.inheriting)} |\n" for s in abi.sets.values())


def _scalar(s: Scalar) -> str:
    out = f"\n### {s.name}\n\n{s.text} `cloudabi_{s.name}_t`, {s.width}.\n"
    if s.values:
        out += f"\n| CLOUDABI_{s.prefix}… | Value | Meaning |\n|---|---|---|\n"
        for v in s.values:
            number = str(v.number) if s.kind == "enum" and s.name != "filetype" or v.number < 2 else hex(v.number)
            out += f"| {v.name} | {number} | {v.text} |\n"
    return out


def _both(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} / {pair[1]}"


def _type(ref: TypeRef) -> str:
    suffix = f"[{ref.count}]" if ref.shape == "[n]" else ""
    return c_type(ref).replace("CLOUDABI_ATOMIC(", "_Atomic(") + suffix


def _struct(s: Struct) -> str:
    out = f"\n### {s.name}\n\n{s.text} `cloudabi_{s.name}_t`, size {_both(s.size)}, alignment {_both(s.align)}.\n\n"
    out += "| Member | Type | Offset | Meaning |\n|---|---|---|---|\n"
    rows = [("", m) for m in s.members] + [(f"{v.name}.", m) for v in s.variants for m in v.members]
    out += "".join(f"| {p}{m.name} | {_type(m.type)} | {_both(m.at)} | {m.text} |\n" for p, m in rows)
    if s.variants:
        uses = "; ".join(f"{v.name} for {' and '.join(v.selectors)}" for v in s.variants)
        out += f"\nWhich part is valid follows from {s.selector}: {uses}.\n"
    return out
