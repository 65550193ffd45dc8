#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Builds real packages with the porting assistant and writes what it found as a page.

The packages come from tools/sources.lock. The page is
docs/porting/packages.md, and the full reports stay in OUT/survey.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fetching.lock import Source, read_lock

ROOT = Path(__file__).resolve().parent.parent
ASSISTANT = ROOT / "tools" / "cloudabi-port"


@dataclass(frozen=True)
class Package:
    """An entry of the lock file and how it is built; `needs` are programs of the build machine."""

    source: str
    commands: tuple[str, ...]
    needs: tuple[str, ...] = ()
    prepare: tuple[str, ...] = ()


PACKAGES = (
    Package("zlib", ("./configure --static", "make")),
    # Debian's makefile wants libtool and a generated header; Lua's own is under the patches.
    Package("lua", ("make -C src posix",), ("patch",),
            ("patch --reverse --strip=1 --input=debian/patches/0002-lua-modules-paths.patch",
             "patch --reverse --strip=1 --input=debian/patches/0001-build-system.patch")),
    Package("sqlite3", ("./configure --disable-tcl --disable-shared --disable-readline",
                        "make CROSS_BUILDING=yes sqlite3 libsqlite3.la"), ("tclsh",)),
    Package("libarchive", ("cmake -S . -B out -DENABLE_TEST=OFF", "cmake --build out")),
    # Its configure script gives up where gethostbyname() is absent.
    Package("curl", ("cmake -S . -B out -DCURL_ENABLE_SSL=OFF -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTING=OFF",
                     "cmake --build out")),
)


class SurveyError(Exception):
    """A package could not be examined."""


def run(command: list[str], cwd: Path, log: Path) -> int:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"$ {' '.join(command)}\n")
        file.flush()
        return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                              check=False).returncode


def examine(package: Package, out: Path, prefix: Path, jobs: int) -> dict[str, Any]:
    """Build a copy of one package and return the report."""
    missing = [name for name in package.needs if shutil.which(name) is None]
    if missing:
        raise SurveyError(f"{package.source} needs {', '.join(missing)} to be built; install it")
    fetched = subprocess.run([sys.executable, ROOT / "tools/fetch.py", "--out", out, package.source],
                             stdout=subprocess.PIPE, text=True, check=False)
    if fetched.returncode != 0:
        raise SurveyError(f"{package.source}: its source could not be fetched")
    folder = out / "survey"
    work, log = folder / package.source, folder / f"{package.source}.log"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(fetched.stdout.strip(), work, symlinks=True)
    log.write_text("", encoding="utf-8")
    assistant = [sys.executable, str(ASSISTANT), "--prefix", str(prefix)]
    for text in package.prepare:
        if run(text.split(), work, log) != 0:
            raise SurveyError(f"{package.source}: '{text}' failed (log: {log})")
    for text in package.commands:
        words = text.split()
        if words[0] == "make":
            words[1:1] = [f"-j{jobs}"]
        state = run([*assistant, *words], work, log)
        print(f"{package.source}: {text}: status {state}", flush=True)
    build = work / "out" if (work / "out/.cloudabi-port").exists() else work / "src"
    build = build if (build / ".cloudabi-port").exists() else work
    for form, suffix in (("json", "json"), ("html", "html"), ("sarif", "sarif"), ("text", "txt")):
        command = [*assistant, "report", "--build", str(build), "--format", form]
        status = run([*command, "--output", str(folder / f"{package.source}.{suffix}")], work, log)
        if status not in (0, 1, 2):
            raise SurveyError(f"{package.source}: no report (log: {log})")
    found: dict[str, Any] = json.loads((folder / f"{package.source}.json").read_text(encoding="utf-8"))
    return found


def table(header: list[str], rows: list[list[Any]]) -> str:
    lines: list[list[Any]] = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def top(report: dict[str, Any], key: str, most: int = 8) -> str:
    counts: dict[str, int] = {}
    for use in report[key]:
        counts[use["name"]] = counts.get(use["name"], 0) + 1
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return ", ".join(f"`{name}` {count}" for name, count in best)


def page(found: dict[str, tuple[Source, Package, dict[str, Any]]]) -> str:
    """The page, with nothing in it that was not counted."""
    with (ROOT / "tools/port/capabilities.toml").open("rb") as file:
        order = tomllib.load(file)["capability"]
    needed = {item["id"] for _, _, report in found.values() for item in report["capabilities"] if item["uses"]}
    titles = {item["id"]: item["title"] for item in order if item["id"] in needed}
    parts = [
        "# What real packages need",
        f"{len(found)} packages of Debian, built with the porting assistant. The numbers are made, not kept:\n"
        "this page is written by\n\n    tools/port_survey.py\n\nwhich leaves the full reports in `out/survey`. "
        "Uses are of functions, constants,\ntypes, members and headers, in the configuration that the "
        "build chose for CloudABI by itself; what it\nleft out because a probe found nothing is under *probed* "
        "and *hidden*.",
        "## Totals",
        table(["package", "version", "licence", "compiled", "failed", "uses", "of authority", "with --compat",
               "hidden", "probed"],
              [[name, source.version, source.licence, r["compiled"], r["failed"], r["totals"]["uses"],
                r["totals"]["authority"], r["totals"]["remaining"], r["totals"]["hidden"], r["totals"]["probed"]]
               for name, (source, _, r) in found.items()]),
        "## Uses by capability",
        table(["package", *titles.values()],
              [[name, *({item["id"]: item["uses"] for item in r["capabilities"]}.get(key, 0) for key in titles)]
               for name, (_, _, r) in found.items()]),
        "## Each package",
    ]
    for name, (_, package, r) in found.items():
        lines = [f"### {name}", "Built with " + ", then ".join(f"`{text}`" for text in (*package.prepare, *package.commands)) + "."]
        lines += [f"- Most used: {top(r, 'uses')}."] if r["uses"] else []
        lines += [f"- Most often hidden: {top(r, 'hidden')}."] if r["hidden"] else []
        asked = [item["name"] for item in r["probed"] if item["probe"] == "asked"]
        lines += [f"- Probed for and absent: {len(asked)} names, as {', '.join(f'`{n}`' for n in asked[:8])}."
                  ] if asked else []
        used = [item["name"] for item in r["probed"] if item["probe"] == "used"]
        lines += [f"- Probes that failed over a refused name of their own: {', '.join(f'`{n}`' for n in used[:8])}."
                  ] if used else []
        lines += [f"- Other errors: {len(r['otherErrors'])}."] if r["otherErrors"] else []
        lines += [f"- Incomplete: {text}." for text in r["incomplete"]]
        lines += [f"- Note: {text}." for text in r["notes"]]
        parts.append("\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:]))
    return "\n\n".join(parts) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="packages (all, and only then the page is written)")
    parser.add_argument("--out", type=Path, default=ROOT / "out")
    parser.add_argument("--prefix", type=Path, help="the toolchain (OUT)")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="build nothing that has a report in OUT/survey")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "porting" / "packages.md")
    options = parser.parse_args()
    out = options.out.resolve()
    (out / "survey").mkdir(parents=True, exist_ok=True)
    lock = read_lock(ROOT / "tools" / "sources.lock")
    found = {}
    try:
        for package in PACKAGES:
            if not options.names or package.source in options.names:
                kept = out / "survey" / f"{package.source}.json"
                if options.keep and kept.is_file():
                    report = json.loads(kept.read_text(encoding="utf-8"))
                else:
                    report = examine(package, out, (options.prefix or out).resolve(), options.jobs)
                found[package.source] = (lock[package.source], package, report)
    except SurveyError as error:
        print(f"port_survey.py: {error}", file=sys.stderr)
        return 1
    text = page(found).replace(str(out), "out")
    if options.names:
        print(text)
    else:
        options.page.parent.mkdir(parents=True, exist_ok=True)
        options.page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
