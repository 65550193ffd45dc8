// SPDX-License-Identifier: BSD-2-Clause
// How a value is represented, and the decoding helpers that the families share.

#ifndef ARGDATA_IMPL_H
#define ARGDATA_IMPL_H

#include <argdata.h>
#include <stdalign.h>

enum argdata_tag {
    ARGDATA_TAG_UNKNOWN = 0x00, // also stands for null, which has no tag byte
    ARGDATA_TAG_BINARY = 0x01,
    ARGDATA_TAG_BOOL = 0x02,
    ARGDATA_TAG_FD = 0x03,
    ARGDATA_TAG_FLOAT = 0x04,
    ARGDATA_TAG_INT = 0x05,
    ARGDATA_TAG_MAP = 0x06,
    ARGDATA_TAG_SEQ = 0x07,
    ARGDATA_TAG_STR = 0x08,
    ARGDATA_TAG_TIMESTAMP = 0x09,
};

#define ARGDATA_FD_SIZE 4
#define ARGDATA_FD_INVALID UINT32_C(0xffffffff)
#define ARGDATA_INT_SIZE_MAX 9 // of the integers that can be created
#define ARGDATA_TIMESTAMP_SIZE_MAX 12
#define ARGDATA_NSEC_PER_SEC 1000000000

typedef int argdata_convert_fd(void *arg, size_t fd);

// Scalars of fixed size are encoded when created, so they are buffers like any received value.
enum argdata_kind {
    ARGDATA_KIND_BUFFER,
    ARGDATA_KIND_BINARY,
    ARGDATA_KIND_STR,
    ARGDATA_KIND_MAP,
    ARGDATA_KIND_SEQ,
};

struct argdata {
    enum argdata_kind kind;
    size_t length; // bytes of a buffer, binary or str; entries of a map or seq
    union {
        struct {
            const uint8_t *bytes; // with the tag
            argdata_convert_fd *convert_fd;
            void *convert_arg;
        } buffer;
        const void *bytes; // binary and str, the latter without its final NUL
        struct {
            const argdata_t *const *keys; // of a map
            const argdata_t *const *values;
        } children;
    };
};

// What a map or seq iterator keeps in `data`. The members of `data` are characters, which alias
// anything, and it is aligned like a pointer.
struct argdata_cursor {
    const argdata_t *container;
    const uint8_t *rest; // of a buffer's payload, after the current entry
    size_t rest_length;
    argdata_t key, value; // the current entry of a buffer
};

#define ARGDATA_CURSOR_FITS(ITERATOR)                                                              \
    _Static_assert(sizeof(struct argdata_cursor) <= sizeof(((ITERATOR *)NULL)->data) &&            \
                       offsetof(ITERATOR, data) % alignof(struct argdata_cursor) == 0,             \
                   "an iterator holds a cursor");                                                  \
    _Static_assert(alignof(ITERATOR) == alignof(max_align_t) &&                                    \
                       offsetof(ITERATOR, data) == sizeof(size_t),                                 \
                   "an iterator is laid out as it always was")

// Starts at the first entry of a map or seq, or moves to the next one; returns the new index.
size_t argdata_cursor_start(struct argdata_cursor *cursor, const argdata_t *ad,
                            enum argdata_tag tag);
size_t argdata_cursor_next(struct argdata_cursor *cursor, size_t index);
// Nodes of the entry at the index; false if there is none.
bool argdata_cursor_get(const struct argdata_cursor *cursor, size_t index, const argdata_t **key,
                        const argdata_t **value);

// A node of a kind, or NULL with ENOMEM.
argdata_t *argdata_new(enum argdata_kind kind, size_t length);

// A buffer node that holds its own copy of a tag and a payload, or NULL with ENOMEM.
argdata_t *argdata_new_encoded(enum argdata_tag tag, const void *payload, size_t length);

// The type of a value. UNKNOWN for null and for whatever else has no known tag.
enum argdata_tag argdata_tag_of(const argdata_t *ad);

// What follows the tag byte of a buffer with that tag. Otherwise EINVAL.
int argdata_payload(const argdata_t *ad, enum argdata_tag tag, const uint8_t **payload,
                    size_t *length);

// Takes one subfield off the front of a payload. False if it is malformed.
bool argdata_subfield_take(const uint8_t **rest, size_t *rest_length, const uint8_t **field,
                           size_t *length);
// Bytes that the length of a subfield takes.
size_t argdata_subfield_size(size_t length);
// Writes the length of a subfield, returns the place after it.
uint8_t *argdata_subfield_put(uint8_t *out, size_t length);

// How many leading bytes of a big-endian two's complement number say nothing.
size_t argdata_int_redundant(const uint8_t *bytes, size_t length);

static inline uint32_t argdata_load32(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static inline void argdata_store32(uint8_t *bytes, uint32_t value) {
    for (int i = 0; i < 4; ++i)
        bytes[i] = (uint8_t)(value >> (24 - 8 * i));
}

static inline void argdata_store64(uint8_t *bytes, uint64_t value) {
    argdata_store32(bytes, (uint32_t)(value >> 32));
    argdata_store32(bytes + 4, (uint32_t)value);
}

// A stored descriptor number as a real one; negative if it is not available.
int argdata_convert(const argdata_t *ad, uint32_t number);

// Takes one character off the front of UTF-8 text: 0 < length. False if it is malformed.
bool argdata_utf8_take(const uint8_t **text, size_t *length, uint32_t *character);
bool argdata_utf8_valid(const void *text, size_t length);

// Quoted contents for argdata_print_yaml().
void argdata_print_base64(const uint8_t *bytes, size_t length, FILE *stream);
void argdata_print_float(double value, FILE *stream);
void argdata_print_str(const char *str, size_t length, FILE *stream);
void argdata_print_timestamp(const struct timespec *value, FILE *stream);

#endif
