#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Assemble the target's public headers into a folder.

Each is musl's text unchanged, then ours from include/add/, then the refusals generated from
include/api/. Files whose content does not change keep their time stamp. A second folder gets
what explains a failed compilation.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
sys.path.insert(0, str(HERE))

from musl_manifest import Manifest, ManifestError  # noqa: E402
from api import explain  # noqa: E402
from api.generate import hidden_epilogue, hidden_prologue, unavailable_block  # noqa: E402


def musl_headers(musl: Path, arch: str) -> dict[str, Path]:
    """Every header musl would install, by its installed name; the machine's own wins."""
    found = {}
    for top in (musl / "arch/generic", musl / f"arch/{arch}"):
        found |= {f"bits/{f.name}": f for f in sorted((top / "bits").glob("*.h"))}
    found |= {f.relative_to(musl / "include").as_posix(): f
              for f in sorted((musl / "include").rglob("*.h"))}
    return found


def alltypes(musl: Path, arch: str) -> str:
    result = subprocess.run(
        ["sed", "-f", str(musl / "tools/mkalltypes.sed"),
         str(musl / f"arch/{arch}/bits/alltypes.h.in"), str(musl / "include/alltypes.h.in")],
        check=True, capture_output=True, text=True)
    return result.stdout


def errno_bits(errors: dict[str, list]) -> str:
    """<bits/errno.h>: the ABI's numbers, and POSIX's two synonyms."""
    lines = [f"#define E{name} {value}" for name, (value, _) in errors.items() if value]
    return "\n".join(lines + ["#define EOPNOTSUPP ENOTSUP", "#define EWOULDBLOCK EAGAIN", ""])


def signal_bits(signals: dict[str, list]) -> str:
    """<bits/signal.h>: the ABI's numbers."""
    lines = [f"#define SIG{name} {row[0]}" for name, row in signals.items()]
    last = max(row[0] for row in signals.values())
    return "\n".join(lines + [f"#define _NSIG {last + 1}", "#define NSIG _NSIG", ""])


def guarded(name: str, part: str, text: str) -> str:
    guard = f"_CLOUDABI_{part}_" + name.upper().translate(str.maketrans("/.-", "___"))
    body = text if text.endswith("\n") else text + "\n"
    return f"\n#ifndef {guard}\n#define {guard}\n{body}#endif\n"


def assemble(musl: Path, arch: str) -> dict[str, str]:
    """The installed headers: name to text."""
    manifest = Manifest(HERE / "musl.manifest")
    headers = {}
    for name, file in musl_headers(musl, arch).items():
        if manifest.decide(name).take:
            headers[name] = file.read_text()
    manifest.check_all_used()
    headers["bits/alltypes.h"] = alltypes(musl, arch)
    abi = HERE.parent / "abi"
    errno = tomllib.loads((abi / "errno.toml").read_text())["errno"]
    headers["bits/errno.h"] = errno_bits(errno["values"])
    signal = tomllib.loads((abi / "types.toml").read_text())["signal"]
    headers["bits/signal.h"] = signal_bits(signal["values"])
    for file in sorted((HERE / "bits").glob("*.h")):
        headers[f"bits/{file.name}"] = file.read_text()
    for file in sorted((HERE / "own").rglob("*.h")):
        headers[file.relative_to(HERE / "own").as_posix()] = file.read_text()
    for file in sorted((HERE / "add").rglob("*.h")):
        name = file.relative_to(HERE / "add").as_posix()
        if name not in headers:
            raise ManifestError(f"{file}: '{name}' is not an installed header of musl")
        headers[name] += guarded(name, "ADD", file.read_text())
    for name in headers:
        if not name.startswith("bits/") and (block := unavailable_block(name)):
            refused = headers[name] + guarded(name, "API", block)
            headers[name] = hidden_prologue(name) + refused + hidden_epilogue(name)
    return headers


def write_changed(out: Path, texts: dict[str, str]) -> None:
    for old in sorted(out.rglob("*.h")) if out.exists() else []:
        if old.relative_to(out).as_posix() not in texts:
            old.unlink()
    for name, text in texts.items():
        file = out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text() != text:
            file.write_text(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--musl", type=Path, required=True, help="musl's unpacked source")
    parser.add_argument("--arch", default="x86_64", help="machine (default: x86_64)")
    parser.add_argument("--out", type=Path, required=True, help="folder to fill")
    parser.add_argument("--explain", type=Path, required=True, help="folder to fill with explanations")
    args = parser.parse_args()
    try:
        write_changed(args.out, assemble(args.musl, args.arch))
        write_changed(args.explain, explain.files())
    except (ManifestError, OSError, KeyError, ValueError,
            subprocess.CalledProcessError) as error:
        print(f"assemble.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
