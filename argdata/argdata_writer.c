// SPDX-License-Identifier: BSD-2-Clause
// Sending values. A message is a length of 8 bytes, big-endian, and then the value;
// its descriptors go with the first bytes.

#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE

#include <sys/socket.h>
#include <sys/types.h>

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "argdata_impl.h"

#define HEADER_SIZE 8

// On CloudABI writing never raises a signal.
#ifdef __CloudABI__
#define SEND_FLAGS 0
#else
#define SEND_FLAGS MSG_NOSIGNAL
#endif

struct argdata_writer {
    const argdata_t *queued; // not serialized yet
    uint8_t *data;           // header and value, or NULL if there is none
    size_t length, done;
    void *control; // a control message with the descriptors, or NULL if there are none
    size_t control_length;
};

argdata_writer_t *argdata_writer_create(void) {
    return calloc(1, sizeof(argdata_writer_t));
}

static void drop(argdata_writer_t *writer) {
    free(writer->data);
    free(writer->control);
    *writer = (argdata_writer_t){.queued = NULL};
}

void argdata_writer_free(argdata_writer_t *writer) {
    if (writer == NULL)
        return;
    drop(writer);
    free(writer);
}

void argdata_writer_set(argdata_writer_t *writer, const argdata_t *ad) {
    assert(writer->queued == NULL && writer->data == NULL && "a message is still being sent");
    writer->queued = ad;
}

// Turns the queued value into bytes. ENOMEM leaves it queued.
static int prepare(argdata_writer_t *writer) {
    size_t length, fd_max;
    argdata_serialized_length(writer->queued, &length, &fd_max);
    uint8_t *data = malloc(HEADER_SIZE + length);
    int *fds = calloc(fd_max + 1, sizeof(int));
    size_t control_size = CMSG_SPACE(fd_max * sizeof(int));
    struct cmsghdr *control = fd_max > 0 ? calloc(1, control_size) : NULL;
    if (data == NULL || fds == NULL || (fd_max > 0 && control == NULL)) {
        free(data);
        free(fds);
        free(control);
        return ENOMEM;
    }

    argdata_store64(data, length);
    size_t fd_count = argdata_serialize(writer->queued, data + HEADER_SIZE, fds);
    *writer = (argdata_writer_t){.data = data, .length = HEADER_SIZE + length};
    if (control != NULL && fd_count > 0) {
        control->cmsg_level = SOL_SOCKET;
        control->cmsg_type = SCM_RIGHTS;
        control->cmsg_len = CMSG_LEN(fd_count * sizeof(int));
        memcpy(CMSG_DATA(control), fds, fd_count * sizeof(int));
        writer->control = control;
        writer->control_length = CMSG_SPACE(fd_count * sizeof(int));
    } else {
        free(control);
    }
    free(fds);
    return 0;
}

static ssize_t transmit(const argdata_writer_t *writer, int fd) {
    uint8_t *rest = writer->data + writer->done;
    size_t rest_length = writer->length - writer->done;
    if (writer->done > 0 || writer->control == NULL)
        return write(fd, rest, rest_length);
    struct iovec part = {.iov_base = rest, .iov_len = rest_length};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = writer->control,
        .msg_controllen = (socklen_t)writer->control_length,
    };
    return sendmsg(fd, &message, SEND_FLAGS);
}

int argdata_writer_push(argdata_writer_t *writer, int fd) {
    if (writer->queued != NULL) {
        int error = prepare(writer);
        if (error != 0)
            return error;
    }
    while (writer->done < writer->length) {
        ssize_t count = transmit(writer, fd);
        if (count < 0)
            return errno;
        writer->done += (size_t)count;
    }
    drop(writer);
    return 0;
}
