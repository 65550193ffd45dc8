# SPDX-License-Identifier: BSD-2-Clause
"""Makes a small Debian mirror with one source package, for apt to fetch from without a network."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

PACKAGE, VERSION, SUITE = "demo", "1.0-1", "bookworm"

CONTROL = """\
Source: demo
Maintainer: Nobody <nobody@example.org>
Standards-Version: 4.6.0

Package: demo
Architecture: all
Description: a package for tests
"""
CHANGELOG = """\
demo (1.0-1) unstable; urgency=low

  * For tests.

 -- Nobody <nobody@example.org>  Thu, 01 Jan 2015 00:00:00 +0000
"""


def run(*command: str, cwd: Path) -> str:
    """Run a tool that must succeed."""
    result = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True)
    return result.stdout


class Mirror:
    """The mirror, an apt configuration that names it, and the lock entry of its package."""

    def __init__(self, folder: Path) -> None:
        self.pool = folder / "mirror" / "pool"
        self.pool.mkdir(parents=True)
        self.etc = folder / "etc"
        (self.etc / "sources.list.d").mkdir(parents=True)
        tree = self.pool / "demo-1.0"
        for name, text in {
            "hello.c": "int hello = 1;\n",
            "debian/control": CONTROL,
            "debian/changelog": CHANGELOG,
            "debian/source/format": "3.0 (quilt)\n",
            "debian/rules": "#!/usr/bin/make -f\n",
            "debian/patches/series": "one.patch\n",
            "debian/patches/one.patch": (
                "--- a/hello.c\n+++ b/hello.c\n@@ -1 +1 @@\n-int hello = 1;\n+int hello = 2;\n"
            ),
        }.items():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(text, encoding="utf-8")
        run("tar", "czf", "demo_1.0.orig.tar.gz", "demo-1.0/hello.c", cwd=self.pool)
        run("dpkg-source", "-b", "demo-1.0", cwd=self.pool)
        shutil.rmtree(tree)
        self.index()
        (self.etc / "sources.list.d" / "demo.sources").write_text(
            f"Types: deb\nURIs: file:{folder}/mirror\nSuites: {SUITE}\nComponents: main\n"
            "Trusted: yes\n",
            encoding="utf-8",
        )

    def index(self) -> None:
        """Write the mirror's index files."""
        root = self.pool.parent
        sources = run("dpkg-scansources", "pool", cwd=root).encode()
        path = root / "dists" / SUITE / "main" / "source" / "Sources"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sources)
        (root / "dists" / SUITE / "Release").write_text(
            f"Suite: {SUITE}\nCodename: {SUITE}\nDate: Thu, 01 Jan 2015 00:00:00 UTC\n"
            f"Components: main\nSHA256:\n {hashlib.sha256(sources).hexdigest()} "
            f"{len(sources)} main/source/Sources\n",
            encoding="utf-8",
        )

    def files(self) -> list[Path]:
        """The files of the source package."""
        return sorted(self.pool.glob("demo_*"))

    def lock(self, **replaced: str) -> str:
        """A lock file with the package; `replaced` gives other hashes by file suffix."""
        lines = [f'[{PACKAGE}]\ndebian = {{ package = "{PACKAGE}", version = "{VERSION}", ']
        lines[0] += f'suite = "{SUITE}" }}\nlicence = "Zlib"'
        for path in self.files():
            data = path.read_bytes()
            digest = replaced.get(path.suffix.lstrip("."), hashlib.sha256(data).hexdigest())
            lines.append(f'[[{PACKAGE}.files]]\nname = "{path.name}"\nsize = {len(data)}')
            lines.append(f'sha256 = "{digest}"')
        return "\n".join(lines) + "\n"
