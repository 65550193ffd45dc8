// SPDX-License-Identifier: BSD-2-Clause
// Streams without a descriptor: on memory, on functions, on an object without a name.

#define _GNU_SOURCE
#include <sys/stat.h>
#include <wchar.h>

#include "../files.h"

static void fixed_memory(struct check *t) {
    char data[8] = "abcdefg";
    FILE *f = fmemopen(data, 4, "r");
    char line[16] = "";
    CHECK_INT(t, fread(line, 1, 16, f), 4);
    CHECK_STR(t, line, "abcd");
    CHECK(t, feof(f));
    CHECK_INT(t, fseek(f, -1, SEEK_END), 0);
    CHECK_INT(t, getc(f), 'd');
    CHECK_INT(t, ERROR(fseek(f, 1, SEEK_END)), EINVAL);
    CHECK_INT(t, ERROR(fseek(f, -1, SEEK_SET)), EINVAL);
    CHECK_INT(t, ERROR(fileno(f)), EBADF);
    CHECK_INT(t, fclose(f), 0);
    f = fmemopen(data, sizeof(data), "w");
    CHECK_STR(t, data, "");
    CHECK(t, fputs("xyz", f) >= 0);
    CHECK_INT(t, fflush(f), 0);
    CHECK_STR(t, data, "xyz");
    CHECK(t, fputs("0123456789", f) >= 0);
    CHECK_INT(t, ERROR(fflush(f)), ENOSPC);
    CHECK_INT(t, fclose(f), 0);
    CHECK_STR(t, data, "xyz0123");
    memcpy(data, "ab", 3);
    f = fmemopen(data, sizeof(data), "a+");
    CHECK(t, fputs("cd", f) >= 0);
    CHECK_INT(t, fseek(f, 0, SEEK_SET), 0);
    CHECK_INT(t, getc(f), 'a');
    CHECK_INT(t, fclose(f), 0);
    CHECK_STR(t, data, "abcd");
    f = fmemopen(NULL, 100, "w+");
    CHECK_INT(t, fprintf(f, "%s", "own"), 3);
    rewind(f);
    CHECK_STR(t, fgets(line, sizeof(line), f), "own");
    CHECK_INT(t, fclose(f), 0);
    errno = 0;
    CHECK(t, fmemopen(data, 4, "q") == NULL);
    CHECK_INT(t, errno, EINVAL);
}

static void growing_memory(struct check *t) {
    char *data;
    size_t size;
    FILE *f = open_memstream(&data, &size);
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, fprintf(f, "hello %d", 42), 8);
    CHECK_INT(t, fflush(f), 0);
    CHECK_STR(t, data, "hello 42");
    CHECK_INT(t, size, 8);
    CHECK_INT(t, fseek(f, 0, SEEK_SET), 0);
    CHECK(t, fputs("J", f) >= 0);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, size, 1);
    CHECK_STR(t, data, "Jello 42");
    CHECK_INT(t, fseek(f, 10, SEEK_SET), 0);
    CHECK(t, fputs("!", f) >= 0);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, size, 11);
    CHECK(t, memcmp(data, "Jello 42\0\0!", 12) == 0);
    for (int i = 0; i < 10000; ++i)
        CHECK_INT(t, putc('x', f), 'x');
    CHECK_INT(t, fclose(f), 0);
    CHECK_INT(t, size, 10011);
    CHECK_INT(t, strlen(data + 11), 10000);
    free(data);
}

static void growing_wide_memory(struct check *t) {
    wchar_t *data;
    size_t size;
    FILE *f = open_wmemstream(&data, &size);
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, fwprintf(f, L"%d%lc%ls", 7, (wint_t)L'x', L"abc"), 5);
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, size, 5);
    CHECK(t, wcscmp(data, L"7xabc") == 0);
    for (int i = 0; i < 1000; ++i)
        CHECK_INT(t, fputwc(L'y', f), L'y');
    CHECK_INT(t, fclose(f), 0);
    CHECK_INT(t, size, 1005);
    CHECK_INT(t, wcslen(data), 1005);
    free(data);
}

struct rope {
    char data[64];
    size_t size, position;
    bool closed;
};

// Short transfers, as any function may make.
static ssize_t rope_read(void *cookie, char *data, size_t size) {
    struct rope *rope = cookie;
    size_t left = rope->size - rope->position;
    size = size < left ? size : left;
    size = size < 3 ? size : 3;
    memcpy(data, rope->data + rope->position, size);
    rope->position += size;
    return size;
}

static ssize_t rope_write(void *cookie, const char *data, size_t size) {
    struct rope *rope = cookie;
    size_t room = sizeof(rope->data) - rope->position;
    size = size < room ? size : room;
    size = size < 3 ? size : 3;
    memcpy(rope->data + rope->position, data, size);
    rope->size = rope->position += size;
    return size;
}

static int rope_seek(void *cookie, off_t *offset, int whence) {
    struct rope *rope = cookie;
    if (whence != SEEK_SET)
        *offset += whence == SEEK_CUR ? rope->position : rope->size;
    rope->position = *offset;
    return 0;
}

static int rope_close(void *cookie) {
    ((struct rope *)cookie)->closed = true;
    return 0;
}

static void functions(struct check *t) {
    struct rope rope = {0};
    cookie_io_functions_t io = {rope_read, rope_write, rope_seek, rope_close};
    FILE *f = fopencookie(&rope, "w+", io);
    CHECK_REQUIRE(t, f != NULL);
    CHECK_INT(t, fprintf(f, "%s", "over and out"), 12);
    CHECK_INT(t, fseek(f, 5, SEEK_SET), 0);
    char line[16];
    CHECK_STR(t, fgets(line, sizeof(line), f), "and out");
    CHECK_INT(t, fseek(f, 0, SEEK_END), 0);
    for (int i = 0; i < 100; ++i)
        fputc('z', f);
    CHECK_INT(t, fflush(f), EOF);
    CHECK(t, ferror(f));
    CHECK_INT(t, fclose(f), 0);
    CHECK(t, rope.closed);
    f = fopencookie(&rope, "r+", (cookie_io_functions_t){0});
    CHECK_INT(t, getc(f), EOF);
    CHECK(t, feof(f));
    CHECK_INT(t, ERROR(fseek(f, 0, SEEK_SET)), ESPIPE);
    CHECK(t, fputs("dropped", f) >= 0);
    CHECK_INT(t, fclose(f), 0);
    CHECK(t, fopencookie(&rope, "?", io) == NULL);
}

static void temporary(struct check *t) {
    FILE *f = tmpfile();
    CHECK_REQUIRE(t, f != NULL);
    for (int i = 0; i < 2000; ++i)
        CHECK_INT(t, fprintf(f, "%04d\n", i), 5);
    CHECK_INT(t, fflush(f), 0);
    struct stat st;
    CHECK_INT(t, fstat(fileno(f), &st), 0);
    CHECK_INT(t, st.st_size, 10000);
    CHECK_INT(t, ftell(f), 10000);
    char line[16];
    CHECK_INT(t, fseek(f, 4095, SEEK_SET), 0);
    CHECK_STR(t, fgets(line, sizeof(line), f), "0819\n");
    CHECK_INT(t, fseek(f, -5, SEEK_END), 0);
    CHECK_STR(t, fgets(line, sizeof(line), f), "1999\n");
    CHECK_INT(t, getc(f), EOF);
    CHECK_INT(t, fseek(f, 0, SEEK_SET), 0);
    CHECK(t, fputs("ABCD", f) >= 0);
    rewind(f);
    CHECK_STR(t, fgets(line, sizeof(line), f), "ABCD\n");
    CHECK_INT(t, fseek(f, 20000, SEEK_SET), 0);
    CHECK_INT(t, putc('x', f), 'x');
    CHECK_INT(t, fflush(f), 0);
    CHECK_INT(t, fstat(fileno(f), &st), 0);
    CHECK_INT(t, st.st_size, 20001);
    CHECK_INT(t, fclose(f), 0);
}

#define TESTS(X) X(fixed_memory) X(growing_memory) X(growing_wide_memory) X(functions) X(temporary)
CHECK_MAIN(TESTS)
