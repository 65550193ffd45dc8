#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A malformed recipe is refused with a sentence that says what and where."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "ports"))

from build import Builder, PortError  # noqa: E402
from recipe import RecipeError, read_recipe  # noqa: E402

GOOD = """
summary = "x"
source = "x"
provides = ["lib/libx.a"]
[[step]]
title = "make"
run = ["make", "-j{jobs}"]
"""


class Recipes(unittest.TestCase):
    def read(self, text: str) -> object:
        with tempfile.TemporaryDirectory() as name:
            Path(name, "recipe.toml").write_text(text)
            return read_recipe(Path(name))

    def refused(self, text: str, pattern: str) -> None:
        with self.assertRaisesRegex(RecipeError, pattern):
            self.read(text)

    def test_good(self) -> None:
        self.read(GOOD)

    def test_every_port_here(self) -> None:
        recipes = sorted((ROOT / "ports").glob("*/recipe.toml"))
        self.assertTrue(recipes)
        for file in recipes:
            read_recipe(file.parent)

    def test_missing(self) -> None:
        with self.assertRaisesRegex(RecipeError, "there is no port 'nothing'"):
            read_recipe(ROOT / "ports/nothing")

    def test_blank_in_prefix(self) -> None:
        with self.assertRaisesRegex(PortError, "'/a b' has a blank in it"):
            Builder(read_recipe(ROOT / "ports/zlib"), Path("/a b"), 1)

    def test_without_toolchain(self) -> None:
        with self.assertRaisesRegex(PortError, "run ./build.sh first"):
            Builder(read_recipe(ROOT / "ports/zlib"), Path("/nonexistent"), 1)

    def test_not_toml(self) -> None:
        self.refused('summary = "x"\nsource = ?', "recipe.toml: .*line 2")

    def test_unknown_key(self) -> None:
        self.refused(GOOD.replace("provides", "provide"), "unknown key 'provide'; known are")

    def test_unknown_placeholder(self) -> None:
        self.refused(GOOD.replace("{jobs}", "{job}"), "step 1: .*unknown {job}")

    def test_broken_placeholder(self) -> None:
        self.refused(GOOD.replace("{jobs}", "{jobs"), "step 1: ")

    def test_no_step(self) -> None:
        self.refused(GOOD.split("[[step]]")[0], r"at least one \[\[step\]\]")

    def test_step_without_command(self) -> None:
        self.refused(GOOD.replace('["make", "-j{jobs}"]', "[]"), "'run' must name a command")

    def test_wrong_type(self) -> None:
        self.refused(GOOD.replace('"x"', "3", 1), "'summary' must be a non-empty string")

    def test_nul(self) -> None:
        nul = "must not contain a NUL"
        self.refused(GOOD.replace("lib/libx.a", "a\\u0000"), f"'provides' {nul}")
        self.refused(GOOD.replace("-j{jobs}", "a\\u0000"), f"step 1: 'run' {nul}")
        self.refused(GOOD.replace('source = "x"', 'source = "\\u0000"'), f"'source' {nul}")
        self.refused(GOOD + 'env = {A = "\\u0000"}', f"step 1: 'env' {nul}")
        self.refused(GOOD + 'env = {"A=B" = "C"}', "has no '='")

    def test_missing_patch(self) -> None:
        self.refused('patches = ["gone.patch"]\n' + GOOD, "there is no .*gone.patch")

    def test_provides_outside(self) -> None:
        self.refused(GOOD.replace("lib/libx.a", "../../x"), "paths below the sysroot")


if __name__ == "__main__":
    unittest.main()
