# SPDX-License-Identifier: BSD-2-Clause
"""Keeps clang and lld loaded while tens of thousands of probes call them.

Most of the time of a small compilation goes into loading 160 MB of libraries. So each program is started
once with warm_server.c preloaded, which waits before main(), and warm_client.c takes its place: it has the
server fork and hands over its arguments, environment, descriptors and folder. The programs are the same,
and so is the driver that calls them, by CLOUDABI_CLANG and CLOUDABI_LLD.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 20  # seconds


def output(*words: str | Path, **environment: str) -> str:
    return subprocess.run(words, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False).stdout.strip()


def start(program: str, server: Path, client: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([program], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               env={**os.environ, "LD_PRELOAD": str(server), "WARM_CLIENT": str(client)})
    deadline = time.monotonic() + PATIENCE
    while not Path(f"{client}.socket").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    return process


@contextmanager
def warm(bin_folder: Path, triple: str, server: Path, client: Path, folder: Path) -> Iterator[dict[str, str]]:
    """The environment for the driver; empty, with a word about it, where its clang cannot be kept so."""
    cc, ld = (bin_folder / f"{triple}-{name}" for name in ("cc", "ld"))
    clang = os.environ.get("CLOUDABI_CLANG") or output(cc, "-print-prog-name=clang")
    lld = os.environ.get("CLOUDABI_LLD") or output(cc, "-print-prog-name=ld.lld")
    clients = {"CLOUDABI_CLANG": folder / "clang", "CLOUDABI_LLD": folder / "ld.lld"}
    for link in clients.values():
        link.symlink_to(client)
    processes = [start(program, server, link) for program, link in zip((clang, lld), clients.values())]
    environment = {name: str(link) for name, link in clients.items()}
    try:
        same = all(output(tool, "--version") == output(tool, "--version", **environment) for tool in (cc, ld))
        if not same:
            print(f"{clang} and {lld} cannot be kept loaded; each probe loads them")
        yield environment if same else {}
    finally:
        for process in processes:
            process.kill()
            process.wait()
