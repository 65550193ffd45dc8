#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Starts the program that uses all calls, in both modes, by the launcher and by a program of this tree's toolchain."""

from __future__ import annotations

import shutil
import sys

from running import MODES, arguments, copy, place


def main() -> int:
    args = arguments(__doc__)
    with place(args) as here:
        programs = here.root / "programs"
        starter = copy(args.ours / "starter", here.root / "starter")
        copy(args.ours / "with_main", programs / "with_main")
        (programs / "text").write_text("This is no program.\n")
        granted = here.root / "granted"
        for program in args.programs:
            copy(program, programs / "calls")
            for mode in MODES:
                for by_exec in (False, True):
                    shutil.rmtree(granted, ignore_errors=True)
                    granted.mkdir()
                    here.own(granted)
                    grants = (f"- !fd stdout\n- !file {{path: '{granted}', rights: read|write}}\n"
                              f"- !file {{path: '{programs}', rights: read|exec}}\n")
                    name = f"{program.parent.name}, {mode}"
                    if by_exec:
                        name += ", by proc_exec"
                        grants += f"- !file {{path: '{programs}/calls', rights: read|exec}}\n"
                    here.judge(name, here.run(mode, starter if by_exec else programs / "calls", grants))
        return here.finish()


if __name__ == "__main__":
    sys.exit(main())
