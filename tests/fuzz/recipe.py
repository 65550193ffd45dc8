#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Fuzzes the reader of port recipes: whatever a recipe.toml holds, it is a recipe or a RecipeError that says where.

The inputs are the ports' recipes and corpus/recipe.txt as they are, then changed at random until
CLOUDABI_FUZZ_SECONDS are over. --seed repeats a run; a file as argument is tried alone.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

import corpus
from run import seconds

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "ports"))

from recipe import PLACEHOLDERS, Recipe, RecipeError, read_recipe  # noqa: E402

WORDS = [
    b"summary", b"source", b"patches", b"provides", b"step", b"title", b"run", b"env", b"[[step]]\n", b"[step]\n",
    b"[env]\n", b" = ", b"[", b"]", b"{", b"}", b"{cc}", b"{prefix}", b"{jobs!r}", b"{cc.x}", b"{0}", b"{}", b"{{", b'"',
    b"'", b'"""', b"'''", b"\\u0000", b"\\", b"..", b"/", b".", b"\n", b"#", b"0", b"-1", b"1e400", b"nan", b"true",
    b"1979-05-27T07:32:00Z", b"0x7fffffffffffffffffff", b"\xff", b"\x00", b"\xef\xbb\xbf", b"a.b.c", b"[[[[[[[[",
]
LENGTH_MAX = 8192


def change(generator: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """Change an input in one way."""
    at, end = sorted(generator.randrange(len(data) + 1) for _ in range(2))
    match generator.randrange(6):
        case 0:
            return data[:at] + data[end:]
        case 1:
            return data[:at] + generator.choice(WORDS) + data[at:]
        case 2:
            return data[:at] + generator.choice(WORDS) + data[end:]
        case 3:
            return data[:at] + bytes([generator.randrange(256)]) + data[at + 1 :]
        case 4:
            return data[:end] + data[at:end] + data[end:]
        case _:
            other = generator.choice(others)
            return data[:at] + other[generator.randrange(len(other) + 1) :]


def check(recipe: Recipe, folder: Path) -> None:
    """What the builder relies on in a recipe that was accepted."""
    assert recipe.summary and recipe.source and recipe.steps
    assert all(patch.is_file() for patch in recipe.patches)
    for name in recipe.provides:
        assert (folder / name).resolve().is_relative_to(folder.resolve()), name
    values = dict.fromkeys(PLACEHOLDERS, "x")
    for step in recipe.steps:
        assert step.title and step.run
        for text in [*step.run, *step.env.values()]:
            assert isinstance(text.format(**values), str)


def attempt(folder: Path, data: bytes) -> bool:
    """Read one input; return whether it is a recipe."""
    (folder / "recipe.toml").write_bytes(data)
    try:
        check(read_recipe(folder), folder)
    except RecipeError as error:
        assert str(error).startswith(str(folder)), f"an error that does not say where: {error}"
        return False
    return True


def run(folder: Path, seed: int) -> int:
    """Try inputs until the time is over or one fails."""
    generator = random.Random(seed)
    pool = [path.read_bytes() for path in sorted((ROOT / "ports").glob("*/recipe.toml"))]
    pool += corpus.read(corpus.FOLDER / "recipe.txt")
    for patch in ROOT.glob("ports/*/patches/*"):  # so that recipes that name them are accepted
        (folder / "patches").mkdir(exist_ok=True)
        (folder / "patches" / patch.name).touch()
    kept, good, tried = len(pool), 0, 0
    end = time.monotonic() + seconds()
    while tried < kept or time.monotonic() < end:
        data = pool[tried] if tried < kept else generator.choice(pool)
        if tried >= kept:
            for _ in range(generator.randrange(1, 6)):
                data = change(generator, data, pool)[:LENGTH_MAX]
        tried += 1
        try:
            accepted = attempt(folder, data)
        except Exception as error:  # whatever it is, it is what is looked for
            print(f"failed: {type(error).__name__}: {error}\nseed {seed}, input {tried}")
            print(f"as a line of the corpus: {corpus.encode(data)}")
            return 1
        good += accepted
        if accepted and len(pool) < 1000:
            pool.append(data)
    print(f"recipe: {tried} inputs, {kept} of them kept; {good} are recipes; seed {seed}")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    parser.add_argument("file", type=Path, nargs="?", help="try this input alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cloudabi-fuzz-") as scratch:
        folder = Path(scratch)
        if arguments.file is not None:
            print("a recipe" if attempt(folder, arguments.file.read_bytes()) else "refused")
            return 0
        return run(folder, arguments.seed)


if __name__ == "__main__":
    sys.exit(main())
