// SPDX-License-Identifier: BSD-2-Clause
// Formatted output and input on streams, strings and descriptors.

#define _GNU_SOURCE
#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>

#include "../files.h"

static void check_format(struct check *t, const char *expected, const char *format, ...) {
    char data[256];
    va_list arguments;
    va_start(arguments, format);
    CHECK_INT(t, vsnprintf(data, sizeof(data), format, arguments), strlen(expected));
    va_end(arguments);
    CHECK_STR(t, data, expected);
}

static void output(struct check *t) {
    check_format(t, "-42 2a 0X2A 052 42", "%d %x %#X %#o %u", -42, 42, 42, 42, 42u);
    check_format(t, "   42|42   |00042|+42", "%5d|%-5d|%05d|%+d", 42, 42, 42, 42);
    check_format(t, "-1 255 18446744073709551615", "%hhd %hhu %zu", 255, 255, SIZE_MAX);
    check_format(t, "9223372036854775807", "%jd", INTMAX_MAX);
    check_format(t, "-9223372036854775808", "%" PRId64, INT64_MIN);
    check_format(t, "3.14 1.5e+10 0.5 1e-05 inf nan", "%.2f %.1e %g %g %f %f", 3.14159, 1.5e10, 0.5,
                 1e-5, (double)INFINITY, fabs((double)NAN));
    check_format(t, "0x1.8p+1 1.18973e+4932", "%a %Lg", 3.0, LDBL_MAX);
    check_format(t, "abc|  abc|ab |c|%", "%s|%5s|%-3.2s|%c|%%", "abc", "abc", "abc", 'c');
    check_format(t, "b a", "%2$s %1$s", "a", "b");
    check_format(t, "00042|   7", "%.*d|%*d", 5, 42, 4, 7);
    check_format(t, "xy", "%ls", L"xy");
    errno = EINVAL;
    check_format(t, strerror(EINVAL), "%m");
    int written = 0;
    char data[8];
    CHECK_INT(t, snprintf(data, 4, "%d%n", 123456, &written), 6);
    CHECK_STR(t, data, "123");
    CHECK_INT(t, written, 6);
    CHECK_INT(t, snprintf(NULL, 0, "%s", "length"), 6);
}

static void input(struct check *t) {
    int a, b, n;
    unsigned x;
    double d;
    long long large;
    char word[16], set[16], c;
    CHECK_INT(t, sscanf("12 -7 ff", "%d %d %x", &a, &b, &x), 3);
    CHECK(t, a == 12 && b == -7 && x == 255);
    CHECK_INT(t, sscanf("1.5e3 word [abc]", "%lf %15s [%15[a-b]%c", &d, word, set, &c), 4);
    CHECK(t, d == 1500 && c == 'c');
    CHECK_STR(t, word, "word");
    CHECK_STR(t, set, "ab");
    CHECK_INT(t, sscanf("0x10 010 10", "%i %i %*d%n", &a, &b, &n), 2);
    CHECK(t, a == 16 && b == 8 && n == 11);
    CHECK_INT(t, sscanf("9223372036854775807", "%lld", &large), 1);
    CHECK(t, large == INT64_MAX);
    CHECK_INT(t, sscanf("x", "%d", &a), 0);
    CHECK_INT(t, sscanf("", "%d", &a), EOF);
    char *allocated = NULL;
    CHECK_INT(t, sscanf("some text", "%ms", &allocated), 1);
    CHECK_STR(t, allocated, "some");
    free(allocated);
}

static void on_streams(struct check *t) {
    FILE *f = fopenat(check_fd(t, "dir"), "numbers", "w+");
    CHECK_REQUIRE(t, f != NULL);
    int a = 0, b = 0;
    CHECK_INT(t, fprintf(f, "%d %d end", 17, -4), 9);
    CHECK_INT(t, putw(0x01020304, f), 0);
    rewind(f);
    CHECK_INT(t, fscanf(f, "%d %d", &a, &b), 2);
    CHECK(t, a == 17 && b == -4);
    CHECK_INT(t, fscanf(f, "%d", &a), 0);
    CHECK_INT(t, fseek(f, 9, SEEK_SET), 0);
    CHECK_INT(t, getw(f), 0x01020304);
    CHECK_INT(t, fscanf(f, "%d", &a), EOF);
    CHECK_INT(t, fclose(f), 0);
}

static void on_descriptors(struct check *t) {
    int dir = check_fd(t, "dir");
    int fd = openat(dir, "direct", O_WRONLY | O_CREAT);
    CHECK_INT(t, dprintf(fd, "%s-%d", "text", 5), 6);
    check_file(t, dir, "direct", "text-5");
    close(fd);
    CHECK_INT(t, ERROR(dprintf(fd, "x")), EBADF);
    CHECK_INT(t, ERROR(dprintf(check_fd(t, "in"), "x")), ENOTCAPABLE);
}

static void allocated(struct check *t) {
    char *text = NULL;
    CHECK_INT(t, asprintf(&text, "%0100d", 1), 100);
    CHECK_INT(t, strlen(text), 100);
    free(text);
}

#define TESTS(X) X(output) X(input) X(on_streams) X(on_descriptors) X(allocated)
CHECK_MAIN(TESTS)
