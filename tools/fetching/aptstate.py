# SPDX-License-Identifier: BSD-2-Clause
"""A private apt state below the build folder: the system's own lists and cache stay untouched."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import FetchError
from .aptsources import debian_sources

# docker-clean and the like hook into updates and would clean the *system's* cache.
CONFIGURATION = """\
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear Acquire::IndexTargets;
Acquire::IndexTargets::deb-src::Sources {{
    MetaKey "$(COMPONENT)/source/Sources";
    ShortDescription "Sources";
    Description "$(RELEASE)/$(COMPONENT) Sources";
    Optional "false";
}};
Acquire::Languages "none";
Acquire::Retries "2";
APT::Update::Error-Mode "any";
// The private folders may be out of reach of the user _apt; every file is checked by us anyway.
APT::Sandbox::User "root";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{root}/sources.list.d";
Dir::State::lists "{root}/lists";
Dir::Cache "{root}/cache";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
"""


def _last_error(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.startswith(("E:", "Err:"))]
    lines = lines or output.strip().splitlines()[-1:] or ["no message"]
    return lines[0].removeprefix("E:").strip()


@dataclass
class AptState:
    """apt-get with its own source list, index lists and cache in `root`."""

    root: Path
    suites: frozenset[str]
    etc: Path = Path("/etc/apt")

    def _run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "LC_ALL": "C"}
        environment.pop("APT_CONFIG", None)
        return subprocess.run(
            ["apt-get", "-c", str(self.root / "apt.conf"), *arguments],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def _prepare(self) -> bool:
        """Write the configuration; True if the source list is unchanged and was updated."""
        if shutil.which("apt-get") is None:
            raise FetchError("apt-get is not installed, so Debian's sources cannot be fetched")
        text = debian_sources(self.etc, self.suites)
        for folder in ("sources.list.d", "lists/partial", "cache/archives/partial"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        configuration = CONFIGURATION.format(root=self.root)
        (self.root / "apt.conf").write_text(configuration, encoding="utf-8")
        sources = self.root / "sources.list.d" / "private.sources"
        same = sources.is_file() and sources.read_text(encoding="utf-8") == text
        if not same:
            (self.root / "updated").unlink(missing_ok=True)
            sources.write_text(text, encoding="utf-8")
        return same and (self.root / "updated").exists()

    def _update(self) -> None:
        result = self._run("update")
        if result.returncode != 0:
            raise FetchError(
                "cannot update the list of Debian sources "
                f"({_last_error(result.stdout)}); check the network and /etc/apt"
            )
        (self.root / "updated").touch()

    def download(self, package: str, version: str, folder: Path) -> None:
        """Download the files of a source package into `folder`; they are not verified here."""
        fresh = self._prepare()
        if not fresh:
            self._update()
        command = ("source", "--download-only", "--only-source", f"{package}={version}")
        result = self._run(*command, cwd=folder)
        if result.returncode != 0 and fresh:
            # The list may be older than the version asked for.
            self._update()
            result = self._run(*command, cwd=folder)
        if result.returncode != 0:
            raise FetchError(
                f"cannot download Debian source {package} {version} "
                f"({_last_error(result.stdout)}); check the network and run the command again"
            )
