#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Meson's has_function, has_header_symbol, has_type and has_header tell the truth."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from probing import Answers, main
from questions import Question
from tools import Target, run


def check(number: int, question: Question) -> str:
    calls = {"function": f"cc.has_function('{question.name}')",
             "declaration": f"cc.has_header_symbol('{question.header}', '{question.name}', args: '-D_GNU_SOURCE')",
             "type": f"cc.has_type('{question.name}', prefix: '#include <{question.header}>', args: '-D_GNU_SOURCE')",
             "header": f"cc.has_header('{question.name}')"}
    return f"message('answer {number}', {calls[question.kind]})\n"


def ask(target: Target, questions: dict[int, Question], folder: Path) -> Answers:
    text = "project('probes', 'c')\ncc = meson.get_compiler('c')\n"
    text += "".join(check(number, question) for number, question in questions.items())
    (folder / "meson.build").write_text(text)
    files = ["meson.ini", "meson-compat.ini"] if target.compat else ["meson.ini"]
    words = [f"--cross-file={target.share / name}" for name in files]
    output = run(folder, target, "meson", "setup", *words, "build")
    answers = re.findall(r"answer (\d+) (true|false)", output)
    return {int(number): answer == "true" for number, answer in answers}


if __name__ == "__main__":
    sys.exit(main(__doc__, "meson", ask))
