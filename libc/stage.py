#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Lay out the sources of libc.a in one tree of links and print their list.

The tree has musl's shape, with every file below libc/override/ in place of musl's. Only files
that libc/musl.manifest takes, and musl's internal headers, are linked. A file below an
architecture's folder replaces the generic one of the same name, as in musl's own build.
Our own families (libc/<family>/) are compiled where they are.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))

from musl_manifest import Manifest, ManifestError  # noqa: E402

SOURCES = {".c", ".s", ".S"}
OVERRIDE = HERE / "override"


def generic_path(path: PurePosixPath, arch: str, arches: set[str]) -> PurePosixPath | None:
    """The path without its architecture folder; None for a foreign architecture."""
    parts = list(path.parts)
    if len(parts) > 2 and parts[-2] in arches:
        if parts[-2] != arch:
            return None
        del parts[-2]
    return PurePosixPath(*parts)


def taken_sources(musl: Path, arch: str) -> dict[PurePosixPath, PurePosixPath]:
    """What the manifest takes: generic path without suffix, to the path that is compiled."""
    manifest = Manifest(HERE / "musl.manifest")
    arches = {p.name for p in (musl / "arch").iterdir() if p.is_dir()}
    taken: dict[PurePosixPath, PurePosixPath] = {}
    for top in ("src", "crt", "ldso"):
        for file in sorted((musl / top).rglob("*")):
            if file.suffix not in SOURCES:
                continue
            path = PurePosixPath(file.relative_to(musl).as_posix())
            generic = generic_path(path, arch, arches)
            if generic is None:
                continue
            key = generic.with_suffix("")
            if manifest.decide(str(generic)).take and (path != generic or key not in taken):
                taken[key] = path
    manifest.check_all_used()
    return taken


def overridden(musl: Path) -> dict[PurePosixPath, PurePosixPath]:
    """Our replacements of musl's sources; each must have something to replace."""
    found = {}
    for file in sorted(OVERRIDE.rglob("*")):
        if file.suffix not in SOURCES:
            continue
        path = PurePosixPath(file.relative_to(OVERRIDE).as_posix())
        if not any((musl / path).with_suffix(suffix).exists() for suffix in SOURCES):
            raise ManifestError(f"{file}: musl has no file of this path; move it to libc/<family>/")
        found[path.with_suffix("")] = path
    return found


def strerror_table() -> str:
    """musl's table of error texts, from the ABI's numbers and words."""
    data = tomllib.loads((HERE.parent / "abi/errno.toml").read_text())
    lines = []
    for name, (value, text) in data["errno"]["values"].items():
        constant = f"E{name}" if value else "0"
        lines.append(f'E({constant}, "{text[0].upper()}{text[1:]}")')
    return "\n".join(["E(0, \"No error\")"] + lines[1:]) + "\n"


def strsignal_table() -> str:
    """The names of the signals, from the ABI's numbers and words."""
    data = tomllib.loads((HERE.parent / "abi/types.toml").read_text())
    lines = []
    for name, (_, text) in data["signal"]["values"].items():
        short = text.split(";")[0]  # what follows is the default action, where it is unusual
        lines.append(f'S(SIG{name}, "{short[0].upper()}{short[1:]}")')
    return "\n".join(lines) + "\n"


def write_changed(file: Path, text: str) -> None:
    if not file.exists() or file.read_text() != text:
        file.write_text(text)


def link_tree(stage: Path, files: dict[PurePosixPath, Path]) -> None:
    """Make `stage` hold exactly these links, touching only those that change."""
    for old in sorted(stage.rglob("*")) if stage.exists() else []:
        if old.is_symlink() and PurePosixPath(old.relative_to(stage).as_posix()) not in files:
            old.unlink()
    for path, target in files.items():
        link = stage / path
        if link.is_symlink() and link.readlink() == target:
            continue
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def stage_sources(musl: Path, arch: str, stage: Path) -> list[Path]:
    sources = taken_sources(musl, arch) | overridden(musl)
    files: dict[PurePosixPath, Path] = {}
    for path in sources.values():
        ours = OVERRIDE / path
        files[path] = ours if ours.exists() else musl / path
        # A machine's own file may include the generic one.
        generic = path.parent.parent / path.name
        if path.parent.name == arch and (musl / generic).exists():
            files[generic] = musl / generic
    for top in (musl / "src", OVERRIDE / "src"):
        base = top.parent
        for file in sorted(top.rglob("*.h")):
            files[PurePosixPath(file.relative_to(base).as_posix())] = file
    for name in ("atomic_arch.h", "pthread_arch.h"):
        files[PurePosixPath("src/internal", name)] = musl / "arch" / arch / name
    files[PurePosixPath("src/internal/fp_arch.h")] = musl / "arch/generic/fp_arch.h"
    strerror = PurePosixPath("src/errno/__strerror.h")
    del files[strerror]
    link_tree(stage, files)
    write_changed(stage / strerror, strerror_table())
    write_changed(stage / "src/string/__strsignal.h", strsignal_table())
    own = [f for d in sorted(HERE.iterdir()) if d.is_dir() and d != OVERRIDE
           for f in sorted(d.rglob("*")) if f.suffix in SOURCES]
    return [stage / path for path in sorted(sources.values())] + own


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--musl", type=Path, required=True, help="musl's unpacked source")
    parser.add_argument("--arch", default="x86_64", help="machine (default: x86_64)")
    parser.add_argument("--stage", type=Path, required=True, help="folder for the tree of links")
    args = parser.parse_args()
    try:
        for file in stage_sources(args.musl.resolve(), args.arch, args.stage):
            print(file)
    except (ManifestError, OSError) as error:
        print(f"stage.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
