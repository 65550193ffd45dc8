# SPDX-License-Identifier: BSD-2-Clause
"""Understands a compiler's command line as far as the assistant needs it."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = {".c", ".i", ".cc", ".cp", ".cpp", ".cxx", ".c++", ".C", ".ii", ".m", ".mm"}
ASSEMBLY = {".s", ".S", ".sx", ".asm"}
# Options whose value is the next word.
WITH_VALUE = {
    "-o", "-x", "-I", "-D", "-U", "-L", "-l", "-include", "-imacros", "-isystem", "-iquote", "-idirafter",
    "-iprefix", "-iwithprefix", "-iwithprefixbefore", "-MF", "-MT", "-MQ", "-Xclang", "-Xlinker",
    "-Xassembler", "-Xpreprocessor", "-target", "-arch", "-T", "-mllvm", "-z", "-u", "-e", "--param",
    "--sysroot", "-isysroot", "-framework",
}
MODES = {"-c": "compile", "-S": "assemble", "-E": "preprocess", "-M": "depend", "-MM": "depend",
         "-fsyntax-only": "syntax"}
# What says nothing about the meaning of a source file, or silences what has to be heard.
DROPPED = re.compile(r"-(w|W(?!p,).*|c|S|E|M|MM|pipe|save-temps.*|l.*|L.*|s|static|shared|r|pie|no-pie)")
DROPPED_WITH_VALUE = {"-o", "-L", "-l", "-Xlinker", "-T", "-z", "-u", "-e"}
PROBE_FILE = re.compile(r"(conftest|ztest\d+|a-conftest\w*)\.\w+")
PROBE_FOLDER = re.compile(r"(^|/)(CMakeFiles/(CMakeTmp|CMakeScratch|ShowIncludes|\d+\.\d[^/]*/CompilerId\w+)"
                          r"|meson-private|\.conf_check_\w+)(/|$)")


@dataclass
class Command:
    """One run of the compiler."""

    arguments: list[str]
    mode: str = "link"
    sources: list[str] = field(default_factory=list)
    assembly: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    output: str | None = None
    options: list[str] = field(default_factory=list)

    def output_of(self, source: str) -> str:
        """The file that compiling one of the sources makes."""
        if self.output is not None:
            return self.output
        if self.mode in ("compile", "assemble"):
            return Path(source).stem + (".o" if self.mode == "compile" else ".s")
        return "a.out"

    def is_probe(self, cwd: str) -> bool:
        """Whether a configure step only wants to know if this works."""
        for name in (*self.sources, *self.assembly, *self.others, self.output or ""):
            if PROBE_FILE.fullmatch(Path(name).name) or PROBE_FOLDER.search(name):
                return True
        return bool(PROBE_FOLDER.search(cwd)) or "-" in self.others


def expand(arguments: list[str], depth: int = 0) -> list[str]:
    """Put the words of response files in their place."""
    words: list[str] = []
    for word in arguments:
        if word.startswith("@") and depth < 8:
            try:
                text = Path(word[1:]).read_text(encoding="utf-8", errors="surrogateescape")
                words += expand(shlex.split(text), depth + 1)
                continue
            except (OSError, ValueError):
                pass  # the compiler will say what is wrong with it
        words.append(word)
    return words


def parse(arguments: list[str]) -> Command:
    """Sort the words of a command line."""
    command = Command(arguments)
    words = iter(expand(arguments))
    files_only = False
    for word in words:
        if files_only or not word.startswith("-") or word == "-":
            _input(command, word)
        elif word == "--":
            files_only = True
        elif word in MODES:
            if command.mode in ("link", "compile") or word in ("-E", "-M", "-MM"):
                command.mode = MODES[word]
        elif word in WITH_VALUE:
            value = next(words, "")
            if word == "-o":
                command.output = value
            elif word not in DROPPED_WITH_VALUE:
                command.options += [word, value]
        elif word.startswith("-o"):
            command.output = word[2:]
        elif not DROPPED.fullmatch(word):
            command.options.append(word)
    if not (command.sources or command.assembly or command.others):
        command.mode = "other"
    return command


def _input(command: Command, word: str) -> None:
    suffix = Path(word).suffix
    if suffix in SOURCES:
        command.sources.append(word)
    elif suffix in ASSEMBLY:
        command.assembly.append(word)
    else:
        command.others.append(word)


def libraries(arguments: list[str]) -> list[str]:
    """The archives that -l and -L name, as far as they are in folders named there."""
    words = expand(arguments)
    folders = [word[2:] for word in words if word.startswith("-L") and len(word) > 2]
    names = [word[2:] for word in words if word.startswith("-l") and len(word) > 2]
    found = [Path(folder) / f"lib{name}.a" for folder in folders for name in names]
    return [str(path) for path in found if path.is_file()]
