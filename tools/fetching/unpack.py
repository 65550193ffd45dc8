# SPDX-License-Identifier: BSD-2-Clause
"""Unpacks verified files into a source tree, all or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from . import FetchError
from .lock import LockedFile, Source


def _dpkg_source(folder: Path, dsc: str, tree: Path) -> None:
    if shutil.which("dpkg-source") is None:
        raise FetchError("dpkg-source is missing; install the package dpkg-dev")
    # --no-check: signatures and sums were replaced by the lock file's own SHA-256.
    result = subprocess.run(
        ["dpkg-source", "--no-check", "-x", dsc, str(tree)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        reason = (result.stdout.strip().splitlines() or ["no message"])[-1]
        raise FetchError(f"dpkg-source cannot unpack {dsc}: {reason}")


def _tar(archive: Path, tree: Path) -> None:
    """Unpack a release whose content is one folder."""
    scratch = tree.with_name("tar")
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(scratch)  # the archive's bytes are pinned by the lock file
    except (tarfile.TarError, OSError, EOFError) as error:
        raise FetchError(f"cannot unpack {archive.name}: {error}") from error
    entries = list(scratch.iterdir())
    if len(entries) != 1 or not entries[0].is_dir():
        raise FetchError(f"{archive.name} does not consist of one folder")
    entries[0].rename(tree)


def unpack(source: Source, files: list[tuple[LockedFile, Path]], target: Path) -> None:
    """Make `target` the unpacked tree of `files`; what was there before is replaced at the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{source.name}."))
    try:
        for locked, path in files:
            shutil.copyfile(path, work / locked.name)
        tree = work / "tree"
        dsc = [locked.name for locked, _ in files if locked.name.endswith(".dsc")]
        if dsc:
            _dpkg_source(work, dsc[0], tree)
        else:
            _tar(work / files[0][0].name, tree)
        if target.exists():
            os.rename(target, work / "old")
        os.rename(tree, target)
    except OSError as error:
        raise FetchError(f"cannot unpack {source.name} into {target}: {error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
