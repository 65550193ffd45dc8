// SPDX-License-Identifier: BSD-2-Clause
// Fuzz target: arbitrary bytes as a stream, with a descriptor at its start. Whatever arrives, the
// reader ends in a known state, keeps within its limits, and leaves no descriptor open.

#include <argdata.h>

#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

#define DATA_MAX 64

static void send_stream(int fd, const uint8_t *bytes, size_t length) {
    char control[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof(control)};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &fd, sizeof(fd));
    REQUIRE(sendmsg(fd, &message, 0) == (ssize_t)length);
}

static int lowest_free(void) {
    int fd = dup(0);
    if (fd >= 0)
        close(fd);
    return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length == 0 || length > 4096)
        return -1;
    int before = lowest_free(), ends[2], error;
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    send_stream(ends[0], bytes, length);
    REQUIRE(shutdown(ends[0], SHUT_WR) == 0);

    argdata_reader_t *reader = argdata_reader_create(DATA_MAX, bytes[length - 1] % 2);
    REQUIRE(reader != NULL);
    size_t used = 0, size = 0, upper;
    while ((error = argdata_reader_pull(reader, ends[1])) == 0) {
        const argdata_t *ad = argdata_reader_get(reader);
        if (ad == NULL)
            break;
        argdata_serialized_length(ad, &size, &upper);
        REQUIRE(size <= DATA_MAX);
        used += 8 + size;
        REQUIRE(used <= length && bytes[used - size - 1] == size);
        uint8_t out[DATA_MAX];
        int fds[DATA_MAX];
        REQUIRE(argdata_serialize(ad, out, fds) <= 1);
        int fd;
        if (argdata_get_fd(ad, &fd) == 0) {
            argdata_reader_release_fd(reader, fd);
            REQUIRE(argdata_get_fd(ad, &fd) == EBADF);
            REQUIRE(close(fd) == 0);
        }
    }
    REQUIRE(error == 0 || error == EBADMSG || error == EMSGSIZE);
    REQUIRE(argdata_reader_get(reader) == NULL);
    REQUIRE(error != 0 || used == length);
    argdata_reader_free(reader);
    close(ends[0]);
    close(ends[1]);
    REQUIRE(lowest_free() == before);
    return 0;
}
