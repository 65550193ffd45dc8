#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Builds CloudABI into out/: called by ./build.sh, which installs the packages first."""

from __future__ import annotations

import argparse
import fcntl
import os
import subprocess
import sys
from pathlib import Path

from building import BuildError
from building.bench import check_benchmarks, run_benchmarks
from building.steps import Log, Step, run_steps
from building.tasks import Builder
from building.testing import Result, run_tests

ROOT = Path(__file__).resolve().parent.parent


def sysroot_steps(builder: Builder) -> list[Step]:
    """Return the steps that make toolchain and C library."""
    arch = builder.arch
    return [
        Step("fetch musl", lambda: builder.fetch("musl")),
        Step("install the compiler driver", builder.install_driver),
        Step("configure the C library", builder.configure_sysroot),
        Step("build the C library", lambda: builder.compile(arch)),
        Step("install the C library", lambda: builder.install(arch)),
        Step("install the compiler's helper functions", builder.install_builtins),
    ]


def host_steps(builder: Builder) -> list[Step]:
    """Return the steps that make the runtime."""
    return [
        Step("configure runtime and tests", builder.configure_host),
        Step("build the runtime", lambda: builder.compile("host")),
        Step("install the runtime", lambda: builder.install("host")),
    ]


def report(result: Result) -> int:
    """Print what was skipped and what failed, then the counts as the last line."""
    for name, reason in result.skipped.items():
        print(f"skipped: {name}: {reason}")
    for name in result.failed:
        print(f"failed: {name}")
    print(result.summary(), flush=True)
    return 1 if result.failed or not result.passed else 0


def test(builder: Builder, steps: list[Step]) -> int:
    """Build and run the tests. One that does not compile fails, and the others still run."""
    errors: list[str] = []
    steps = [*steps, Step("build the tests", lambda: errors.extend(builder.compile_tests()))]
    run_steps(steps, builder.log)
    result = run_tests(builder.build_folder("host"), builder.jobs, builder.log)
    if errors:
        print("\n".join(errors))
        result.failed.append("compilation of the tests")
    return report(result)


def check_ports(names: list[str]) -> None:
    """Refuse a port that is not there before anything is built."""
    for name in names:
        if not (ROOT / "ports" / name / "recipe.toml").is_file():
            raise BuildError(f"there is no port '{name}'; './build.sh ports' lists them")


def ports(builder: Builder, names: list[str]) -> int:
    """Hand over to the ports builder."""
    script = ROOT / "ports" / "build.py"
    sys.stdout.flush()
    command = [sys.executable, str(script), "--prefix", str(builder.prefix)]
    return builder.log.run(*command, "--jobs", str(builder.jobs), *names, show=True)


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./build.sh", description=__doc__)
    parser.add_argument("command", choices=["all", "sysroot", "test", "bench", "ports"])
    parser.add_argument("names", nargs="*", metavar="NAME", help="ports to build, or what to measure")
    parser.add_argument("--prefix", type=Path, default=ROOT / "out")
    parser.add_argument("--arch", default="x86_64")
    parser.add_argument("-j", "--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--json", type=Path, metavar="FILE", help="bench: write the figures there as well")
    arguments = parser.parse_args(argv)
    if arguments.arch != "x86_64":
        parser.error(f"--arch {arguments.arch}: only x86_64 is there yet")
    if arguments.jobs < 1:
        parser.error("-j needs a number of at least 1")
    if arguments.json is not None and arguments.command != "bench":
        parser.error("--json goes with bench")
    if arguments.names and arguments.command not in ("bench", "ports"):
        parser.error(f"unexpected '{arguments.names[0]}'; options come after the command")
    return arguments


def run(arguments: argparse.Namespace) -> int:
    """Do what the command asks; one build at a time in one tree."""
    if arguments.command == "bench":
        check_benchmarks(ROOT, arguments.names)
    else:
        check_ports(arguments.names)
    if arguments.command == "ports" and not arguments.names:
        return subprocess.run([sys.executable, ROOT / "ports" / "build.py"], check=False).returncode
    (ROOT / "out").mkdir(exist_ok=True)
    with (ROOT / "out" / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another build runs in this tree; waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        log = Log(ROOT / "out" / "log" / "build.log")
        prefix = arguments.prefix.resolve()
        clang = os.environ.get("CLOUDABI_CLANG", "")
        builder = Builder(ROOT, prefix, arguments.arch, arguments.jobs, clang, log)
        steps = sysroot_steps(builder)
        if arguments.command != "sysroot":
            steps += host_steps(builder)
        if arguments.command == "bench":
            return run_benchmarks(builder, steps, arguments.names, arguments.json)
        steps.append(Step("write the reference", builder.write_reference))
        if arguments.command == "all":
            steps.append(Step("run the demo", builder.demo, loud=True))
        if arguments.command == "test":
            return test(builder, steps)
        run_steps(steps, log)
        if arguments.command == "ports":
            return ports(builder, arguments.names)
        return 0


def main(argv: list[str] | None = None) -> int:
    """Run the command; failures end with one sentence on stderr."""
    try:
        return run(parse(argv))
    except BuildError as error:
        print(f"build.sh: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        where = error.filename or "the build"
        advice = "make sure that you own the tree and that there is space"
        print(f"build.sh: {where}: {error.strerror}; {advice}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("build.sh: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
