// SPDX-License-Identifier: BSD-2-Clause
// Fuzz target: arbitrary bytes as a value, looked at in every way. Sanitizers watch the memory;
// what must hold for any bytes is checked here.

#include <argdata.h>

#include <stdlib.h>
#include <string.h>

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

#define DEPTH_MAX 64 // of this program's own recursion

// Few numbers are available, and two of them are the same descriptor.
static int convert(void *arg, size_t fd) {
    (void)arg;
    return fd < 200 ? (int)(fd / 2) : -1;
}

static void look(const argdata_t *ad, unsigned depth) {
    unsigned types = 0;
    const void *data;
    const char *str = "", *str_c;
    size_t length;
    if (argdata_get_binary(ad, &data, &length) == 0) {
        ++types;
        volatile uint8_t last = length > 0 ? ((const uint8_t *)data)[length - 1] : 0;
        (void)last;
    }
    int str_error = argdata_get_str(ad, &str, &length);
    if (str_error == 0) {
        ++types;
        REQUIRE(str[length] == '\0');
    }
    if (argdata_get_str_c(ad, &str_c) == 0)
        REQUIRE(str_error == 0 && str_c == str && strlen(str_c) == length);
    bool truth;
    types += argdata_get_bool(ad, &truth) == 0;
    int fd;
    if (argdata_get_fd(ad, &fd) == 0) {
        ++types;
        REQUIRE(fd >= 0 && fd < 100);
    }
    double number;
    types += argdata_get_float(ad, &number) == 0;
    intmax_t s = 0;
    uintmax_t u = 0;
    int s_error = argdata_get_int_s(ad, &s, INTMAX_MIN, INTMAX_MAX);
    int u_error = argdata_get_int_u(ad, &u, UINTMAX_MAX);
    types += s_error == 0 || u_error == 0;
    if (s_error == 0)
        REQUIRE((u_error == 0) == (s >= 0) && (s < 0 || (uintmax_t)s == u));
    struct timespec time;
    if (argdata_get_timestamp(ad, &time) == 0) {
        ++types;
        argdata_t *again = argdata_create_timestamp(&time);
        struct timespec back;
        REQUIRE(again != NULL && argdata_get_timestamp(again, &back) == 0);
        REQUIRE(back.tv_sec == time.tv_sec && back.tv_nsec == time.tv_nsec);
        argdata_free(again);
    }

    argdata_map_iterator_t map;
    argdata_seq_iterator_t seq;
    const argdata_t *key, *value;
    argdata_map_iterate(ad, &map);
    argdata_seq_iterate(ad, &seq);
    types += map.index != ARGDATA_ITERATOR_INVALID;
    types += seq.index != ARGDATA_ITERATOR_INVALID;
    REQUIRE(types <= 1);
    if (depth >= DEPTH_MAX)
        return;
    for (; argdata_map_get(&map, &key, &value); argdata_map_next(&map)) {
        look(key, depth + 1);
        look(value, depth + 1);
    }
    for (; argdata_seq_get(&seq, &value); argdata_seq_next(&seq))
        look(value, depth + 1);
}

static void print(const argdata_t *ad) {
    char *text;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    REQUIRE(stream != NULL);
    argdata_print_yaml(ad, stream);
    REQUIRE(fclose(stream) == 0);
    free(text);
}

// Serializing what was serialized changes nothing more.
static void serialize(const argdata_t *ad, size_t expected) {
    size_t length, upper;
    argdata_serialized_length(ad, &length, &upper);
    REQUIRE(length == expected);
    uint8_t *first = malloc(length), *second = malloc(length), *within = malloc(length + 16);
    int *fds = malloc(upper * sizeof(int)), *again = malloc(upper * sizeof(int));
    size_t count = argdata_serialize(ad, first, fds);
    REQUIRE(count <= upper);

    argdata_t *copy = argdata_from_buffer(first, length, convert, NULL);
    look(copy, 0);
    size_t copy_length, copy_upper;
    argdata_serialized_length(copy, &copy_length, &copy_upper);
    REQUIRE(copy_length == length && copy_upper == upper);
    REQUIRE(argdata_serialize(copy, second, NULL) == 0);
    REQUIRE(argdata_serialize(copy, second, again) <= count);

    // As a child: the same descriptors, unless nesting ends one level earlier.
    const argdata_t *children[] = {ad};
    argdata_t *seq = argdata_create_seq(children, 1);
    size_t seq_length, seq_upper;
    argdata_serialized_length(seq, &seq_length, &seq_upper);
    REQUIRE(seq_length > length && seq_length <= length + 16 && seq_upper <= upper);
    REQUIRE(argdata_serialize(seq, within, again) <= count);
    argdata_free(seq);
    argdata_free(copy);
    free(first);
    free(second);
    free(within);
    free(fds);
    free(again);
}

static void look_str(const argdata_t *ad, const uint8_t *bytes, size_t length) {
    const char *str;
    size_t str_length;
    REQUIRE(argdata_get_str(ad, &str, &str_length) == 0);
    REQUIRE(str == (const char *)bytes && str_length == length);
    print(ad);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    argdata_t *ad = argdata_from_buffer(bytes, length, convert, NULL);
    REQUIRE(ad != NULL);
    look(ad, 0);
    print(ad);
    serialize(ad, length);
    argdata_free(ad);

    // Any bytes as text: the creator reads none beyond the length.
    argdata_t *str = argdata_create_str((const char *)bytes, length);
    if (str != NULL)
        look_str(str, bytes, length);
    argdata_free(str);
    return 0;
}
