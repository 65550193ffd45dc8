#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Whoever serves narrowed descriptors withstands a siege (siege.c), and the mounter has no more power than it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import narrowing

CONFIG = "[!fd stdout, !file {{path: {base}, rights: read|write}}, !fd {gate}]"
EXPECTED = 16
DESCRIPTORS_MAX = 256 + 8  # what divide.c keeps, and what the mounter works with
# CAP_SYS_PTRACE and CAP_SYS_ADMIN
POWER = {"CapInh": "0", "CapPrm": "280000", "CapEff": "280000", "CapAmb": "0", "NoNewPrivs": "1", "Seccomp": "2"}


def status(process: int) -> dict[str, str]:
    lines = Path("/proc", str(process), "status").read_text().splitlines()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def descendants(process: int) -> list[int]:
    children = [int(child) for task in Path("/proc", str(process), "task").iterdir()
                for child in (task / "children").read_text().split()]
    return children + [below for child in children for below in descendants(child)]


def look_at_mounter(launcher: int) -> list[str]:
    """What is wrong with it: it is the one process of the sandbox, but process 1, that has any capability."""
    found = [(process, facts) for process in descendants(launcher)
             for facts in [status(process)] if int(facts["CapEff"], 16) != 0 and facts["NSpid"].split()[-1] != "1"]
    if len(found) != 1:
        return [f"{len(found)} processes of the sandbox have capabilities"]
    process, facts = found[0]
    wrong = [f"the mounter's {key} is {facts[key]}" for key, value in POWER.items()
             if facts[key].lstrip("0") != value.lstrip("0")]
    if int(facts["VmRSS"].split()[0]) > 1024:
        wrong.append(f"the mounter uses {facts['VmRSS']}")
    if os.geteuid() == 0:  # nobody else may look
        count = len(os.listdir(f"/proc/{process}/fd"))
        if count > DESCRIPTORS_MAX:
            wrong.append(f"the mounter holds {count} descriptors")
    return wrong


def run(launcher: Path, options: list[str], programs: list[Path], base: Path) -> int:
    narrowing.make_tree(base)
    before = narrowing.snapshot(base)
    gate, ours = os.pipe()
    (base.parent / "config").write_text(CONFIG.format(base=base, gate=gate))
    command = [launcher, *options, "--config", base.parent / "config", programs[0]]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          pass_fds=[gate]) as process:
        os.close(gate)
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if " end # " in line:
                break
        wrong = [] if options else look_at_mounter(process.pid)
        os.close(ours)
        rest, errors = process.communicate(timeout=60)
        result = subprocess.CompletedProcess(command, process.returncode, "".join(lines) + rest, errors)
    return narrowing.judge(result, narrowing.differences(before, narrowing.snapshot(base)), EXPECTED) | report(wrong)


def report(wrong: list[str]) -> int:
    for line in wrong:
        print(f"FAILED: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(narrowing.main(__doc__, run))
