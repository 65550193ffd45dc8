// SPDX-License-Identifier: BSD-2-Clause
// The same functions without locks, with argument lists, and the state that <stdio_ext.h> shows.

#define _GNU_SOURCE
#include <stdio_ext.h>
#include <wchar.h>

#include "../files.h"

static void without_locks(struct check *t) {
    FILE *f = tmpfile();
    char data[16] = "";
    flockfile(f);
    CHECK_INT(t, fputc_unlocked('a', f), 'a');
    CHECK(t, fputs_unlocked("bcd\n", f) >= 0);
    CHECK_INT(t, fwrite_unlocked("efgh", 1, 4, f), 4);
    CHECK_INT(t, fflush_unlocked(f), 0);
    CHECK_INT(t, fileno_unlocked(f), fileno(f));
    rewind(f);
    CHECK_INT(t, fgetc_unlocked(f), 'a');
    CHECK_INT(t, getc_unlocked(f), 'b');
    CHECK_INT(t, fgetc(f), 'c');
    CHECK_STR(t, fgets_unlocked(data, sizeof(data), f), "d\n");
    CHECK_INT(t, fread_unlocked(data, 1, sizeof(data), f), 4);
    CHECK(t, feof_unlocked(f) && !ferror_unlocked(f));
    clearerr_unlocked(f);
    CHECK(t, !feof_unlocked(f));
    funlockfile(f);
    fclose(f);
}

static void wide_without_locks(struct check *t) {
    FILE *f = tmpfile();
    wchar_t data[16];
    CHECK_INT(t, fputwc_unlocked(L'a', f), L'a');
    CHECK_INT(t, putwc_unlocked(L'b', f), L'b');
    CHECK(t, fputws_unlocked(L"cd\n", f) >= 0);
    rewind(f);
    CHECK_INT(t, fgetwc_unlocked(f), L'a');
    CHECK_INT(t, getwc_unlocked(f), L'b');
    CHECK(t, fgetws_unlocked(data, 16, f) != NULL && wcscmp(data, L"cd\n") == 0);
    fclose(f);
}

static void shown_state(struct check *t) {
    FILE *f = fmemopen("abcdef", 6, "r");
    CHECK_INT(t, getc(f), 'a');
    size_t size;
    const char *ahead = __freadptr(f, &size);
    CHECK_INT(t, size, 5);
    CHECK(t, ahead != NULL && memcmp(ahead, "bcdef", 5) == 0);
    __freadptrinc(f, 2);
    CHECK_INT(t, getc(f), 'd');
    CHECK_INT(t, __freadahead(f), 2);
    __fseterr(f);
    CHECK(t, ferror(f));
    CHECK_INT(t, __fsetlocking(f, FSETLOCKING_QUERY), FSETLOCKING_INTERNAL);
    fclose(f);
}

static void chosen_buffers(struct check *t) {
    int fds[2];
    char data[16], buffer[BUFSIZ];
    CHECK_INT(t, pipe2(fds, O_NONBLOCK), 0);
    FILE *f = fdopen(fds[1], "w");
    setbuf(f, NULL);
    CHECK_INT(t, fputc('x', f), 'x');
    CHECK_INT(t, read(fds[0], data, sizeof(data)), 1);
    int copy = dup(fds[1]);
    fclose(f);
    f = fdopen(copy, "w");
    setbuffer(f, buffer, sizeof(buffer));
    CHECK_INT(t, fputc('x', f), 'x');
    CHECK_INT(t, ERROR(read(fds[0], data, sizeof(data))), EAGAIN);
    _flushlbf();
    CHECK_INT(t, read(fds[0], data, sizeof(data)), 1);
    fclose(f);
    close(fds[0]);
}

enum target { TO_STREAM, TO_DESCRIPTOR, TO_MEMORY, FROM_STREAM, FROM_STRING };

static int narrow(enum target target, FILE *f, char **text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = target == TO_STREAM       ? vfprintf(f, format, arguments)
                 : target == TO_DESCRIPTOR ? vdprintf(fileno(f), format, arguments)
                 : target == TO_MEMORY     ? vasprintf(text, format, arguments)
                 : target == FROM_STREAM   ? vfscanf(f, format, arguments)
                                           : vsscanf(*text, format, arguments);
    va_end(arguments);
    return result;
}

static int wide(enum target target, FILE *f, wchar_t **text, const wchar_t *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = target == TO_STREAM       ? vfwprintf(f, format, arguments)
                 : target == TO_DESCRIPTOR ? vdwprintf(fileno(f), format, arguments)
                 : target == TO_MEMORY     ? vaswprintf(text, format, arguments)
                 : target == FROM_STREAM   ? vfwscanf(f, format, arguments)
                                           : vswscanf(*text, format, arguments);
    va_end(arguments);
    return result;
}

static void argument_lists(struct check *t) {
    FILE *f = fopenat(check_fd(t, "dir"), "narrow", "w+");
    char *text = NULL;
    int number = 0;
    CHECK_INT(t, narrow(TO_STREAM, f, NULL, "%d-", 1), 2);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, narrow(TO_DESCRIPTOR, f, NULL, "%d-", 2), 2);
    rewind(f);
    CHECK_INT(t, narrow(FROM_STREAM, f, NULL, "1-%d-", &number), 1);
    CHECK_INT(t, number, 2);
    CHECK_INT(t, narrow(TO_MEMORY, f, &text, "%d", 42), 2);
    CHECK_INT(t, narrow(FROM_STRING, f, &text, "%d", &number), 1);
    CHECK_INT(t, number, 42);
    free(text);
    fclose(f);
}

static void wide_argument_lists(struct check *t) {
    FILE *f = fopenat(check_fd(t, "dir"), "wide", "w+");
    wchar_t *text = NULL, data[8];
    int number = 0;
    CHECK_INT(t, wide(TO_STREAM, f, NULL, L"%d-", 1), 2);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, wide(TO_DESCRIPTOR, f, NULL, L"%d-", 2), 2);
    rewind(f);
    CHECK_INT(t, wide(FROM_STREAM, f, NULL, L"1-%d-", &number), 1);
    CHECK_INT(t, number, 2);
    CHECK_INT(t, wide(TO_MEMORY, f, &text, L"%d", 42), 2);
    CHECK_INT(t, wide(FROM_STRING, f, &text, L"%d", &number), 1);
    CHECK_INT(t, number, 42);
    CHECK_INT(t, swprintf(data, 8, L"%ls", text), 2);
    free(text);
    fclose(f);
}

#define TESTS(X)                                                                                   \
    X(without_locks)                                                                               \
    X(wide_without_locks)                                                                          \
    X(shown_state) X(chosen_buffers) X(argument_lists) X(wide_argument_lists)
CHECK_MAIN(TESTS)
