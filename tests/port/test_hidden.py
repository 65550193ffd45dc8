#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Uses that the preprocessor takes away are found, and nothing else is taken for one."""

from __future__ import annotations

import sys
import unittest

from support import ROOT, PortTest, main

sys.path.insert(0, str(ROOT / "tools"))

from port.catalogue import Catalogue, read_table  # noqa: E402
from port.database import Database  # noqa: E402
from port.hidden import second_pass  # noqa: E402
from port.lexer import lex  # noqa: E402
from port.state import State  # noqa: E402

CATALOGUE: Catalogue = read_table(ROOT / "include" / "api")

TEXT = r"""
int a = open("x", 0);               // 2: a use
// open(1); fork()
/* fork(); " */ char *s = "fork(); \" getpid()";
int c = '"' + getpid() + '\'';      // 5
x.open(1); x->connect(2);
struct { int (*open)(int); } m;
int remove(struct list *l) { return 0; }
int r = remove(l);
#if FOO /* fork() */ && defined(open)
#include <pwd.h>
#define START(x) \
    fork(x)
#elif BAR
  int e = fork
     ();
#else
  FILE *f = stdout;                 // 18
#endif
# define open(x) x
int y = /* no */ kill /* yes */ (1, 2);
int n = 0x1f + 1'000'000 + getuid();
char *raw = R"x(fork() ")x";
return access("a", 0); else chdir(".");
"""


class Lexing(unittest.TestCase):
    def test_mentions(self) -> None:
        found = lex(TEXT, CATALOGUE)
        self.assertEqual([(item.line, item.name, found.conditions[item.group]) for item in found.mentions], [
            (2, "open", ""), (5, "getpid", ""), (11, "<pwd.h>", "#if FOO && defined(open)"),
            (13, "fork", "#if FOO && defined(open)"), (15, "fork", "#elif BAR"),
            (18, "stdout", "#else of #if FOO && defined(open)"), (21, "kill", ""), (22, "getuid", ""),
            (24, "access", ""), (24, "chdir", "")])

    def test_definitions(self) -> None:
        for own in ("int open(int x) {}", "int open(x)\n  int x;\n{}", "static char *open (a /* ) */, b) // c\n {"):
            self.assertEqual(lex(f"{own}\nint y = open(1);", CATALOGUE).mentions, [], own)
        for foreign in ("int open(int x);", "int open(int) __attribute__((x));", "extern char *open();"):
            self.assertEqual(len(lex(f"{foreign}\nint y = open(1);", CATALOGUE).mentions), 1, foreign)

    def names(self, text: str) -> list[str]:
        return [item.name for item in lex(text, CATALOGUE).mentions]

    def test_functions_that_are_not_called(self) -> None:
        for text in (
                "x = open;", "struct o o = {.open = open};", "struct o o[] = {{ \"open\", open }, { 0, 0 }};",
                "f(open);", "f(1, /* x */ open /* y */);", "f(&open, 1);", "x = y ? open : 0;", "x = y ? 0 : open;",
                "return open;", "x = (handler *)open;", "x = (int (*)(const char *, int))open;", "using ::open;",
                "#define my_open open", "#define my_open (fn)open /* mine */", "#define ADDRESS &open",
                "#define OPS .open = open,\nint z;"):
            self.assertEqual(self.names(text), ["open"], text)
        self.assertEqual(self.names("#define START(x) x(y, open_by_handle_at)"), ["open_by_handle_at"])
        self.assertEqual(self.names("#define A \\\n open\nint b = (open);"), ["open", "open"])

    def test_variables_of_the_same_name(self) -> None:
        for text in (
                "int index = 0; f(index);", "int a, *index; f(index);", "int a = f(1, 2), index; f(index);",
                "char *link; x = link;", "int f(char *index) { return g(index); }",
                "int f(index) int index; { g(index); }", "enum { open, closed }; f(open);",
                "enum e { shut = 1, open };", "struct stat stat; fstat(1, &stat);", "int (*open)(int); x = open;",
                "goto error; error: f(error);", "x->open = y.open;", "switch (x) { error: y(); }",
                "struct o o = { open: 1 };", "if (error) f();", "Foo::open(1); int Foo::remove(int a) { return 1; }",
                "#define M(open) f(open)", "#define FAIL() do { error = 1; f(error); } while (0)",
                "#define STR(x) #x #open", "void f(int, const char *, ...) __attribute__((format(printf, 2, 3)));",
                "#define FORMAT __attribute__((__format__ (printf, 1, 2)))",
                "#define open mine\nf(open);"):
            self.assertEqual(self.names(text), [], text)

    def test_columns(self) -> None:
        found = lex("int a;\nint b = open(1);\nfork();", CATALOGUE).mentions
        self.assertEqual([(item.line, item.column) for item in found], [(2, 9), (3, 1)])

    def test_broken_text(self) -> None:
        for text in ("", "#", "#if", "#endif\n#else", "/* open(", "\"open(", "'", "#if A\\", "open(", "R\"(", "\\",
                     "open\0(1)", "#define", "#include <pwd.h", "#if A\n" * 5000 + "fork();"):
            lex(text, CATALOGUE)

    def test_line_ends_of_windows(self) -> None:
        found = lex("#if A\\\r\n && B\r\nfork();\r\n#endif\r\n", CATALOGUE)
        self.assertEqual([(item.line, found.conditions[item.group]) for item in found.mentions], [(3, "#if A && B")])


class Hidden(PortTest):
    def test_configurations(self) -> None:
        self.write("h.h", """\
            #ifndef H
            #define H
            #ifdef WITH_USERS
            static inline int user(void) { return getuid(); }
            #endif
            #ifdef A
            #define START() fork()
            #endif
            #endif
            """)
        self.write("a.c", """\
            #define A 1
            #include "h.h"
            #include <unistd.h>
            #if A
            int a(void) { return START(); }
            #else
            int a(void) { return vfork(); }
            #endif
            #if 0
            int never(void) { return getppid(); }
            #endif
            """)
        self.write("b.c", "#define WITH_USERS 1\n#include <unistd.h>\n#include \"h.h\"\n"
                   "int b(void) { return user(); }\n")
        self.built("cc", "-c", "a.c")
        found = self.report(status=1)
        self.assertEqual(self.uses(found), [("a.c", 5, "fork")])
        self.assertEqual(self.uses(found, "hidden"),
                         [("a.c", 7, "vfork"), ("a.c", 10, "getppid"), ("h.h", 4, "getuid")])
        # What one compilation hides another one sees.
        self.built("cc", "-c", "b.c")
        found = self.report(status=1)
        self.assertEqual(self.uses(found), [("a.c", 5, "fork"), ("h.h", 4, "getuid")])
        self.assertEqual(self.uses(found, "hidden"), [("a.c", 7, "vfork"), ("a.c", 10, "getppid")])
        # A changed file is looked at again.
        self.write("a.c", "int a;\n#ifdef Z\nint z = getpid();\n#endif\n")
        self.built("cc", "-c", "a.c")
        found = self.report(status=1)
        self.assertEqual(self.uses(found, "hidden"), [("a.c", 3, "getpid"), ("h.h", 7, "fork")])

    def test_macros(self) -> None:
        """A macro that nobody expanded hides what is in it; one that was expanded is where it was."""
        self.write("m.h", """\
            #define INNER(x) fork()
            #define START(x) (1 + \\
                              INNER(x))
            #define STOP(pid) kill(pid, 9)
            #define OPS { getppid, getuid }
            #ifdef OLD
            #define ASK() getpid()
            #endif
            """)
        self.write("a.c", '#include <signal.h>\n#include <unistd.h>\n#include "m.h"\n'
                   "int a(void) { return START(1); }\n")
        self.built("cc", "-c", "a.c")
        found = self.report(status=1)
        self.assertEqual(self.uses(found), [("a.c", 4, "fork")])
        self.assertEqual([(use["line"], use["name"], use["condition"]) for use in found["hidden"]], [
            (4, "kill", "#define STOP"), (5, "getppid", "#define OPS"), (5, "getuid", "#define OPS"),
            (7, "getpid", "#ifdef OLD")])
        self.assertIn("kill (line 4), process, under #define STOP", self.port("report").stdout)
        self.write("b.c", '#include <signal.h>\n#include "m.h"\nint b(void) { return STOP(1); }\n')
        self.built("cc", "-c", "b.c")
        found = self.report(status=1)
        self.assertEqual(self.uses(found), [("a.c", 4, "fork"), ("b.c", 3, "kill")])
        self.assertNotIn("kill", [use["name"] for use in found["hidden"]])

    def test_addresses(self) -> None:
        self.write("a.c", """\
            #ifdef WITH_FILES
            int remove(const char *);
            static struct { const char *name; void *f; } calls[] = {
                { "fork", (void *)fork },
                { "remove", remove },
            #ifdef WITH_LINKS
                { "link", link }, { "symlink", symlink },
            #endif
            };
            #endif
            int index(int n) { int link = n; return link; }
            """)
        self.built("cc", "-c", "a.c")
        found = self.report(status=0)
        self.assertEqual([(use["line"], use["name"], use["condition"]) for use in found["hidden"]], [
            (4, "fork", "#ifdef WITH_FILES"), (5, "remove", "#ifdef WITH_FILES"),
            (7, "symlink", "#ifdef WITH_LINKS")])

    def test_a_table_that_grew(self) -> None:
        self.write("a.c", "#if 0\nint a = fork() + kill(1, 2);\n#endif\n")
        self.built("cc", "-c", "a.c")
        smaller = {name: item for name, item in CATALOGUE.entries.items() if name != "kill"}
        catalogue = Catalogue(CATALOGUE.capabilities, smaller)
        database = Database(State(self.folder / ".cloudabi-port"), catalogue)
        second_pass(database, catalogue, 1)
        database.results()
        self.assertEqual([item.name for item in database.select("1")], ["fork"])
        database.db.close()
        self.assertEqual([use["name"] for use in self.report(status=0)["hidden"]], ["fork", "kill"])

    def test_other_peoples_functions(self) -> None:
        self.write("a.c", "#ifdef X\nint a(void) { return error(1) + fork(); }\n#endif\n"
                   "int error(int n) { return n; }\n")
        self.built("cc", "-c", "a.c")
        self.assertEqual(self.uses(self.report(status=0), "hidden"), [("a.c", 2, "fork")])


if __name__ == "__main__":
    main()
