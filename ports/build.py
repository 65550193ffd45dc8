#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Cross-compile ports with their own build systems and install them into the sysroot.

A port is a folder here with a recipe.toml; without names the ports are listed. A port that is
up to date is not built again. Exit status 0, or 1 with a sentence.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from recipe import Recipe, RecipeError, read_recipe

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TRIPLE = "x86_64-unknown-cloudabi"


class PortError(Exception):
    """A port cannot be built; the message says why and what to do."""


class Builder:
    """Builds one port below PREFIX/build/ports/NAME."""

    def __init__(self, recipe: Recipe, prefix: Path, jobs: int) -> None:
        self.recipe = recipe
        self.folder = prefix / "build/ports" / recipe.name
        self.sysroot = prefix / TRIPLE
        self.log = self.folder / "log"
        tool = prefix / "bin" / TRIPLE
        self.values = {"cc": f"{tool}-cc", "ar": f"{tool}-ar", "ranlib": f"{tool}-ranlib",
                       "prefix": str(self.sysroot), "jobs": str(jobs)}
        if any(character.isspace() for character in str(prefix)):
            raise PortError(f"'{prefix}' has a blank in it, which configure scripts and makefiles "
                            "take for the end of a word; build in a folder without one")
        if not Path(self.values["cc"]).exists():
            raise PortError(f"there is no {self.values['cc']}; run ./build.sh first")

    def fingerprint(self) -> str:
        """Of everything that decides what the port becomes."""
        inputs = [*sorted(self.recipe.folder.rglob("*")), ROOT / "tools/sources.lock",
                  self.sysroot / "lib/libc.a", Path(self.values["cc"])]
        digest = hashlib.sha256()
        for file in inputs:
            if file.is_file():
                digest.update(f"{file}\n".encode() + file.read_bytes())
        return digest.hexdigest()

    def up_to_date(self) -> bool:
        stamp = self.folder / "built"
        return (stamp.exists() and stamp.read_text() == self.fingerprint()
                and all((self.sysroot / name).exists() for name in self.recipe.provides))

    def run(self, title: str, command: list[str], cwd: Path, env: dict[str, str]) -> None:
        print(f"ports: {self.recipe.name}: {title} ...", flush=True)
        with self.log.open("a") as log:
            log.write(f"== {title}: {' '.join(command)}\n")
            log.flush()
            result = subprocess.run(command, cwd=cwd, env=os.environ | env, stdout=log,
                                    stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                    check=False)
        if result.returncode != 0:
            tail = "".join(self.log.read_text(errors="replace").splitlines(True)[-30:])
            raise PortError(f"{self.recipe.name}: '{title}' failed with status "
                            f"{result.returncode}; the log's end ({self.log}):\n{tail}")

    def unpack(self) -> Path:
        fetch = [sys.executable, str(ROOT / "tools/fetch.py"), self.recipe.source]
        fetched = subprocess.run(fetch, stdout=subprocess.PIPE, text=True, check=False)
        if fetched.returncode != 0:
            raise PortError(f"{self.recipe.name}: its source could not be fetched")
        work = self.folder / "source"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(fetched.stdout.strip(), work, symlinks=True)
        return work

    def build(self) -> None:
        started = time.monotonic()
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "built").unlink(missing_ok=True)
        self.log.write_text("")
        work = self.unpack()
        for patch in self.recipe.patches:
            self.run(f"patch {patch.name}", ["patch", "-p1", "--forward", "-F0", "-i", str(patch)],
                     work, {})
        for step in self.recipe.steps:
            self.run(step.title, [part.format_map(self.values) for part in step.run], work,
                     {key: value.format_map(self.values) for key, value in step.env.items()})
        for name in self.recipe.provides:
            if not (self.sysroot / name).exists():
                raise PortError(f"{self.recipe.name}: its recipe provides {name}, "
                                "but installing made no such file")
        (self.folder / "built").write_text(self.fingerprint())
        print(f"ports: {self.recipe.name}: installed into {self.sysroot} "
              f"({time.monotonic() - started:.0f} s)")


def list_ports() -> None:
    for file in sorted(HERE.glob("*/recipe.toml")):
        recipe = read_recipe(file.parent)
        print(f"{recipe.name:12} {recipe.summary}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="./build.sh ports", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--prefix", type=Path, default=ROOT / "out", help="default: out/")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    try:
        if not args.names:
            list_ports()
        for recipe in [read_recipe(HERE / name) for name in args.names]:
            builder = Builder(recipe, args.prefix.resolve(), args.jobs)
            if builder.up_to_date():
                print(f"ports: {recipe.name}: up to date")
            else:
                builder.build()
    except (PortError, RecipeError, OSError) as error:
        print(f"ports: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
