# SPDX-License-Identifier: BSD-2-Clause
"""Read seccomp.toml: for each Linux call, the argument checks under which it is allowed."""

from __future__ import annotations

import copy
import itertools
import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "abi"))

from load import load  # noqa: E402  (the ABI's own data: which calls there are)
from model import AbiError  # noqa: E402

CHECK = re.compile(r"(?P<arg>[a-z0-9_]+) (?P<op>==|<=|only) (?P<value>.+)\Z")


class TableError(Exception):
    """The table is wrong; the text says where and how."""


@dataclass(frozen=True)
class Check:
    """A condition on one argument. op "in": one of `values`; "only": no bit outside values[0]; "max": at most it."""

    index: int
    wide: bool
    op: str
    values: tuple[int, ...]
    name: str


@dataclass
class Rule:
    """A Linux call. `ways` is the list of alternatives, each a tuple of checks; an empty tuple allows everything.

    `strict` says which of them strict mode does not simply allow: "supervised" or "ignored". What is "requests" is
    never allowed, but answered by the sandbox's own processes in either mode.
    """

    name: str
    number: int
    ways: list[tuple[Check, ...]]
    users: list[str]
    strict: dict[tuple[Check, ...], str] = field(default_factory=dict)

    def unconditional(self) -> bool:
        return () in self.ways


@dataclass
class Policy:
    rules: list[Rule]  # by number
    exported: dict[str, int]
    absent: frozenset[str] = frozenset()  # calls that the variant for datagrams does not have
    mounter: Policy | None = None  # the mounter's own


class Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as e:
            raise TableError(f"{path}: cannot be read: {e.strerror}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
            raise TableError(f"{path}: not valid TOML: {e}") from None
        known = {"calls", "startup", "strict", "datagrams", "mounter", "exported", "arguments", "linux", "constants"}
        for name in sorted(set(self.data) | known):
            if name not in known:
                raise TableError(f"{path}: unknown section [{name}]; known are {', '.join(sorted(known))}")
            if not isinstance(self.data.get(name), dict):
                raise TableError(f"{path}: the section [{name}] is missing")
        self.mounter_data = {key: self.data["mounter"].get(key) for key in ("linux", "arguments")}
        for key, content in self.mounter_data.items():
            if not isinstance(content, dict):
                raise TableError(f"{path}: the section [mounter.{key}] is missing")
        numbers: list[int] = []
        for section, content in (("linux", self.data["linux"]), ("mounter.linux", self.mounter_data["linux"]),
                                 ("constants", self.data["constants"])):
            for name, n in content.items():
                if type(n) is not int or (section != "constants" and not 0 <= n < 1 << 30):
                    raise TableError(f"{path}: [{section}] {name}: expected a number")
                if section != "constants":
                    if n in numbers:
                        raise TableError(f"{path}: [{section}]: two calls have the same number")
                    numbers.append(n)
        self.used: set[str] = set()
        self.exported = {n: self.bits(f"[exported] {n}", v) for n, v in self.data["exported"].items()}
        self.exported_used: set[str] = set()

    def bits(self, where: str, text: Any) -> int:
        total = 0
        for word in str(text).split("|"):
            word = word.strip()
            if word.isdigit():
                total |= int(word)
            elif word in self.data["constants"]:
                self.used.add(word)
                total |= self.data["constants"][word]
            elif word in getattr(self, "exported", {}):
                total |= self.exported[word]
            else:
                raise TableError(f"{self.path}: {where}: '{word}' is neither a number nor in [constants] or [exported]")
        return total

    def check(self, where: str, call: str, text: str) -> Check:
        m = CHECK.match(text)
        if not m:
            raise TableError(f"{self.path}: {where}: '{text}' is not a check; write arg == V, arg only F|G or arg <= N")
        places = self.data["arguments"].get(call)
        place = places.get(m["arg"]) if isinstance(places, dict) else None
        if not (isinstance(place, list) and len(place) == 2 and type(place[0]) is int and 0 <= place[0] <= 5
                and place[1] in ("int", "long")):
            raise TableError(f"{self.path}: {where}: [arguments] {call} must say {m['arg']} = "
                             '[0 to 5, "int" or "long"]')
        wide = place[1] == "long"
        top = 1 << (64 if wide else 32)
        alternatives, _, flags = m["value"].partition(" plus any of ")
        values = [self.bits(where, v) for v in alternatives.split(" or ")]
        if m["op"] != "==" and (len(values) > 1 or flags):
            raise TableError(f"{self.path}: {where}: '{text}': only == takes several values")
        if flags:
            single = [1 << b for b in range(64) if self.bits(where, flags) >> b & 1]
            if len(single) > 4:
                raise TableError(f"{self.path}: {where}: '{text}': more than 4 optional flags make too many values")
            combos = [sum(c) for n in range(len(single) + 1) for c in itertools.combinations(single, n)]
            values = [v | c for v in values for c in combos]
        if any(not -(top >> 1) <= v < top for v in values):
            raise TableError(f"{self.path}: {where}: '{text}' does not fit the argument")
        if m["op"] == "<=" and not 0 <= values[0] < 1 << 32:
            raise TableError(f"{self.path}: {where}: '{text}': the limit must fit 32 bits")
        op = {"==": "in", "only": "only", "<=": "max"}[m["op"]]
        return Check(place[0], wide, op, tuple(sorted({v % top for v in values})), m["arg"])

    def way(self, where: str, text: Any) -> tuple[str, tuple[Check, ...]]:
        if not isinstance(text, str):
            raise TableError(f"{self.path}: {where}: expected a string")
        name, colon, rest = text.partition(": ")
        if name == "clone3":
            raise TableError(f"{self.path}: {where}: clone3 cannot be allowed: its flags are in memory")
        if name not in self.data["linux"]:
            raise TableError(f"{self.path}: {where}: '{name}' is not in [linux]")
        # An empty list of checks after the colon is a mistake, never a call without checks.
        return name, tuple(self.check(where, name, c) for c in rest.split(", ")) if colon else ()

    def entry(self, where: str, text: Any, rules: dict[str, Rule], user: str) -> None:
        name, way = self.way(where, text)
        rule = rules.setdefault(name, Rule(name, self.data["linux"][name], [], []))
        if rule.ways and rule.unconditional() != (way == ()):
            raise TableError(f"{self.path}: {where}: {name} is allowed with checks in one place and without in "
                             f"another, so the checks say nothing (see {', '.join(rule.users)})")
        if way not in rule.ways:
            rule.ways.append(way)
        if user not in rule.users:
            rule.users.append(user)

    def strict(self, rules: dict[str, Rule]) -> None:
        """Mark what strict mode answers otherwise: it must be listed as allowed, in the same words."""
        for kind, entries in self.data["strict"].items():
            where = f"[strict] {kind}"
            if kind not in ("supervised", "ignored", "requests") or not isinstance(entries, list):
                raise TableError(f"{self.path}: {where}: expected the arrays supervised, ignored and requests")
            for text in entries:
                name, way = self.way(where, text)
                if name not in rules or way not in rules[name].ways:
                    raise TableError(f"{self.path}: {where}: '{text}' is allowed nowhere above")
                if rules[name].strict.setdefault(way, kind) != kind:
                    raise TableError(f"{self.path}: {where}: '{text}' cannot be both supervised and ignored")

    def absent(self, rules: dict[str, Rule]) -> frozenset[str]:
        names = self.data["datagrams"].get("absent")
        if not isinstance(names, list) or set(self.data["datagrams"]) != {"absent"}:
            raise TableError(f"{self.path}: [datagrams]: expected the array absent")
        for name in names:
            if not isinstance(name, str) or name not in rules:
                raise TableError(f"{self.path}: [datagrams] absent: '{name}' is allowed nowhere above")
        return frozenset(names)

    def mounter(self) -> Policy:
        """The mounter's calls; its numbers and arguments go before those of everybody else."""
        other = copy.copy(self)
        other.data = self.data | {key: self.data[key] | content for key, content in self.mounter_data.items()}
        rules: dict[str, Rule] = {}
        for user, entries in self.data["mounter"].items():
            if user not in self.mounter_data:
                other.section("mounter", user, entries, rules)
        for key, content in self.mounter_data.items():
            if idle := sorted(set(content) - set(rules)):
                raise TableError(f"{self.path}: [mounter.{key}] {idle[0]} is used by nothing; remove it")
        return Policy(sorted(rules.values(), key=lambda rule: rule.number), {})

    def section(self, section: str, user: str, entries: Any, rules: dict[str, Rule]) -> None:
        if not isinstance(entries, list) or not entries:
            raise TableError(f"{self.path}: [{section}] {user}: expected an array with at least one Linux call")
        for text in entries:
            self.entry(f"[{section}] {user}", text, rules, user)


def read_policy(path: Path, abi: Path) -> Policy:
    r = Reader(path)
    try:
        calls = load(abi).calls
    except AbiError as e:
        raise TableError(f"the ABI's data: {e}") from None
    listed = r.data["calls"]
    if missing := [c for c in calls if c not in listed]:
        raise TableError(f"{path}: [calls]: {missing[0]} is missing")
    if unknown := [c for c in listed if c not in calls]:
        raise TableError(f"{path}: [calls]: {unknown[0]} is not a call of the ABI")
    rules: dict[str, Rule] = {}
    for section in ("calls", "startup"):
        for user, entries in r.data[section].items():
            r.section(section, user, entries, rules)
    r.strict(rules)
    absent, mounter = r.absent(rules), r.mounter()
    for section, have in (("linux", set(rules)), ("constants", r.used), ("arguments", set(rules))):
        if idle := sorted(set(r.data[section]) - have):
            raise TableError(f"{path}: [{section}] {idle[0]} is used by nothing; remove it")
    return Policy(sorted(rules.values(), key=lambda rule: rule.number), r.exported, absent, mounter)
