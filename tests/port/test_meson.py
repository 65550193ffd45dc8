#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Meson builds and its probes; a test of its own, since Meson is often not there."""

from __future__ import annotations

import shutil
import sys

from support import PortTest, main


class Meson(PortTest):
    def test_build(self) -> None:
        self.write("x.c", '#include <stdio.h>\nint x(void) { return puts("x"); }\n')
        self.write("main.c", "int x(void);\nint main(void) { return x(); }\n")
        self.write("meson.build", "project('x', 'c')\nx = static_library('x', 'x.c')\n"
                   "executable('p', 'main.c', link_with: x)\n")
        self.built("meson", "setup", "out")
        self.built("ninja", "-C", "out")
        found = self.report("--build", "out", status=1)
        self.assertEqual((self.uses(found), found["compiled"]), ([("x.c", 2, "puts")], 2))

    def test_probes(self) -> None:
        self.write("a.c", "int a;\n")
        self.write("meson.build", """\
            project('x', 'c')
            cc = meson.get_compiler('c')
            if cc.has_function('fork') or cc.has_header('pwd.h') or not cc.has_function('openat')
              error('wrong answer')
            endif
            if cc.has_type('struct mallinfo', prefix: '#include <malloc.h>')
              error('wrong answer')
            endif
            if not cc.has_type('time_t', prefix: '#include <time.h>')
              error('wrong answer')
            endif
            if cc.has_member('struct stat', 'st_blocks', prefix: '#include <sys/stat.h>')
              error('wrong answer')
            endif
            if cc.has_header_symbol('signal.h', 'SIGCLD') or not cc.has_header_symbol('signal.h', 'SIGTERM')
              error('wrong answer')
            endif
            static_library('a', 'a.c')
            """)
        self.built("meson", "setup", "out")
        self.built("ninja", "-C", "out")
        self.assertEqual(self.probed(self.report("--build", "out", status=0)), {
            name: "asked" for name in ("fork", "<pwd.h>", "struct mallinfo", "st_blocks", "SIGCLD")})


if __name__ == "__main__":
    for tool in ("meson", "ninja"):
        if shutil.which(tool) is None:
            print(f"SKIP: {tool} is not installed")
            sys.exit(77)
    main()
