#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Each way to damage a program is refused with its own reason and sentence, never by a crash.

    test_elf.py START LOADER GOOD CHECKER    CHECKER prints elf_check's reason for a file
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    start, loader, good, checker = sys.argv[1:]
    failures = 0

    def check(name: str, ok: bool, detail: str = "") -> None:
        nonlocal failures
        failures += not ok
        print(f"{'ok' if ok else 'not ok'} {name}")
        if not ok:
            print(f"# {detail}")

    with tempfile.TemporaryDirectory() as directory:
        subprocess.run([sys.executable, HERE / "make_elf.py", good, directory], check=True)
        sentences: dict[str, str] = {}
        for file in sorted(Path(directory).iterdir()):
            wanted = file.name if file.name.isupper() else file.name.rsplit("_", 1)[0]
            if wanted == "PHDR_WRAP":
                wanted = "PHDR_TRUNCATED"
            told = subprocess.run([checker, file], capture_output=True, text=True)
            reason, _, sentence = told.stdout.strip().partition(" ")
            check(f"{file.name}: elf_check says {wanted}", reason == wanted,
                  f"{told.returncode} {told.stdout}{told.stderr}")
            check(f"{wanted}: has a sentence of its own",
                  len(sentence) > 20 and sentences.setdefault(sentence, wanted) == wanted, sentence)
            run = subprocess.run([start, "--expect-failure", sentence, loader, file],
                                 capture_output=True, text=True)
            check(f"{file.name}: the loader reports it and exits with 127", run.returncode == 0,
                  run.stdout + run.stderr)
        told = subprocess.run([checker, good], capture_output=True, text=True)
        check("the undamaged program is accepted", told.stdout.startswith("OK "), told.stdout)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
