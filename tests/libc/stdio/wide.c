// SPDX-License-Identifier: BSD-2-Clause
// Wide characters on streams. The locale at start is C: each byte a character.

#define _GNU_SOURCE
#include <locale.h>
#include <wchar.h>

#include "../files.h"

static void orientation(struct check *t) {
    FILE *f = tmpfile();
    CHECK_INT(t, fwide(f, 0), 0);
    CHECK(t, fwide(f, 1) > 0);
    CHECK(t, fwide(f, -1) > 0);
    fclose(f);
    f = tmpfile();
    CHECK_INT(t, putc('x', f), 'x');
    CHECK(t, fwide(f, 0) < 0);
    fclose(f);
}

static void characters(struct check *t) {
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    CHECK_REQUIRE(t, utf8 != NULL);
    locale_t old = uselocale(utf8);
    int dir = check_fd(t, "dir");
    FILE *f = fopenat(dir, "wide", "w+");
    CHECK_INT(t, fputwc(L'\u00e9', f), L'\u00e9');
    CHECK_INT(t, putwc(L'\u20ac', f), L'\u20ac');
    CHECK(t, fputws(L"\U0001f600\n", f) >= 0);
    CHECK_INT(t, fwprintf(f, L"%d %ls", 5, L"\u00e9"), 3);
    CHECK_INT(t, fflush(f), 0);
    check_file(t, dir, "wide", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\n5 \xc3\xa9");
    rewind(f);
    CHECK_INT(t, fgetwc(f), L'\u00e9');
    CHECK_INT(t, ungetwc(L'\u20ac', f), L'\u20ac');
    CHECK_INT(t, getwc(f), L'\u20ac');
    wchar_t line[16];
    CHECK(t, fgetws(line, 16, f) != NULL);
    CHECK(t, wcscmp(line, L"\u20ac\U0001f600\n") == 0);
    int number;
    CHECK_INT(t, fwscanf(f, L"%d %ls", &number, line), 2);
    CHECK(t, number == 5 && wcscmp(line, L"\u00e9") == 0);
    CHECK_INT(t, fgetwc(f), WEOF);
    CHECK(t, feof(f));
    fclose(f);
    make_file(t, dir, "invalid", "\xff");
    f = fopenat(dir, "invalid", "r");
    errno = 0;
    CHECK_INT(t, fgetwc(f), WEOF);
    CHECK_INT(t, errno, EILSEQ);
    CHECK(t, ferror(f));
    fclose(f);
    uselocale(old);
    freelocale(utf8);
}

static void lines(struct check *t) {
    int dir = check_fd(t, "dir");
    make_file(t, dir, "lines", "one\ntwo;three");
    FILE *f = fopenat(dir, "lines", "r");
    wchar_t *line = NULL;
    size_t size = 0;
    CHECK_INT(t, getwline(&line, &size, f), 4);
    CHECK(t, wcscmp(line, L"one\n") == 0);
    CHECK_INT(t, getwdelim(&line, &size, L';', f), 4);
    CHECK(t, wcscmp(line, L"two;") == 0);
    CHECK_INT(t, getwline(&line, &size, f), 5);
    CHECK(t, wcscmp(line, L"three") == 0);
    CHECK_INT(t, getwline(&line, &size, f), -1);
    CHECK(t, feof(f));
    CHECK_INT(t, ERROR(getwline(NULL, &size, f)), EINVAL);
    free(line);
    fclose(f);
    f = fopenat(dir, "lines", "w+");
    for (int i = 0; i < 1000; ++i)
        fputc('a' + i % 26, f);
    rewind(f);
    fclose(f);
    f = fopenat(dir, "lines", "r");
    line = NULL;
    CHECK_INT(t, getwline(&line, &size, f), 1000);
    CHECK(t, line[999] == L'a' + 999 % 26 && line[1000] == L'\0');
    free(line);
    fclose(f);
}

static void formats(struct check *t) {
    wchar_t data[32];
    int number;
    CHECK_INT(t, swprintf(data, 32, L"%s %d", "narrow", 3), 8);
    CHECK(t, wcscmp(data, L"narrow 3") == 0);
    CHECK_INT(t, swprintf(data, 3, L"%d", 12345), -1);
    CHECK_INT(t, swscanf(L"12 x", L"%d %ls", &number, data), 2);
    CHECK(t, number == 12 && data[0] == L'x');
}

#define TESTS(X) X(orientation) X(characters) X(lines) X(formats)
CHECK_MAIN(TESTS)
