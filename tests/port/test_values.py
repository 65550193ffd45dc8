#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Constants, types and members that are refused are uses like functions, seen or hidden."""

from __future__ import annotations

import sys
import unittest

from support import ROOT, PortTest, main

sys.path.insert(0, str(ROOT / "tools"))

from port.catalogue import Catalogue, read_table  # noqa: E402
from port.diagnose import read  # noqa: E402
from port.lexer import lex  # noqa: E402

CATALOGUE: Catalogue = read_table(ROOT / "include" / "api")
SEEN = """\
#include <pwd.h>
#include <sys/stat.h>
#include <termios.h>
int quiet(void) {
    struct termios mode;
    mode.c_lflag &= ~(ECHO | ICANON);
    return tcsetattr(0, TCSANOW, &mode);
}
const char *home(struct passwd *who) {
    if (who->pw_uid == 0)
        return "/";
    return who->pw_dir;
}
struct group;
int first(void) { struct group *all = getgrnam(""); return all->gr_gid; }
int mine(const struct stat *file) { return file->st_uid == getuid(); }
"""
HIDDEN = """\
#include <fcntl.h>
#ifdef WITH_TERMINAL
#include <termios.h>
#include <sys/reg.h>
static struct termios saved;
struct passwd;
struct winsize { int rows; };
int restore(int fd) { return tcsetattr(fd, TCSADRAIN, &saved); }
struct winsize size;
int registers = CS + EFLAGS;
enum { BUSY, EMPTY };
int state = EMPTY, owner = file.st_uid;
#endif
#ifndef O_DIRECT
#define O_DIRECT 0
#endif
int flags = O_DIRECT;
"""


class Values(PortTest):
    def test_seen(self) -> None:
        self.write("a.c", SEEN)
        self.built("cc", "-c", "a.c")
        found = self.report(status=1)
        self.assertEqual(self.uses(found), [("a.c", line, name) for line, name in (
            (1, "<pwd.h>"), (3, "<termios.h>"), (5, "struct termios"), (6, "ECHO"), (6, "ICANON"), (7, "TCSANOW"),
            (7, "tcsetattr"), (9, "struct passwd"), (15, "getgrnam"),
            (15, "struct group"), (16, "getuid"), (16, "st_uid"))])
        self.assertEqual({use["name"]: use["capability"] for use in found["uses"] if use["line"] != 3}, {
            "<pwd.h>": "user", "struct termios": "terminal", "ECHO": "terminal", "ICANON": "terminal",
            "TCSANOW": "terminal", "tcsetattr": "terminal", "struct passwd": "user", "getgrnam": "user",
            "struct group": "user", "getuid": "user",
            "st_uid": "user"})
        self.assertEqual(found["otherErrors"], [])  # what follows from a use is none
        self.assertTrue(found["complete"])

    def test_hidden(self) -> None:
        self.write("a.c", HIDDEN)
        self.write("b.c", "enum { SHUTDOWN, EFLAGS };\n")
        self.built("cc", "-c", "a.c")
        self.built("cc", "-c", "b.c")
        found = self.report(status=0)
        self.assertEqual(self.uses(found, "hidden"), [("a.c", line, name) for line, name in (
            (3, "<termios.h>"), (4, "<sys/reg.h>"), (5, "struct termios"), (8, "TCSADRAIN"), (8, "tcsetattr"),
            (10, "CS"), (12, "st_uid"))])

    def test_a_common_name_needs_its_header(self) -> None:
        """What a missing header of another library declares is not taken for the table's."""
        self.write("a.c", "#include <other/library.h>\nint a = BUSY + CS;\nDBM *b;\n")
        self.built("cc", "-c", "a.c")
        found = self.report(status=2)
        self.assertEqual(found["uses"], [])
        self.assertEqual(sorted({error["line"] for error in found["otherErrors"]}), [1, 2, 3])

    def test_an_own_definition_is_told_the_way(self) -> None:
        self.write("a.c", "#include <string.h>\n"
                          "static char *strcpy(char *to, const char *from) { return to + *from; }\n"
                          "char *a(char *x) { return strcpy(x, x); }\n")
        self.built("cc", "-c", "a.c")
        errors = [error["message"] for error in self.report(status=1)["otherErrors"]]
        self.assertEqual(len(errors), 1, errors)
        self.assertIn("compile with -D_CLOUDABI_HIDE_REMOVED", errors[0])
        self.built("cc", "-D_CLOUDABI_HIDE_REMOVED", "-c", "a.c")
        self.assertEqual(self.report(status=0)["otherErrors"], [])

    def test_diagnostics(self) -> None:
        """In each of the compiler's ways to say it, in C and C++."""
        sentence = CATALOGUE.entries["struct passwd"].sentence
        for text, name in (
                (f"'passwd' is unavailable: {sentence}", "struct passwd"),
                ("'passwd' is unavailable: the other library's reason", ""),
                ("variable has incomplete type 'struct passwd'", "struct passwd"),
                ("invalid application of 'sizeof' to an incomplete type 'struct passwd'", "struct passwd"),
                ("member access into incomplete type 'struct passwd'", "struct passwd"),
                ("tentative definition has type 'struct passwd' that is never completed", "struct passwd"),
                ("incomplete definition of type 'const struct passwd'", "struct passwd"),
                ("variable has incomplete type 'struct mine'", ""),
                ("unknown type name 'mqd_t'; did you mean 'mode_t'?", "mqd_t"),
                ("use of undeclared identifier 'TCSANOW'", "TCSANOW"),
                ("no member named 'TCSANOW' in the global namespace", "TCSANOW"),
                ("no type named 'mqd_t' in the global namespace", "mqd_t"),
                ("no member named 'TCSANOW' in 'struct mine'", ""),
                ("no member named 'st_uid' in 'struct stat'", "st_uid"),
                ("no member named 'st_uid' in 'stat'", "st_uid"),
                ("no member named 'st_uid' in 'struct mine'", "")):
            log = [f"a.c:1:1: fatal error: '{header}' file not found" for header in ("pwd.h", "termios.h", "mqueue.h")]
            found = read([*log, f"a.c:7:3: error: {text}"], CATALOGUE)
            self.assertEqual([use.name for use in found.uses.values() if use.line == 7], [name] if name else [], text)

    def test_every_value_has_a_capability_and_is_found(self) -> None:
        for entry in CATALOGUE.entries.values():
            self.assertIn(entry.capability, CATALOGUE.capabilities, entry.name)
            if entry.kind == "constant":
                names = [item.name for item in lex(f"#if 0\nint x = f({entry.name});\n#endif\n", CATALOGUE).mentions]
            elif entry.kind == "type":
                names = [item.name for item in lex(f"#if 0\n{entry.name} *x;\n#endif\n", CATALOGUE).mentions]
            else:
                continue
            self.assertEqual(names, [entry.name])


if __name__ == "__main__":
    main()
