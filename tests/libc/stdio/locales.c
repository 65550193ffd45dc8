// SPDX-License-Identifier: BSD-2-Clause
// Functions that take a locale. The thread's own is C, where no character beyond ASCII exists.

#define _GNU_SOURCE
#include <locale.h>
#include <wchar.h>

#include "../files.h"

#define TEXT "\xc3\xa9" // U+00E9

static void output(struct check *t) {
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    char data[8], *text = NULL;
    int dir = check_fd(t, "dir");
    CHECK_INT(t, ERROR(snprintf(data, sizeof(data), "%ls", L"\u00e9")), EILSEQ);
    CHECK_INT(t, snprintf_l(data, sizeof(data), utf8, "%ls", L"\u00e9"), 2);
    CHECK_STR(t, data, TEXT);
    CHECK_INT(t, asprintf_l(&text, utf8, "%ls", L"\u00e9"), 2);
    CHECK_STR(t, text, TEXT);
    free(text);
    FILE *f = fopenat(dir, "output", "w");
    CHECK_INT(t, fprintf_l(f, utf8, "%lc", L'\u00e9'), 2);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, dprintf_l(fileno(f), utf8, "%ls", L"\u00e9"), 2);
    CHECK_INT(t, fclose(f), 0);
    check_file(t, dir, "output", TEXT TEXT);
    // The thread's locale is what it was.
    CHECK_INT(t, ERROR(snprintf(data, sizeof(data), "%ls", L"\u00e9")), EILSEQ);
    freelocale(utf8);
}

static void input(struct check *t) {
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    wchar_t wide[8] = L"";
    CHECK_INT(t, sscanf_l(TEXT, utf8, "%ls", wide), 1);
    CHECK(t, wcscmp(wide, L"\u00e9") == 0);
    FILE *f = fmemopen(TEXT, 2, "r");
    CHECK_INT(t, fscanf_l(f, utf8, "%ls", wide), 1);
    CHECK(t, wcscmp(wide, L"\u00e9") == 0);
    fclose(f);
    freelocale(utf8);
}

static void wide_formats(struct check *t) {
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    wchar_t data[8] = L"", *text = NULL;
    char narrow[8] = "";
    int dir = check_fd(t, "dir");
    CHECK_INT(t, swprintf_l(data, 8, utf8, L"%s", TEXT), 1);
    CHECK(t, wcscmp(data, L"\u00e9") == 0);
    CHECK_INT(t, aswprintf_l(&text, utf8, L"%s", TEXT), 1);
    CHECK(t, text != NULL && wcscmp(text, L"\u00e9") == 0);
    free(text);
    CHECK_INT(t, swscanf_l(L"\u00e9", utf8, L"%s", narrow), 1);
    CHECK_STR(t, narrow, TEXT);
    FILE *f = fopenat(dir, "formats", "w+");
    CHECK_INT(t, dwprintf_l(fileno(f), utf8, L"%lc", L'\u00e9'), 1);
    check_file(t, dir, "formats", TEXT);
    CHECK_INT(t, fseek(f, 0, SEEK_END), 0);
    CHECK_INT(t, fwprintf_l(f, utf8, L"%lc", L'\u00e9'), 1);
    rewind(f);
    CHECK_INT(t, fwscanf_l(f, utf8, L"%ls", data), 1);
    CHECK(t, wcscmp(data, L"\u00e9\u00e9") == 0);
    fclose(f);
    freelocale(utf8);
}

static void check_encoding(struct check *t, FILE *f) {
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, fputwc(L'\u00e9', f), L'\u00e9');
    CHECK_INT(t, ftell(f), 2);
    CHECK_INT(t, fclose(f), 0);
}

static void encodings(struct check *t) {
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    int dir = check_fd(t, "dir");
    char *data = NULL;
    size_t size = 0;
    FILE *plain = tmpfile();
    CHECK_INT(t, fputwc(L'\u00e9', plain), WEOF);
    fclose(plain);
    check_encoding(t, tmpfile_l(utf8));
    check_encoding(t, fmemopen_l(NULL, 16, "w+", utf8));
    check_encoding(t, fopenat_l(dir, "encoded", "w", utf8));
    check_encoding(t, fdopen_l(openat(dir, "encoded", O_WRONLY), "w", utf8));
    check_file(t, dir, "encoded", TEXT);
    FILE *f = open_memstream_l(&data, &size, utf8);
    CHECK(t, f != NULL && fputs(TEXT, f) >= 0);
    fclose(f);
    CHECK_STR(t, data, TEXT);
    free(data);
    CHECK(t, fopenat_l(dir, "none", "r", utf8) == NULL);
    CHECK_INT(t, errno, ENOENT);
    freelocale(utf8);
}

static void messages(struct check *t) {
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    int dir = check_fd(t, "dir");
    FILE *f = fopenat(dir, "messages", "w");
    fswap(stderr, f);
    errno = EIO;
    perror_l("x", utf8);
    fswap(stderr, f);
    fclose(f);
    char expected[64];
    snprintf(expected, sizeof(expected), "x: %s\n", strerror(EIO));
    check_file(t, dir, "messages", expected);
    freelocale(utf8);
}

#define TESTS(X) X(output) X(input) X(wide_formats) X(encodings) X(messages)
CHECK_MAIN(TESTS)
