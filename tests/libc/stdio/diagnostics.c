// SPDX-License-Identifier: BSD-2-Clause
// stderr, which has nothing behind it until a stream is attached, and who writes to it.

#define _GNU_SOURCE
#include <err.h>
#include <stdio_ext.h>

#include "../files.h"

// Writes to stderr into a file, then compares.
static FILE *attach(struct check *t) {
    FILE *f = fopenat(check_fd(t, "dir"), "log", "w");
    CHECK(t, f != NULL);
    fswap(stderr, f);
    return f;
}

static void detach(struct check *t, FILE *f, const char *text) {
    fswap(stderr, f);
    CHECK_INT(t, fclose(f), 0);
    check_file(t, check_fd(t, "dir"), "log", text);
}

static void nothing_behind(struct check *t) {
    CHECK_INT(t, ERROR(fileno(stderr)), EBADF);
    CHECK_INT(t, fprintf(stderr, "%d lines\n", 2), 8);
    CHECK_INT(t, fputc('x', stderr), 'x');
    CHECK_INT(t, fwrite("abc", 1, 3, stderr), 3);
    CHECK_INT(t, fflush(stderr), 0);
    CHECK(t, !ferror(stderr) && !feof(stderr));
    CHECK_INT(t, __fpending(stderr), 0);
    CHECK_INT(t, ERROR(fseek(stderr, 0, SEEK_SET)), ESPIPE);
    CHECK_INT(t, getc(stderr), EOF);
    clearerr(stderr);
    warnx("nobody reads this");
}

static void attached(struct check *t) {
    FILE *f = attach(t);
    int fd = fileno(stderr);
    CHECK(t, fd >= 0);
    CHECK_INT(t, ERROR(fileno(f)), EBADF);
    CHECK(t, __flbf(stderr));
    CHECK(t, fputs("one\n", stderr) >= 0);
    check_file(t, check_fd(t, "dir"), "log", "one\n");
    CHECK(t, fputs("lost", f) >= 0);
    CHECK_INT(t, fflush(f), 0);
    detach(t, f, "one\n");
    CHECK_INT(t, ERROR(close(fd)), EBADF);
    CHECK_INT(t, ERROR(fileno(stderr)), EBADF);
}

static void closed_and_back(struct check *t) {
    FILE *f = attach(t);
    int fd = fileno(stderr);
    CHECK(t, fputs("last", stderr) >= 0);
    CHECK_INT(t, fclose(stderr), 0);
    CHECK_INT(t, ERROR(close(fd)), EBADF);
    check_file(t, check_fd(t, "dir"), "log", "last");
    CHECK(t, fputs("dropped", stderr) >= 0);
    CHECK_INT(t, fflush(stderr), 0);
    CHECK_INT(t, fclose(f), 0);
}

static void messages(struct check *t) {
    FILE *f = attach(t);
    errno = ENOENT;
    perror("where");
    errno = EINVAL;
    perror(NULL);
    errno = ENOTCAPABLE;
    warn("file %d", 1);
    warnx("plain %s", "text");
    errno = EBADF;
    warn(NULL);
    char expected[512];
    snprintf(expected, sizeof(expected), "where: %s\n%s\nfile 1: %s\nplain text\n%s\n",
             strerror(ENOENT), strerror(EINVAL), strerror(ENOTCAPABLE), strerror(EBADF));
    detach(t, f, expected);
}

__attribute__((format(printf, 2, 3))) static void with_list(bool with_errno, const char *format,
                                                            ...) {
    va_list list;
    va_start(list, format);
    if (with_errno)
        vwarn(format, list);
    else
        vwarnx(format, list);
    va_end(list);
}

static void messages_with_lists(struct check *t) {
    FILE *f = attach(t);
    errno = ENOENT;
    with_list(true, "file %d", 1);
    with_list(false, "plain %s", "text");
    char expected[128];
    snprintf(expected, sizeof(expected), "file 1: %s\nplain text\n", strerror(ENOENT));
    detach(t, f, expected);
}

enum end { ERR, ERRX, VERR, VERRX };

__attribute__((format(printf, 2, 3))) static _Noreturn void end_with_list(enum end end,
                                                                          const char *format, ...) {
    va_list list;
    va_start(list, format);
    if (end == VERR)
        verr(3, format, list);
    verrx(3, format, list);
}

static void check_end(struct check *t, int error, enum end end, const char *text) {
    FILE *f = attach(t);
    cloudabi_fd_t child;
    cloudabi_tid_t tid;
    unsigned status = 0;
    int signal;
    CHECK_INT(t, cloudabi_sys_proc_fork(&child, &tid), 0);
    if (child == CLOUDABI_PROCESS_CHILD) {
        errno = error;
        if (end == ERR)
            err(3, "ended by %s", "err");
        if (end == ERRX)
            errx(3, "ended by %s", "errx");
        end_with_list(end, "ended by %s", "a list");
    }
    CHECK_INT(t, program_wait(child, &status, &signal), 0);
    CHECK_INT(t, status, 3);
    close(child);
    detach(t, f, text);
}

static void fatal_messages(struct check *t) {
    char text[128];
    snprintf(text, sizeof(text), "ended by err: %s\n", strerror(EIO));
    check_end(t, EIO, ERR, text);
    check_end(t, EIO, ERRX, "ended by errx\n");
    snprintf(text, sizeof(text), "ended by a list: %s\n", strerror(EIO));
    check_end(t, EIO, VERR, text);
    check_end(t, EIO, VERRX, "ended by a list\n");
}

static void swapping(struct check *t) {
    char *first, *second, line[16];
    size_t first_size, second_size;
    FILE *a = open_memstream(&first, &first_size), *b = open_memstream(&second, &second_size);
    CHECK(t, fputs("first ", a) >= 0);
    CHECK(t, fputs("second ", b) >= 0);
    fswap(a, b);
    fswap(b, b);
    CHECK(t, fputs("more", a) >= 0);
    CHECK_INT(t, fclose(a), 0);
    CHECK_INT(t, fclose(b), 0);
    CHECK_STR(t, first, "first ");
    CHECK_STR(t, second, "second more");
    free(first);
    free(second);
    FILE *in = fdopen(dup(check_fd(t, "in")), "r"), *memory = fmemopen("xyz", 3, "r");
    rewind(in);
    CHECK_INT(t, getc(in), 'f');
    CHECK_INT(t, getc(memory), 'x');
    fswap(in, memory);
    CHECK_STR(t, fgets(line, 5, memory), "irst");
    CHECK_STR(t, fgets(line, 5, in), "yz");
    CHECK_INT(t, fclose(in), 0);
    CHECK_INT(t, fclose(memory), 0);
}

#define TESTS(X)                                                                                   \
    X(nothing_behind)                                                                              \
    X(attached) X(closed_and_back) X(messages) X(messages_with_lists) X(fatal_messages) X(swapping)
CHECK_MAIN(TESTS)
