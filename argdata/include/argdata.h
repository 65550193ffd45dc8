// SPDX-License-Identifier: BSD-2-Clause
// Argument data: an immutable tree of typed values whose leaves may be descriptors. It is what a
// program receives at start-up, and what processes send each other over sockets.
//
// Getters and the stream calls return 0 or an errno value. Creators return NULL with errno set.
// "Not copied" means that the caller keeps the memory alive and unchanged for as long as the value
// is used. Values are decoded when looked at: a getter checks the bytes it needs and nothing else,
// so a value from a hostile source is safe to look at and each look may answer an error.

#ifndef ARGDATA_H
#define ARGDATA_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct argdata argdata_t;
typedef struct argdata_reader argdata_reader_t;
typedef struct argdata_writer argdata_writer_t;
struct timespec; // which C99's <time.h> does not have

// Shared values. Never pass them to argdata_free().
extern const argdata_t argdata_false, argdata_true, argdata_null;

// Maps and sequences nested deeper than this are not entered by argdata_serialize() and
// argdata_print_yaml(), which bounds their use of the stack. Iterators know no such limit.
#define ARGDATA_NESTING_MAX 128

// Creation. Errors of all: ENOMEM. Each result is freed with argdata_free().

// Wraps `len` serialized bytes, not copied. `convert_fd` turns a descriptor number found in the
// bytes into one that is valid here, or a negative number if there is none; it may be called any
// number of times for the same number. NULL: no descriptor is available.
argdata_t *argdata_from_buffer(const void *buf, size_t len, int (*convert_fd)(void *arg, size_t fd),
                               void *arg);

// The bytes are not copied.
argdata_t *argdata_create_binary(const void *buf, size_t len);

// EBADF if `fd` is negative. The descriptor stays the caller's.
argdata_t *argdata_create_fd(int fd);

argdata_t *argdata_create_float(double value);

argdata_t *argdata_create_int_s(intmax_t value);
argdata_t *argdata_create_int_u(uintmax_t value);

// Neither the arrays nor the children are copied. Keys may be of any type; their order is kept and
// duplicates are not looked for.
argdata_t *argdata_create_map(const argdata_t *const *keys, const argdata_t *const *values,
                              size_t count);
argdata_t *argdata_create_seq(const argdata_t *const *values, size_t count);

// `len` bytes of UTF-8, not copied. EILSEQ if they are not UTF-8. argdata_get_str_c() on the result
// expects that a NUL follows the bytes.
argdata_t *argdata_create_str(const char *str, size_t len);
// The same for a NUL-terminated string.
argdata_t *argdata_create_str_c(const char *str);

// EINVAL if tv_nsec is not within 0..999999999. The time is copied.
argdata_t *argdata_create_timestamp(const struct timespec *value);

// Frees one value but not its children. NULL is allowed.
void argdata_free(argdata_t *ad);

// Serialization.

// Stores the exact number of bytes that argdata_serialize() writes, and in `*n_fds` (may be NULL)
// how many descriptor values it meets: an upper bound for the array it fills.
void argdata_serialized_length(const argdata_t *ad, size_t *size, size_t *n_fds);

// Writes the value to `buf`. With `fds`, descriptors are numbered 0, 1, 2... by first use, the
// same descriptor keeping its number; the real ones are stored in `fds` in that order and their
// count is returned. With NULL the real numbers are written and 0 is returned. A descriptor that
// is not available is written as ffffffff. Bytes of argdata_from_buffer() that do not decode are
// copied as they are. A map or sequence beyond ARGDATA_NESTING_MAX becomes a value that no getter
// understands: null, or, within bytes of argdata_from_buffer(), its bytes under the unused tag 00.
size_t argdata_serialize(const argdata_t *ad, void *buf, int *fds);

// Access. Errors of all: EINVAL if the value has another type or is malformed. Nothing is stored
// on failure. Pointers that are stored point into the value's own memory.

int argdata_get_binary(const argdata_t *ad, const void **buf, size_t *len);
int argdata_get_bool(const argdata_t *ad, bool *value);
// EBADF: a descriptor that is not available here. On success it stays its owner's.
int argdata_get_fd(const argdata_t *ad, int *fd);
int argdata_get_float(const argdata_t *ad, double *value);
// ERANGE: not within min..max, or encoded in more than 8 bytes.
int argdata_get_int_s(const argdata_t *ad, intmax_t *value, intmax_t min, intmax_t max);
// ERANGE: negative, above max, or encoded in more than 8 bytes and a leading 00.
int argdata_get_int_u(const argdata_t *ad, uintmax_t *value, uintmax_t max);
// EINVAL also without a final NUL; EILSEQ: not UTF-8. The length excludes the final NUL.
int argdata_get_str(const argdata_t *ad, const char **str, size_t *len);
// EILSEQ also for a NUL within the string.
int argdata_get_str_c(const argdata_t *ad, const char **str);
// ERANGE: too large for time_t, or encoded in more than 12 bytes.
int argdata_get_timestamp(const argdata_t *ad, struct timespec *value);

// Iteration. The caller provides the iterator, which may be copied by assignment.
// What the get functions hand out lives as long as that iterator and is overwritten by the next
// function. `index` counts from 0, or is one of:
#define ARGDATA_ITERATOR_END SIZE_MAX           // past the last entry
#define ARGDATA_ITERATOR_INVALID (SIZE_MAX - 1) // wrong type, or corrupt from here on

// As max_align_t is, which C99 lacks.
#define ARGDATA_ALIGNED                                                                            \
    __attribute__((__aligned__(__alignof__(long long)), __aligned__(__alignof__(long double))))

typedef struct {
    ARGDATA_ALIGNED size_t index;
    char data[128]; // private
} argdata_map_iterator_t;

typedef struct {
    ARGDATA_ALIGNED size_t index;
    char data[128]; // private
} argdata_seq_iterator_t;

void argdata_map_iterate(const argdata_t *ad, argdata_map_iterator_t *it);
// False when past the end or invalid; nothing is stored then.
bool argdata_map_get(const argdata_map_iterator_t *it, const argdata_t **key,
                     const argdata_t **value);
// No effect when past the end or invalid.
void argdata_map_next(argdata_map_iterator_t *it);

void argdata_seq_iterate(const argdata_t *ad, argdata_seq_iterator_t *it);
bool argdata_seq_get(const argdata_seq_iterator_t *it, const argdata_t **value);
void argdata_seq_next(argdata_seq_iterator_t *it);

#undef ARGDATA_ALIGNED

// Writes the value as a YAML document, in the same way under every locale. What does not decode is
// written as null. Failures are left to ferror().
void argdata_print_yaml(const argdata_t *ad, FILE *stream);

// Reader: receives one value at a time from a stream descriptor.

// Allocates everything a message within the limits needs. NULL with ENOMEM.
argdata_reader_t *argdata_reader_create(size_t max_data_len, size_t max_fds_len);

// Also closes the descriptors received and not released. NULL is allowed.
void argdata_reader_free(argdata_reader_t *reader);

// Receives the next message; the previous one becomes invalid and its unreleased descriptors are
// closed. 0: a message is complete, or the stream has ended cleanly. EAGAIN, EWOULDBLOCK, EINTR:
// not complete yet, call again. EMSGSIZE: over a limit. EBADMSG: the stream ended inside a message.
// After these two the stream has no known position and every later call answers the same.
// Otherwise errors of read() and recvmsg().
int argdata_reader_pull(argdata_reader_t *reader, int fd);

// The message of the last pull that returned 0, owned by the reader; NULL: end of the stream.
const argdata_t *argdata_reader_get(const argdata_reader_t *reader);

// The caller becomes the owner of `fd`, a descriptor of the current message. It is no longer
// available through the message afterwards.
void argdata_reader_release_fd(argdata_reader_t *reader, int fd);

// Writer: sends one value at a time to a stream descriptor.

// NULL with ENOMEM.
argdata_writer_t *argdata_writer_create(void);

// Drops an unfinished message. NULL is allowed.
void argdata_writer_free(argdata_writer_t *writer);

// Queues a value, which must stay alive until a push has returned something other than ENOMEM.
// Only while nothing is queued (asserted).
void argdata_writer_set(argdata_writer_t *writer, const argdata_t *ad);

// Sends. 0: everything is sent, or nothing was queued. EAGAIN, EWOULDBLOCK, EINTR: not everything
// is sent yet, call again. ENOTSOCK: the value holds descriptors and `fd` is no socket. ENOMEM.
// Otherwise errors of write() and sendmsg(); the message stays queued. Descriptors stay the
// caller's and travel with the first bytes.
int argdata_writer_push(argdata_writer_t *writer, int fd);

#ifdef __cplusplus
}
#endif

// argdata_create_int(x) and argdata_get_int(ad, &x) for any integer type of x but bool: the range
// of x is the range asked for. Errors as of the functions above.

#if CHAR_MIN < 0
#define ARGDATA_CHAR(S, U) S(char, char, CHAR_MIN, CHAR_MAX)
#else
#define ARGDATA_CHAR(S, U) U(char, char, CHAR_MAX)
#endif

#define ARGDATA_INTEGERS(S, U)                                                                     \
    ARGDATA_CHAR(S, U)                                                                             \
    S(schar, signed char, SCHAR_MIN, SCHAR_MAX)                                                    \
    S(short, short, SHRT_MIN, SHRT_MAX)                                                            \
    S(int, int, INT_MIN, INT_MAX)                                                                  \
    S(long, long, LONG_MIN, LONG_MAX)                                                              \
    S(llong, long long, LLONG_MIN, LLONG_MAX)                                                      \
    U(uchar, unsigned char, UCHAR_MAX)                                                             \
    U(ushort, unsigned short, USHRT_MAX)                                                           \
    U(uint, unsigned int, UINT_MAX)                                                                \
    U(ulong, unsigned long, ULONG_MAX)                                                             \
    U(ullong, unsigned long long, ULLONG_MAX)

#ifdef __cplusplus
#define ARGDATA_GET_INT(NAME) argdata_get_int
#define ARGDATA_CREATE_INT(TYPE, CREATE)                                                           \
    inline argdata_t *argdata_create_int(TYPE value) {                                             \
        return CREATE(value);                                                                      \
    }
#define ARGDATA_INLINE inline
#else
#define ARGDATA_GET_INT(NAME) argdata_get_int_##NAME
#define ARGDATA_CREATE_INT(TYPE, CREATE)
#define ARGDATA_INLINE static inline
#endif

#define ARGDATA_SIGNED(NAME, TYPE, MIN, MAX)                                                       \
    ARGDATA_INLINE int ARGDATA_GET_INT(NAME)(const argdata_t *ad, TYPE *value) {                   \
        intmax_t wide;                                                                             \
        int error = argdata_get_int_s(ad, &wide, MIN, MAX);                                        \
        if (error == 0)                                                                            \
            *value = (TYPE)wide;                                                                   \
        return error;                                                                              \
    }                                                                                              \
    ARGDATA_CREATE_INT(TYPE, argdata_create_int_s)
#define ARGDATA_UNSIGNED(NAME, TYPE, MAX)                                                          \
    ARGDATA_INLINE int ARGDATA_GET_INT(NAME)(const argdata_t *ad, TYPE *value) {                   \
        uintmax_t wide;                                                                            \
        int error = argdata_get_int_u(ad, &wide, MAX);                                             \
        if (error == 0)                                                                            \
            *value = (TYPE)wide;                                                                   \
        return error;                                                                              \
    }                                                                                              \
    ARGDATA_CREATE_INT(TYPE, argdata_create_int_u)

// A program may include this inside extern "C", where nothing can be overloaded.
#ifdef __cplusplus
extern "C++" {
#endif
ARGDATA_INTEGERS(ARGDATA_SIGNED, ARGDATA_UNSIGNED)
#ifdef __cplusplus
}
#endif

#undef ARGDATA_SIGNED
#undef ARGDATA_UNSIGNED
#undef ARGDATA_GET_INT
#undef ARGDATA_CREATE_INT
#undef ARGDATA_INLINE

#ifndef __cplusplus
#define ARGDATA_CREATE_S(NAME, TYPE, MIN, MAX)                                                     \
    TYPE:                                                                                          \
    argdata_create_int_s,
#define ARGDATA_CREATE_U(NAME, TYPE, MAX)                                                          \
    TYPE:                                                                                          \
    argdata_create_int_u,
#define ARGDATA_GET_S(NAME, TYPE, MIN, MAX) TYPE * : argdata_get_int_##NAME,
#define ARGDATA_GET_U(NAME, TYPE, MAX) TYPE * : argdata_get_int_##NAME,
// The last association only takes up the comma left by the list.
struct argdata_no_integer;
#define argdata_create_int(value)                                                                  \
    _Generic((value), ARGDATA_INTEGERS(ARGDATA_CREATE_S,                                           \
                                       ARGDATA_CREATE_U) struct argdata_no_integer * : 0)(value)
#define argdata_get_int(ad, value)                                                                 \
    _Generic((value), ARGDATA_INTEGERS(ARGDATA_GET_S,                                              \
                                       ARGDATA_GET_U) struct argdata_no_integer * : 0)(ad, value)
#else
#undef ARGDATA_INTEGERS
#undef ARGDATA_CHAR
#endif

#endif
