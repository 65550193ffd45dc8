# SPDX-License-Identifier: BSD-2-Clause
"""Puts what stands in for the tools of a build into the state's folder."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import PortError
from .catalogue import Catalogue
from .state import MARK, NAME, REFUSED, State, find

TRIPLE = "x86_64-unknown-cloudabi"
TOOLS = ("cc", "c++", "ld", "ar", "ranlib", "strip", "nm", "objdump", "objcopy", "readelf", "size", "pkg-config")
COMPILERS = {"cc": ("cc", "gcc", "clang", "c99", "c89", "tcc"), "c++": ("c++", "g++", "clang++"),
             "ar": ("ar", "gcc-ar", "llvm-ar"), "ranlib": ("ranlib", "gcc-ranlib", "llvm-ranlib"),
             "nm": ("nm", "gcc-nm", "llvm-nm"), "strip": ("strip", "llvm-strip"), "pkg-config": ("pkg-config",)}
BUILD_CC = "cloudabi-port-build-cc"
VERSIONED = ("gcc", "clang", "g++", "clang++")
OBJECT = f"""__asm__(".section {MARK.decode()},\\"\\",@progbits\\n\\t.ascii \\"not compiled\\"\\n\\t.text");\n"""


@dataclass(frozen=True)
class Toolchain:
    """Where the cross toolchain is, and how this program is started."""

    prefix: Path
    launcher: Path

    def tool(self, name: str) -> Path:
        return self.prefix / "bin" / f"{TRIPLE}-{name}"

    @property
    def share(self) -> Path:
        return self.prefix / TRIPLE / "share" / "cloudabi"


def prepare(folder: Path, toolchain: Toolchain, catalogue: Catalogue) -> State:
    """Make or renew the state in a build folder, or the one around it."""
    driver = toolchain.tool("cc")
    if not driver.is_file():
        raise PortError(f"there is no toolchain: {driver} is missing; run './build.sh sysroot', or give --prefix")
    folder.mkdir(parents=True, exist_ok=True)
    state = find(folder) or State(folder / NAME)
    for part in (state.bin, state.plain, state.host, state.stubs):
        part.mkdir(parents=True, exist_ok=True)
    _renew_stubs(state, toolchain)
    (state.folder / ".gitignore").write_text("*\n", encoding="utf-8")
    catalogue.save(state.names)
    tools = {name: str(toolchain.tool(name)) for name in TOOLS}
    settings = {"tools": tools, "prefix": str(toolchain.prefix)}
    _write(state.settings, json.dumps(settings, indent=1) + "\n")
    _write_stand_ins(state, toolchain)
    at = state.bin / TRIPLE
    _write(state.folder / "toolchain.cmake", f'include("{toolchain.share}/toolchain.cmake")\n' + "".join(
        f'set({name} "{at}-{tool}"{kind})\n' for name, tool, kind in (
            ("CMAKE_C_COMPILER", "cc", ""), ("CMAKE_ASM_COMPILER", "cc", ""), ("CMAKE_CXX_COMPILER", "c++", ""),
            ("CMAKE_STRIP", "strip", ' CACHE FILEPATH "" FORCE'))))
    made = subprocess.run([driver, "-c", "-x", "c", "-", "-o", state.folder / "placeholder.o"], input=OBJECT,
                          capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise PortError(f"{driver} cannot compile: {(made.stderr.strip().splitlines() or ['no message'])[0]}")
    return state


def _write_stand_ins(state: State, toolchain: Toolchain) -> None:
    def script(*words: str) -> str:
        start = [sys.executable, "-I", str(toolchain.launcher), "--stand-in", str(state.folder)]
        return f'#!/bin/sh\nexec {shlex.join([*start, *words])} "$@"\n'

    _write(state.bin / "cloudabi-port-placeholder", script("placeholder"))
    for role in TOOLS:
        _write(state.bin / f"{TRIPLE}-{role}", script(role))
        for name in _plain_names(role):
            _write(state.plain / name, script(role))
    real = _outside(state)
    for name in (*_plain_names("cc"), *_plain_names("c++")):
        found = shutil.which(name, path=real)
        if found:
            _write(state.host / name, script("host", found))
    compiler = shutil.which("cc", path=real) or shutil.which("clang", path=real)
    if compiler:
        _write(state.bin / BUILD_CC, script("host", compiler))


def _plain_names(role: str) -> list[str]:
    plain = COMPILERS.get(role, ())
    names = [*plain, *(f"x86_64-linux-gnu-{name}" for name in plain)]
    return names + [f"{name}-{number}" for name in plain if name in VERSIONED for number in range(9, 23)]


def _outside(state: State) -> str:
    """PATH without what stands in for something."""
    own = str(state.folder)
    return ":".join(part for part in os.environ.get("PATH", "/usr/bin:/bin").split(":") if not part.startswith(own))


def _renew_stubs(state: State, toolchain: Toolchain) -> None:
    """Let headers that only refuse be those of this toolchain; copies of older ones are made again."""
    link, refused = state.folder / REFUSED, toolchain.share / REFUSED
    if not link.is_symlink() or Path(os.readlink(link)) != refused:
        link.unlink(missing_ok=True)
        link.symlink_to(refused)
    for folder in state.stubs.iterdir():
        name = folder.name.replace("%", "/")
        if (folder / name).is_file():
            source = refused / name
            _write(folder / name, source.read_text(encoding="utf-8") if source.is_file() else "")


def _write(path: Path, text: str) -> None:
    """Replace what a build in another terminal may be using."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_text(text, encoding="utf-8")
    new.chmod(0o755)
    new.replace(path)
