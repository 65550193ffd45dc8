// SPDX-License-Identifier: BSD-2-Clause
// Readers: what they accept, and what they leave open.

#include "messages.h"

static bool is_open(int fd) {
    return fcntl(fd, F_GETFD) >= 0;
}

static void reads_descriptors(struct check *t) {
    int sockets[2], granted[2];
    pair_of_sockets(sockets);
    pair_of_pipe(granted);
    argdata_reader_t *reader = argdata_reader_create(64, 1);
    CHECK(t, argdata_reader_get(reader) == NULL);
    send_raw(sockets[0], example, sizeof(example), &granted[1], 1);
    send_raw(sockets[0], example, sizeof(example), &granted[1], 1);
    close(granted[1]);

    CHECK_INT(t, argdata_reader_pull(reader, sockets[1]), 0);
    CHECK_REQUIRE(t, argdata_reader_get(reader) != NULL);
    int first = last_fd(argdata_reader_get(reader));
    CHECK(t, connected(granted[0], first));
    CHECK_INT(t, argdata_reader_pull(reader, sockets[1]), 0);
    CHECK_REQUIRE(t, argdata_reader_get(reader) != NULL);
    int second = last_fd(argdata_reader_get(reader));
    CHECK(t, connected(granted[0], second));
    // The first is closed now: with the second gone as well, the pipe has no writer.
    argdata_reader_release_fd(reader, second);
    CHECK_INT(t, last_fd(argdata_reader_get(reader)), -1);

    shutdown(sockets[0], SHUT_WR);
    CHECK_INT(t, argdata_reader_pull(reader, sockets[1]), 0);
    CHECK(t, argdata_reader_get(reader) == NULL);
    CHECK(t, connected(granted[0], second));
    close(second);
    char byte;
    CHECK_INT(t, read(granted[0], &byte, 1), 0);
    argdata_reader_free(reader);
    close(granted[0]);
    close_pair(sockets);
}

static void free_closes(struct check *t) {
    int sockets[2];
    pair_of_sockets(sockets);
    argdata_reader_t *reader = argdata_reader_create(64, 1);
    send_raw(sockets[0], example, sizeof(example), &sockets[0], 1);
    CHECK_INT(t, argdata_reader_pull(reader, sockets[1]), 0);
    int fd = last_fd(argdata_reader_get(reader));
    CHECK(t, is_open(fd));
    argdata_reader_free(reader);
    CHECK(t, !is_open(fd));
    argdata_reader_free(NULL);
    argdata_writer_free(NULL);
    close_pair(sockets);
}

// A number beyond the descriptors that came along is not available.
static void number_without_descriptor(struct check *t) {
    int ends[2];
    pair_of_sockets(ends);
    argdata_reader_t *reader = argdata_reader_create(64, 1);
    send_raw(ends[0], example, sizeof(example), NULL, 0);
    CHECK_INT(t, argdata_reader_pull(reader, ends[1]), 0);
    CHECK_INT(t, last_fd(argdata_reader_get(reader)), -1);
    argdata_reader_free(reader);
    close_pair(ends);
}

static void byte_by_byte(struct check *t) {
    int sockets[2], granted[2];
    pair_of_sockets(sockets);
    pair_of_pipe(granted);
    nonblocking(sockets[1]);
    argdata_reader_t *reader = argdata_reader_create(64, 1);
    for (size_t i = 0; i < sizeof(example); ++i) {
        CHECK_INT(t, argdata_reader_pull(reader, sockets[1]), EAGAIN);
        CHECK(t, argdata_reader_get(reader) == NULL);
        send_raw(sockets[0], &example[i], 1, &granted[1], i == 0);
    }
    CHECK_INT(t, argdata_reader_pull(reader, sockets[1]), 0);
    CHECK_REQUIRE(t, argdata_reader_get(reader) != NULL);
    CHECK(t, connected(granted[0], last_fd(argdata_reader_get(reader))));
    CHECK_INT(t, argdata_reader_pull(reader, sockets[1]), EAGAIN);
    CHECK(t, argdata_reader_get(reader) == NULL);
    argdata_reader_free(reader);
    close_pair(granted);
    close_pair(sockets);
}

static void too_long(struct check *t) {
    for (size_t limit = 23; limit <= 24; ++limit) {
        int ends[2];
        pair_of_sockets(ends);
        argdata_reader_t *reader = argdata_reader_create(limit, 0);
        send_raw(ends[0], example, sizeof(example), NULL, 0);
        int expected = limit < 24 ? EMSGSIZE : 0;
        CHECK_INT(t, argdata_reader_pull(reader, ends[1]), expected);
        CHECK(t, (argdata_reader_get(reader) != NULL) == (expected == 0));
        // What follows in the stream is no message.
        if (expected != 0)
            CHECK_INT(t, argdata_reader_pull(reader, ends[1]), EMSGSIZE);
        argdata_reader_free(reader);
        close_pair(ends);
    }
}

// 2^64-1 bytes: the sum with the header must not wrap around.
static void absurdly_long(struct check *t) {
    int ends[2];
    pair_of_pipe(ends);
    argdata_reader_t *reader = argdata_reader_create(64, 0);
    CHECK_INT(t, write(ends[1], "\xff\xff\xff\xff\xff\xff\xff\xff", 8), 8);
    CHECK_INT(t, argdata_reader_pull(reader, ends[0]), EMSGSIZE);
    argdata_reader_free(reader);
    close_pair(ends);
}

// Too many descriptors: refused, and none stays open.
static void too_many_descriptors(struct check *t) {
    for (size_t limit = 1; limit <= 3; ++limit) {
        int sockets[2], granted[2];
        pair_of_sockets(sockets);
        pair_of_pipe(granted);
        int fds[] = {granted[1], granted[1], granted[1]};
        argdata_reader_t *reader = argdata_reader_create(64, limit);
        send_raw(sockets[0], example, sizeof(example), fds, 3);
        CHECK_INT(t, argdata_reader_pull(reader, sockets[1]), limit < 3 ? EMSGSIZE : 0);
        close(granted[1]);
        char byte;
        if (limit < 3)
            CHECK_INT(t, read(granted[0], &byte, 1), 0);
        argdata_reader_free(reader);
        CHECK_INT(t, read(granted[0], &byte, 1), 0);
        close(granted[0]);
        close_pair(sockets);
    }
}

// The end of the stream after each byte of a message.
static void cut(struct check *t) {
    for (size_t length = 1; length < sizeof(example); ++length) {
        int ends[2];
        pair_of_pipe(ends);
        argdata_reader_t *reader = argdata_reader_create(64, 1);
        CHECK_INT(t, write(ends[1], example, length), length);
        close(ends[1]);
        CHECK_INT(t, argdata_reader_pull(reader, ends[0]), EBADMSG);
        CHECK(t, argdata_reader_get(reader) == NULL);
        CHECK_INT(t, argdata_reader_pull(reader, ends[0]), EBADMSG);
        argdata_reader_free(reader);
        close(ends[0]);
    }
}

static void absurd_limits(struct check *t) {
    errno = 0;
    CHECK(t, argdata_reader_create(SIZE_MAX, 0) == NULL);
    CHECK_INT(t, errno, ENOMEM);
    errno = 0;
    CHECK(t, argdata_reader_create(1, SIZE_MAX) == NULL);
    CHECK_INT(t, errno, ENOMEM);
}

// clang-format off
#define TESTS(X) \
    X(reads_descriptors) \
    X(free_closes) \
    X(number_without_descriptor) \
    X(byte_by_byte) \
    X(too_long) \
    X(absurdly_long) \
    X(too_many_descriptors) \
    X(cut) \
    X(absurd_limits)
// clang-format on
CHECK_MAIN(TESTS)
