#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Declarations are found in a header's text as C means them, with the comment that is about them."""

from __future__ import annotations

import unittest

from support import ROOT  # noqa: F401 (finds the modules)

from reference.declarations import Library, names_of, read_header
from reference.facts import shortened

OURS = "/* SPDX-License-Identifier: BSD-2-Clause */\n"


class Names(unittest.TestCase):
    def test_what_one_declaration_declares(self) -> None:
        for text, names in (
            ("int open(const char *, int, ...);", ["open"]),
            ("void (*signal(int, void (*)(int)))(int);", ["signal"]),
            ("extern char *optarg;", ["optarg"]),
            ("extern int optind, opterr;", ["optind", "opterr"]),
            ("extern const char *const names[32];", ["names"]),
            ("typedef struct _IO_FILE FILE;", ["FILE"]),
            ("typedef ssize_t (cookie_read_function_t)(void *, char *, size_t);", ["cookie_read_function_t"]),
            ("typedef int (*compare)(const void *, const void *);", ["compare"]),
            ("typedef unsigned long jmp[8];", ["jmp"]),
            ("typedef struct { int quot, rem; } div_t;", ["div_t"]),
            ("typedef struct entry { char *key; } ENTRY;", ["struct entry", "ENTRY"]),
            ("struct tm { int tm_sec; };", ["struct tm"]),
            ("typedef enum { FIND, ENTER = 1 + (0) } ACTION;", ["FIND", "ENTER", "ACTION"]),
            ("_Noreturn void abort(void) __attribute__((__cold__));", ["abort"]),
            ("int dup2(int /* from() */, int);", ["dup2"]),
        ):
            with self.subTest(text):
                self.assertEqual(names_of(text), names)


class Headers(unittest.TestCase):
    def test_comments_of_a_block(self) -> None:
        header = read_header("#ifdef HIDDEN\n#define one hidden_one\n#endif\n" + OURS + """
/* <a.h>: what it is for. */

/* Of all that follows. */

/* Of two. Ends here. */
int one(void);
#define two 2

int three(void);
""")
        self.assertEqual(header.intro, "<a.h>: what it is for.")
        found = {name: (item.comment, item.remark) for name, item in header.declared.items()}
        both = ("Of two. Ends here.", "Of all that follows.")
        self.assertEqual(found, {"one": both, "two": both, "three": ("", "Of all that follows.")})
        self.assertEqual(header.declared["one"].block, header.declared["two"].block)

    def test_other_peoples_comments_are_not_taken(self) -> None:
        text = "/* theirs */\nint one(void);\n#ifndef _CLOUDABI_ADD_A_H\n/* ours */\nint two(void);\n#endif\n"
        self.assertEqual([item.comment for item in read_header(text).declared.values()], ["", "ours"])

    def test_a_comment_that_begins_with_a_name(self) -> None:
        text = OURS + "extern int *thing;\nint next(void);\n/* thing\n *\n * What it is. */\n\n"
        self.assertEqual({name: item.comment for name, item in read_header(text).declared.items()},
                         {"thing": "What it is.", "next": ""})

    def test_undefined_refused_and_swallowing(self) -> None:
        header = read_header("#define GONE 1\n#undef GONE\n"
                             "#define KEPT \\\n__ONE(1)\n__MADE(thing)\nstatic inline int f(int a)\n"
                             "{ return a; }\nextern \"C\" {\nint g(void);\n}\n"
                             "#ifndef _CLOUDABI_API_A_H\nint open(void);\n")
        self.assertEqual({name: item.text for name, item in header.declared.items()},
                         {"KEPT": "#define KEPT \\\n__ONE(1)", "f": "static inline int f(int a);", "g": "int g(void);"})

    def test_nearest_file_first(self) -> None:
        library = Library({"a.h": "#include <b.h>\n#include <c.h>\nint a(void);", "b.h": "#include <c.h>\n",
                           "c.h": "int c(void);\n"})
        found = library.find("a.h", "c")
        assert found is not None
        self.assertEqual((found[0], found[1].text), ("c.h", "int c(void);"))
        self.assertIsNone(library.find("b.h", "a"))

    def test_long_macros(self) -> None:
        self.assertEqual(shortened("#define A \\\n    1 /* one */"), "#define A 1")
        self.assertEqual(shortened(f"#define CALL(a, b) {'x' * 99}"), "#define CALL(a, b) …")
        either = read_header("#ifdef X\n#define A(x) 1\n#else\n#define A(x) 2\n#endif\n").declared["A"]
        self.assertEqual(either.text, "#define A(x) …")
        self.assertEqual(shortened("int f(void);"), "int f(void);")


if __name__ == "__main__":
    unittest.main(verbosity=2)
