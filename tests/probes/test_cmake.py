#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""CMake's check_function_exists, check_symbol_exists, check_type_size and check_include_file tell the truth."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from probing import Answers, main
from questions import Question
from tools import Target, run

PROJECT = """\
cmake_minimum_required(VERSION 3.20)
project(probes C)
set(CMAKE_REQUIRED_DEFINITIONS -D_GNU_SOURCE)
include(CheckFunctionExists)
include(CheckSymbolExists)
include(CheckTypeSize)
include(CheckIncludeFile)
"""


def check(number: int, question: Question) -> str:
    calls = {"function": f"check_function_exists({question.name} HAVE_{number})",
             "declaration": f"check_symbol_exists({question.name} {question.header} HAVE_{number})",
             # The answer is in HAVE_..., the size in the variable that is named.
             "type": f'set(CMAKE_EXTRA_INCLUDE_FILES {question.header})\ncheck_type_size("{question.name}" {number})',
             "header": f"check_include_file({question.name} HAVE_{number})"}
    return calls[question.kind] + f'\nmessage(NOTICE "answer {number} ${{HAVE_{number}}}")\n'


def ask(target: Target, questions: dict[int, Question], folder: Path) -> Answers:
    calls = "".join(check(number, question) for number, question in questions.items())
    (folder / "CMakeLists.txt").write_text(PROJECT + calls)
    flags = ["-DCMAKE_C_FLAGS=--compat"] if target.compat else []
    run(folder, target, "sh", "-c", 'exec "$@" 2>answers', "sh", "cmake", "-G", "Ninja", "-S", ".", "-B", "build",
        f"-DCMAKE_TOOLCHAIN_FILE={target.share}/toolchain.cmake", *flags)
    answers = re.findall(r"^answer (\d+) ?(\w*)$", (folder / "answers").read_text(), re.MULTILINE)
    return {int(number): answer in ("1", "TRUE") for number, answer in answers}


if __name__ == "__main__":
    sys.exit(main(__doc__, "cmake", ask))
