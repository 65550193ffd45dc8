// SPDX-License-Identifier: BSD-2-Clause
// Values made by the program: errors of creation, access, iteration.

#include <limits.h>

#include "argdata_test.h"

static void refusals(struct check *t) {
    errno = 0;
    CHECK(t, argdata_create_fd(-1) == NULL);
    CHECK_INT(t, errno, EBADF);
    errno = 0;
    CHECK(t, argdata_create_str("a\xff", 2) == NULL);
    CHECK_INT(t, errno, EILSEQ);
    errno = 0;
    CHECK(t, argdata_create_str("\xc3\xa9", 1) == NULL);
    CHECK_INT(t, errno, EILSEQ);
    errno = 0;
    CHECK(t, argdata_create_str_c("\xed\xa0\x80") == NULL);
    CHECK_INT(t, errno, EILSEQ);
    errno = 0;
    CHECK(t, argdata_create_timestamp(&(struct timespec){.tv_nsec = 1000000000}) == NULL);
    CHECK_INT(t, errno, EINVAL);
    errno = 0;
    CHECK(t, argdata_create_timestamp(&(struct timespec){.tv_nsec = -1}) == NULL);
    CHECK_INT(t, errno, EINVAL);
    argdata_free(NULL);
}

static void constants(struct check *t) {
    bool truth;
    CHECK(t, argdata_get_bool(&argdata_true, &truth) == 0 && truth);
    CHECK(t, argdata_get_bool(&argdata_false, &truth) == 0 && !truth);
    CHECK_INT(t, argdata_get_bool(&argdata_null, &truth), EINVAL);
}

static int any_fd(void *arg, size_t fd) {
    (void)fd;
    return *(const int *)arg;
}

static void fd(struct check *t) {
    argdata_t *ad = argdata_create_fd(INT_MAX);
    int real;
    CHECK_INT(t, argdata_get_fd(ad, &real), 0);
    CHECK_INT(t, real, INT_MAX);
    argdata_free(ad);

    static const uint8_t stored[] = {0x03, 0, 0, 0, 0};
    ad = argdata_from_buffer(stored, sizeof(stored), NULL, NULL);
    CHECK_INT(t, argdata_get_fd(ad, &real), EBADF);
    argdata_free(ad);

    // ffffffff is no descriptor, whatever convert_fd would make of it.
    static const uint8_t invalid[] = {0x03, 0xff, 0xff, 0xff, 0xff};
    int any = 5;
    ad = argdata_from_buffer(invalid, sizeof(invalid), any_fd, &any);
    CHECK_INT(t, argdata_get_fd(ad, &real), EBADF);
    argdata_free(ad);
    ad = argdata_from_buffer(stored, sizeof(stored), any_fd, &any);
    CHECK_INT(t, argdata_get_fd(ad, &real), 0);
    CHECK_INT(t, real, 5);
    argdata_free(ad);
}

// Bytes and strings are not copied, and each is only what it was created as.
static void bytes(struct check *t) {
    static const char text[] = "text\0more";
    argdata_t *binary = argdata_create_binary(text, sizeof(text));
    argdata_t *str = argdata_create_str(text, sizeof(text) - 1);
    argdata_t *str_c = argdata_create_str_c(text);
    const void *data;
    const char *chars;
    size_t length;
    CHECK_INT(t, argdata_get_binary(binary, &data, &length), 0);
    CHECK(t, data == text && length == sizeof(text));
    CHECK_INT(t, argdata_get_str(binary, &chars, &length), EINVAL);
    CHECK_INT(t, argdata_get_str(str, &chars, &length), 0);
    CHECK(t, chars == text && length == sizeof(text) - 1);
    CHECK_INT(t, argdata_get_binary(str, &data, &length), EINVAL);
    CHECK_INT(t, argdata_get_str_c(str, &chars), EILSEQ);
    CHECK_INT(t, argdata_get_str_c(str_c, &chars), 0);
    CHECK(t, chars == text);
    argdata_free(binary);
    argdata_free(str);
    argdata_free(str_c);
}

#define CHECK_GENERIC(t, type, least, greatest)                                                    \
    do {                                                                                           \
        type value = 42;                                                                           \
        argdata_t *low = argdata_create_int((type)(least));                                        \
        argdata_t *high = argdata_create_int((type)(greatest));                                    \
        CHECK(t, argdata_get_int(low, &value) == 0 && value == (least));                           \
        CHECK(t, argdata_get_int(high, &value) == 0 && value == (greatest));                       \
        uintmax_t limit = (greatest);                                                              \
        argdata_t *above = argdata_create_int(limit + 1);                                          \
        CHECK(t, limit == UINTMAX_MAX || argdata_get_int(above, &value) == ERANGE);                \
        intmax_t floor = (intmax_t)(least);                                                        \
        argdata_t *below = argdata_create_int(floor == INTMAX_MIN ? floor : floor - 1);            \
        CHECK(t, floor == INTMAX_MIN || argdata_get_int(below, &value) == ERANGE);                 \
        CHECK(t, value == (greatest));                                                             \
        CHECK_INT(t, argdata_get_int(&argdata_null, &value), EINVAL);                              \
        argdata_free(low);                                                                         \
        argdata_free(high);                                                                        \
        argdata_free(above);                                                                       \
        argdata_free(below);                                                                       \
    } while (0)

static void generic(struct check *t) {
    CHECK_GENERIC(t, char, CHAR_MIN, CHAR_MAX);
    CHECK_GENERIC(t, signed char, SCHAR_MIN, SCHAR_MAX);
    CHECK_GENERIC(t, unsigned char, 0, UCHAR_MAX);
    CHECK_GENERIC(t, short, SHRT_MIN, SHRT_MAX);
    CHECK_GENERIC(t, unsigned short, 0, USHRT_MAX);
    CHECK_GENERIC(t, int, INT_MIN, INT_MAX);
    CHECK_GENERIC(t, unsigned int, 0, UINT_MAX);
    CHECK_GENERIC(t, long, LONG_MIN, LONG_MAX);
    CHECK_GENERIC(t, unsigned long, 0, ULONG_MAX);
    CHECK_GENERIC(t, long long, LLONG_MIN, LLONG_MAX);
    CHECK_GENERIC(t, unsigned long long, 0, ULLONG_MAX);
}

// The value 0 is subject to the range like any other.
static void zero_range(struct check *t) {
    argdata_t *zero = argdata_create_int(0);
    intmax_t value;
    CHECK_INT(t, argdata_get_int_s(zero, &value, 1, 2), ERANGE);
    CHECK_INT(t, argdata_get_int_s(zero, &value, -2, -1), ERANGE);
    CHECK_INT(t, argdata_get_int_s(zero, &value, 0, 0), 0);
    argdata_free(zero);
}

static void iteration(struct check *t) {
    const argdata_t *keys[] = {&argdata_true, &argdata_null};
    const argdata_t *values[] = {&argdata_false, &argdata_true};
    argdata_t *map = argdata_create_map(keys, values, 2);
    argdata_t *seq = argdata_create_seq(values, 2);
    const argdata_t *key, *value;

    argdata_map_iterator_t in_map, wrong_map;
    argdata_map_iterate(map, &in_map);
    for (size_t i = 0; i < 2; ++i, argdata_map_next(&in_map)) {
        CHECK(t, in_map.index == i);
        CHECK(t, argdata_map_get(&in_map, &key, &value) && key == keys[i] && value == values[i]);
    }
    CHECK(t, in_map.index == ARGDATA_ITERATOR_END && !argdata_map_get(&in_map, &key, &value));
    argdata_map_iterate(seq, &wrong_map);
    CHECK(t, wrong_map.index == ARGDATA_ITERATOR_INVALID);
    CHECK(t, !argdata_map_get(&wrong_map, &key, &value));

    argdata_seq_iterator_t in_seq, wrong_seq;
    argdata_seq_iterate(seq, &in_seq);
    for (size_t i = 0; i < 2; ++i, argdata_seq_next(&in_seq))
        CHECK(t, argdata_seq_get(&in_seq, &value) && value == values[i]);
    CHECK(t, in_seq.index == ARGDATA_ITERATOR_END && !argdata_seq_get(&in_seq, &value));
    argdata_seq_iterate(map, &wrong_seq);
    CHECK(t, wrong_seq.index == ARGDATA_ITERATOR_INVALID);
    CHECK(t, !argdata_seq_get(&wrong_seq, &value));
    argdata_free(map);
    argdata_free(seq);
}

// A copy of an iterator is independent of the original.
static void copies(struct check *t) {
    static const uint8_t stored[] = {0x07, 0x82, 0x05, 0x01, 0x82, 0x05, 0x02};
    argdata_t *ad = argdata_from_buffer(stored, sizeof(stored), NULL, NULL);
    argdata_seq_iterator_t first;
    argdata_seq_iterate(ad, &first);
    argdata_seq_iterator_t second = first;
    argdata_seq_next(&second);
    const argdata_t *value;
    int number = 0;
    CHECK(t, argdata_seq_get(&first, &value) && argdata_get_int(value, &number) == 0);
    CHECK_INT(t, number, 1);
    memset(&first, 0, sizeof(first));
    CHECK(t, argdata_seq_get(&second, &value) && argdata_get_int(value, &number) == 0);
    CHECK_INT(t, number, 2);
    argdata_free(ad);
}

#define TESTS(X)                                                                                   \
    X(refusals) X(constants) X(fd) X(bytes) X(generic) X(zero_range) X(iteration) X(copies)
CHECK_MAIN(TESTS)
