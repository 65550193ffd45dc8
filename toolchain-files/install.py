#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Finds clang, lld and LLVM's tools, and installs the cross toolchain's drivers over them."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "include"))

from api.table import interfaces  # noqa: E402

OLDEST, NEWEST = 14, 40
LLVM_TOOLS = ("ar", "ranlib", "strip", "nm", "objdump", "objcopy", "readelf", "size")


class ToolError(Exception):
    """A missing or unsuitable tool; the text says which and what to install."""


@dataclass(frozen=True)
class Tools:
    """Absolute paths of what was found."""

    clang: str
    major: int
    lld: str
    llvm: dict[str, str]


def clang_major(path: str) -> int:
    """Return the major version of a clang, or 0 if it is none."""
    try:
        result = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    match = re.search(r"clang version (\d+)\.", result.stdout)
    return int(match.group(1)) if match and result.returncode == 0 else 0


def find_clang(wanted: str) -> tuple[str, int]:
    """Return clang and its major version: `wanted`, else plain clang, else the newest suffix."""
    if wanted:
        names = [wanted]
    else:
        names = ["clang", *(f"clang-{major}" for major in range(NEWEST, OLDEST - 1, -1))]
    old = ""
    for name in names:
        path = shutil.which(name)
        if path is None:
            continue
        major = clang_major(path)
        if major >= OLDEST:
            return path, major
        old = f"; {path} is version {major}" if major else f"; {path} is not clang"
    name = f"clang '{wanted}'" if wanted else "clang"
    raise ToolError(
        f"{name} is missing{old}: install clang {OLDEST} or newer, "
        "on Debian 'apt-get install clang lld llvm'"
    )


def find_beside(clang: str, major: int, stem: str, package: str) -> str:
    """Return an LLVM tool: of clang's own version if there, else the plain name."""
    folder = Path(clang).resolve().parent
    for name in (str(folder / stem), f"{stem}-{major}", stem):
        path = shutil.which(name)
        if path is not None:
            return path
    raise ToolError(
        f"{stem} is missing: install LLVM's tools of version {major} or newer, "
        f"on Debian 'apt-get install {package}'"
    )


def find_tools(wanted: str) -> Tools:
    """Find everything the drivers call."""
    clang, major = find_clang(wanted)
    lld = find_beside(clang, major, "ld.lld", "lld")
    llvm = {tool: find_beside(clang, major, f"llvm-{tool}", "llvm") for tool in LLVM_TOOLS}
    return Tools(clang, major, lld, llvm)


def write_if_changed(path: Path, text: str, mode: int) -> None:
    """Write atomically, and not at all when nothing changes: builds depend on these files."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    temporary.chmod(mode)
    os.replace(temporary, path)


def quote(path: str) -> str:
    """Quote for sh."""
    return "'" + path.replace("'", "'\\''") + "'"


def known_to_compiler(tools: Tools, status: str) -> list[str]:
    """Return the functions of this status in the API table that clang has a builtin for."""
    names = sorted({row.name for row in interfaces() if row.status == status and row.is_function})
    text = "".join(f"#if __has_builtin(__builtin_{n})\nknown {n}\n#endif\n" for n in names)
    command = [tools.clang, "-E", "-P", "-xc", "-"]
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    found = [line.split()[1] for line in result.stdout.splitlines() if line.startswith("known ")]
    if result.returncode != 0 or not found:
        raise ToolError(f"{tools.clang} does not say which builtins it has: {result.stderr}")
    return found


def meson_answers(names: list[str], answer: str) -> str:
    """Return lines for a cross file: what has_function() shall say."""
    return "\n".join(f"has_function_{name} = {answer}" for name in names)


def install(prefix: Path, arch: str, tools: Tools) -> None:
    """Write the drivers to prefix/bin, their files to the sysroot's share folder, their manuals."""
    triple = f"{arch}-unknown-cloudabi"
    compat = known_to_compiler(tools, "compat")
    values = {
        "MESON_REFUSED": meson_answers(known_to_compiler(tools, "remove") + compat, "false"),
        "MESON_COMPAT": meson_answers(compat, "true"),
        "TRIPLE": triple,
        "ARCH": arch,
        "CLANG": quote(tools.clang),
        "CLANG_MAJOR": str(tools.major),
        "LLD": quote(tools.lld) if "'" in tools.lld else tools.lld,
        "LOCATE": (HERE / "bin" / "locate.sh").read_text(encoding="utf-8").rstrip("\n"),
        "CAPTURE": (HERE / "bin" / "capture.sh").read_text(encoding="utf-8").rstrip("\n"),
    }

    def fill(template: Path, **extra: str) -> str:
        text = template.read_text(encoding="utf-8")
        for key, value in {**values, **extra}.items():
            text = text.replace(f"@{key}@", value)
        return text

    def tool(name: str, template: str, **extra: str) -> None:
        path = prefix / "bin" / f"{triple}-{name}"
        write_if_changed(path, fill(HERE / "bin" / template, TOOL=name, **extra), 0o755)

    tool("cc", "cc.in")
    tool("ld", "ld.in")
    tool("c++", "cxx.in")
    tool("pkg-config", "pkg-config.in")
    for name, path in tools.llvm.items():
        tool(name, "tool.in", TOOL_PATH=quote(path))
    share = HERE / "share"
    for template in sorted(path for path in share.rglob("*") if path.is_file()):
        target = prefix / triple / "share" / "cloudabi" / template.relative_to(share)
        write_if_changed(target, fill(template), 0o644)
    manual = prefix / "share" / "man"
    for template in sorted((HERE.parent / "docs" / "man").glob("*.in")):
        page = template.name.removesuffix(".in")
        section = page[-1]
        name = f"{triple}-{page}" if section == "1" else page
        write_if_changed(manual / f"man{section}" / name, fill(template, UPPER=triple.upper()), 0o644)
    for name in LLVM_TOOLS:
        if name != "ar":
            link = manual / "man1" / f"{triple}-{name}.1"
            write_if_changed(link, f".so man1/{triple}-ar.1\n", 0o644)


def install_assistant(prefix: Path, arch: str) -> None:
    """Install cloudabi-port with what it reads, so that it works wherever the tree is moved."""
    root = HERE.parent
    api = prefix / f"{arch}-unknown-cloudabi" / "share" / "cloudabi" / "api"
    copies = [(root / "tools" / "cloudabi-port", prefix / "bin" / "cloudabi-port")]
    for source, target, patterns in (
        (root / "tools" / "port", prefix / "lib" / "cloudabi" / "port", ("*.py", "*.toml")),
        (root / "include" / "api", api, ("table.py", "*.tsv")),
        (root / "docs" / "porting", prefix / "share" / "doc" / "cloudabi" / "porting", ("guide.md",)),
        (root / "docs" / "man", prefix / "share" / "man" / "man1", ("cloudabi-port.1",)),
    ):
        files = [path for pattern in patterns for path in sorted(source.rglob(pattern))]
        copies += [(path, target / path.relative_to(source)) for path in files]
    for path, target in copies:
        mode = 0o755 if target.parent.name == "bin" else 0o644
        write_if_changed(target, path.read_text(encoding="utf-8"), mode)


def main(argv: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="install.py", description=__doc__)
    parser.add_argument("--prefix", type=Path, required=True, help="where bin/ goes")
    parser.add_argument("--arch", default="x86_64", choices=["x86_64"], help="target (x86_64)")
    parser.add_argument("--clang", default=os.environ.get("CLOUDABI_CLANG", ""), help="which clang")
    arguments = parser.parse_args(argv)
    try:
        tools = find_tools(arguments.clang)
        install(arguments.prefix.resolve(), arguments.arch, tools)
        install_assistant(arguments.prefix.resolve(), arguments.arch)
    except ToolError as error:
        print(f"toolchain: {error}", file=sys.stderr)
        return 1
    print(f"toolchain: {tools.clang} (version {tools.major}), {tools.lld}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
