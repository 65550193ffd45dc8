# SPDX-License-Identifier: BSD-2-Clause
"""Read a port's recipe.toml. Whatever is wrong with one is an error that says where."""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLACEHOLDERS = {"cc", "ar", "ranlib", "prefix", "jobs"}


class RecipeError(Exception):
    """A recipe is missing or malformed."""


@dataclass(frozen=True)
class Step:
    """One command, run in the unpacked source."""

    title: str
    run: list[str]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """How one port is built. `provides` is relative to the sysroot."""

    name: str
    folder: Path
    summary: str
    source: str
    patches: list[Path]
    provides: list[str]
    steps: list[Step]


def _check_placeholders(where: str, text: str) -> None:
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise RecipeError(f"{where}: '{text}': {error}") from error
    if unknown := names - PLACEHOLDERS:
        raise RecipeError(f"{where}: '{text}': unknown {{{min(unknown)}}}; there are "
                          + ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS)))


def _check_characters(where: str, key: str, texts: list[str]) -> None:
    """Neither a path nor an argument can hold the one character that ends it."""
    if any("\0" in text for text in texts):
        raise RecipeError(f"{where}: '{key}' must not contain a NUL character")


def _text(where: str, table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise RecipeError(f"{where}: '{key}' must be a non-empty string")
    _check_characters(where, key, [value])
    return value


def _texts(where: str, table: dict[str, Any], key: str) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RecipeError(f"{where}: '{key}' must be a list of strings")
    _check_characters(where, key, value)
    return value


def _known_keys(where: str, table: dict[str, Any], known: set[str]) -> None:
    if unknown := table.keys() - known:
        raise RecipeError(f"{where}: unknown key '{min(unknown)}'; known are "
                          + ", ".join(sorted(known)))


def _step(where: str, table: Any) -> Step:
    if not isinstance(table, dict):
        raise RecipeError(f"{where}: must be a table")
    _known_keys(where, table, {"title", "run", "env"})
    run = _texts(where, table, "run")
    env = table.get("env", {})
    if not run:
        raise RecipeError(f"{where}: 'run' must name a command")
    if not isinstance(env, dict) or not all(isinstance(value, str) for value in env.values()):
        raise RecipeError(f"{where}: 'env' must be a table of strings")
    _check_characters(where, "env", [*env, *env.values()])
    if any("=" in name or not name for name in env):
        raise RecipeError(f"{where}: 'env': a variable's name is not empty and has no '='")
    for text in [*run, *env.values()]:
        _check_placeholders(where, text)
    return Step(_text(where, table, "title"), run, env)


def read_recipe(folder: Path) -> Recipe:
    """The recipe in `folder`; RecipeError if there is none, or it is not one."""
    file = folder / "recipe.toml"
    if folder.name in {"", ".", ".."} or not file.is_file():
        raise RecipeError(f"there is no port '{folder.name}'; ./build.sh ports lists them")
    try:
        table = tomllib.loads(file.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeError(f"{file}: {error}") from error
    where = str(file)
    _known_keys(where, table, {"summary", "source", "patches", "provides", "step"})
    steps = table.get("step")
    if not isinstance(steps, list) or not steps:
        raise RecipeError(f"{where}: at least one [[step]] is needed")
    patches = [folder / "patches" / name for name in _texts(where, table, "patches")]
    for patch in patches:
        if not patch.is_file():
            raise RecipeError(f"{where}: there is no {patch}")
    provides = _texts(where, table, "provides")
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in provides):
        raise RecipeError(f"{where}: 'provides' must be paths below the sysroot")
    return Recipe(folder.name, folder, _text(where, table, "summary"),
                  _text(where, table, "source"), patches, provides,
                  [_step(f"{where}: step {number}", step)
                   for number, step in enumerate(steps, 1)])
