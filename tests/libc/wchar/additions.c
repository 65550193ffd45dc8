// SPDX-License-Identifier: BSD-2-Clause
// Functions on wide characters beyond C and POSIX.

#define _GNU_SOURCE
#include <wchar.h>

#include "../files.h"

static void bounded_copies(struct check *t) {
    wchar_t data[6];
    CHECK_INT(t, wcslcpy(data, L"abc", 6), 3);
    CHECK(t, wcscmp(data, L"abc") == 0);
    CHECK_INT(t, wcslcat(data, L"defg", 6), 7);
    CHECK(t, wcscmp(data, L"abcde") == 0);
    CHECK_INT(t, wcslcpy(data, L"abcdefgh", 3), 8);
    CHECK(t, wcscmp(data, L"ab") == 0);
    CHECK_INT(t, wcslcpy(NULL, L"ab", 0), 2);
    CHECK_INT(t, wcslcat(data, L"ab", 0), 2);
    CHECK_INT(t, wcslcat(data, L"xyz", 2), 5);
    CHECK(t, wcscmp(data, L"ab") == 0);
}

static void searching_and_copying(struct check *t) {
    const wchar_t text[] = L"aab\0aac";
    CHECK(t, wmemmem(text, 7, L"aac", 3) == text + 4);
    CHECK(t, wmemmem(text, 7, L"b\0a", 3) == text + 2);
    CHECK(t, wmemmem(text, 6, L"aac", 3) == NULL);
    CHECK(t, wmemmem(text, 7, L"", 0) == text);
    CHECK(t, wmemmem(text, 2, L"aab", 3) == NULL);
    wchar_t *copy = wcsndup(L"abcdef", 3);
    CHECK(t, copy != NULL && wcscmp(copy, L"abc") == 0);
    free(copy);
    copy = wcsndup(L"ab", 10);
    CHECK(t, copy != NULL && wcscmp(copy, L"ab") == 0);
    free(copy);
}

static void formatting(struct check *t) {
    wchar_t *text = NULL;
    CHECK_INT(t, aswprintf(&text, L"%ls-%0500d", L"ab", 7), 503);
    CHECK(t, text != NULL && wcslen(text) == 503 && text[502] == L'7');
    free(text);
    int dir = check_fd(t, "dir");
    int fd = openat(dir, "wide", O_WRONLY | O_CREAT);
    CHECK_INT(t, dwprintf(fd, L"%d %ls", 5, L"abc"), 5);
    check_file(t, dir, "wide", "5 abc");
    close(fd);
    CHECK_INT(t, ERROR(dwprintf(fd, L"x")), EBADF);
}

#define TESTS(X) X(bounded_copies) X(searching_and_copying) X(formatting)
CHECK_MAIN(TESTS)
