# SPDX-License-Identifier: BSD-2-Clause
"""Turn the data files into a checked `Abi`. Every mistake in them ends as one AbiError that names the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layout import check_layout
from model import (FILES, VALUE_NAME, WIDTHS, Abi, AbiError, Arg, Call, Member, Need, Right, RightSet, Scalar, Struct,
                   Table, TypeRef, Value, Variant, check_name, parse_type, read_toml)

BUILTIN = {"size", "char", "void", "u8", "u16", "u32", "u64", "i64"}
FUNCTION_TYPES = {"threadentry", "processentry"}


def load(folder: Path) -> Abi:
    raw = {name: read_toml(folder / name) for name in FILES}
    rights = _rights(raw["rights.toml"])
    scalars = _scalars(raw["types.toml"], "types.toml") | _scalars(raw["errno.toml"], "errno.toml")
    for needed in ("rights", "errno", "filetype"):
        if needed not in scalars:
            raise AbiError(f"types.toml: the type '{needed}' is missing")
    scalars["rights"].values = [Value(r.name.upper(), 1 << r.bit, r.allows) for r in rights.values()]
    _check_constants(scalars)
    sets = _sets(raw["rights.toml"], rights, {v.name for v in scalars["filetype"].values})
    structs = {name: _struct(name, t, scalars) for name, t in raw["structs.toml"].items()}
    if clash := set(scalars) & set(structs):
        raise AbiError(f"structs.toml: [{clash.pop()}] is also a type in types.toml")
    known = BUILTIN | FUNCTION_TYPES | set(scalars) | set(structs)
    for s in structs.values():
        for m in s.members + [m for v in s.variants for m in v.members]:
            _check_type(f"structs.toml: [{s.name}]: {m.name}", m.type, known)
        check_layout(s, scalars, structs)
    abi = Abi(scalars, structs, rights, sets, {}, {})
    calls = [_call(name, t, abi, known) for name, t in raw["calls.toml"].items()]
    abi.calls = {c.name: c for c in calls if not c.shortcut}
    abi.shortcuts = {c.name: c for c in calls if c.shortcut}
    _check_order(calls)
    _check_shortcuts(abi)
    _check_rights_used(abi)
    return abi


def _scalars(data: dict[str, Any], file: str) -> dict[str, Scalar]:
    out: dict[str, Scalar] = {}
    for name, raw in data.items():
        t = Table(f"{file}: [{name}]", raw)
        check_name(t.where, name)
        kind, width = t.get("kind", str), t.get("width", str)
        if kind not in ("alias", "enum", "flags"):
            raise AbiError(f"{t.where}: kind is '{kind}'; it must be alias, enum or flags")
        if width not in WIDTHS:
            raise AbiError(f"{t.where}: width is '{width}'; it must be one of {', '.join(WIDTHS)}")
        if kind != "alias" and width == "i64":
            raise AbiError(f"{t.where}: only an alias can be signed")
        values = []
        for vname, pair in t.get("values", dict, {}).items():
            check_name(t.where, vname, VALUE_NAME)
            if not (isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int and isinstance(pair[1], str)):
                raise AbiError(f'{t.where}: {vname} must be [number, "meaning"]')
            if not 0 <= pair[0] < 1 << (63 if width == "i64" else 8 * WIDTHS[width]):
                raise AbiError(f"{t.where}: {vname} = {pair[0]} does not fit {width}")
            if kind == "flags" and pair[0].bit_count() != 1:
                raise AbiError(f"{t.where}: {vname} = {pair[0]:#x} is not a single bit, but this type holds flags")
            values.append(Value(vname, pair[0], pair[1]))
        numbers = [v.number for v in values]
        if kind != "alias" and len(set(numbers)) != len(numbers):
            raise AbiError(f"{t.where}: two values have the same number")
        out[name] = Scalar(name, kind, width, t.get("prefix", str, ""), t.get("text", str), values)
        t.done()
    return out


def _check_constants(scalars: dict[str, Scalar]) -> None:
    seen: dict[str, str] = {}
    for s in scalars.values():
        for v in s.values:
            full = s.prefix + v.name
            if full in seen:
                raise AbiError(f"types.toml: CLOUDABI_{full} is defined by [{seen[full]}] and by [{s.name}]")
            seen[full] = s.name


def _rights(data: dict[str, Any]) -> dict[str, Right]:
    top = Table("rights.toml", data)
    out: dict[str, Right] = {}
    bits: dict[int, str] = {}
    for name, raw in top.get("right", dict).items():
        t = Table(f"rights.toml: right.{name}", raw)
        check_name(t.where, name)
        bit = t.get("bit", int)
        if not 0 <= bit <= 63:
            raise AbiError(f"{t.where}: bit {bit} is not between 0 and 63")
        if bit in bits:
            raise AbiError(f"{t.where}: bit {bit} belongs to {bits[bit]}")
        bits[bit] = name
        out[name] = Right(name, bit, t.get("allows", str), t.get("extension", bool, False))
        t.done()
    top.get("set", dict)
    top.done()
    return out


def _sets(data: dict[str, Any], rights: dict[str, Right], filetypes: set[str]) -> dict[str, RightSet]:
    every = sum(1 << r.bit for r in rights.values())
    out: dict[str, RightSet] = {}
    raw_sets = data["set"]

    def bits(where: str, names: list[str], follow: bool) -> int:
        total = 0
        for n in names:
            if n == "all":
                total |= every
            elif n.startswith("@") and follow and n[1:] in raw_sets:
                total |= bits(where, raw_sets[n[1:]].get("base", []), False)
            elif n in rights:
                total |= 1 << rights[n].bit
            else:
                raise AbiError(f"{where}: '{n}' is neither a right, nor 'all', nor '@' and a set")
        return total

    owner: dict[str, str] = {}
    for name, raw in raw_sets.items():
        t = Table(f"rights.toml: set.{name}", raw)
        check_name(t.where, name)
        types = t.strings("filetypes", [])
        for ft in types:
            if ft not in filetypes:
                raise AbiError(f"{t.where}: no file type is called '{ft}'")
            if ft in owner:
                raise AbiError(f"{t.where}: {ft} has a set already: {owner[ft]}")
            owner[ft] = name
        base = bits(t.where, t.strings("base"), False)
        out[name] = RightSet(name, t.get("text", str), types, base, bits(t.where, t.strings("inheriting"), True))
        t.done()
    if missing := sorted(filetypes - set(owner)):
        raise AbiError(f"rights.toml: no set for the file type {missing[0]}")
    return out


def _members(t: Table, scalars: dict[str, Scalar]) -> list[Member]:
    out = []
    for raw in t.get("members", list):
        m = Table(f"{t.where}: member", raw)
        name = check_name(m.where, m.get("name", str))
        m.where = f"{t.where}: {name}"
        out.append(Member(name, parse_type(m.where, m.get("type", str)), m.pair("at"), m.get("text", str),
                          m.get("union", bool, False)))
        m.done()
    if len({m.name for m in out}) != len(out):
        raise AbiError(f"{t.where}: two members have the same name")
    return out


def _struct(name: str, raw: Any, scalars: dict[str, Scalar]) -> Struct:
    t = Table(f"structs.toml: [{name}]", raw)
    check_name(t.where, name)
    s = Struct(name, t.get("text", str), t.pair("size"), t.pair("align"), _members(t, scalars),
               t.get("selector", str, ""), extension=t.get("extension", bool, False))
    for vname, vraw in t.get("variants", dict, {}).items():
        v = Table(f"{t.where}: variant {vname}", vraw)
        s.variants.append(Variant(check_name(v.where, vname), v.strings("for"), _members(v, scalars)))
        v.done()
    t.done()
    if s.variants:
        chooser = [m for m in s.members if m.name == s.selector]
        if not chooser or chooser[0].type.base not in scalars:
            raise AbiError(f"{t.where}: 'selector' must name the member that chooses the variant")
        allowed = {v.name for v in scalars[chooser[0].type.base].values}
        for variant in s.variants:
            if bad := [x for x in variant.selectors if x not in allowed]:
                raise AbiError(f"{t.where}: variant {variant.name}: '{bad[0]}' is no {chooser[0].type.base}")
    return s


def _check_type(where: str, ref: TypeRef, known: set[str]) -> None:
    if ref.base not in known:
        raise AbiError(f"{where}: no type is called '{ref.base}'")
    if ref.base in {"void"} | FUNCTION_TYPES and ref.shape in ("", "[n]"):
        raise AbiError(f"{where}: there are no values of type '{ref.base}'; point to it")


def _args(where: str, items: list[str], known: set[str]) -> list[Arg]:
    out = []
    for item in items:
        name, colon, text = item.partition(": ")
        if not colon:
            raise AbiError(f"{where}: '{item}' must read \"name: type\"")
        check_name(where, name)
        ref = parse_type(f"{where}: {name}", text)
        _check_type(f"{where}: {name}", ref, known)
        if ref.shape == "[n]":
            raise AbiError(f"{where}: {name}: arrays cannot be passed; use {ref.base}[]")
        out.append(Arg(name, ref))
    return out


def _need(where: str, line: str, call_args: dict[str, Arg], abi: Abi) -> Need:
    when, rest = "", line
    if line.startswith("when "):
        when, _, rest = line[5:].partition(": ")
    target, colon, expr = rest.partition(": ")
    how = "|" if "|" in expr else "&"
    rights = tuple(r.strip() for r in expr.split(how))
    if not colon or target.split(".")[0] not in call_args:
        raise AbiError(f"{where}: rights: '{line}' must read \"argument: right & right\", with an argument of the call")
    for r in rights:
        if r not in abi.rights:
            raise AbiError(f"{where}: rights: no right is called '{r}'")
    return Need(when, target, rights, how)


def _call(name: str, raw: Any, abi: Abi, known: set[str]) -> Call:
    t = Table(f"calls.toml: [{name}]", raw)
    check_name(t.where, name)
    args, gives = (_args(t.where, t.strings(k, []), known) for k in ("args", "gives"))
    if any(g.type.shape == "[]" for g in gives):
        raise AbiError(f"{t.where}: a result cannot be a range")
    names = [n for a in args for n in ([a.name, a.name + "_len"] if a.type.shape == "[]" else [a.name])]
    names += [g.name for g in gives]
    if len(set(names)) != len(names):
        raise AbiError(f"{t.where}: two arguments have the same name")
    by_name = {a.name: a for a in args}
    errors = []
    for line in t.strings("errors", []):
        error, colon, why = line.partition(": ")
        if not colon or error not in abi.errno_names():
            raise AbiError(f"{t.where}: errors: '{line}' must read \"NAME: when\" with a name of errno.toml")
        errors.append((error, why))
    call = Call(name, t.get("text", str), args, gives,
                [_need(t.where, line, by_name, abi) for line in t.strings("rights", [])], errors,
                t.get("noreturn", bool, False), t.get("extension", bool, False), t.get("shortcut", str, ""))
    if call.noreturn and gives:
        raise AbiError(f"{t.where}: a call that does not return cannot give results")
    t.done()
    return call


def _check_order(calls: list[Call]) -> None:
    order = [(c.extension, c.name) for c in calls]
    for before, after in zip(order, order[1:]):
        if before > after:
            raise AbiError(f"calls.toml: [{after[1]}] must come before [{before[1]}]: alphabetical, extensions last")


def _check_shortcuts(abi: Abi) -> None:
    for c in abi.shortcuts.values():
        where = f"calls.toml: [{c.name}]"
        if c.shortcut not in abi.calls:
            raise AbiError(f"{where}: shortcut: no call is named '{c.shortcut}'")
        if not c.extension or c.needs:
            raise AbiError(f"{where}: a shortcut is an extension, and has no rights of its own")


def _check_rights_used(abi: Abi) -> None:
    used = {r for c in abi.calls.values() for n in c.needs for r in n.rights}
    if unused := sorted(set(abi.rights) - used):
        raise AbiError(f"rights.toml: right.{unused[0]}: no call in calls.toml needs it")
