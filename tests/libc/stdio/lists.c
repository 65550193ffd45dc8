// SPDX-License-Identifier: BSD-2-Clause
// Formats in a given locale, with their arguments in a list.

#define _GNU_SOURCE
#include <locale.h>
#include <wchar.h>

#include "../files.h"

#define TEXT "\xc3\xa9" // one character of two bytes
#define WIDE L"\u00e9"

static locale_t utf8;
static char narrow[16], *allocated;
static wchar_t wide[16], *allocated_wide;

// A function NAME(f, ...) that passes what follows `f` as a list to `call`.
#define WITH_LIST(name, call)                                                                      \
    static int name(FILE *f, ...) {                                                                \
        va_list list;                                                                              \
        va_start(list, f);                                                                         \
        int result = call;                                                                         \
        va_end(list);                                                                              \
        return result;                                                                             \
    }
WITH_LIST(print_text, vsnprintf_l(narrow, f == NULL ? 16 : 0, utf8, "%ls", list))
WITH_LIST(print_allocated, vasprintf_l(&allocated, f == NULL ? utf8 : NULL, "%ls", list))
WITH_LIST(print_stream, vfprintf_l(f, utf8, "%ls", list))
WITH_LIST(print_descriptor, vdprintf_l(fileno(f), utf8, "%ls", list))
WITH_LIST(scan_text, vsscanf_l(f == NULL ? TEXT : "", utf8, "%ls", list))
WITH_LIST(scan_stream, vfscanf_l(f, utf8, "%ls", list))
WITH_LIST(print_wide_text, vswprintf_l(wide, f == NULL ? 16 : 0, utf8, L"%s", list))
WITH_LIST(print_wide_plain, vswprintf(wide, f == NULL ? 16 : 2, L"%d-%d", list))
WITH_LIST(print_wide_allocated, vaswprintf_l(&allocated_wide, f == NULL ? utf8 : NULL, L"%s", list))
WITH_LIST(print_wide_stream, vfwprintf_l(f, utf8, L"%lc", list))
WITH_LIST(print_wide_descriptor, vdwprintf_l(fileno(f), utf8, L"%lc", list))
WITH_LIST(scan_wide_text, vswscanf_l(f == NULL ? WIDE : L"", utf8, L"%s", list))
WITH_LIST(scan_wide_stream, vfwscanf_l(f, utf8, L"%ls", list))

static bool begin(struct check *t) {
    utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    allocated = NULL;
    allocated_wide = NULL;
    return CHECK(t, utf8 != NULL);
}

static void printing(struct check *t) {
    CHECK_REQUIRE(t, begin(t));
    int dir = check_fd(t, "dir");
    CHECK_INT(t, print_text(NULL, WIDE), 2);
    CHECK_STR(t, narrow, TEXT);
    CHECK_INT(t, print_allocated(NULL, WIDE), 2);
    CHECK_STR(t, allocated, TEXT);
    free(allocated);
    FILE *f = fopenat(dir, "narrow", "w");
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, print_stream(f, WIDE L"-"), 3);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, print_descriptor(f, WIDE), 2);
    CHECK_INT(t, fclose(f), 0);
    check_file(t, dir, "narrow", TEXT "-" TEXT);
    freelocale(utf8);
}

static void scanning(struct check *t) {
    CHECK_REQUIRE(t, begin(t));
    CHECK_INT(t, scan_text(NULL, wide), 1);
    CHECK(t, wcscmp(wide, WIDE) == 0);
    int dir = check_fd(t, "dir");
    make_file(t, dir, "input", "  " TEXT "x y");
    FILE *f = fopenat(dir, "input", "r");
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, scan_text(f, wide), EOF);
    CHECK_INT(t, scan_stream(f, wide), 1);
    CHECK(t, wcscmp(wide, WIDE L"x") == 0);
    CHECK_INT(t, fclose(f), 0);
    freelocale(utf8);
}

static void printing_wide(struct check *t) {
    CHECK_REQUIRE(t, begin(t));
    int dir = check_fd(t, "dir");
    CHECK_INT(t, print_wide_text(NULL, TEXT), 1);
    CHECK(t, wcscmp(wide, WIDE) == 0);
    CHECK_INT(t, print_wide_plain(NULL, 1, 23), 4);
    CHECK(t, wcscmp(wide, L"1-23") == 0);
    CHECK_INT(t, print_wide_plain(stderr, 1, 23), -1);
    CHECK_INT(t, print_wide_allocated(NULL, TEXT), 1);
    CHECK(t, allocated_wide != NULL && wcscmp(allocated_wide, WIDE) == 0);
    free(allocated_wide);
    FILE *f = fopenat(dir, "wide", "w");
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, print_wide_descriptor(f, L'\u20ac'), 1);
    CHECK_INT(t, print_wide_stream(f, L'\u00e9'), 1);
    CHECK_INT(t, fclose(f), 0);
    check_file(t, dir, "wide", "\xe2\x82\xac" TEXT);
    freelocale(utf8);
}

static void scanning_wide(struct check *t) {
    CHECK_REQUIRE(t, begin(t));
    int dir = check_fd(t, "dir");
    CHECK_INT(t, scan_wide_text(NULL, narrow), 1);
    CHECK_STR(t, narrow, TEXT);
    make_file(t, dir, "input", TEXT TEXT "\n");
    FILE *f = fopenat(dir, "input", "r");
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, scan_wide_text(f, narrow), EOF);
    CHECK_INT(t, scan_wide_stream(f, wide), 1);
    CHECK(t, wcscmp(wide, WIDE WIDE) == 0);
    CHECK_INT(t, fclose(f), 0);
    freelocale(utf8);
}

#define TESTS(X) X(printing) X(scanning) X(printing_wide) X(scanning_wide)
CHECK_MAIN(TESTS)
