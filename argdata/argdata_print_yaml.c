// SPDX-License-Identifier: BSD-2-Clause
// Printing of whole values as YAML. Descends recursively: at most ARGDATA_NESTING_MAX levels.

#include <errno.h>

#include "argdata_impl.h"

static void print_node(const argdata_t *ad, FILE *stream, unsigned depth);

static void print_null(FILE *stream) {
    fputs("!!null \"null\"", stream);
}

static void print_indent(FILE *stream, unsigned depth) {
    for (unsigned i = 0; i < depth; ++i)
        fputs("  ", stream);
}

// The end of a container; what cannot be decoded any more is not passed over in silence.
static void print_close(size_t index, char bracket, FILE *stream, unsigned depth) {
    if (index == ARGDATA_ITERATOR_INVALID) {
        print_indent(stream, depth + 1);
        fputs("# the rest cannot be decoded\n", stream);
    }
    print_indent(stream, depth);
    fputc(bracket, stream);
}

static void print_map(const argdata_t *ad, FILE *stream, unsigned depth) {
    argdata_map_iterator_t it;
    argdata_map_iterate(ad, &it);
    if (it.index == ARGDATA_ITERATOR_INVALID) {
        print_null(stream);
        return;
    }
    if (it.index == ARGDATA_ITERATOR_END) {
        fputs("!!map {}", stream);
        return;
    }
    fputs("!!map {\n", stream);
    const argdata_t *key, *value;
    for (; argdata_map_get(&it, &key, &value); argdata_map_next(&it)) {
        print_indent(stream, depth + 1);
        fputs("? ", stream);
        print_node(key, stream, depth + 1);
        fputc('\n', stream);
        print_indent(stream, depth + 1);
        fputs(": ", stream);
        print_node(value, stream, depth + 1);
        fputs(",\n", stream);
    }
    print_close(it.index, '}', stream, depth);
}

static void print_seq(const argdata_t *ad, FILE *stream, unsigned depth) {
    argdata_seq_iterator_t it;
    argdata_seq_iterate(ad, &it);
    if (it.index == ARGDATA_ITERATOR_INVALID) {
        print_null(stream);
        return;
    }
    if (it.index == ARGDATA_ITERATOR_END) {
        fputs("!!seq []", stream);
        return;
    }
    fputs("!!seq [\n", stream);
    const argdata_t *value;
    for (; argdata_seq_get(&it, &value); argdata_seq_next(&it)) {
        print_indent(stream, depth + 1);
        print_node(value, stream, depth + 1);
        fputs(",\n", stream);
    }
    print_close(it.index, ']', stream, depth);
}

// False, with nothing printed, if the value does not decode.
static bool print_number(const argdata_t *ad, FILE *stream) {
    intmax_t number;
    uintmax_t large;
    if (argdata_get_int_s(ad, &number, INTMAX_MIN, INTMAX_MAX) == 0)
        fprintf(stream, "!!int \"%jd\"", number);
    else if (argdata_get_int_u(ad, &large, UINTMAX_MAX) == 0)
        fprintf(stream, "!!int \"%ju\"", large);
    else
        return false;
    return true;
}

static bool print_fd(const argdata_t *ad, FILE *stream) {
    int fd;
    switch (argdata_get_fd(ad, &fd)) {
    case 0:
        fprintf(stream, "!fd \"%d\"", fd);
        return true;
    case EBADF:
        fputs("!fd \"invalid\"", stream);
        return true;
    default:
        return false;
    }
}

static bool print_bytes(const argdata_t *ad, FILE *stream) {
    const void *bytes;
    const char *str;
    size_t length;
    if (argdata_get_binary(ad, &bytes, &length) == 0) {
        fputs("!!binary \"", stream);
        argdata_print_base64(bytes, length, stream);
    } else if (argdata_get_str(ad, &str, &length) == 0) {
        fputs("!!str \"", stream);
        argdata_print_str(str, length, stream);
    } else {
        return false;
    }
    fputc('"', stream);
    return true;
}

static bool print_bool(const argdata_t *ad, FILE *stream) {
    bool truth;
    if (argdata_get_bool(ad, &truth) != 0)
        return false;
    fprintf(stream, "!!bool \"%s\"", truth ? "true" : "false");
    return true;
}

static bool print_float(const argdata_t *ad, FILE *stream) {
    double number;
    if (argdata_get_float(ad, &number) != 0)
        return false;
    fputs("!!float \"", stream);
    argdata_print_float(number, stream);
    fputc('"', stream);
    return true;
}

static bool print_timestamp(const argdata_t *ad, FILE *stream) {
    struct timespec time;
    if (argdata_get_timestamp(ad, &time) != 0)
        return false;
    fputs("!!timestamp \"", stream);
    argdata_print_timestamp(&time, stream);
    fputc('"', stream);
    return true;
}

static bool print_scalar(const argdata_t *ad, enum argdata_tag tag, FILE *stream) {
    switch (tag) {
    case ARGDATA_TAG_BINARY:
    case ARGDATA_TAG_STR:
        return print_bytes(ad, stream);
    case ARGDATA_TAG_BOOL:
        return print_bool(ad, stream);
    case ARGDATA_TAG_FD:
        return print_fd(ad, stream);
    case ARGDATA_TAG_FLOAT:
        return print_float(ad, stream);
    case ARGDATA_TAG_INT:
        return print_number(ad, stream);
    case ARGDATA_TAG_TIMESTAMP:
        return print_timestamp(ad, stream);
    default:
        return false;
    }
}

static void print_node(const argdata_t *ad, FILE *stream, unsigned depth) {
    enum argdata_tag tag = argdata_tag_of(ad);
    if (tag == ARGDATA_TAG_MAP && depth < ARGDATA_NESTING_MAX)
        print_map(ad, stream, depth);
    else if (tag == ARGDATA_TAG_SEQ && depth < ARGDATA_NESTING_MAX)
        print_seq(ad, stream, depth);
    else if (!print_scalar(ad, tag, stream))
        print_null(stream);
}

void argdata_print_yaml(const argdata_t *ad, FILE *stream) {
    fputs("%TAG ! tag:nuxi.nl,2015:cloudabi/\n---\n", stream);
    print_node(ad, stream, 0);
    fputc('\n', stream);
}
