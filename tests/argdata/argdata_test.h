// SPDX-License-Identifier: BSD-2-Clause
// Helpers of the argdata tests.

#ifndef ARGDATA_TEST_H
#define ARGDATA_TEST_H

#include <errno.h>

#include <argdata.h>

#include "check.h"

// Shows stored number n as descriptor n + 100 and has none from 2^31 - 1 on.
static inline int plus_100(void *arg, size_t fd) {
    (void)arg;
    return fd < INT32_MAX - 100 ? (int)fd + 100 : -1;
}

static inline bool same_bytes(const void *a, size_t a_length, const void *b, size_t b_length) {
    return a_length == b_length && (a_length == 0 || memcmp(a, b, a_length) == 0);
}

// Serializes into `out`, which must be large enough by the length that the library announces.
static inline size_t serialize(const argdata_t *ad, uint8_t *out, size_t room, int *fds,
                               size_t *fd_count) {
    size_t length;
    argdata_serialized_length(ad, &length, NULL);
    if (length > room)
        abort();
    size_t count = argdata_serialize(ad, out, fds);
    if (fd_count != NULL)
        *fd_count = count;
    return length;
}

// Prints into a NUL-terminated text that the caller frees.
static inline char *printed(const argdata_t *ad) {
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL)
        abort();
    argdata_print_yaml(ad, stream);
    if (fclose(stream) != 0)
        abort();
    return text;
}

#endif
