# SPDX-License-Identifier: BSD-2-Clause
"""Stands in for the compiler while a build is watched.

The real driver always runs first, and what it can make is what the build gets. Where it cannot, the
reasons go to the journal and a marked placeholder lets the build go on. A configure step's probes
are never helped: they get the real driver's answer.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from . import PortError, commandline, placeholder
from .analyse import Analysis, add_symbols, analyse, refused_symbols
from .catalogue import Catalogue, load
from .commandline import Command
from .diagnose import Findings, Reader, Use, read
from .elf import maker
from .placeholder import marked
from .state import UNEXPLAINED, Record, State, stamp

# How Autoconf, CMake and Meson ask for a function, a declaration, a type and a member.
QUESTION = (r"\bchar {0} ?\(|&{0}\b|={0}(?=\s)|\(void\) ?{0}\b|\bsizeof ?\(\(?{0}\)|"
            r"\b(?:ac_aggr|foo)\.{0}\b|\*\) ?0\)->{0}\b|\n\s*{0};")
ABSENT = re.compile(r"Header '([^']+)' could not be found")


class Shim:
    """One run of the compiler."""

    def __init__(self, state: State, role: str, arguments: list[str]) -> None:
        self.state = state
        self.role = role
        self.settings = state.read_settings()
        self.driver = str(self.settings["tools"][role])
        self.command: Command = commandline.parse(arguments)
        self.cwd = os.getcwd()
        self.run_number = int(os.environ.get("CLOUDABI_PORT_RUN", "0"))
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        if self._catalogue is None:
            self._catalogue = load(self.state.names)
        return self._catalogue

    def run(self) -> int:
        command = self.command
        probing = "CLOUDABI_PORT_PROBING" in os.environ or command.is_probe(self.cwd)
        extra = [] if probing or command.mode != "link" else ["-Wl,--error-limit=0"]
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as text:
            status = self._real([*command.arguments, *extra], text)
            if probing or command.mode == "other":
                if status and command.mode != "other":
                    self._probe(text)
                return status
            return self._build(status, text)

    def _real(self, arguments: list[str], text: IO[str]) -> int:
        """Run the driver; its messages go to stderr and to `text`."""
        process = subprocess.Popen([self.driver, *arguments], stderr=subprocess.PIPE)
        assert process.stderr is not None
        while chunk := os.read(process.stderr.fileno(), 1 << 16):
            sys.stderr.buffer.write(chunk)
            sys.stderr.buffer.flush()
            text.write(chunk.decode("utf-8", "replace"))
        text.seek(0)
        status = process.wait()
        return 128 - status if status < 0 else status

    def _probe(self, text: IO[str]) -> None:
        found = read(text, self.catalogue)
        for _, _, message in found.others:
            # Meson asks the preprocessor and says so itself.
            absent = ABSENT.search(message)
            if absent and self.catalogue.header(absent[1]):
                found.add(Use("header", "", 0, 0, f"<{absent[1]}>"))
        if not found.uses:
            return
        asked = " ".join(self.command.arguments) + "\n"
        for source in self.command.sources:
            with Path(source).open(encoding="utf-8", errors="replace") as file:
                asked += file.read(1 << 20)
        uses = []
        for use in found.uses.values():
            named = re.search(QUESTION.format(re.escape(use.name)), asked) is not None
            question = use.kind != "use" or named
            uses.append([use.name, "asked" if question else "used"])
        self._record({"t": "probe", "uses": uses})

    def _build(self, status: int, text: IO[str]) -> int:
        command = self.command
        if command.mode == "link":
            _note_foreign(self.state, command.others)
        if status == 0 and command.mode == "compile":
            for source in command.sources:
                symbols = refused_symbols(self.settings["tools"]["nm"], command.output_of(source), self.catalogue)
                found = Findings()
                undefined = symbols.undefined
                if undefined and self._wants_compat(source):
                    undefined = tuple(name for name in undefined if not self.catalogue.entries[name].compat)
                if undefined:
                    found = analyse(self._analysis(source))
                    add_symbols(found, undefined, source, self.catalogue)
                self._unit(source, found, symbols.defined)
            return 0
        if status == 0:
            if command.mode == "link":
                self._linked()
            return 0
        honest = Reader(self.catalogue)
        for line in text:
            honest.line(line.rstrip("\n"))
        if command.mode in ("preprocess", "depend"):
            return self._preprocess(status, honest.found)
        for source in command.sources:
            found = analyse(self._analysis(source))
            if not found.uses and not found.others and command.mode != "link":
                found.others = honest.found.others or [(source, 0, f"the compiler ended with status {status}")]
            self._unit(source, found, failed=True)
        if command.mode == "link":
            self._not_linked(honest.found)
        elif command.mode in ("compile", "assemble"):
            if not command.sources:
                self._record({"t": "unit", "source": (command.assembly or command.others)[0], "output": command.output,
                              "failed": True, "other": honest.found.others, "uses": []})
            for source in [*command.sources, *command.assembly]:
                self._placeholder_object(command.output_of(source), source)
        else:
            return status
        return 0

    def _wants_compat(self, source: str) -> bool:
        """Whether compat names are meant to be there, wherever that is said."""
        if "--compat" in self.command.options:
            return True
        command = [self.driver, *self.command.options, "-E", "-dM", "-w", source]
        macros = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).stdout
        return b"#define _CLOUDABI_COMPAT " in macros

    def _analysis(self, source: str) -> Analysis:
        options = list(self.command.options)
        if {"-MD", "-MMD"} & set(options) and self.command.mode == "compile":
            # The file of dependencies is part of what the build expects of a compilation.
            output = self.command.output_of(source)
            options += [] if "-MF" in options else ["-MF", str(Path(output).with_suffix(".d"))]
            options += [] if {"-MT", "-MQ"} & set(options) else ["-MT", output]
        return Analysis(self.driver, options, source, self.state.stubs, self.catalogue)

    def _record(self, record: Record) -> None:
        self.state.append({**record, "run": self.run_number, "cwd": self.cwd})

    def _path(self, name: str) -> str:
        return os.path.normpath(os.path.join(self.cwd, name))

    def _unit(self, source: str, found: Findings, defined: tuple[str, ...] = (), failed: bool = False) -> None:
        uses = [[kind, self._path(str(file)), *rest] for kind, file, *rest in
                (use.fields() for use in found.uses.values())]
        self._record({
            "t": "unit", "role": self.role, "source": self._path(source),
            "output": self._path(self.command.output_of(source)), "failed": failed, "uses": uses,
            "options": self.command.options, "stubs": sorted(set(found.missing)),
            "other": [[self._path(file) if file else "", line, text] for file, line, text in found.others],
            "defined": defined, "expanded": [[self._path(file), line, name] for file, line, name in found.expanded],
        })

    def _preprocess(self, status: int, found: Findings) -> int:
        """Dependencies and preprocessed text are made with what takes the place of a removed header."""
        if not found.missing or not self.command.sources:
            return status
        arguments = analyse(self._analysis(self.command.sources[0])).missing
        words = [word for name in arguments for word in ("-idirafter", str(self.state.stubs / name.replace("/", "%")))]
        again = subprocess.run([self.driver, *self.command.arguments, *words], stderr=subprocess.DEVNULL, check=False)
        return again.returncode

    def _placeholder_object(self, output: str, source: str) -> None:
        if output != "/dev/null":
            placeholder.write_object(Path(output), self.state, self.command.mode == "assemble")
            print(f"cloudabi-port: {source} was not compiled; a placeholder takes the place of {output}",
                  file=sys.stderr)

    def _unfinished(self) -> bool:
        """Whether a placeholder is among what is linked."""
        names = [*self.command.others, *commandline.libraries(self.command.arguments)]
        return any(marked(name, str(self.settings["tools"]["ar"])) for name in names)

    def _linked(self) -> None:
        """A link that only succeeded because placeholders ask for nothing is no success."""
        output = self.command.output or "a.out"
        placeholder = marked(output) or self._unfinished()
        for source in self.command.sources:
            self._unit(source, Findings())
        self._record({"t": "link", "output": self._path(output), "placeholder": placeholder, "uses": [], "other": []})
        if placeholder:
            self._placeholder_program(output)

    def _not_linked(self, found: Findings) -> None:
        output = self.command.output or "a.out"
        broken = bool(self.command.sources) or self._unfinished()
        entries = self.catalogue.entries
        unknown = [name for name in dict.fromkeys(found.undefined) if name not in entries]
        others: list[list[str | int]] = [] if self.command.sources else [["", 0, text] for _, _, text in found.others]
        if not broken:
            # Otherwise the placeholders would have defined them.
            others += [["", 0, f"undefined symbol: {name}"] for name in unknown[:200]]
        uses = [[use.kind, self._path(use.file), use.line, 0, use.name] for use in found.uses.values()]
        self._record({"t": "link", "output": self._path(output), "placeholder": True, "uses": uses, "other": others})
        self._placeholder_program(output)

    def _placeholder_program(self, output: str) -> None:
        if output != "/dev/null":
            placeholder.write_program(Path(output), self.state)
            print(f"cloudabi-port: {output} is a placeholder, not a program", file=sys.stderr)


def _note_foreign(state: State, names: list[str]) -> None:
    """What goes into the product is part of it, even if the build machine's compiler made it."""
    made = [(os.path.realpath(name), maker(name)) for name in names if os.path.isfile(name)]
    found = [[path, stamp(path), who] for path, who in made if who]
    if found:
        state.append({"t": "foreign", "files": found})


def _host(state: State, compiler: str, arguments: list[str]) -> int:
    """Run the build machine's compiler, and write down what it made: that is not unseen."""
    status = subprocess.run([compiler, *arguments], check=False).returncode
    command = commandline.parse(arguments)
    if command.mode in ("compile", "link"):
        files = [*command.sources, *command.assembly] if command.mode == "compile" else ["a.out"]
        outputs = {os.path.realpath(command.output_of(name)) for name in files}
        state.append({"t": "host", "outputs": [[path, stamp(path)] for path in sorted(outputs)]})
    return 128 - status if status < 0 else status


def main(folder: str, role: str, arguments: list[str]) -> int:
    """Run in place of a tool of the toolchain."""
    state = State(Path(folder))
    # What stands in for gcc or pkg-config must find the real one, not itself.
    path = os.environ.get("PATH", "").split(":")
    os.environ["PATH"] = ":".join(part for part in path if part not in (str(state.plain), str(state.host)))
    os.environ.update(UNEXPLAINED)
    if role == "placeholder":
        state.append({"t": "ran", "program": os.path.abspath(arguments[0]), "cwd": os.getcwd()})
        print(f"{arguments[0]}: this is a placeholder of cloudabi-port, not a program: it could not be "
              "linked for CloudABI", file=sys.stderr)
        return 126
    try:
        if role == "host":
            return _host(state, arguments[0], arguments[1:])
        if role in ("cc", "c++"):
            return Shim(state, role, arguments).run()
        if role == "ar":
            _note_foreign(state, arguments[1:])
        tool = str(state.read_settings()["tools"][role])
        if role == "strip" and any(marked(name) for name in arguments if not name.startswith("-")):
            return 0  # nothing to strip from what is not a program
        os.execv(tool, [tool, *arguments])
    except (PortError, OSError) as error:
        print(f"cloudabi-port: {error}", file=sys.stderr)
        return 1
