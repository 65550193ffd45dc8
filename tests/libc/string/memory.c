// SPDX-License-Identifier: BSD-2-Clause
// mem*(): every length and alignment up to a few words, and overlaps.

#define _GNU_SOURCE
#include <string.h>
#include <strings.h>

#include "check.h"

enum { ROOM = 160 };

static void fill(unsigned char *buffer) {
    for (int i = 0; i < ROOM; ++i)
        buffer[i] = (unsigned char)(i * 7 + 1);
}

static void memcpy_every_length_and_alignment(struct check *t) {
    unsigned char from[ROOM], to[ROOM];
    fill(from);
    for (size_t align = 0; align < 16; ++align) {
        for (size_t len = 0; len < 100; ++len) {
            memset(to, 0, sizeof(to));
            CHECK(t, memcpy(to + align, from + 3, len) == to + align);
            for (size_t i = 0; i < ROOM; ++i) {
                bool inside = i >= align && i < align + len;
                if (to[i] != (inside ? from[3 + i - align] : 0)) {
                    CHECK_INT(t, i, -1);
                    return;
                }
            }
        }
    }
}

static void memmove_overlapping_both_ways(struct check *t) {
    for (size_t distance = 1; distance < 40; ++distance) {
        unsigned char up[ROOM], down[ROOM], expected[ROOM];
        fill(up);
        fill(down);
        fill(expected);
        memmove(up + distance, up, 100);
        memmove(down, down + distance, 100);
        for (size_t i = 0; i < 100; ++i) {
            if (up[distance + i] != expected[i] || down[i] != expected[distance + i]) {
                CHECK_INT(t, distance, -1);
                return;
            }
        }
    }
    CHECK(t, true);
}

static void memset_and_explicit_bzero(struct check *t) {
    unsigned char buffer[ROOM];
    fill(buffer);
    CHECK(t, memset(buffer + 1, 0x1a5, 90) == buffer + 1);
    CHECK_INT(t, buffer[0], 1);
    CHECK_INT(t, buffer[1], 0xa5);
    CHECK_INT(t, buffer[90], 0xa5);
    CHECK_INT(t, buffer[91], (91 * 7 + 1) & 0xff);
    explicit_bzero(buffer, 50);
    CHECK_INT(t, buffer[49], 0);
    CHECK_INT(t, buffer[50], 0xa5);
}

static void memcmp_and_bcmp(struct check *t) {
    CHECK(t, memcmp("abc", "abd", 3) < 0);
    CHECK(t, memcmp("abd", "abc", 3) > 0);
    CHECK_INT(t, memcmp("abc", "abd", 2), 0);
    CHECK(t, memcmp("\x80", "\x7f", 1) > 0);
    CHECK_INT(t, memcmp("a", "b", 0), 0);
    CHECK_INT(t, bcmp("same", "same", 4), 0);
    CHECK(t, bcmp("same", "sane", 4) != 0);
}

static void searching(struct check *t) {
    const char text[] = "one two one\0two";
    CHECK(t, memchr(text, 't', sizeof(text)) == text + 4);
    CHECK(t, memchr(text, 'z', sizeof(text)) == NULL);
    CHECK(t, memchr(text, 'o', 0) == NULL);
    CHECK(t, memrchr(text, 'o', sizeof(text)) == text + 14);
    CHECK(t, memmem(text, sizeof(text) - 1, "two", 3) == text + 4);
    CHECK(t, memmem(text, sizeof(text) - 1, "e\0t", 3) == text + 10);
    CHECK(t, memmem(text, sizeof(text) - 1, "", 0) == text);
    CHECK(t, memmem(text, 3, "onex", 4) == NULL);
    char to[8] = "zzzzzzz";
    CHECK(t, memccpy(to, "ab;cd", ';', sizeof(to)) == to + 3);
    CHECK_STR(t, to, "ab;zzzz");
    CHECK(t, mempcpy(to, "12", 2) == to + 2);
    CHECK_STR(t, to, "12;zzzz");
}

#define TESTS(X)                                                                                   \
    X(memcpy_every_length_and_alignment)                                                           \
    X(memmove_overlapping_both_ways)                                                               \
    X(memset_and_explicit_bzero)                                                                   \
    X(memcmp_and_bcmp)                                                                             \
    X(searching)
CHECK_MAIN(TESTS)
