#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The refusals break no header and take no name from a program that did not ask for it.

Headers compile alone, all together and in the opposite order, in each dialect; strictly conforming
programs may use for themselves what is not ISO C; uses that do not touch the library are left alone.
"""

from __future__ import annotations

import argparse
import itertools
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

from toolchain import arguments, compile_text, installed, report

from api.table import REFUSED, headers, interfaces

STRICT = ("-pedantic", "-Wall", "-Wextra", "-Werror")
EXTENSIONS = ((), ("-D_POSIX_C_SOURCE=200809L",), ("-D_XOPEN_SOURCE=700",), ("-D_GNU_SOURCE",))
DIALECTS = (*(("c", standard) for standard in ("c99", "c11", "c17", "c2x", "gnu17")),
            *(("c++", standard) for standard in ("c++11", "c++14", "c++17", "c++20", "c++2b")))
ISO_HEADERS = {
    "assert.h", "complex.h", "ctype.h", "errno.h", "fenv.h", "float.h", "inttypes.h", "iso646.h", "limits.h",
    "locale.h", "math.h", "setjmp.h", "signal.h", "stdalign.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h",
    "stdio.h", "stdlib.h", "stdnoreturn.h", "string.h", "threads.h", "time.h", "uchar.h", "wchar.h", "wctype.h",
}
UNTOUCHED = """
struct file { int (*open)(struct file *, int), stat, stdin, unlink; };
static int member(struct file *f) { return f->open(f, f->stat + f->stdin + f->unlink); }
static int local(int kill) { int signal = kill, printf = 2, environ = 3; { int wait = signal; return wait + printf + environ; } }
struct stat_like { struct stat s; };
int used(struct file *f, struct stat_like *s) { return member(f) + local(f->stat) + (s->s.st_size > 0); }
"""
UNTOUCHED_CXX = """
namespace ours { using ::open; using ::printf; using ::stdin; using ::signal; using ::stat; using ::getenv; }
struct file {
    int open(const char *) { return 1; }
    int unlink() { return 2; }
    template <class T> int stat(T t) { return this->open("x") + t; }
};
int used(file &f, struct stat *s) { return f.open("x") + f.unlink() + f.stat(3) + (s->st_size > 0); }
"""


def includes(names: list[str]) -> str:
    return "".join(f"#include <{name}>\n" for name in names)


def errors(args: argparse.Namespace, what: str, text: str, *flags: str, language: str = "c") -> list[str]:
    found = compile_text(args, text, *flags, language=language)
    return [f"{what} ({' '.join(flags)}): {d.file}:{d.line}: {d.text}" for d in found if "error" in d.kind][:3]


def alone(args: argparse.Namespace, names: list[str]) -> list[str]:
    """Each header in a file of its own, in each dialect; one run of the driver compiles all of them."""
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name.replace("/", "%")) for name in names]
        for name, file in zip(names, files):
            file.write_text(f"#include <{name}>\nextern int unit;\n", encoding="utf-8")

        def compiled(dialect: tuple[str, str], extension: tuple[str, ...]) -> list[str]:
            language, standard = dialect
            flags = [f"-x{language}", f"-std={standard}", *extension, *STRICT, "-fno-caret-diagnostics"]
            command = [str(args.cc), *args.flag, "-fsyntax-only", *flags, *map(str, files)]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            return [f"alone, {standard} {' '.join(extension)}: {line}" for line in result.stderr.splitlines()]

        extensions = itertools.cycle(EXTENSIONS)
        with ThreadPoolExecutor(2) as pool:
            for lines in pool.map(compiled, DIALECTS, extensions):
                failures += lines
    print(f"alone: {len(files)} headers in {len(DIALECTS)} dialects")
    return failures


def together(args: argparse.Namespace, names: list[str]) -> list[str]:
    """Each dialect with each extension and in both orders; in C++, also inside extern "C"."""
    cases = []
    for (language, standard), extension, order in product(DIALECTS, EXTENSIONS, (names, names[::-1])):
        cases.append((f"all headers, {order[0]} first", includes(order), language, standard, extension))
        if language == "c++" and extension in (EXTENSIONS[0], EXTENSIONS[-1]):
            text = f'extern "C" {{\n{includes(order)}}}\n'
            cases.append((f'all headers in extern "C", {order[0]} first', text, language, standard, extension))

    def compiled(case: tuple[str, str, str, str, tuple[str, ...]]) -> list[str]:
        what, text, language, standard, extension = case
        return errors(args, what, text, f"-std={standard}", *extension, *STRICT, language=language)

    with ThreadPoolExecutor(2) as pool:
        failures = [line for lines in pool.map(compiled, cases) for line in lines]
    print(f"together: {len(names)} headers in {len(cases)} ways")
    return failures


def warnings_of_ours(args: argparse.Namespace, names: list[str]) -> list[str]:
    """What the refusals themselves would warn about if the headers were a program's own."""
    first: dict[str, int] = {}
    for name in names:
        lines = (args.include / name).read_text(encoding="utf-8").splitlines()
        marks = [number for number, line in enumerate(lines, 1) if re.match(r"#define _CLOUDABI_API_\w+$", line)]
        first[str(Path(args.include / name).resolve())] = min(marks, default=sys.maxsize)
    failures = []
    for flags in (("-std=c99",), ("-std=c2x", "-D_GNU_SOURCE"), ("-std=gnu17",)):
        found = compile_text(args, includes(names), *flags, "-pedantic", "-Wall", "-Wextra", "-Wsystem-headers")
        failures += [f"{d.file}:{d.line}: {d.text}" for d in found
                     if d.line >= first.get(str(Path(d.file).resolve()), sys.maxsize)]
    if all(line == sys.maxsize for line in first.values()):
        failures.append("no installed header has a part with refusals")
    return failures


def free_names(args: argparse.Namespace, names: list[str]) -> list[str]:
    """A program in strict ISO C uses the refused names that are not ISO C for things of its own."""
    free = sorted({row.name for row in interfaces() if row.status in REFUSED and row.declaration
                   and "c11" not in row.standard and row.header in ISO_HEADERS})
    text = includes([name for name in names if name in ISO_HEADERS])
    text += "".join(f"extern struct own *{name};\n" for name in free)
    print(f"names free in strict ISO C: {len(free)}")
    return errors(args, "own names in ISO C", text, "-std=c11", *STRICT)


def main() -> int:
    args = arguments(__doc__)
    names = [name for name in installed(args.include) if name in headers()]
    quiet = [name for name in names if not re.search(r"^#\s*warning", (args.include / name).read_text(), re.M)]
    print(f"headers: {len(names)}, of which {len(names) - len(quiet)} only warn about their name")
    failures = alone(args, quiet) + together(args, quiet) + warnings_of_ours(args, quiet) + free_names(args, quiet)
    some = includes(["fcntl.h", "signal.h", "stdio.h", "stdlib.h", "sys/stat.h", "sys/wait.h", "unistd.h"])
    failures += errors(args, "uses that are not the library's", some + UNTOUCHED, "-std=gnu17", *STRICT)
    failures += errors(args, "uses that are not the library's", some + UNTOUCHED_CXX, "-std=c++17", *STRICT, language="c++")
    return report(failures)


if __name__ == "__main__":
    sys.exit(main())
