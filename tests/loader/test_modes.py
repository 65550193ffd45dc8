#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""New files and directories have the mode 0777 less the umask, which programs neither see nor set.

    test_modes.py START LOADER PROGRAM PROGRAMS_DIRECTORY [LAUNCHER]

With a launcher: in its two modes as well, as far as this machine has them.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

UMASKS = (0o027, 0o077, 0)


def main() -> int:
    start, loader, program, programs, *launcher = (Path(argument).resolve() for argument in sys.argv[1:])
    ways: dict[str, list[str | Path] | None] = {"plain": None}
    for name, mode in (("full", []), ("strict", ["--strict"])) if launcher else ():
        command: list[str | Path] = [launcher[0], *mode, "--loader", loader]
        if subprocess.run([*command, "--check"], capture_output=True, check=False).returncode == 0:
            ways[name] = command
        else:
            print(f"# not in {name} mode: this machine has none")
    failures = 0
    for name, command in ways.items():
        for umask in UMASKS:
            with tempfile.TemporaryDirectory() as directory:
                if command is None:
                    arguments: list[str | Path] = [start, loader, program, "fd:1", f"dir:{directory}", f"dir:{programs}"]
                    text = None
                else:
                    arguments = [*command, program]
                    text = (f"- !fd stdout\n- !file {{path: '{directory}', rights: read|write}}\n"
                            f"- !file {{path: '{programs}', rights: read|exec}}\n").encode()
                result = subprocess.run(arguments, input=text, capture_output=True, check=False, umask=umask)
                wanted = 0o777 & ~umask
                modes = [os.stat(Path(directory) / made).st_mode & 0o7777
                         for made in ("mode_file", "mode_directory") if (Path(directory) / made).exists()]
                ok = result.returncode == 0 and modes == [wanted, wanted]
                failures += not ok
                print(f"{'ok' if ok else 'not ok'} {name}: a file and a directory get 0777 less the umask")
                if not ok:
                    print(f"# umask {umask:o}: {[f'{mode:o}' for mode in modes]}, {result.stderr.decode()}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
