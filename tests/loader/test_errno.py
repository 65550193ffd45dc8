#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Linux's error numbers become the ABI's of the same name, or a meant one, or NOSYS.

    test_errno.py ERRNO_MAP SOURCE_ROOT
"""

import subprocess
import sys
import tomllib
from pathlib import Path

# Linux names without an ABI number of that name that are better told than as NOSYS.
MEANT = {"EOPNOTSUPP": "NOTSUP", "ENOTSUP": "NOTSUP", "EWOULDBLOCK": "AGAIN", "EDEADLOCK": "DEADLK",
         "ESHUTDOWN": "PIPE", "EHOSTDOWN": "HOSTUNREACH", "EPFNOSUPPORT": "AFNOSUPPORT",
         "ESOCKTNOSUPPORT": "PROTONOSUPPORT", "ETOOMANYREFS": "NOBUFS", "EUSERS": "AGAIN",
         "EREMOTEIO": "IO", "ENOMEDIUM": "NXIO", "EMEDIUMTYPE": "NXIO"}


def numbers(root: Path) -> dict[str, int]:
    sys.path.insert(0, str(root / "abi"))
    table = tomllib.loads((root / "abi/errno.toml").read_text())
    found: dict[str, int] = {}

    def walk(node: object, name: str = "") -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                walk(value, key)
        elif isinstance(node, int) and not isinstance(node, bool):
            found[name] = node
        elif isinstance(node, list) and node and isinstance(node[0], int):
            found[name] = node[0]

    walk(table)
    return found


def main() -> int:
    abi = numbers(Path(sys.argv[2]))
    made = dict(line.split() for line in
                subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True)
                .stdout.splitlines())
    failures = 0
    for name, value in made.items():
        own = name.removeprefix("E") if name.startswith("E") else name
        wanted = {"beyond": "NOSYS", "result": "SUCCESS"}.get(
            name, own if own in abi else MEANT.get(name, "NOSYS"))
        ok = abi[wanted] == int(value)
        failures += not ok
        print(f"{'ok' if ok else 'not ok'} {name} is {wanted} ({value})")
    reached = {int(value) for value in made.values()}
    for name, value in abi.items():
        if value not in reached and name not in ("NOTCAPABLE",):
            print(f"not ok {name}: nothing of Linux becomes it")
            failures += 1
    print(f"# {len(made)} numbers, {failures} failures")
    return 1 if failures or len(made) < 130 else 0


if __name__ == "__main__":
    sys.exit(main())
