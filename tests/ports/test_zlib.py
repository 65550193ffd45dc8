#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""zlib, cross-compiled by its recipe: its self-test and a compressor run in the sandbox.

Exit status 0 and `ok` lines, or 1 and what went wrong; 77 where it cannot run.
"""

from __future__ import annotations

import argparse
import filecmp
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PORT = ROOT / "ports/zlib"
INPUT_SIZE = 24_000_000

SELFTEST = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
out: !fd stdout
directory: !file {{path: {directory}, rights: [read, write]}}
"""

COMPRESS = """%TAG ! tag:nuxi.nl,2015:cloudabi/
---
input: !file {{path: {input}}}
directory: !file {{path: {directory}, rights: [read, write]}}
name: compressed.gz
log: !fd stderr
"""


class Toolchain:
    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.cc = prefix / "bin/x86_64-unknown-cloudabi-cc"
        self.launcher = prefix / "bin/cloudabi-run"

    def build_port(self) -> Path:
        """Builds and installs it; returns its unpacked source."""
        subprocess.run([sys.executable, str(ROOT / "ports/build.py"), "--prefix", str(self.prefix),
                        "zlib"], check=True)
        return self.prefix / "build/ports/zlib/source"

    def compile(self, output: Path, *words: str | Path) -> Path:
        subprocess.run([self.cc, "-O2", f"-I{ROOT / 'examples'}", *words, "-lz", "-o", output],
                       check=True)
        return output

    def run(self, program: Path, config: str) -> str:
        result = subprocess.run([self.launcher, program], input=config, text=True,
                                stdout=subprocess.PIPE, check=False)
        if result.returncode != 0:
            raise AssertionError(f"{program.name} ended with status {result.returncode}:\n"
                                 f"{result.stdout}")
        return result.stdout


def selftest(tools: Toolchain, source: Path, scratch: Path) -> None:
    # zlib's file as it is: selftest.h turns its paths and its standard output into grants. It
    # uses strcpy() on buffers of its own.
    example = scratch / "example.o"
    subprocess.run([tools.cc, "-O2", "--compat", "-c", "-include", PORT / "selftest.h", "-o",
                    example, source / "test/example.c"], check=True)
    program = tools.compile(scratch / "selftest", "--compat", PORT / "selftest.c", example)
    output = tools.run(program, SELFTEST.format(directory=scratch))
    for line in ("gzread(): hello, hello!", "inflate with dictionary: hello, hello!"):
        if line not in output:
            raise AssertionError(f"the self-test did not print '{line}':\n{output}")


def write_input(file: Path) -> None:
    """Text that compresses like text: words of uneven frequency, the same every time."""
    rng = random.Random(20)
    words = [bytes(rng.choices(b"etaoinshrdlu", k=rng.randint(1, 9))) for _ in range(5000)]
    weights = [1 / (i + 1) for i in range(len(words))]
    text = b" ".join(rng.choices(words, weights, k=200_000))
    with file.open("wb") as out:
        while out.tell() < INPUT_SIZE:
            out.write(text + rng.randbytes(10_000))


def compressor(tools: Toolchain, scratch: Path) -> None:
    original, directory = scratch / "original", scratch / "output"
    directory.mkdir()
    write_input(original)
    program = tools.compile(scratch / "compress", PORT / "compress.c")
    tools.run(program, COMPRESS.format(input=original, directory=directory))
    compressed = directory / "compressed.gz"
    size = compressed.stat().st_size
    subprocess.run(["gunzip", compressed], check=True)
    if not filecmp.cmp(original, directory / "compressed", shallow=False):
        raise AssertionError("what the host's gunzip made differs from the original")
    print(f"# {original.stat().st_size} bytes, {size} compressed")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prefix", type=Path, default=ROOT / "out")
    args = parser.parse_args()
    tools = Toolchain(args.prefix.resolve())
    if " " in str(tools.prefix):
        print(f"SKIP: zlib's configure script cannot handle the blank in '{tools.prefix}'")
        return 77
    try:
        source = tools.build_port()
        with tempfile.TemporaryDirectory(prefix="cloudabi-zlib-") as name:
            scratch = Path(name)
            selftest(tools, source, scratch)
            print("ok zlib's self-test")
            compressor(tools, scratch)
            print("ok compressed inside equals the original after the host's gunzip")
    except (AssertionError, OSError, subprocess.CalledProcessError) as error:
        print(f"not ok: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
