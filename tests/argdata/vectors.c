// SPDX-License-Identifier: BSD-2-Clause
// Every value of vectors.toml against every function of the library.

#include "argdata_test.h"
#include "vector.h"

#define FOR_EACH(T, V)                                                                             \
    for (const struct vector *V = vectors;                                                         \
         V < vectors + sizeof(vectors) / sizeof(vectors[0]) && (check_context(T, V->name), true);  \
         ++V)

static argdata_t *wrap(const struct vector *v) {
    argdata_t *ad = argdata_from_buffer(v->bytes, v->length, plus_100, NULL);
    if (ad == NULL)
        abort();
    return ad;
}

static void integers(struct check *t) {
    FOR_EACH(t, v) {
        argdata_t *ad = wrap(v);
        intmax_t s = 42;
        CHECK_INT(t, argdata_get_int_s(ad, &s, INTMAX_MIN, INTMAX_MAX), v->int_s.error);
        CHECK_INT(t, s, v->int_s.error != 0 ? 42 : v->int_s.value);
        uintmax_t u = 42;
        CHECK_INT(t, argdata_get_int_u(ad, &u, UINTMAX_MAX), v->int_u.error);
        CHECK(t, u == (v->int_u.error != 0 ? 42 : v->int_u.value));
        if (v->int_s.error == 0) {
            intmax_t n = v->int_s.value;
            CHECK_INT(t, argdata_get_int_s(ad, &s, n, n), 0);
            CHECK(t, n == INTMAX_MAX || argdata_get_int_s(ad, &s, n + 1, INTMAX_MAX) == ERANGE);
            CHECK(t, n == INTMAX_MIN || argdata_get_int_s(ad, &s, INTMAX_MIN, n - 1) == ERANGE);
        }
        if (v->int_u.error == 0) {
            uintmax_t n = v->int_u.value;
            CHECK_INT(t, argdata_get_int_u(ad, &u, n), 0);
            CHECK(t, n == 0 || argdata_get_int_u(ad, &u, n - 1) == ERANGE);
        }
        argdata_free(ad);
    }
}

static void scalars(struct check *t) {
    FOR_EACH(t, v) {
        argdata_t *ad = wrap(v);
        bool truth;
        CHECK_INT(t, argdata_get_bool(ad, &truth), v->bool_.error);
        CHECK(t, v->bool_.error != 0 || truth == v->bool_.value);
        int fd = 42;
        CHECK_INT(t, argdata_get_fd(ad, &fd), v->fd.error);
        CHECK_INT(t, fd, v->fd.error != 0 ? 42 : v->fd.value);
        double number;
        CHECK_INT(t, argdata_get_float(ad, &number), v->float_.error);
        CHECK(t, v->float_.error != 0 || memcmp(&number, &v->float_.bits, sizeof(number)) == 0);
        struct timespec time;
        CHECK_INT(t, argdata_get_timestamp(ad, &time), v->timestamp.error);
        if (v->timestamp.error == 0) {
            CHECK_INT(t, time.tv_sec, v->timestamp.sec);
            CHECK_INT(t, time.tv_nsec, v->timestamp.nsec);
        }
        argdata_free(ad);
    }
}

static void bytes(struct check *t) {
    FOR_EACH(t, v) {
        argdata_t *ad = wrap(v);
        const void *data;
        const char *str;
        size_t length;
        if (CHECK_INT(t, argdata_get_binary(ad, &data, &length), v->binary.error) &&
            v->binary.error == 0) {
            CHECK(t, same_bytes(data, length, v->binary.bytes, v->binary.length));
            CHECK(t, data == v->bytes + 1);
        }
        if (CHECK_INT(t, argdata_get_str(ad, &str, &length), v->str.error) && v->str.error == 0) {
            CHECK(t, same_bytes(str, length, v->str.bytes, v->str.length));
            CHECK(t, str == v->bytes + 1);
        }
        if (CHECK_INT(t, argdata_get_str_c(ad, &str), v->str_c.error) && v->str_c.error == 0)
            CHECK_STR(t, str, v->str_c.bytes);
        argdata_free(ad);
    }
}

static void iterators(struct check *t) {
    FOR_EACH(t, v) {
        argdata_t *ad = wrap(v);
        const argdata_t *key, *value;
        argdata_map_iterator_t map;
        size_t count = 0;
        for (argdata_map_iterate(ad, &map); argdata_map_get(&map, &key, &value);
             argdata_map_next(&map))
            CHECK_INT(t, map.index, count++);
        CHECK_INT(t, count, v->map.count);
        CHECK(t, map.index == v->map.end);
        argdata_map_next(&map);
        CHECK(t, map.index == v->map.end);

        argdata_seq_iterator_t seq;
        count = 0;
        for (argdata_seq_iterate(ad, &seq); argdata_seq_get(&seq, &value); argdata_seq_next(&seq))
            CHECK_INT(t, seq.index, count++);
        CHECK_INT(t, count, v->seq.count);
        CHECK(t, seq.index == v->seq.end);
        argdata_seq_next(&seq);
        CHECK(t, seq.index == v->seq.end);
        argdata_free(ad);
    }
}

static void print(struct check *t) {
    static const char start[] = "%TAG ! tag:nuxi.nl,2015:cloudabi/\n---\n";
    FOR_EACH(t, v) {
        argdata_t *ad = wrap(v);
        char *text = printed(ad);
        size_t length = strlen(text);
        CHECK(t, strncmp(text, start, strlen(start)) == 0);
        if (CHECK(t, length > strlen(start) && text[length - 1] == '\n')) {
            text[length - 1] = '\0';
            CHECK_STR(t, text + strlen(start), v->yaml);
        }
        free(text);
        argdata_free(ad);
    }
}

static argdata_t *create(const struct vector *v) {
    if (v->int_s.error == 0)
        return argdata_create_int_s(v->int_s.value);
    if (v->int_u.error == 0)
        return argdata_create_int_u(v->int_u.value);
    if (v->binary.error == 0)
        return argdata_create_binary(v->binary.bytes, v->binary.length);
    if (v->str.error == 0)
        return argdata_create_str(v->str.bytes, v->str.length);
    if (v->timestamp.error == 0)
        return argdata_create_timestamp(&(struct timespec){
            .tv_sec = (time_t)v->timestamp.sec,
            .tv_nsec = v->timestamp.nsec,
        });
    if (v->float_.error == 0) {
        double number;
        memcpy(&number, &v->float_.bits, sizeof(number));
        return argdata_create_float(number);
    }
    if (v->map.end == ARGDATA_ITERATOR_END)
        return argdata_create_map(NULL, NULL, 0);
    if (v->seq.end == ARGDATA_ITERATOR_END)
        return argdata_create_seq(NULL, 0);
    return NULL;
}

static void canonical(struct check *t) {
    FOR_EACH(t, v) {
        if (!v->canonical)
            continue;
        argdata_t *created = create(v);
        const argdata_t *ad = created != NULL       ? created
                              : v->bool_.error != 0 ? &argdata_null
                              : v->bool_.value      ? &argdata_true
                                                    : &argdata_false;
        uint8_t out[64];
        size_t length = serialize(ad, out, sizeof(out), NULL, NULL);
        CHECK(t, same_bytes(out, length, v->bytes, v->length));
        argdata_free(created);
    }
}

// Without descriptors, serializing bytes gives the same bytes, however malformed they are.
static void verbatim(struct check *t) {
    FOR_EACH(t, v) {
        if (memchr(v->bytes, 0x03, v->length) != NULL)
            continue;
        argdata_t *ad = wrap(v);
        uint8_t out[64];
        int fds[16];
        size_t fd_count, length = serialize(ad, out, sizeof(out), fds, &fd_count);
        CHECK(t, same_bytes(out, length, v->bytes, v->length));
        CHECK_INT(t, fd_count, 0);
        argdata_free(ad);
    }
}

// A subfield's length, written and read: by way of a sequence of one binary.
static void lengths(struct check *t) {
    for (size_t i = 0; i < sizeof(length_vectors) / sizeof(length_vectors[0]); ++i) {
        const struct length_vector *v = &length_vectors[i];
        void *data = calloc(1, v->value + 1);
        argdata_t *child = v->value == 0 ? NULL : argdata_create_binary(data, v->value - 1);
        const argdata_t *children[] = {v->value == 0 ? &argdata_null : child};
        argdata_t *seq = argdata_create_seq(children, 1);
        size_t room = 1 + v->length + v->value, fd_count;
        uint8_t *out = malloc(room);
        CHECK_REQUIRE(t, data != NULL && seq != NULL && out != NULL);
        CHECK_INT(t, serialize(seq, out, room, NULL, &fd_count), room);
        CHECK(t, memcmp(out + 1, v->bytes, v->length) == 0);

        argdata_t *read = argdata_from_buffer(out, room, NULL, NULL);
        argdata_seq_iterator_t it;
        argdata_seq_iterate(read, &it);
        const argdata_t *value;
        CHECK_REQUIRE(t, argdata_seq_get(&it, &value));
        size_t length;
        argdata_serialized_length(value, &length, NULL);
        CHECK_INT(t, length, v->value);
        argdata_seq_next(&it);
        CHECK(t, it.index == ARGDATA_ITERATOR_END);
        argdata_free(read);
        argdata_free(seq);
        argdata_free(child);
        free(out);
        free(data);
    }
}

#define TESTS(X)                                                                                   \
    X(integers) X(scalars) X(bytes) X(iterators) X(print) X(canonical) X(verbatim) X(lengths)
CHECK_MAIN(TESTS)
