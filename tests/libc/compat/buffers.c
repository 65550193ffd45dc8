// SPDX-License-Identifier: BSD-2-Clause
// What writes without knowing the buffer's size.

#define _GNU_SOURCE
#include <stdarg.h>
#include <stdlib.h>
#include <wchar.h>

#include "check.h"

static void bytes(struct check *t) {
    char to[16];
    CHECK(t, strcpy(to, "abc") == to);
    CHECK(t, stpcpy(to, "ab") == to + 2);
    CHECK(t, strcat(to, "cd") == to);
    CHECK(t, strncat(to, "efgh", 2) == to);
    CHECK_STR(t, to, "abcdef");
}

static void wide(struct check *t) {
    wchar_t to[16];
    CHECK(t, wcscpy(to, L"abc") == to);
    CHECK(t, wcpcpy(to, L"ab") == to + 2);
    CHECK(t, wcscat(to, L"cd") == to);
    CHECK(t, wcsncat(to, L"efgh", 2) == to);
    CHECK_INT(t, wcscmp(to, L"abcdef"), 0);
}

__attribute__((format(printf, 2, 3))) static int format(char *to, const char *text, ...) {
    va_list arguments;
    va_start(arguments, text);
    int length = vsprintf(to, text, arguments);
    va_end(arguments);
    return length;
}

static void formats(struct check *t) {
    char to[64];
    CHECK_INT(t, sprintf(to, "%d %s", 42, "words"), 8);
    CHECK_STR(t, to, "42 words");
    CHECK_INT(t, format(to, "%05.1f", 2.25), 5);
    CHECK_STR(t, to, "002.2");
}

static void digits(struct check *t) {
    int point, sign;
    CHECK_STR(t, ecvt(-123.456, 4, &point, &sign), "1235");
    CHECK(t, point == 3 && sign != 0);
    CHECK_STR(t, fcvt(123.456, 2, &point, &sign), "12346");
    CHECK(t, point == 3 && sign == 0);
    char to[32];
    CHECK_STR(t, gcvt(0.5, 6, to), "0.5");
}

#define TESTS(X) X(bytes) X(wide) X(formats) X(digits)
CHECK_MAIN(TESTS)
