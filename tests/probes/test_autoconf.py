#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""AC_CHECK_FUNCS, AC_CHECK_DECLS and AC_CHECK_HEADERS of a real configure script tell the truth."""

from __future__ import annotations

import re
import sys
from itertools import groupby
from pathlib import Path

from probing import Answers, Question, Target, main, run


def script(questions: list[Question]) -> str:
    lines = ["AC_INIT([probes], [1])", "AC_PROG_CC", "AC_USE_SYSTEM_EXTENSIONS"]
    ordered = sorted(questions, key=lambda question: (question.kind, question.header))
    for (kind, header), group in groupby(ordered, key=lambda question: (question.kind, question.header)):
        names = [question.name for question in group]
        if kind == "declaration":
            lines.append(f"AC_CHECK_DECLS([{', '.join(names)}], [], [], [[#include <{header}>]])")
        else:
            macro = "AC_CHECK_FUNCS" if kind == "function" else "AC_CHECK_HEADERS"
            lines.append(f"{macro}([{' '.join(names)}])")
    return "\n".join([*lines, "AC_OUTPUT", ""])


def ask(target: Target, questions: list[Question], folder: Path) -> Answers:
    (folder / "configure.ac").write_text(script(questions))
    run(folder, target, "autoconf")
    compiler = [f"CC={target.cc.name} --compat"] if target.compat else []
    run(folder, target, "sh", "./configure", "-C", f"--host={target.triple}", *compiler,
        CONFIG_SITE=str(target.share / "config.site"))
    cache = dict(re.findall(r"^(ac_cv_\w+)=\$\{\w+=(\w+)\}$", (folder / "config.cache").read_text(), re.MULTILINE))
    prefixes = {"function": "ac_cv_func_", "declaration": "ac_cv_have_decl_", "header": "ac_cv_header_"}
    given: Answers = {}
    for question in questions:
        answer = cache.get(prefixes[question.kind] + re.sub(r"\W", "_", question.name))
        if answer is not None:
            given[question] = answer == "yes"
    return given


if __name__ == "__main__":
    sys.exit(main(__doc__, "autoconf", ask))
