#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""AC_CHECK_FUNC, AC_CHECK_DECL, AC_CHECK_TYPE and AC_CHECK_HEADER of a real configure script tell the truth."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from probing import Answers, main
from questions import Question
from tools import Target, run

# The cache variable that holds the answer.
VARIABLES = {"function": "ac_cv_func_", "declaration": "ac_cv_have_decl_", "type": "ac_cv_type_",
             "header": "ac_cv_header_"}


def check(number: int, question: Question) -> str:
    """Ask, and note the answer. It is not kept, as other headers may declare the name too."""
    includes = f", [], [], [[#include <{question.header}>]]" if question.header else ""
    macro = {"function": "FUNC", "declaration": "DECL", "type": "TYPE", "header": "HEADER"}[question.kind]
    variable = VARIABLES[question.kind] + re.sub(r"\W", "_", question.name)
    return f"AC_CHECK_{macro}([{question.name}]{includes})\n" \
        f'AS_ECHO(["{number} ${variable}"]) >>answers\nAS_UNSET([{variable}])\n'


def ask(target: Target, questions: dict[int, Question], folder: Path) -> Answers:
    # AM_STR is a constant of <langinfo.h>, and no macro that autoconf has missed.
    text = "AC_INIT([probes], [1])\nm4_pattern_allow([^AM_STR$])\nAC_PROG_CC\nAC_USE_SYSTEM_EXTENSIONS\n"
    text += "".join(check(number, question) for number, question in questions.items())
    (folder / "configure.ac").write_text(text + "AC_OUTPUT\n")
    run(folder, target, "autoconf")
    compiler = [f"CC={target.cc} --compat"] if target.compat else []
    run(folder, target, "sh", "./configure", f"--host={target.triple}", *compiler,
        CONFIG_SITE=str(target.share / "config.site"))
    answers = re.findall(r"^(\d+) (yes|no)$", (folder / "answers").read_text(), re.MULTILINE)
    return {int(number): answer == "yes" for number, answer in answers}


if __name__ == "__main__":
    sys.exit(main(__doc__, "autoconf", ask))
