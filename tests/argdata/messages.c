// SPDX-License-Identifier: BSD-2-Clause
// Readers and writers, over socket pairs and pipes.

#include <sys/socket.h>

#include <fcntl.h>
#include <unistd.h>

#include "argdata_test.h"

// {"port": 8080, "log": fd N} as it is sent.
static const uint8_t example[] = "\0\0\0\0\0\0\0\x18"
                                 "\x06\x86\x08port\0\x83\x05\x1f\x90\x85\x08log\0\x85\x03\0\0\0";
_Static_assert(sizeof(example) == 32, "the final NUL is the last byte of the descriptor number");

static void pair_of_sockets(int ends[2]) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        abort();
}

static void pair_of_pipe(int ends[2]) {
    if (pipe(ends) != 0)
        abort();
}

static void close_pair(const int ends[2]) {
    close(ends[0]);
    close(ends[1]);
}

static void nonblocking(int fd) {
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
        abort();
}

static bool is_open(int fd) {
    return fcntl(fd, F_GETFD) >= 0;
}

// Whether two descriptors are the two ends of a pipe: what goes in comes out.
static bool connected(int read_end, int write_end) {
    char byte = 0;
    return write(write_end, "x", 1) == 1 && read(read_end, &byte, 1) == 1 && byte == 'x';
}

static void send_raw(int fd, const void *bytes, size_t length, const int *fds, size_t count) {
    char control[CMSG_SPACE(8 * sizeof(int))] = {0};
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0) {
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), fds, count * sizeof(int));
    }
    if (sendmsg(fd, &message, 0) != (ssize_t)length)
        abort();
}

// The only descriptor of a sequence or map of which it is the last value, or -1.
static int last_fd(const argdata_t *ad) {
    int fd = -1;
    const argdata_t *key, *value;
    argdata_map_iterator_t map;
    for (argdata_map_iterate(ad, &map); argdata_map_get(&map, &key, &value); argdata_map_next(&map))
        (void)argdata_get_fd(value, &fd);
    argdata_seq_iterator_t seq;
    for (argdata_seq_iterate(ad, &seq); argdata_seq_get(&seq, &value); argdata_seq_next(&seq))
        (void)argdata_get_fd(value, &fd);
    return fd;
}

static int given_fd(void *arg, size_t fd) {
    (void)fd;
    return *(const int *)arg;
}

static void writes_framing(struct check *t) {
    int sockets[2], granted[2];
    pair_of_sockets(sockets);
    pair_of_pipe(granted);
    argdata_t *ad = argdata_from_buffer(example + 8, sizeof(example) - 8, given_fd, &granted[1]);
    argdata_writer_t *writer = argdata_writer_create();
    CHECK_INT(t, argdata_writer_push(writer, sockets[0]), 0);

    argdata_writer_set(writer, ad);
    CHECK_INT(t, argdata_writer_push(writer, sockets[0]), 0);
    uint8_t bytes[64];
    char control[CMSG_SPACE(sizeof(int))];
    struct iovec part = {.iov_base = bytes, .iov_len = sizeof(bytes)};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof(control)};
    ssize_t length = recvmsg(sockets[1], &message, 0);
    CHECK(t, length > 0 && same_bytes(bytes, (size_t)length, example, sizeof(example)));
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    CHECK_REQUIRE(t, header != NULL && header->cmsg_type == SCM_RIGHTS);
    CHECK_INT(t, header->cmsg_len, CMSG_LEN(sizeof(int)));
    int fd;
    memcpy(&fd, CMSG_DATA(header), sizeof(fd));
    CHECK(t, connected(granted[0], fd));
    close(fd);
    argdata_writer_free(writer);
    argdata_free(ad);
    close_pair(granted);
    close_pair(sockets);
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

// More than a pipe holds, with reader and writer taking turns.
static void large_over_pipe(struct check *t) {
    enum { size = 1 << 20 };
    uint8_t *data = malloc(size);
    CHECK_REQUIRE(t, data != NULL);
    for (size_t i = 0; i < size; ++i)
        data[i] = (uint8_t)(i * 7 + i / 251);
    int ends[2];
    pair_of_pipe(ends);
    nonblocking(ends[0]);
    nonblocking(ends[1]);
    argdata_t *ad = argdata_create_binary(data, size);
    argdata_writer_t *writer = argdata_writer_create();
    argdata_reader_t *reader = argdata_reader_create(size + 1, 4);
    argdata_writer_set(writer, ad);
    int sent = EAGAIN, received = EAGAIN, turns = 0;
    for (; received == EAGAIN && turns < 100000; ++turns) {
        if (sent == EAGAIN)
            sent = argdata_writer_push(writer, ends[1]);
        received = argdata_reader_pull(reader, ends[0]);
    }
    CHECK(t, turns > 1);
    CHECK_INT(t, sent, 0);
    CHECK_INT(t, received, 0);
    const void *bytes;
    size_t length;
    if (CHECK(t, argdata_reader_get(reader) != NULL) &&
        CHECK_INT(t, argdata_get_binary(argdata_reader_get(reader), &bytes, &length), 0))
        CHECK(t, same_bytes(bytes, length, data, size));
    argdata_reader_free(reader);
    argdata_writer_free(writer);
    argdata_free(ad);
    free(data);
    close_pair(ends);
}

// Receives what is there; returns how many descriptors came along, and closes them.
static int receive_raw(int fd) {
    static char data[65536];
    char control[CMSG_SPACE(8 * sizeof(int))];
    struct iovec part = {.iov_base = data, .iov_len = sizeof(data)};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof(control)};
    struct cmsghdr *header;
    if (recvmsg(fd, &message, 0) <= 0 || (header = CMSG_FIRSTHDR(&message)) == NULL)
        return 0;
    int count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    for (int i = 0; i < count; ++i) {
        int received;
        memcpy(&received, CMSG_DATA(header) + (size_t)i * sizeof(int), sizeof(int));
        close(received);
    }
    return count;
}

// A message in several parts carries its descriptors once.
static void descriptors_once(struct check *t) {
    enum { size = 1 << 20 };
    void *data = calloc(1, size);
    CHECK_REQUIRE(t, data != NULL);
    int ends[2];
    pair_of_sockets(ends);
    nonblocking(ends[0]);
    argdata_t *fd = argdata_create_fd(ends[0]), *binary = argdata_create_binary(data, size);
    const argdata_t *entries[] = {fd, binary};
    argdata_t *seq = argdata_create_seq(entries, 2);
    argdata_writer_t *writer = argdata_writer_create();
    argdata_writer_set(writer, seq);
    int parts = 0, count = 0, error;
    while ((error = argdata_writer_push(writer, ends[0])) == EAGAIN && parts++ < 1000)
        count += receive_raw(ends[1]);
    count += receive_raw(ends[1]);
    CHECK_INT(t, error, 0);
    CHECK(t, parts > 1);
    CHECK_INT(t, count, 1);
    argdata_writer_free(writer);
    argdata_free(seq);
    argdata_free(binary);
    argdata_free(fd);
    free(data);
    close_pair(ends);
}

static void null_message(struct check *t) {
    int ends[2];
    pair_of_pipe(ends);
    argdata_writer_t *writer = argdata_writer_create();
    argdata_reader_t *reader = argdata_reader_create(0, 0);
    argdata_writer_set(writer, &argdata_null);
    CHECK_INT(t, argdata_writer_push(writer, ends[1]), 0);
    close(ends[1]);
    CHECK_INT(t, argdata_reader_pull(reader, ends[0]), 0);
    CHECK_REQUIRE(t, argdata_reader_get(reader) != NULL);
    size_t length;
    argdata_serialized_length(argdata_reader_get(reader), &length, NULL);
    CHECK_INT(t, length, 0);
    CHECK_INT(t, argdata_reader_pull(reader, ends[0]), 0);
    CHECK(t, argdata_reader_get(reader) == NULL);
    argdata_reader_free(reader);
    argdata_writer_free(writer);
    close(ends[0]);
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

static void descriptors_need_a_socket(struct check *t) {
#ifdef __CloudABI__
    CHECK_SKIP(t, "a pipe is a pair of sockets here");
#endif
    int ends[2];
    pair_of_pipe(ends);
    argdata_t *ad = argdata_create_fd(ends[0]);
    argdata_writer_t *writer = argdata_writer_create();
    argdata_writer_set(writer, ad);
    CHECK_INT(t, argdata_writer_push(writer, ends[1]), ENOTSOCK);
    CHECK_INT(t, argdata_writer_push(writer, ends[1]), ENOTSOCK);
    argdata_writer_free(writer);
    argdata_free(ad);
    close_pair(ends);
}

// What one process received goes on to the next.
static void forwarding(struct check *t) {
    int first[2], second[2], granted[2];
    pair_of_sockets(first);
    pair_of_sockets(second);
    pair_of_pipe(granted);
    argdata_reader_t *in = argdata_reader_create(64, 1), *out = argdata_reader_create(64, 1);
    argdata_writer_t *writer = argdata_writer_create();
    send_raw(first[0], example, sizeof(example), &granted[1], 1);
    CHECK_INT(t, argdata_reader_pull(in, first[1]), 0);
    CHECK_REQUIRE(t, argdata_reader_get(in) != NULL);
    argdata_writer_set(writer, argdata_reader_get(in));
    CHECK_INT(t, argdata_writer_push(writer, second[0]), 0);
    argdata_reader_free(in);
    CHECK_INT(t, argdata_reader_pull(out, second[1]), 0);
    CHECK_REQUIRE(t, argdata_reader_get(out) != NULL);
    CHECK(t, connected(granted[0], last_fd(argdata_reader_get(out))));
    argdata_writer_free(writer);
    argdata_reader_free(out);
    close_pair(granted);
    close_pair(first);
    close_pair(second);
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
    X(writes_framing) \
    X(reads_descriptors) \
    X(free_closes) \
    X(number_without_descriptor) \
    X(byte_by_byte) \
    X(large_over_pipe) \
    X(descriptors_once) \
    X(null_message) \
    X(too_long) \
    X(absurdly_long) \
    X(too_many_descriptors) \
    X(cut) \
    X(descriptors_need_a_socket) \
    X(forwarding) \
    X(absurd_limits)
// clang-format on
CHECK_MAIN(TESTS)
