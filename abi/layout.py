# SPDX-License-Identifier: BSD-2-Clause
"""Work out the layout of a structure by the C rules and compare it with what the data states."""

from __future__ import annotations

from model import WIDTHS, WORDS, AbiError, Member, Scalar, Struct, TypeRef


def size_align(ref: TypeRef, word: int, scalars: dict[str, Scalar], structs: dict[str, Struct]) -> tuple[int, int]:
    """Size and alignment of one member; 64-bit members are 8-byte aligned whatever the word size."""
    if ref.shape == "*" or ref.base == "size":
        return WORDS[word], WORDS[word]
    if ref.base in structs:
        size, align = structs[ref.base].size[word], structs[ref.base].align[word]
    else:
        size = align = 1 if ref.base == "char" else WIDTHS[scalars[ref.base].width if ref.base in scalars else ref.base]
    return size * ref.count, align


def check_layout(s: Struct, scalars: dict[str, Scalar], structs: dict[str, Struct]) -> None:
    where = f"structs.toml: [{s.name}]"
    for word, bits in enumerate((64, 32)):

        def place(members: list[Member], start: int, name: str) -> tuple[int, int]:
            """Lay members out from offset start; answer the end and the largest alignment."""
            at = end = start
            most, shared = 1, False
            for m in members:
                size, align = size_align(m.type, word, scalars, structs)
                if not (m.union and shared):
                    at = -(-end // align) * align
                shared = m.union
                if m.at[word] != at:
                    raise AbiError(f"{name}: {m.name} is stated at {m.at[word]}, but lies at {at} ({bits}-bit)")
                end, most = max(end, at + size), max(most, align)
            return end, most

        end, most = place(s.members, 0, where)
        if s.variants:
            aligns = [max(size_align(m.type, word, scalars, structs)[1] for m in v.members) for v in s.variants]
            most = max([most, *aligns])
            start = -(-end // max(aligns)) * max(aligns)
            ends = [place(v.members, start, f"{where}: variant {v.name}")[0] for v in s.variants]
            end = max(-(-e // a) * a for e, a in zip(ends, aligns))
        total = -(-end // most) * most
        if (s.size[word], s.align[word]) != (total, most):
            raise AbiError(f"{where}: stated size {s.size[word]}, alignment {s.align[word]}, but the members make "
                           f"{total} and {most} ({bits}-bit)")
