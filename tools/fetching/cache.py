# SPDX-License-Identifier: BSD-2-Clause
"""The download cache, keyed by SHA-256, outside the work tree so that cleaning spares it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from . import FetchError
from .lock import LockedFile


def cache_folder() -> Path:
    """Return `$XDG_CACHE_HOME/cloudabi/downloads`, or below ~/.cache without that variable."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification says to ignore a relative path.
    root = Path(base) if base.startswith("/") else Path.home() / ".cache"
    return root / "cloudabi" / "downloads"


def file_sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def verify(path: Path, wanted: LockedFile, origin: str) -> None:
    """Raise unless `path` holds exactly the locked bytes."""
    if not path.is_file():
        raise FetchError(
            f"{origin} did not deliver {wanted.name}; check that its version in "
            "tools/sources.lock is still published"
        )
    size = path.stat().st_size
    if size < wanted.size:
        raise FetchError(
            f"broken download: {wanted.name} from {origin} has {size} of {wanted.size} bytes; "
            "run the command again"
        )
    got = file_sha256(path)
    if got != wanted.sha256:
        raise FetchError(
            f"wrong checksum: {wanted.name} from {origin} has SHA-256 {got}, expected "
            f"{wanted.sha256}; run the command again, and if it stays wrong, trust neither the "
            "mirror nor tools/sources.lock before you know which of them changed"
        )


class Cache:
    """Finds and keeps verified files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FetchError(
                f"cannot create the download cache {folder}: {error.strerror}; "
                "set XDG_CACHE_HOME to a folder you can write"
            ) from error

    def find(self, wanted: LockedFile) -> Path | None:
        """Return the cached file, or None. One with wrong content is removed, so it is fetched."""
        path = self.folder / wanted.sha256
        if not path.is_file():
            return None
        if file_sha256(path) == wanted.sha256:
            return path
        path.unlink()
        return None

    def keep(self, path: Path, wanted: LockedFile, origin: str) -> Path:
        """Verify `path` and copy it into the cache under its hash, atomically."""
        verify(path, wanted, origin)
        target = self.folder / wanted.sha256
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        os.close(handle)
        try:
            shutil.copyfile(path, temporary)
            os.replace(temporary, target)
        except OSError as error:
            Path(temporary).unlink(missing_ok=True)
            raise FetchError(f"cannot write {target}: {error.strerror}; free some space") from error
        return target
