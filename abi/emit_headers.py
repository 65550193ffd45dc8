# SPDX-License-Identifier: BSD-2-Clause
"""Write the C headers: types and constants, call prototypes, call lists, rights."""

from __future__ import annotations

from model import WIDTHS, Abi, Arg, Call, Member, RightSet, Scalar, Struct, TypeRef

C_WIDTH = {"u8": "uint8_t", "u16": "uint16_t", "u32": "uint32_t", "u64": "uint64_t", "i64": "int64_t"}
BASE = {"size": "size_t", "char": "char", "void": "void", **C_WIDTH}

HEAD = """\
// SPDX-License-Identifier: BSD-2-Clause
// {title}
// Made by abi/generate.py from abi/*.toml: change those.

#ifndef {guard}
#define {guard}
"""
OPEN = '\n#ifdef __cplusplus\nextern "C" {\n#endif\n'
CLOSE = "\n#ifdef __cplusplus\n}\n#endif\n"


def header(title: str, guard: str, includes: list[str], body: str) -> str:
    lines = HEAD.format(title=title, guard=guard)
    if includes:
        lines += "\n" + "".join(f"#include {i}\n" for i in includes)
    return f"{lines}{body}\n#endif\n"


def c_type(ref: TypeRef) -> str:
    base = BASE.get(ref.base, f"cloudabi_{ref.base}_t")
    if ref.mod == "atomic":
        base = f"CLOUDABI_ATOMIC({base})"
    return ("const " if ref.mod == "const" else "") + base + (" *" if ref.shape in ("*", "[]") else "")


def declare(ref: TypeRef, name: str) -> str:
    t = c_type(ref)
    return f"{t}{'' if t.endswith('*') else ' '}{name}" + (f"[{ref.count}]" if ref.shape == "[n]" else "")


def wide(m: Member, abi: Abi) -> bool:
    """64-bit members need their alignment spelt out: the i386 rules would give them 4."""
    scalar = abi.scalars.get(m.type.base)
    return m.type.shape == "" and WIDTHS.get(scalar.width if scalar else m.type.base) == 8


def member(m: Member, abi: Abi, indent: str) -> str:
    align = "CLOUDABI_ALIGNAS(8) " if wide(m, abi) else ""
    return f"{indent}{align}{declare(m.type, m.name)}; // {m.text}\n"


def literal(s: Scalar, number: int) -> str:
    if s.width == "u64":
        return f"UINT64_C({number:#x})" if s.kind == "flags" else f"UINT64_C({number})"
    if s.width == "i64":
        return f"INT64_C({number})"
    digits = {"u8": 2, "u16": 2, "u32": 8}[s.width]
    if s.kind == "flags" or number > 0xffff or s.name == "filetype":
        return f"0x{number:0{2 if number < 256 else digits}x}" + ("u" if number > 0x7fffffff else "")
    return str(number)


def scalar(s: Scalar) -> str:
    out = f"\n// {s.text}\ntypedef {C_WIDTH[s.width]} cloudabi_{s.name}_t;\n"
    names = [f"CLOUDABI_{s.prefix}{v.name}" for v in s.values]
    pad = max(map(len, names), default=0)
    for name, v in zip(names, s.values):
        out += f"#define {name:{pad}} {literal(s, v.number)} // {v.text}\n"
    return out


def structure(s: Struct, abi: Abi) -> str:
    out = f"\n// {s.text}\ntypedef struct {{\n"
    in_union = False
    for m in s.members:
        if m.union != in_union:
            out += "    union {\n" if m.union else "    };\n"
            in_union = m.union
        out += member(m, abi, "        " if m.union else "    ")
    out += "    };\n" if in_union else ""
    if s.variants:
        out += "    union {\n"
        for v in s.variants:
            out += f"        struct {{ // {s.selector}: {', '.join(v.selectors)}\n"
            out += "".join(member(m, abi, " " * 12) for m in v.members)
            out += f"        }} {v.name};\n"
        out += "    };\n"
    return out + f"}} cloudabi_{s.name}_t;\n"


def asserts(s: Struct, word: int) -> str:
    t = f"cloudabi_{s.name}_t"
    checks = [(f"sizeof({t}) == {s.size[word]}"), (f"CLOUDABI_ALIGNOF({t}) == {s.align[word]}")]
    checks += [f"offsetof({t}, {m.name}) == {m.at[word]}" for m in s.members]
    checks += [f"offsetof({t}, {v.name}.{m.name}) == {m.at[word]}" for v in s.variants for m in v.members]
    return "".join(f'CLOUDABI_STATIC_ASSERT({c}, "layout of {t}");\n' for c in checks)


def types_header(abi: Abi) -> str:
    body = """
#ifdef __cplusplus
#define CLOUDABI_STATIC_ASSERT static_assert
#define CLOUDABI_ALIGNAS(n) alignas(n)
#define CLOUDABI_ALIGNOF(t) alignof(t)
// C++ has no spelling for C's atomic types. These are pointed to only, so the layout stays the same.
#define CLOUDABI_ATOMIC(t) t
#define CLOUDABI_NORETURN [[noreturn]]
#else
#define CLOUDABI_STATIC_ASSERT _Static_assert
#define CLOUDABI_ALIGNAS(n) _Alignas(n)
#define CLOUDABI_ALIGNOF(t) _Alignof(t)
#define CLOUDABI_ATOMIC(t) _Atomic(t)
#define CLOUDABI_NORETURN _Noreturn
#endif
"""
    body += OPEN + "".join(scalar(s) for s in abi.scalars.values())
    entries = {
        "processentry": ("Where a program begins. Must not return.", "const cloudabi_auxv_t *auxv"),
        "threadentry": ("Where a thread begins. Must not return.", "cloudabi_tid_t tid, void *argument"),
    }
    after = {"processentry": "auxv", "threadentry": "tcb"}
    for s in abi.structs.values():
        body += structure(s, abi)
        for name, (text, params) in entries.items():
            if after[name] == s.name:
                body += f"\n// {text}\ntypedef void cloudabi_{name}_t({params});\n"
    for word, cond in enumerate(("#if UINTPTR_MAX == 0xffffffffffffffff", "#elif UINTPTR_MAX == 0xffffffff")):
        body += f"\n{cond}\n" + "".join(asserts(s, word) for s in abi.structs.values())
    body += '\n#else\n#error "the ABI is defined for 64-bit and 32-bit pointers"\n#endif\n' + CLOSE
    return header("Types, constants and structures of the ABI.", "CLOUDABI_TYPES_H",
                  ["<stddef.h>", "<stdint.h>"], body)


def parameters(call: Call) -> list[tuple[str, str]]:
    """(declaration, name) of each C parameter, ranges and results spread out."""
    out: list[tuple[str, str]] = []
    for a in call.args:
        out.append((declare(a.type, a.name), a.name))
        if a.type.shape == "[]":
            out.append((f"size_t {a.name}_len", f"{a.name}_len"))
    out += [(declare_result(g), g.name) for g in call.gives]
    return out


def declare_result(g: Arg) -> str:
    t = c_type(g.type)
    return f"{t}*{g.name}" if t.endswith("*") else f"{t} *{g.name}"


def needs_text(call: Call) -> list[str]:
    return [(f"when {n.when}: " if n.when else "") + f"{n.target}: {f' {n.how} '.join(n.rights)}" for n in call.needs]


def returns(call: Call) -> str:
    return "CLOUDABI_NORETURN void" if call.noreturn else "cloudabi_errno_t"


def syscalls_header(abi: Abi) -> str:
    body = OPEN
    for c in abi.functions():
        body += f"\n// {c.text}\n"
        body += "".join(f"// Right: {line}.\n" for line in needs_text(c))
        body += "".join(f"// CLOUDABI_E{e}: {why}.\n" for e, why in c.errors)
        body += "// Not in v0.20: bind it as optional.\n" if c.extension else ""
        params = ", ".join(d for d, _ in parameters(c)) or "void"
        body += f"{returns(c)} cloudabi_sys_{c.name}({params});\n"
    return header("The calls of the ABI as C functions. Results are written only on success.",
                  "CLOUDABI_SYSCALLS_H", ['"cloudabi_types.h"'], body + CLOSE)


def calls_header(abi: Abi) -> str:
    def listing(macro: str, text: str, calls: list[Call], row: str = "X({name})") -> str:
        rows = [row.format(name=c.name, count=len(parameters(c)), ret="void" if c.noreturn else returns(c),
                           params=", ".join(d for d, _ in parameters(c)) or "void",
                           names=", ".join(n for _, n in parameters(c))) for c in calls]
        return f"\n// {text}\n#define {macro}(X) \\\n    " + " \\\n    ".join(rows) + "\n"

    calls = abi.functions()
    full = "X({name}, {count}, {ret}, ({params}), ({names}))"
    body = listing("CLOUDABI_CALLS", "X(name) for every call: the 49 in alphabetical order, then extensions.", calls)
    final = [c for c in calls if c.noreturn]
    body += listing("CLOUDABI_CALLS_EXTENSIONS", "X(name) for the calls beyond v0.20.",
                    [c for c in calls if c.extension])
    body += listing("CLOUDABI_CALLS_NORETURN", "X(name) for the calls that do not return.", final)
    body += listing("CLOUDABI_CALLS_FULL", "X(name, parameter count, return type, (parameters), (their names)). "
                    "Those that return an error.", [c for c in calls if not c.noreturn], full)
    body += listing("CLOUDABI_CALLS_FULL_NORETURN", "The same for those that do not return.", final, full)
    body += f"\n#define CLOUDABI_CALLS_COUNT {len(calls)}\n"
    return header("Lists of the calls, for tables and stubs.", "CLOUDABI_CALLS_H", [], body)


def rights_header(abi: Abi) -> str:
    every = sum(1 << r.bit for r in abi.rights.values())
    body = f"\n// Every right there is.\n#define CLOUDABI_RIGHTS_ALL UINT64_C({every:#x})\n"

    def names(bits: int) -> str:
        if bits == every:
            return "CLOUDABI_RIGHTS_ALL"
        each = [f"CLOUDABI_RIGHT_{r.name.upper()}" for r in abi.rights.values() if bits >> r.bit & 1]
        return "(" + " | \\\n     ".join(each) + ")" if each else "UINT64_C(0)"

    def pair(s: RightSet) -> str:
        macro = f"CLOUDABI_RIGHTS_{s.name.upper()}"
        return (f"\n// Largest useful sets: {s.text}.\n#define {macro}_BASE \\\n    {names(s.base)}\n"
                f"#define {macro}_INHERITING \\\n    {names(s.inheriting)}\n")

    body += "".join(pair(s) for s in abi.sets.values())
    body += """
// The largest useful sets of a file type; nothing for a type this header does not know. Listening sockets and terminals
// have smaller ones of their own: CLOUDABI_RIGHTS_LISTENING_SOCKET_* and CLOUDABI_RIGHTS_TERMINAL_*.
static inline void cloudabi_rights_max(cloudabi_filetype_t type, cloudabi_rights_t *base,
                                       cloudabi_rights_t *inheriting) {
    switch (type) {
"""
    for s in abi.sets.values():
        if s.filetypes and (s.base or s.inheriting):
            body += "".join(f"    case CLOUDABI_FILETYPE_{t}:\n" for t in s.filetypes)
            macro = f"CLOUDABI_RIGHTS_{s.name.upper()}"
            body += f"        *base = {macro}_BASE;\n        *inheriting = {macro}_INHERITING;\n        break;\n"
    body += """    default:
        *base = CLOUDABI_RIGHTS_NONE_BASE;
        *inheriting = CLOUDABI_RIGHTS_NONE_INHERITING;
        break;
    }
}
"""
    return header("The largest sets of rights that make sense for each type of descriptor.", "CLOUDABI_RIGHTS_H",
                  ['"cloudabi_types.h"'], body)


def headers(abi: Abi) -> dict[str, str]:
    return {
        "cloudabi_types.h": types_header(abi),
        "cloudabi_syscalls.h": syscalls_header(abi),
        "cloudabi_calls.h": calls_header(abi),
        "cloudabi_rights.h": rights_header(abi),
    }
