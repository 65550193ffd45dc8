// SPDX-License-Identifier: BSD-2-Clause
// The shape of the tables that are generated from vectors.toml: what each getter answers. A value
// counts if the error is 0.

#ifndef VECTOR_H
#define VECTOR_H

#include <errno.h>

#include <argdata.h>

struct answer_int {
    int error;
    intmax_t value;
};
struct answer_uint {
    int error;
    uintmax_t value;
};
struct answer_float {
    int error;
    uint64_t bits;
};
struct answer_bytes {
    int error;
    const char *bytes;
    size_t length;
};
struct answer_time {
    int error;
    intmax_t sec;
    long nsec;
};
struct answer_entries {
    size_t count, end;
};

struct length_vector {
    size_t value;
    const char *bytes;
    size_t length;
};
struct vector {
    const char *name, *bytes;
    size_t length;
    const char *yaml;
    bool canonical;
    struct answer_int int_s, fd, bool_;
    struct answer_uint int_u;
    struct answer_float float_;
    struct answer_bytes str, str_c, binary;
    struct answer_time timestamp;
    struct answer_entries map, seq;
};

#include "vectors.h" // generated

#endif
