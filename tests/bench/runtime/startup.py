# SPDX-License-Identifier: BSD-2-Clause
"""From start to exit of a program that does nothing, with five granted directories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from measure import BenchError, Row, compare, take_precedence

GROUP = "start to exit"
GRANTS = 5
TARGETS = {"bubblewrap": 0.3}


@dataclass(frozen=True)
class Places:
    """Where things are: built programs, the installation, and a folder for this run."""

    programs: Path
    launcher: Path
    scratch: Path


def granted(places: Places) -> list[Path]:
    """Make the directories that are granted."""
    folders = [places.scratch / f"granted-{number}" for number in range(GRANTS)]
    for folder in folders:
        folder.mkdir(exist_ok=True)
    return folders


def ours(places: Places) -> list[str]:
    """The launcher, with its configuration in a file."""
    config = places.scratch / "startup.yaml"
    lines = [f"{folder.name}: !file {{path: {json.dumps(str(folder))}}}\n" for folder in granted(places)]
    config.write_text("".join(lines), encoding="utf-8")
    return [str(places.launcher), "--config", str(config), str(places.programs / "target" / "trivial")]


def bubblewrap(places: Places, tool: str) -> list[str]:
    """Every name space it knows, the program and the directories bound read-only, nothing else."""
    command = [tool, "--unshare-all", "--die-with-parent"]
    command += ["--ro-bind", str(places.programs / "trivial"), "/trivial"]
    for folder in granted(places):
        command += ["--ro-bind", str(folder), f"/{folder.name}"]
    return [*command, "/trivial"]


def runc(places: Places, tool: str) -> list[str]:
    """A container by runc's own specification, with these mounts more."""
    bundle = places.scratch / "bundle"
    root = bundle / "rootfs"
    for folder in granted(places):
        (root / folder.name).mkdir(parents=True, exist_ok=True)
    shutil.copy(places.programs / "trivial", root / "trivial")
    config = bundle / "config.json"
    config.unlink(missing_ok=True)
    specify = [tool, "spec", "--bundle", str(bundle), *([] if os.geteuid() == 0 else ["--rootless"])]
    subprocess.run(specify, check=True, capture_output=True)
    specification = json.loads(config.read_text(encoding="utf-8"))
    specification["process"] |= {"args": ["/trivial"], "terminal": False}
    specification["mounts"] += [
        {"destination": f"/{folder.name}", "type": "none", "source": str(folder), "options": ["bind", "ro"]}
        for folder in granted(places)
    ]
    config.write_text(json.dumps(specification), encoding="utf-8")
    state = ["--root", str(places.scratch / "runc")]
    return [tool, *state, "run", "--bundle", str(bundle), f"cloudabi-bench-{os.getpid()}"]


def peers(places: Places) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the commands of the peers that run here, and why the others do not."""
    commands = {"fork and exec, static": [str(places.programs / "trivial")]}
    missing: dict[str, str] = {}
    for name, program, make in (("bubblewrap", "bwrap", bubblewrap), ("runc", "runc", runc)):
        tool = shutil.which(program)
        if tool is None:
            missing[name] = "not installed"
            continue
        try:
            command = make(places, tool)
            result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        except (OSError, subprocess.CalledProcessError) as error:
            missing[name] = f"installed, but cannot be set up here: {error}"
            continue
        if result.returncode == 0:
            commands[name] = command
        else:
            lines = result.stderr.strip().splitlines() or [f"exit status {result.returncode}"]
            missing[name] = f"installed, but does not run here: {lines[-1]}"
    return commands, missing


def spawn(places: Places, commands: list[list[str]], rounds: int) -> list[list[float]]:
    """Start the commands in turn; return for each the times in µs."""
    words = [word for command in commands for word in (*command, ";")][:-1]
    result = subprocess.run([str(places.programs / "spawn"), str(rounds), *words], stdin=subprocess.DEVNULL,
                            capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise BenchError(f"start to exit: {result.stderr.strip() or 'spawn failed'}")
    times: list[list[float]] = [[] for _ in commands]
    for line in result.stdout.splitlines():
        number, taken = line.split()
        times[int(number)].append(int(taken) / 1000)
    return times


def against(places: Places, peers_of: dict[str, list[str]], rounds: int) -> list[Row]:
    """Measure against some peers in one go; the first tenth of the rounds warms up."""
    if not peers_of:
        return []
    warm = max(1, rounds // 10)
    mine, *others = spawn(places, [ours(places), *peers_of.values()], rounds + warm)
    return [
        compare(GROUP, f"against {name}", "µs", mine[warm:], times[warm:], TARGETS.get(name))
        for name, times in zip(peers_of, others)
    ]


def measure(places: Places, rounds: int) -> tuple[list[Row], dict[str, str]]:
    """Measure all that are here, those last that run above other work: from then on this process does too."""
    found, missing = peers(places)
    # It cannot put a real-time process into its control group. It takes long, so that fewer rounds do.
    ordinary = {name: found.pop(name) for name in ("runc",) if name in found}
    rows = against(places, ordinary, max(1, rounds // 10))
    take_precedence()
    return against(places, found, rounds) + rows, missing
