# SPDX-License-Identifier: BSD-2-Clause
"""The command line of cloudabi-port."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from . import PortError
from .catalogue import Catalogue, read_table
from .database import Database
from .explain import explain
from .hidden import second_pass
from .log import read_log
from .prepare import TRIPLE, Toolchain
from .report import write
from .run import run
from .state import NAME, State, below, find

USAGE = """usage: cloudabi-port [--prefix DIR] COMMAND [ARGUMENT...]
       cloudabi-port report [--build DIR | --log FILE] [--format text|html|sarif|json] [--output FILE]
       cloudabi-port explain NAME...
       cloudabi-port forget [--build DIR]

Finds what a program needs that CloudABI does not have: its ambient authority.

  COMMAND        a build, run with CloudABI's compiler in the place of the system's: make, cmake,
                 configure, ninja, meson or any other. It goes on after errors: what cannot be
                 compiled or linked is replaced by a placeholder, and written down.
  report         list what was found, by file and by capability
  explain        say of functions, headers, constants and types what became of them, and what
                 to use instead
  forget         forget what was found here

  --prefix DIR   the toolchain's folder (the one that this command is in, or out/)
  --build DIR    the build folder, where .cloudabi-port/ is (the current one)
  --log FILE     read a compiler's messages from a file instead; - for standard input
  --format F     text, html, sarif or json (text)
  --output FILE  write there instead of standard output

A build's exit status is its own. A report's: 0 nothing ambient, 1 uses found, 2 there is no answer,
because the assistant failed or the build did not compile everything for another reason.
That of explain: 0 all names are offered, 1 one is refused, 2 one is unknown.
"""


def toolchain(launcher: Path, prefix: Path | None) -> Toolchain:
    """Find the toolchain: installed beside the command, or in out/ of the source tree."""
    top = launcher.parent.parent
    found = prefix or (top if (top / "bin" / f"{TRIPLE}-cc").exists() else top / "out")
    return Toolchain(found.resolve(), launcher)


def api_folder(tools: Toolchain) -> Path:
    """The API table, beside the headers that were made from it, or in the source tree."""
    installed = tools.share / "api"
    return installed if installed.is_dir() else tools.launcher.parent.parent / "include" / "api"


def state_of(build: Path) -> State:
    state = find(build)
    if state is not None:
        return state
    near = below(build)
    hint = f"give --build {near[0]}" if near else "run the build first, as in 'cloudabi-port make'"
    raise PortError(f"there is no {NAME} in {build} or above; {hint}")


def report(arguments: list[str], tools: Toolchain, catalogue: Catalogue) -> int:
    parser = argparse.ArgumentParser(prog="cloudabi-port report", description="List what builds found here.")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--build", type=Path, default=Path("."), metavar="DIR", help="the build folder (.)")
    where.add_argument("--log", metavar="FILE", help="read a compiler's messages from FILE; - for standard input")
    parser.add_argument("--format", choices=write.FORMATS, default="text", help="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there (standard output)")
    options = parser.parse_args(arguments)
    if options.log is not None:
        return read_log(options.log, catalogue, lambda database: write.write(
            database, catalogue, options.format, options.output))
    state = state_of(options.build.absolute())
    database = Database(state, catalogue)
    database.update()
    second_pass(database, catalogue, len(os.sched_getaffinity(0)))
    database.results()
    return write.write(database, catalogue, options.format, options.output)


def explain_names(arguments: list[str], tools: Toolchain) -> int:
    parser = argparse.ArgumentParser(prog="cloudabi-port explain",
                                     description="Say of each name whether it is offered or refused, why, and what "
                                     "takes its place.")
    parser.add_argument("names", nargs="+", metavar="NAME", help="as in getpid, pwd.h, O_NOCTTY or 'struct passwd'")
    options = parser.parse_args(arguments)
    folder = api_folder(tools)
    return explain(options.names, folder, read_table(folder), sys.stdout)


def forget(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="cloudabi-port forget", description="Forget what builds found here.")
    parser.add_argument("--build", type=Path, default=Path("."), metavar="DIR", help="the build folder (.)")
    state = state_of(parser.parse_args(arguments).build.absolute())
    for path in (state.journal, state.database, state.folder / "runs"):
        path.unlink(missing_ok=True)
    print(f"forgot what was found; the stand-ins in {state.bin} stay, builds here go on with them")
    return 0


def main(launcher: Path, arguments: list[str]) -> int:
    """Run the command; 2 if it fails itself."""
    prefix = None
    try:
        while arguments and arguments[0].startswith("-"):
            word = arguments.pop(0)
            if word in ("-h", "--help"):
                print(USAGE, end="")
                return 0
            if word == "--prefix" and arguments:
                prefix = Path(arguments.pop(0))
            elif word.startswith("--prefix="):
                prefix = Path(word.removeprefix("--prefix="))
            elif word == "--":
                break
            else:
                raise PortError(f"unknown option '{word}'; 'cloudabi-port --help' lists what there is")
        if not arguments:
            print(USAGE, end="", file=sys.stderr)
            return 2
        if arguments[0] == "forget":
            return forget(arguments[1:])
        tools = toolchain(launcher, prefix)
        if arguments[0] == "explain":
            return explain_names(arguments[1:], tools)
        catalogue = read_table(api_folder(tools))
        if arguments[0] == "report":
            return report(arguments[1:], tools, catalogue)
        return run(arguments, tools, catalogue)
    except PortError as error:
        print(f"cloudabi-port: {error}", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        print(f"cloudabi-port: {error.filename or 'error'}: {error.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        print("cloudabi-port: interrupted", file=sys.stderr)
    return 2
