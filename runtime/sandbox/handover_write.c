// SPDX-License-Identifier: BSD-2-Clause
// Writes what the loader must know into a memory file.
#include "handover_write.h"

#include <cloudabi_types.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../loader/handover.h"

static int write_all(int fd, const void *bytes, size_t length) {
    const char *next = bytes;
    while (length > 0) {
        ssize_t written = write(fd, next, length);
        if (written < 0)
            return -1;
        next += written;
        length -= (size_t)written;
    }
    return 0;
}

static uint32_t keeper_of(enum guarantee mode) {
    switch (mode) {
    case GUARANTEE_FULL:
        return HANDOVER_KEEPER_MOUNTS;
    case GUARANTEE_STRICT:
        return HANDOVER_KEEPER_SUPERVISOR;
    default:
        return HANDOVER_KEEPER_NONE;
    }
}

int handover_write(const struct sandbox *sandbox, enum guarantee mode, int status_fd,
                   struct failure *failure) {
    int fd = memfd_create("handover", MFD_CLOEXEC);
    if (fd < 0)
        return failure_set(failure, "cannot make a memory file: %s", strerror(errno));
    struct handover head = {
        .magic = HANDOVER_MAGIC,
        .version = HANDOVER_VERSION,
        .nfds = (uint32_t)sandbox->grants->count,
        .program_fd = (uint32_t)sandbox->program_fd,
        .loader_fd = (uint32_t)sandbox->loader_fd,
        .status_fd = (uint32_t)status_fd,
        .reserved_fd = HANDOVER_NO_FD,
        .data_len = sandbox->data_len,
        .keeper = keeper_of(mode),
    };
    int result = write_all(fd, &head, sizeof head);
    for (size_t i = 0; i < sandbox->grants->count && result == 0; i++) {
        const struct grant *grant = &sandbox->grants->list[i];
        struct handover_fd entry = {.source = (uint32_t)grant->fd,
                                    .filetype = grant->directory ? CLOUDABI_FILETYPE_DIRECTORY
                                                                 : CLOUDABI_FILETYPE_UNKNOWN,
                                    .flags = grant->directory ? HANDOVER_FD_KEPT : 0};
        grant_rights(grant, &entry.base, &entry.inheriting);
        result = write_all(fd, &entry, sizeof entry);
    }
    if (result == 0)
        result = write_all(fd, sandbox->data, sandbox->data_len);
    if (result == 0 && lseek(fd, 0, SEEK_SET) != 0)
        result = -1;
    if (result != 0)
        return failure_set(failure, "cannot write the hand-over: %s", strerror(errno));
    return fd;
}
