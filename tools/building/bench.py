# SPDX-License-Identifier: BSD-2-Clause
"""./build.sh bench: builds the programs of tests/bench and runs what measures with them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from . import BuildError
from .steps import Step, run_steps
from .tasks import Builder


def benchmarks(root: Path) -> list[str]:
    """Return the names of those there are: each is a folder that has a run.py."""
    return sorted(path.parent.name for path in (root / "tests" / "bench").glob("*/run.py"))


def check_benchmarks(root: Path, names: list[str]) -> None:
    """Refuse one that is not there before anything is built."""
    known = benchmarks(root)
    for name in names:
        if name not in known:
            raise BuildError(f"there is no benchmark '{name}'; there are: {', '.join(known) or 'none'}")


def run_benchmarks(builder: Builder, steps: list[Step], names: list[str], report: Path | None) -> int:
    """Build everything, then measure; how the figures come out does not change the exit status."""
    programs = builder.build_folder("host") / "tests" / "bench"
    steps = [*steps, Step("build the benchmarks", lambda: builder.compile("host", "tests/bench/all"))]
    run_steps(steps, builder.log)
    status = 0
    results: dict[str, object] = {}
    for name in names or benchmarks(builder.root):
        script = builder.root / "tests" / "bench" / name / "run.py"
        figures = programs / f"{name}.json"
        figures.unlink(missing_ok=True)
        words = ["--prefix", str(builder.prefix), "--programs", str(programs / name), "--json", str(figures)]
        print(flush=True)
        status |= builder.log.run(sys.executable, "-B", str(script), *words, show=True)
        if figures.is_file():
            results[name] = json.loads(figures.read_text(encoding="utf-8"))
    if report is not None:
        report.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 1 if status != 0 else 0
