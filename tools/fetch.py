#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Fetches pinned third-party sources and unpacks them into out/src/NAME.

Prints the path of each unpacked tree. Every file is compared with tools/sources.lock before
anything of it is used. Debian's source package comes first; where that fails and the lock file
names the upstream release, that release is taken instead.
"""

from __future__ import annotations

import argparse
import fcntl
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from fetching import FetchError
from fetching.aptstate import AptState
from fetching.cache import Cache, cache_folder, file_sha256
from fetching.lock import LockedFile, Source, read_lock
from fetching.unpack import unpack

ROOT = Path(__file__).resolve().parent.parent
Files = list[tuple[LockedFile, Path]]


def note(text: str) -> None:
    """Report progress; stdout is for the paths alone."""
    print(f"fetch: {text}", file=sys.stderr, flush=True)


def from_debian(source: Source, cache: Cache, apt: AptState) -> Files:
    """Download the Debian source package, verify it, and return its cached files."""
    note(f"downloading Debian source {source.package} {source.version}")
    with tempfile.TemporaryDirectory(prefix="download-", dir=apt.root) as name:
        folder = Path(name)
        apt.download(source.package, source.version, folder)
        return [(item, cache.keep(folder / item.name, item, "apt")) for item in source.files]


def from_upstream(release: LockedFile, cache: Cache, scratch: Path) -> Files:
    """Download the upstream release, verify it, and return its cached file."""
    note(f"downloading {release.url}")
    with tempfile.TemporaryDirectory(prefix="download-", dir=scratch) as name:
        path = Path(name) / release.name
        try:
            with urllib.request.urlopen(release.url, timeout=30) as reply, path.open("wb") as file:
                shutil.copyfileobj(reply, file)
        except (urllib.error.URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise FetchError(
                f"cannot download {release.url} ({reason}); check the network"
            ) from error
        return [(release, cache.keep(path, release, release.url))]


def obtain(source: Source, cache: Cache, apt: AptState, offline: bool) -> Files:
    """Return verified files for `source`, from the cache if they are there."""
    cached = [(item, cache.find(item)) for item in source.files]
    if all(path is not None for _, path in cached):
        return [(item, path) for item, path in cached if path is not None]
    if source.upstream is not None and shutil.which("dpkg-source") is None:
        path = cache.find(source.upstream)
        if path is not None:
            return [(source.upstream, path)]
    if offline:
        missing = ", ".join(item.name for item, path in cached if path is None)
        raise FetchError(f"{source.name}: {missing} not in {cache.folder}; run without --offline")
    try:
        if source.upstream is not None and shutil.which("dpkg-source") is None:
            raise FetchError("dpkg-source is missing; install the package dpkg-dev")
        return from_debian(source, cache, apt)
    except FetchError as error:
        # Wrong bytes are never a reason to look elsewhere: somebody has to look at them.
        if source.upstream is None or "checksum" in str(error):
            raise
        note(f"{error}; trying the upstream release")
        return from_upstream(source.upstream, cache, apt.root)


def fetch(source: Source, out: Path, cache: Cache, apt: AptState, offline: bool = False) -> Path:
    """Make out/src/NAME the source tree of `source` and return its path."""
    target = out / "src" / source.name
    stamp = out / "src" / f".{source.name}.stamp"
    if target.is_dir() and stamp.is_file() and stamp.read_text() == source.digest():
        return target
    files = obtain(source, cache, apt, offline)
    stamp.unlink(missing_ok=True)
    unpack(source, files, target)
    stamp.write_text(source.digest())
    return target


def print_entry(argument: str, suite: str, apt: AptState) -> None:
    """Download PACKAGE=VERSION and print a lock entry for it, for a maintainer to check."""
    package, _, version = argument.partition("=")
    if not version:
        raise FetchError(f"'{argument}': expected PACKAGE=VERSION")
    with tempfile.TemporaryDirectory(prefix="download-", dir=apt.root) as name:
        apt.download(package, version, Path(name))
        print(f"[{package}]")
        print(f'debian = {{ package = "{package}", version = "{version}", suite = "{suite}" }}')
        print('licence = "" # fill in from debian/copyright')
        for path in sorted(Path(name).iterdir(), key=lambda item: (item.suffix != ".dsc", item)):
            print(f'\n[[{package}.files]]\nname = "{path.name}"')
            print(f'size = {path.stat().st_size}\nsha256 = "{file_sha256(path)}"')


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="fetch.py", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="entries of the lock file")
    parser.add_argument("--all", action="store_true", help="fetch every entry")
    parser.add_argument("--list", action="store_true", help="list the entries and stop")
    parser.add_argument("--offline", action="store_true", help="use the download cache only")
    parser.add_argument("--out", type=Path, default=ROOT / "out", help="output folder (out)")
    parser.add_argument("--lock", type=Path, default=ROOT / "tools" / "sources.lock")
    parser.add_argument("--apt", type=Path, default=Path("/etc/apt"), help=argparse.SUPPRESS)
    parser.add_argument("--suite", default="bookworm", help="suite for --print-entry (bookworm)")
    parser.add_argument("--print-entry", metavar="PACKAGE=VERSION", help="write a lock entry")
    return parser.parse_args(argv)


def run(arguments: argparse.Namespace) -> None:
    """Do what the command line asks."""
    sources = read_lock(arguments.lock)
    if arguments.list:
        for source in sources.values():
            print(f"{source.name}\t{source.version}\t{source.licence}")
        return
    names = list(sources) if arguments.all else arguments.names
    unknown = [name for name in names if name not in sources]
    if unknown:
        raise FetchError(f"'{unknown[0]}' is not in {arguments.lock}; it has {', '.join(sources)}")
    if not names and not arguments.print_entry:
        raise FetchError("nothing to fetch: name an entry, or give --all; --list shows them")
    out = arguments.out.resolve()
    suites = {source.suite for source in sources.values()}
    if arguments.print_entry:
        suites.add(arguments.suite)
    apt = AptState(out / "build" / "apt", frozenset(suites), arguments.apt)
    apt.root.mkdir(parents=True, exist_ok=True)
    with (apt.root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two fetches at once would unpack over each other
        if arguments.print_entry:
            print_entry(arguments.print_entry, arguments.suite, apt)
        cache = Cache(cache_folder())
        for name in names:
            print(fetch(sources[name], out, cache, apt, arguments.offline), flush=True)


def main(argv: list[str] | None = None) -> int:
    """Run the command; 1 for a failure, whose one sentence goes to stderr."""
    try:
        run(parse(argv))
    except FetchError as error:
        note(str(error))
        return 1
    except OSError as error:
        note(f"{error.filename or 'file'}: {error.strerror}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
