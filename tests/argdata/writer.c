// SPDX-License-Identifier: BSD-2-Clause
// Writers: what they send, and to whom.

#include "messages.h"

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

// clang-format off
#define TESTS(X) \
    X(writes_framing) \
    X(large_over_pipe) \
    X(descriptors_once) \
    X(null_message) \
    X(descriptors_need_a_socket) \
    X(forwarding)
// clang-format on
CHECK_MAIN(TESTS)
