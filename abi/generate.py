#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Make the ABI's C headers, its reference page and a skeleton for a seccomp table from the data beside this script."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from emit_headers import headers  # noqa: E402
from emit_reference import reference  # noqa: E402
from emit_seccomp import skeleton  # noqa: E402
from load import load  # noqa: E402
from model import AbiError  # noqa: E402


def write(path: Path, text: str) -> None:
    """Leave an unchanged file alone, so that nothing is rebuilt for it."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    parser.add_argument("--what", choices=("headers", "seccomp", "docs", "all"), default="all", help="default: all")
    parser.add_argument("--data", type=Path, default=HERE, metavar="DIR", help="folder of the data, by default abi/")
    args = parser.parse_args()
    try:
        abi = load(args.data)
        results = headers(abi) if args.what in ("headers", "all") else {}
        if args.what in ("docs", "all"):
            results["abi.md"] = reference(abi)
        if args.what in ("seccomp", "all"):
            results["seccomp_skeleton.toml"] = skeleton(abi)
        args.out.mkdir(parents=True, exist_ok=True)
        for name, text in results.items():
            write(args.out / name, text)
    except AbiError as e:
        print(f"generate.py: {e}", file=sys.stderr)
        return 1
    except OSError as e:
        print(f"generate.py: {e.filename}: {e.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
