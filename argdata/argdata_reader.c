// SPDX-License-Identifier: BSD-2-Clause
// Receiving values. A message is a length of 8 bytes, big-endian, and then the value;
// its descriptors arrive with the first bytes.

#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE

#include <sys/socket.h>
#include <sys/types.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "argdata_impl.h"

#define HEADER_SIZE 8

// On CloudABI no descriptor survives an exec that does not name it.
#ifdef __CloudABI__
#define RECEIVE_FLAGS 0
#else
#define RECEIVE_FLAGS MSG_CMSG_CLOEXEC
#endif

struct argdata_reader {
    size_t data_max, fds_max;
    size_t done;     // bytes received, header included
    size_t length;   // of the value, once the header is complete
    size_t fd_count; // received with this message
    int error;       // the stream's position is lost
    bool complete;
    argdata_t message;
    uint8_t header[HEADER_SIZE];
    int *fds;            // released ones are -1
    void *control;       // room for fds_max descriptors in a control message
    size_t control_size; // CMSG_LEN, without the padding that would fit one more
    uint8_t *data;
};

static int received_fd(void *arg, size_t fd) {
    const argdata_reader_t *reader = arg;
    return fd < reader->fd_count ? reader->fds[fd] : -1;
}

argdata_reader_t *argdata_reader_create(size_t max_data_len, size_t max_fds_len) {
    if (max_data_len > PTRDIFF_MAX - HEADER_SIZE || max_fds_len > INT32_MAX / sizeof(int)) {
        errno = ENOMEM;
        return NULL;
    }
    argdata_reader_t *reader = calloc(1, sizeof(*reader));
    if (reader == NULL)
        return NULL;
    reader->data_max = max_data_len;
    reader->fds_max = max_fds_len;
    reader->control_size = CMSG_LEN(max_fds_len * sizeof(int));
    reader->fds = calloc(max_fds_len + 1, sizeof(int));
    reader->control = calloc(1, CMSG_SPACE(max_fds_len * sizeof(int)));
    reader->data = malloc(max_data_len > 0 ? max_data_len : 1);
    if (reader->fds == NULL || reader->control == NULL || reader->data == NULL) {
        argdata_reader_free(reader);
        errno = ENOMEM;
        return NULL;
    }
    return reader;
}

static void close_fds(argdata_reader_t *reader) {
    for (size_t i = 0; i < reader->fd_count; ++i)
        if (reader->fds[i] >= 0)
            close(reader->fds[i]);
    reader->fd_count = 0;
}

void argdata_reader_free(argdata_reader_t *reader) {
    if (reader == NULL)
        return;
    close_fds(reader);
    free(reader->fds);
    free(reader->control);
    free(reader->data);
    free(reader);
}

// Some CMSG_NXTHDR compare a size with a difference of pointers.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-compare"

// Takes over all descriptors of a control message. False if there are more than allowed.
static bool keep_fds(argdata_reader_t *reader, struct msghdr *message) {
    bool fits = (message->msg_flags & MSG_CTRUNC) == 0;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; ++i) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + i * sizeof(fd), sizeof(fd));
            if (reader->fd_count < reader->fds_max) {
                reader->fds[reader->fd_count++] = fd;
            } else {
                close(fd);
                fits = false;
            }
        }
    }
    return fits;
}

#pragma GCC diagnostic pop

// The first bytes of a message. Returns what read() returns, -1 with EMSGSIZE for too many
// descriptors.
static ssize_t receive_first(argdata_reader_t *reader, int fd) {
    struct iovec part = {.iov_base = reader->header, .iov_len = HEADER_SIZE};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = reader->control,
        .msg_controllen = (socklen_t)reader->control_size,
    };
    ssize_t count = recvmsg(fd, &message, RECEIVE_FLAGS);
    if (count < 0)
        return errno == ENOTSOCK ? read(fd, reader->header, HEADER_SIZE) : -1;
    if (!keep_fds(reader, &message)) {
        reader->error = errno = EMSGSIZE;
        return -1;
    }
    return count;
}

static ssize_t receive(argdata_reader_t *reader, int fd) {
    size_t done = reader->done;
    if (done == 0 && reader->fds_max > 0)
        return receive_first(reader, fd);
    if (done < HEADER_SIZE)
        return read(fd, reader->header + done, HEADER_SIZE - done);
    done -= HEADER_SIZE;
    return read(fd, reader->data + done, reader->length - done);
}

static bool parse_header(argdata_reader_t *reader) {
    uint64_t length = (uint64_t)argdata_load32(reader->header) << 32;
    length |= argdata_load32(reader->header + 4);
    if (length > reader->data_max)
        return false;
    reader->length = (size_t)length;
    return true;
}

static int fail(argdata_reader_t *reader, int error) {
    close_fds(reader);
    reader->error = error;
    return error;
}

int argdata_reader_pull(argdata_reader_t *reader, int fd) {
    if (reader->error != 0)
        return reader->error;
    if (reader->complete) {
        close_fds(reader);
        reader->done = 0;
        reader->complete = false;
    }

    while (reader->done < HEADER_SIZE || reader->done - HEADER_SIZE < reader->length) {
        ssize_t count = receive(reader, fd);
        if (count < 0)
            return reader->error != 0 ? fail(reader, reader->error) : errno;
        if (count == 0) {
            if (reader->done > 0)
                return fail(reader, EBADMSG);
            close_fds(reader);
            return 0;
        }
        reader->done += (size_t)count;
        if (reader->done == HEADER_SIZE && !parse_header(reader))
            return fail(reader, EMSGSIZE);
    }

    reader->complete = true;
    reader->message = (argdata_t){
        .kind = ARGDATA_KIND_BUFFER,
        .length = reader->length,
        .buffer = {.bytes = reader->data, .convert_fd = received_fd, .convert_arg = reader},
    };
    return 0;
}

const argdata_t *argdata_reader_get(const argdata_reader_t *reader) {
    return reader->complete ? &reader->message : NULL;
}

void argdata_reader_release_fd(argdata_reader_t *reader, int fd) {
    for (size_t i = 0; i < reader->fd_count; ++i)
        if (reader->fds[i] == fd)
            reader->fds[i] = -1;
}
