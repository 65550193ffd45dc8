// SPDX-License-Identifier: BSD-2-Clause
// Streams on descriptors.

#define _GNU_SOURCE
#include <stdio_ext.h>

#include "../files.h"

static int open_error(int dir, const char *path, const char *mode) {
    errno = 0;
    FILE *f = fopenat(dir, path, mode);
    if (f != NULL)
        fclose(f);
    return f == NULL ? errno : 0;
}

static void opening(struct check *t) {
    int dir = check_fd(t, "dir");
    CHECK_INT(t, open_error(dir, "none", "r"), ENOENT);
    CHECK_INT(t, open_error(dir, "../none", "w"), ENOTCAPABLE);
    CHECK_INT(t, open_error(dir, "/none", "w"), ENOTCAPABLE);
    CHECK_INT(t, open_error(check_fd(t, "in"), "x", "r"), ENOTDIR);
    CHECK_INT(t, open_error(dir, "none", "x"), EINVAL);
    CHECK_INT(t, open_error(dir, "none", ""), EINVAL);
    CHECK_INT(t, open_error(-1, "none", "r"), EBADF);
    CHECK_INT(t, open_error(dir, "new", "wx"), 0);
    CHECK_INT(t, open_error(dir, "new", "wx"), EEXIST);
    errno = 0;
    CHECK(t, fdopen(closed(dir), "r") == NULL);
    CHECK_INT(t, errno, EBADF);
    CHECK(t, fdopen(dir, "q") == NULL);
    CHECK_INT(t, errno, EINVAL);
}

static void modes(struct check *t) {
    int dir = check_fd(t, "dir");
    FILE *f = fopenat(dir, "modes", "w");
    CHECK_REQUIRE(t, f != NULL);
    CHECK(t, fputs("one", f) >= 0);
    CHECK_INT(t, getc(f), EOF);
    CHECK(t, ferror(f));
    CHECK_INT(t, fclose(f), 0);
    check_file(t, dir, "modes", "one");
    f = fopenat(dir, "modes", "a");
    CHECK(t, fputs("two", f) >= 0);
    CHECK_INT(t, ftell(f), 6);
    CHECK_INT(t, fclose(f), 0);
    check_file(t, dir, "modes", "onetwo");
    f = fopenat(dir, "modes", "r+");
    CHECK_INT(t, getc(f), 'o');
    CHECK_INT(t, fseek(f, 0, SEEK_CUR), 0);
    CHECK_INT(t, putc('N', f), 'N');
    CHECK_INT(t, fclose(f), 0);
    check_file(t, dir, "modes", "oNetwo");
    f = fopenat(dir, "modes", "r");
    CHECK_INT(t, putc('x', f), EOF);
    CHECK(t, ferror(f));
    clearerr(f);
    CHECK(t, !ferror(f));
    CHECK_INT(t, fclose(f), 0);
    f = fopenat(dir, "modes", "a+");
    CHECK_INT(t, getc(f), 'o');
    CHECK_INT(t, fclose(f), 0);
    f = fopenat(dir, "modes", "w+");
    CHECK_INT(t, getc(f), EOF);
    CHECK_INT(t, fclose(f), 0);
    check_file(t, dir, "modes", "");
}

// Mode "a" makes the descriptor append, or says that it cannot.
static void appending(struct check *t) {
    int dir = check_fd(t, "dir");
    make_file(t, dir, "appended", "start");
    int fd = openat(dir, "appended", O_WRONLY);
    int limited = without(fd, CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS);
    errno = 0;
    CHECK(t, fdopen(limited, "a") == NULL);
    CHECK_INT(t, errno, ENOTCAPABLE);
    FILE *f = fdopen(fd, "a");
    CHECK_REQUIRE(t, f != NULL);
    CHECK(t, fcntl(fd, F_GETFL) & O_APPEND);
    CHECK(t, fputs("end", f) >= 0);
    CHECK_INT(t, fclose(f), 0);
    check_file(t, dir, "appended", "startend");
    close(limited);
}

static void reading(struct check *t) {
    int in = dup(check_fd(t, "in"));
    CHECK_INT(t, lseek(in, 0, SEEK_SET), 0);
    FILE *f = fdopen(in, "r");
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, fileno(f), in);
    char line[64];
    CHECK_STR(t, fgets(line, sizeof(line), f), "first line\n");
    CHECK_INT(t, ftell(f), 11);
    CHECK_STR(t, fgets(line, 4, f), "sec");
    CHECK_INT(t, ungetc('X', f), 'X');
    CHECK_INT(t, getc(f), 'X');
    fpos_t position;
    CHECK_INT(t, fgetpos(f, &position), 0);
    CHECK_INT(t, fread(line, 1, 8, f), 8);
    CHECK(t, memcmp(line, "ond line", 8) == 0);
    CHECK_INT(t, fsetpos(f, &position), 0);
    size_t size = 0;
    char *allocated = NULL;
    CHECK_INT(t, getline(&allocated, &size, f), 9);
    CHECK_STR(t, allocated, "ond line\n");
    CHECK_INT(t, getdelim(&allocated, &size, ' ', f), 6);
    CHECK_STR(t, allocated, "third ");
    CHECK_INT(t, getline(&allocated, &size, f), 5);
    CHECK_INT(t, getline(&allocated, &size, f), -1);
    CHECK(t, feof(f) && !ferror(f));
    free(allocated);
    // fflush() gives back what was read ahead.
    rewind(f);
    CHECK(t, !feof(f));
    CHECK_INT(t, getc(f), 'f');
    CHECK(t, __freadahead(f) > 0);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, lseek(in, 0, SEEK_CUR), 1);
    CHECK_INT(t, fseeko(f, 6, SEEK_SET), 0);
    const char *borrowed = fgetln(f, &size);
    CHECK(t, borrowed != NULL && size == 5 && memcmp(borrowed, "line\n", 5) == 0);
    CHECK_INT(t, fseek(f, -5, SEEK_END), 0);
    CHECK_INT(t, ftello(f), 29);
    CHECK_INT(t, ERROR(fseek(f, -5, SEEK_SET)), EINVAL);
    CHECK_INT(t, ERROR(fseek(f, 0, 9)), EINVAL);
    CHECK_INT(t, fclose(f), 0);
    CHECK_INT(t, ERROR(close(in)), EBADF);
}

static ssize_t arrived(int fd) {
    char data[4096];
    ssize_t size = read(fd, data, sizeof(data));
    return size < 0 ? -errno : size;
}

static void buffering(struct check *t) {
    int fds[2];
    CHECK_INT(t, pipe2(fds, O_NONBLOCK), 0);
    FILE *f = fdopen(fds[1], "w");
    CHECK(t, fputs("a\nb", f) >= 0);
    CHECK_INT(t, __fpending(f), 3);
    CHECK(t, !__flbf(f) && __fwritable(f) && !__freadable(f) && __fwriting(f) && !__freading(f));
    CHECK_INT(t, __fbufsize(f), BUFSIZ);
    CHECK_INT(t, arrived(fds[0]), -EAGAIN);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, arrived(fds[0]), 3);
    CHECK(t, fputs("lost", f) >= 0);
    CHECK_INT(t, __fpurge(f), 0);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, arrived(fds[0]), -EAGAIN);
    setlinebuf(f);
    CHECK(t, __flbf(f));
    CHECK(t, fputs("a\nb", f) >= 0);
    CHECK_INT(t, arrived(fds[0]), 2);
    CHECK_INT(t, fflush(NULL), 0);
    CHECK_INT(t, arrived(fds[0]), 1);
    CHECK_INT(t, setvbuf(f, NULL, _IONBF, 0), 0);
    CHECK_INT(t, fprintf(f, "%d", 12345), 5);
    CHECK_INT(t, arrived(fds[0]), 5);
    static char buffer[100];
    CHECK_INT(t, setvbuf(f, buffer, _IOFBF, sizeof(buffer)), 0);
    for (int i = 0; i < 150; ++i)
        CHECK_INT(t, putc('x', f), 'x');
    CHECK(t, arrived(fds[0]) > 0);
    CHECK_INT(t, setvbuf(f, NULL, 99, 0), -1);
    CHECK_INT(t, fclose(f), 0);
    CHECK(t, arrived(fds[0]) > 0);
    CHECK_INT(t, arrived(fds[0]), 0);
    close(fds[0]);
}

static void failures(struct check *t) {
    int fds[2];
    CHECK_INT(t, pipe(fds), 0);
    close(fds[0]);
    FILE *f = fdopen(fds[1], "w");
    CHECK(t, fputs("x", f) >= 0);
    CHECK_INT(t, ERROR(fflush(f)), EPIPE);
    CHECK(t, ferror(f));
    CHECK_INT(t, fclose(f), 0);
    f = fdopen(dup(check_fd(t, "in")), "w");
    CHECK(t, fputs("x", f) >= 0);
    CHECK_INT(t, ERROR(fclose(f)), ENOTCAPABLE);
}

// A fork shows what exit() does, without a second program.
static void flush_at_exit(struct check *t) {
    int dir = check_fd(t, "dir"), signal;
    FILE *f = fopenat(dir, "late", "w");
    cloudabi_fd_t child;
    cloudabi_tid_t tid;
    unsigned status;
    CHECK_INT(t, cloudabi_sys_proc_fork(&child, &tid), 0);
    if (child == CLOUDABI_PROCESS_CHILD) {
        fputs("written late", f);
        exit(7);
    }
    CHECK_INT(t, program_wait(child, &status, &signal), 0);
    CHECK_INT(t, status, 7);
    CHECK_INT(t, signal, 0);
    check_file(t, dir, "late", "written late");
    fclose(f);
    close(child);
}

#define TESTS(X)                                                                                   \
    X(opening) X(modes) X(appending) X(reading) X(buffering) X(failures) X(flush_at_exit)
CHECK_MAIN(TESTS)
