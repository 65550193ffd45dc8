# SPDX-License-Identifier: BSD-2-Clause
"""Compile a policy to a seccomp program: a decision graph with shared nodes, then straight code with forward jumps.

The graph asks the architecture, then searches the call number in a balanced tree. Calls without checks are reached by
looking at nothing but these two words, which is what lets the kernel answer them from its bitmap.
"""

from __future__ import annotations

import functools
import operator
from dataclasses import dataclass
from typing import Union

from seccomp_table import Check, Policy, Rule

AUDIT_ARCH_X86_64 = 0xC000003E
ALLOW, KILL, ERRNO, USER_NOTIF = 0x7FFF0000, 0x80000000, 0x00050000, 0x7FC00000
EPERM, ENOSYS = 1, 38
OFF_NR, OFF_ARCH, OFF_ARGS = 0, 4, 16  # struct seccomp_data

LD, JA, RET = 0x20, 0x05, 0x06
JMP = {"jeq": 0x15, "jgt": 0x25, "jge": 0x35, "jset": 0x45}

ALLOWED, REFUSED, UNKNOWN, FOREIGN = ALLOW, ERRNO | EPERM, ERRNO | ENOSYS, KILL
# In strict mode only: the supervisor answers; nothing is done and 0 returned.
STRICT = {"supervised": USER_NOTIF, "ignored": ERRNO, "requests": USER_NOTIF}


@dataclass(frozen=True, eq=False)
class Test:
    """Compare the word at `offset`; a leaf is simply the number to return. Made by test() only: equal ones are one."""

    offset: int
    op: str
    k: int
    yes: "Node"
    no: "Node"


Node = Union[int, Test]
Range = tuple[int, int, Node]  # first, last, where to go


@dataclass(frozen=True)
class Instruction:
    code: int
    jt: int
    jf: int
    k: int


@functools.cache
def test(offset: int, op: str, k: int, yes: Node, no: Node) -> Node:
    return yes if yes == no else Test(offset, op, k, yes, no)


def search(offset: int, ranges: list[Range], other: Node, low: int = 0, high: int = 0xFFFFFFFF) -> Node:
    """Find which range the word at offset is in. low and high are what is already known about it."""
    if len(ranges) > 1:
        middle = len(ranges) // 2
        split = ranges[middle][0]
        return test(offset, "jge", split, search(offset, ranges[middle:], other, split, high),
                    search(offset, ranges[:middle], other, low, split - 1))
    first, last, there = ranges[0]
    if first == last and (low, high) != (first, last):
        return test(offset, "jeq", first, there, other)
    if last < high:
        there = test(offset, "jgt", last, other, there)
    return there if low >= first else test(offset, "jge", first, there, other)


def runs(points: list[tuple[int, Node]]) -> list[Range]:
    """Join neighbouring numbers that lead to the same place."""
    out: list[Range] = []
    for n, node in sorted(points, key=lambda p: p[0]):
        if out and out[-1][1] == n - 1 and out[-1][2] == node:
            out[-1] = (out[-1][0], n, node)
        else:
            out.append((n, n, node))
    return out


def one_of(offset: int, values: list[int], yes: Node, no: Node) -> Node:
    """Some bits that must be there, any of some others, and no more: that is asked in fewer steps than each value."""
    must = functools.reduce(operator.and_, values)
    may = functools.reduce(operator.or_, values) & ~must
    if len(values) < 4 or len(values) != 1 << may.bit_count():
        return search(offset, runs([(v, yes) for v in values]), no)
    node = yes
    for bit in (1 << n for n in range(32) if must >> n & 1):
        node = test(offset, "jset", bit, node, no)
    return test(offset, "jset", ~(must | may) & 0xFFFFFFFF, no, node)


def compile_check(c: Check, yes: Node, no: Node) -> Node:
    low, high = OFF_ARGS + 8 * c.index, OFF_ARGS + 8 * c.index + 4
    if c.op == "max":
        inner = test(low, "jgt", c.values[0], no, yes)
        return test(high, "jeq", 0, inner, no) if c.wide else inner
    if c.op == "only":
        node = test(low, "jset", ~c.values[0] & 0xFFFFFFFF, no, yes)
        return test(high, "jset", ~(c.values[0] >> 32) & 0xFFFFFFFF, no, node) if c.wide else node
    node = no
    for top in sorted({v >> 32 for v in c.values}, reverse=True):
        inner = one_of(low, [v & 0xFFFFFFFF for v in c.values if v >> 32 == top], yes, no)
        node = test(high, "jeq", top, inner, node) if c.wide else inner
    return node


def compile_rule(rule: Rule, strict: bool) -> Node:
    """The alternatives of a call. Those that start with the same argument being one of some values share its search."""
    kinds = {way: rule.strict.get(way, "") for way in rule.ways}
    answers = {way: STRICT[kind] if kind == "requests" or (strict and kind) else ALLOWED for way, kind in kinds.items()}
    if rule.unconditional():
        return answers[()]
    ways = merge(without_contained(answers))
    node: Node = REFUSED
    lead = ways[0][0][0]
    sets = [w[0].values for w, _ in ways]
    if all((w[0].op, w[0].index, w[0].wide) == ("in", lead.index, False) for w, _ in ways) \
            and len(set().union(*sets)) == sum(map(len, sets)):
        points = []
        for way, answer in ways:
            rest = conjunction(way[1:], answer, REFUSED)
            points += [(v, rest) for v in way[0].values]
        return search(OFF_ARGS + 8 * lead.index, runs(points), REFUSED)
    for way, answer in reversed(ways):
        node = conjunction(way, answer, node)
    return node


def conjunction(checks: tuple[Check, ...], yes: Node, no: Node) -> Node:
    node = yes
    for c in reversed(checks):
        node = compile_check(c, node, no)
    return node


def without_contained(answers: dict[tuple[Check, ...], int]) -> dict[tuple[Check, ...], int]:
    """Drop alternatives of flags that a later one allows too, as strict mode's are in the other filters."""
    def contains(way: tuple[Check, ...], other: tuple[Check, ...]) -> bool:
        return len(way) == len(other) and all(
            a == b or (a.op == b.op == "only" and (a.index, a.wide) == (b.index, b.wide)
                       and b.values[0] & ~a.values[0] == 0)
            for a, b in zip(way, other))

    ways = list(answers)
    return {way: answer for i, (way, answer) in enumerate(answers.items())
            if not any(answers[later] == answer and contains(later, way) for later in ways[i + 1:])}


def merge(answers: dict[tuple[Check, ...], int]) -> list[tuple[tuple[Check, ...], int]]:
    """Alternatives that differ only in the values of their first check become one."""
    out: list[tuple[tuple[Check, ...], int]] = []
    for way, answer in answers.items():
        for i, (have, same) in enumerate(out):
            a, b = have[0], way[0]
            if have[1:] == way[1:] and a.op == b.op == "in" and (a.index, a.wide, same) == (b.index, b.wide, answer):
                values = tuple(sorted({*a.values, *b.values}))
                out[i] = (Check(a.index, a.wide, "in", values, a.name), *have[1:]), answer
                break
        else:
            out.append((way, answer))
    return out


def graph(policy: Policy, strict: bool, datagrams: bool) -> Node:
    points = [(r.number, compile_rule(r, strict)) for r in policy.rules if not (datagrams and r.name in policy.absent)]
    return test(OFF_ARCH, "jeq", AUDIT_ARCH_X86_64, search(OFF_NR, runs(points), UNKNOWN), FOREIGN)


def assemble(root: Node) -> list[Instruction]:
    """Write the graph backwards, so that every target is known when a jump to it is made.

    A node is written once. Its load is left out for those who come with the word already loaded.
    """
    order: list[Node] = []
    seen: set[Node] = set()
    loads: set[Node] = {root}

    def visit(node: Node) -> None:
        if node in seen:
            return
        seen.add(node)
        if isinstance(node, Test):
            for target in (node.no, node.yes):
                if isinstance(target, Test) and target.offset != node.offset:
                    loads.add(target)
                visit(target)
        order.append(node)

    visit(root)
    code: list[Instruction] = []  # last instruction first
    loaded: dict[Node, int] = {}  # index in `code` of the entry for those who have the word
    fresh: dict[Node, int] = {}  # of the entry that loads it

    def distance(node: Node, offset: int) -> int:
        """How far the target is from the next instruction to be written, bringing it near if a jump cannot reach."""
        same = isinstance(node, Test) and node.offset == offset
        place = loaded if same or isinstance(node, int) else fresh
        if len(code) - 1 - place[node] > 250:
            code.append(Instruction(RET, 0, 0, node) if isinstance(node, int)
                        else Instruction(JA, 0, 0, len(code) - 1 - place[node]))
            place[node] = len(code) - 1
        return len(code) - 1 - place[node]

    for node in order:
        if isinstance(node, int):
            code.append(Instruction(RET, 0, 0, node))
        else:
            distance(node.yes, node.offset)  # may write a stepping stone, so ask twice
            distance(node.no, node.offset)
            jt, jf = distance(node.yes, node.offset), distance(node.no, node.offset)
            code.append(Instruction(JMP[node.op], jt, jf, node.k))
        loaded[node] = len(code) - 1
        if node in loads and isinstance(node, Test):
            code.append(Instruction(LD, 0, 0, node.offset))
            fresh[node] = len(code) - 1
    return code[::-1]


def compile_policy(policy: Policy, strict: bool = False, datagrams: bool = False) -> list[Instruction]:
    program = assemble(graph(policy, strict, datagrams))
    if len(program) > 4096:
        raise ValueError(f"{len(program)} instructions; the kernel takes 4096")
    return program
