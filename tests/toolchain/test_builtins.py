#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""libcompiler_rt.a: complete, free of the host system, and our own functions compute rightly."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import unittest

from support import PREFIX, ROOT, SYSROOT, DriverTest

SOURCES = ROOT / "toolchain-files" / "builtins"
LIBRARY = SYSROOT / "lib" / "libcompiler_rt.a"

# Code that makes the compiler call its helpers.
HELPERS = """\
#include <complex.h>
#include <program.h>
#include <stdlib.h>
typedef __int128 i;
typedef unsigned __int128 u;
volatile i a = 7; volatile u b = 9; volatile long double l = 3; volatile double d = 2;
volatile double complex z = 1; volatile long double complex w = 2; volatile float f = 1;
volatile float complex v = 1; volatile __fp16 h = 1;
_Noreturn void program_main(const argdata_t *unused) {
    (void)unused;
    i m = a; u n = b;
    a = m / a + m % a; b = n / b + n % b;
    l = (long double)a + (long double)b; a = (i)l; b = (u)l;
    d = (double)a + (double)b; a = (i)d; b = (u)d; f = (float)a + (float)b; a = (i)f; b = (u)f;
    z = z * z / z; w = w * w / w; v = v * v / v; h = (__fp16)(f + h); h = (__fp16)d;
    d = __builtin_powi(d, (int)m); d += __builtin_popcountll((unsigned long)n);
    i r; if (__builtin_mul_overflow(m, a, &r)) abort();
    exit(__builtin_cpu_supports("avx2") ? 0 : (int)d);
}
"""

# Compared with what the host's compiler and its library compute.
HOST = """\
#include <fenv.h>
#include <stdio.h>
typedef __int128 i;
typedef unsigned __int128 u;
u my_umod(u, u); i my_divmod(i, i, i *); i my_mod(i, i);
u my_fixu(long double); i my_fix(long double);
long double my_floatu(u); long double my_float(i);
int main(void) {
    static const unsigned long w[] = {0, 1, 2, 3, 0x7fffffffffffffff, 0x8000000000000000,
        0xffffffffffffffff, 0xfffffffffffffffe, 0x123456789abcdef0, 0xdeadbeefcafef00d};
    static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    const int n = sizeof w / sizeof *w;
    const i least = (i)1 << 126 << 1;
    int bad = 0, checked = 0;
    for (int a = 0; a < n * n; a++) {
        u x = (u)w[a / n] << 64 | w[a % n];
        for (int m = 0; m < 4; m++) {
            fesetround(modes[m]);
            volatile u vx = x;
            bad += my_floatu(x) != (long double)vx;
            bad += my_float((i)x) != (long double)(i)vx;
        }
        fesetround(FE_TONEAREST);
        long double f = (long double)x, g = (long double)(i)x;
        if (f < 0x1p128L) bad += my_fixu(f) != (u)f;
        if (g < 0x1p127L) bad += my_fix(g) != (i)g;
        for (int b = 0; b < n * n; b++) {
            u y = (u)w[b / n] << 64 | w[b % n];
            if (y == 0) continue;
            checked++;
            bad += my_umod(x, y) != x % y;
            if ((i)x == least && (i)y == -1) continue;
            i r;
            bad += my_mod((i)x, (i)y) != (i)x % (i)y;
            bad += my_divmod((i)x, (i)y, &r) != (i)x / (i)y || r != (i)x % (i)y;
        }
    }
    bad += my_fixu(-1) != 0 || my_fixu(0x1p200L) != ~(u)0 || my_fixu(__builtin_nanl("")) != 0;
    bad += my_fix(0x1p127L) != ~least || my_fix(-0x1p127L) != least || my_fix(-0x1p200L) != least;
    bad += my_fix(-1.75L) != -1 || my_fixu(0.99L) != 0;
    printf("%d checked, %d wrong\\n", checked, bad);
    return bad != 0 || checked != 9900;
}
"""
RENAMED = {
    "__umodti3": "my_umod",
    "__divmodti4": "my_divmod",
    "__modti3": "my_mod",
    "__fixunsxfti": "my_fixu",
    "__fixxfti": "my_fix",
    "__floatuntixf": "my_floatu",
    "__floattixf": "my_float",
}


class Builtins(DriverTest):
    """The library that the driver links."""

    def test_complete(self) -> None:
        table = tomllib.loads((SOURCES / "symbols.toml").read_text(encoding="utf-8"))
        lines = self.tool("nm", "--format=posix", "-g", "--defined-only", LIBRARY).stdout
        defined = {line.split()[0] for line in lines.splitlines() if len(line.split()) > 1}
        self.assertEqual(set(table["required"]) - defined, set())

    def test_free_of_the_host(self) -> None:
        text = self.tool("objdump", "-d", "--no-show-raw-insn", LIBRARY).stdout
        self.assertGreater(len(text.splitlines()), 1000)
        for word in ("syscall", "sysenter", "%fs", "%gs"):
            self.assertNotIn(word, text)

    def test_program_with_helpers_links(self) -> None:
        self.write("a.c", HELPERS)
        for level in ("-O0", "-O2"):
            self.ok("cc", level, "a.c", "-o", "prog")

    def test_own_functions(self) -> None:
        clang = ""
        for line in (PREFIX / "bin" / f"{SYSROOT.name}-cc").read_text().splitlines():
            if line.startswith("clang="):
                clang = line.split("'")[1]
        self.write("main.c", HOST)
        command = [clang, "-O1", "-frounding-math", "-o", "test", "main.c"]
        command += [f"-D{old}={new}" for old, new in RENAMED.items()]
        command += [str(path) for path in sorted(SOURCES.glob("*.c"))]
        environment = {**os.environ, "LC_ALL": "C"}
        subprocess.run([*command, "-lm"], cwd=self.folder, env=environment, check=True)
        subprocess.run([str(self.folder / "test")], check=True)

    def test_archive_lacking_something(self) -> None:
        self.write("f.c", "int f(void);\nint f(void) { return 1; }\n")
        self.ok("cc", "-c", "f.c")
        self.ok("ar", "rcs", "small.a", "f.o")
        words = ["--bin", PREFIX / "bin", "--archive", "small.a", "--output", "out.a"]
        result = subprocess.run(
            [sys.executable, str(SOURCES / "build.py"), *map(str, words)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(result.returncode, 1)
        self.assertIn("small.a lacks ", result.stderr)
        self.assertFalse((self.folder / "out.a").exists())

    def test_member_bound_to_the_host(self) -> None:
        # A member that reads Linux's stack guard must stop the build, not slip in.
        self.write("f.c", '__asm__(".globl __udivmodti4\\n__udivmodti4: mov %fs:40,%rax\\nret");\n')
        self.ok("cc", "-c", "f.c")
        ask = ["--target=x86_64-linux-gnu", "--rtlib=compiler-rt", "-print-libgcc-file-name"]
        theirs = self.tool("cc", *ask).stdout.strip()
        shutil.copyfile(theirs, self.folder / "bad.a")
        self.ok("ar", "d", "bad.a", "udivmodti4.c.o")
        self.ok("ar", "r", "bad.a", "f.o")
        words = ["--bin", PREFIX / "bin", "--archive", "bad.a", "--output", "out.a"]
        result = subprocess.run(
            [sys.executable, str(SOURCES / "build.py"), *map(str, words)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(result.returncode, 1)
        self.assertIn("f.o depends on the host system", result.stderr)
        self.assertFalse((self.folder / "out.a").exists())


if __name__ == "__main__":
    unittest.main()
