#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""With _CLOUDABI_HIDE_REMOVED a program can define every refused name for itself.

So do programs that bring their own emulation of what is gone.
"""

from __future__ import annotations

import sys

from toolchain import arguments, compile_text, installed, report

from api.table import headers, interfaces, names

# Structures share these names, and must stay usable while the functions are hidden.
STRUCTURES = "unsigned long sizes[] = { sizeof(struct stat), sizeof(struct rlimit), sizeof(struct timeval) };\n"


def own_definitions(statuses: tuple[str, ...], present: list[str]) -> tuple[int, str]:
    """Definitions that no declaration of the library would allow."""
    functions = {row.name: row.is_function for row in interfaces() if row.header in present}
    lines = []
    for name in names(*statuses):
        if name in functions:
            lines.append(f"static struct own *{name}(struct own *a) {{ return a; }}" if functions[name]
                         else f"static struct own *{name};")
    return len(lines), "\n".join(lines) + "\n"


def main() -> int:
    args = arguments(__doc__)
    present = [name for name in installed(args.include) if name in headers()]
    includes = "".join(f"#include <{name}>\n" for name in present)
    failures = []
    for what, statuses, macro in (("remove", ("remove",), "--compat"), ("remove and compat", ("remove", "compat"), "-DNONE")):
        for order in (present, present[::-1]):
            includes = "".join(f"#include <{name}>\n" for name in order)
            count, text = own_definitions(statuses, present)
            text = includes + STRUCTURES + text
            flags = ("-std=gnu17", "-D_GNU_SOURCE", macro, "-fno-builtin", "-Wno-unused-function", "-Wno-unused-variable")
            visible = compile_text(args, text, *flags)
            if sum("error" in found.kind for found in visible) < count // 3:
                failures.append("own definitions were accepted without the macro: nothing was tested")
            hidden = compile_text(args, text, *flags, "-D_CLOUDABI_HIDE_REMOVED")
            flags = ("-std=gnu++17", *flags[1:])
            hidden += compile_text(args, f"struct own;\n{text}", *flags, "-D_CLOUDABI_HIDE_REMOVED", language="c++")
            failures += [f"{found.file}:{found.line}: {found.text}" for found in hidden if "error" in found.kind]
        print(f"own definitions for {what}, in C and C++: {count}")
    text = includes + "#define open mine\n#include <fcntl.h>\n#ifndef open\n#error lost\n#endif\n"
    failures += [found.text for found in compile_text(args, text, "-D_CLOUDABI_HIDE_REMOVED") if "error" in found.kind]
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
