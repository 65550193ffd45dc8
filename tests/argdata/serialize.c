// SPDX-License-Identifier: BSD-2-Clause
// Serialization of trees, descriptor numbers, and nesting without end.

#include "argdata_test.h"

static void check_bytes(struct check *t, const argdata_t *ad, const char *expected, size_t length) {
    uint8_t out[256];
    size_t actual = serialize(ad, out, sizeof(out), NULL, NULL);
    CHECK(t, same_bytes(out, actual, expected, length));
}
#define CHECK_BYTES(t, ad, text) check_bytes(t, ad, text, sizeof(text) - 1)

static void tree(struct check *t) {
    argdata_t *port = argdata_create_str_c("port"), *number = argdata_create_int(8080);
    argdata_t *log = argdata_create_str_c("log"), *fd = argdata_create_fd(0);
    const argdata_t *keys[] = {port, log}, *values[] = {number, fd};
    argdata_t *map = argdata_create_map(keys, values, 2);
    CHECK_BYTES(t, map, "\x06\x86\x08port\0\x83\x05\x1f\x90\x85\x08log\0\x85\x03\x00\x00\x00\x00");
    argdata_t *minus = argdata_create_int(-1);
    const argdata_t *entries[] = {&argdata_null, &argdata_false, minus};
    argdata_t *seq = argdata_create_seq(entries, 3);
    CHECK_BYTES(t, seq, "\x07\x80\x81\x02\x82\x05\xff");
    argdata_t *nodes[] = {port, number, log, fd, map, minus, seq};
    for (size_t i = 0; i < sizeof(nodes) / sizeof(nodes[0]); ++i)
        argdata_free(nodes[i]);
}

// [9, 4, 9] as descriptors: numbered by first use, 9 keeping its number.
static void numbers(struct check *t) {
    argdata_t *nine = argdata_create_fd(9), *four = argdata_create_fd(4);
    const argdata_t *entries[] = {nine, four, nine};
    argdata_t *seq = argdata_create_seq(entries, 3);
    static const char numbered[] = "\x07\x85\x03\0\0\0\0\x85\x03\0\0\0\1\x85\x03\0\0\0\0";
    static const char literal[] = "\x07\x85\x03\0\0\0\x09\x85\x03\0\0\0\4\x85\x03\0\0\0\x09";

    size_t length, upper, count;
    argdata_serialized_length(seq, &length, &upper);
    CHECK_INT(t, upper, 3);
    uint8_t out[64];
    int fds[3] = {-1, -1, -1};
    length = serialize(seq, out, sizeof(out), fds, &count);
    CHECK(t, same_bytes(out, length, numbered, sizeof(numbered) - 1));
    CHECK(t, count == 2 && fds[0] == 9 && fds[1] == 4 && fds[2] == -1);
    length = serialize(seq, out, sizeof(out), NULL, &count);
    CHECK(t, same_bytes(out, length, literal, sizeof(literal) - 1));
    CHECK_INT(t, count, 0);
    argdata_free(nine);
    argdata_free(four);
    argdata_free(seq);
}

// Descriptors within received bytes pass through convert_fd and are numbered with the others.
static void received_numbers(struct check *t) {
    // {fd 7: [fd invalid, {fd 8: fd 7}]}
    static const uint8_t stored[] = "\x06\x85\x03\0\0\0\x07\x95\x07\x85\x03\xff\xff\xff\xff"
                                    "\x8d\x06\x85\x03\0\0\0\x08\x85\x03\0\0\0\x07";
    argdata_t *received = argdata_from_buffer(stored, sizeof(stored) - 1, plus_100, NULL);
    argdata_t *own = argdata_create_fd(108);
    const argdata_t *entries[] = {own, received};
    argdata_t *seq = argdata_create_seq(entries, 2);

    size_t length, upper, count;
    argdata_serialized_length(seq, &length, &upper);
    CHECK_INT(t, upper, 5);
    uint8_t out[64];
    int fds[5];
    length = serialize(seq, out, sizeof(out), fds, &count);
    static const char expected[] = "\x07\x85\x03\0\0\0\0\x9d"
                                   "\x06\x85\x03\0\0\0\1\x95\x07\x85\x03\xff\xff\xff\xff"
                                   "\x8d\x06\x85\x03\0\0\0\0\x85\x03\0\0\0\1";
    CHECK(t, same_bytes(out, length, expected, sizeof(expected) - 1));
    CHECK(t, count == 2 && fds[0] == 108 && fds[1] == 107);
    argdata_free(seq);
    argdata_free(own);
    argdata_free(received);
}

// Without convert_fd no number gets through, with or without a table.
static void forbidden_numbers(struct check *t) {
    static const char stored[] = "\x07\x85\x03\0\0\0\0", none[] = "\x07\x85\x03\xff\xff\xff\xff";
    argdata_t *ad = argdata_from_buffer(stored, sizeof(stored) - 1, NULL, NULL);
    CHECK_BYTES(t, ad, none);
    uint8_t out[16];
    int fds[1] = {-1};
    size_t count;
    serialize(ad, out, sizeof(out), fds, &count);
    CHECK(t, count == 0 && memcmp(out, none, sizeof(none) - 1) == 0);
    argdata_free(ad);
}

// Only what an iterator can reach is a descriptor; the rest are bytes that stay as they are.
static void unreachable_numbers(struct check *t) {
    static const struct {
        const char *name, *bytes, *expected;
        size_t length;
        int fd;
    } cases[] = {
        {"after a corrupt length", "\x07\x85\x03\0\0\0\1\0\x85\x03\0\0\0\2",
         "\x07\x85\x03\0\0\0\0\0\x85\x03\0\0\0\2", 14, 101},
        {"key without value", "\x06\x85\x03\0\0\0\1\x81\x02\x85\x03\0\0\0\2",
         "\x06\x85\x03\0\0\0\0\x81\x02\x85\x03\0\0\0\2", 15, 101},
        {"in binary", "\x07\x86\x01\x03\0\0\0\1\x85\x03\0\0\0\3",
         "\x07\x86\x01\x03\0\0\0\1\x85\x03\0\0\0\0", 14, 103},
        {"sibling of a corrupt seq", "\x07\x82\x07\x85\x85\x03\0\0\0\3",
         "\x07\x82\x07\x85\x85\x03\0\0\0\0", 10, 103},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        check_context(t, cases[i].name);
        argdata_t *ad = argdata_from_buffer(cases[i].bytes, cases[i].length, plus_100, NULL);
        uint8_t out[16];
        int fds[2] = {-1, -1};
        size_t upper, length, count;
        argdata_serialized_length(ad, &length, &upper);
        CHECK_INT(t, upper, 1);
        serialize(ad, out, sizeof(out), fds, &count);
        CHECK(t, same_bytes(out, length, cases[i].expected, cases[i].length));
        CHECK_INT(t, count, 1);
        CHECK_INT(t, fds[0], cases[i].fd);
        argdata_free(ad);
    }
}

// Wraps `inner` in `depth` sequences, as bytes. The caller frees them.
static uint8_t *nest(size_t depth, const void *inner, size_t *length) {
    size_t room = *length + depth * 5, at = room - *length;
    uint8_t *bytes = malloc(room);
    if (bytes == NULL)
        abort();
    memcpy(bytes + at, inner, *length);
    for (size_t i = 0; i < depth; ++i) {
        size_t value = room - at;
        for (bytes[--at] = 0x80 | (value & 0x7f); (value >>= 7) > 0;)
            bytes[--at] = value & 0x7f;
        bytes[--at] = 0x07;
    }
    memmove(bytes, bytes + at, room - at);
    *length = room - at;
    return bytes;
}

// Follows the first entries of sequences; returns how many there were.
static size_t descend(const argdata_t *ad, int *fd) {
    argdata_seq_iterator_t its[2];
    size_t depth = 0;
    for (;; ++depth) {
        argdata_seq_iterate(ad, &its[depth % 2]);
        if (!argdata_seq_get(&its[depth % 2], &ad))
            break;
    }
    *fd = -1;
    (void)argdata_get_fd(ad, fd);
    return depth;
}

static void deep_bytes(struct check *t) {
    for (size_t depth = ARGDATA_NESTING_MAX - 1; depth <= ARGDATA_NESTING_MAX + 1; ++depth) {
        size_t length = 5, count, upper;
        uint8_t *bytes = nest(depth, "\x03\0\0\0\5", &length), *out = malloc(length);
        argdata_t *ad = argdata_from_buffer(bytes, length, plus_100, NULL);
        int fd, fds[1] = {-1};
        argdata_serialized_length(ad, &(size_t){0}, &upper);
        CHECK_INT(t, serialize(ad, out, length, fds, &count), length);
        argdata_t *copy = argdata_from_buffer(out, length, plus_100, NULL);
        bool whole = depth <= ARGDATA_NESTING_MAX;
        CHECK_INT(t, upper, whole);
        CHECK_INT(t, count, whole);
        CHECK_INT(t, fds[0], whole ? 105 : -1);
        CHECK_INT(t, descend(copy, &fd), whole ? depth : ARGDATA_NESTING_MAX);
        CHECK_INT(t, fd, whole ? 100 : -1);
        argdata_free(copy);
        argdata_free(ad);
        free(out);
        free(bytes);
    }
}

static void deep_tree(struct check *t) {
    enum { depth = 100000 };
    static argdata_t *nodes[depth];
    static const argdata_t *children[depth];
    for (size_t i = 0; i < depth; ++i) {
        children[i] = i == 0 ? &argdata_true : nodes[i - 1];
        nodes[i] = argdata_create_seq(&children[i], 1);
    }
    uint8_t out[3 * ARGDATA_NESTING_MAX];
    size_t length = serialize(nodes[depth - 1], out, sizeof(out), NULL, NULL);
    argdata_t *copy = argdata_from_buffer(out, length, NULL, NULL);
    int fd;
    CHECK_INT(t, descend(copy, &fd), ARGDATA_NESTING_MAX);
    char *text = printed(nodes[depth - 1]);
    CHECK(t, strstr(text, "!!null \"null\"") != NULL && strstr(text, "true") == NULL);
    free(text);
    argdata_free(copy);
    for (size_t i = 0; i < depth; ++i)
        argdata_free(nodes[i]);
}

// Megabytes of nesting cost no more of the stack than ARGDATA_NESTING_MAX levels.
static void hostile_depth(struct check *t) {
    size_t length = 1, count;
    uint8_t *bytes = nest(500000, "\x07", &length), *out = malloc(length);
    argdata_t *ad = argdata_from_buffer(bytes, length, plus_100, NULL);
    char *text = printed(ad);
    CHECK(t, strstr(text, "!!null \"null\"") != NULL);
    free(text);
    CHECK_INT(t, serialize(ad, out, length, NULL, &count), length);
    argdata_free(ad);
    free(out);
    free(bytes);
}

#define TESTS(X)                                                                                   \
    X(tree)                                                                                        \
    X(numbers)                                                                                     \
    X(received_numbers)                                                                            \
    X(forbidden_numbers)                                                                           \
    X(unreachable_numbers) X(deep_bytes) X(deep_tree) X(hostile_depth)
CHECK_MAIN(TESTS)
