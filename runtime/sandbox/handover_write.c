// SPDX-License-Identifier: BSD-2-Clause
// Writes what the loader must know into a memory file.
#include "handover_write.h"

#include <cloudabi_types.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../loader/handover.h"

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

// Only in full mode are processes numbered anew.
static uint32_t choose_tid_base(enum guarantee mode) {
    uint32_t base = 0;
    if (mode == GUARANTEE_FULL && getrandom(&base, sizeof base, 0) != (ssize_t)sizeof base)
        base = 0;
    return base % (HANDOVER_MAX_TID_BASE + 1);
}

static struct handover_fd entry_of(const struct grant *grant) {
    struct handover_fd entry = {
        .source = (uint32_t)grant->fd,
        .filetype = grant->directory ? CLOUDABI_FILETYPE_DIRECTORY : CLOUDABI_FILETYPE_UNKNOWN,
        .flags = grant->directory ? HANDOVER_FD_KEPT : 0,
    };
    grant_rights(grant, &entry.base, &entry.inheriting);
    return entry;
}

// All at once: each call takes longer than what it writes.
static int write_parts(int fd, const struct handover *head, const struct handover_fd *list,
                       const void *data) {
    struct iovec parts[] = {
        {(void *)head, sizeof *head},
        {(void *)list, head->nfds * sizeof *list},
        {(void *)data, head->data_len},
    };
    size_t length = parts[0].iov_len + parts[1].iov_len + parts[2].iov_len;
    ssize_t written = writev(fd, parts, 3);
    if (written >= 0 && (size_t)written != length)
        errno = ENOSPC; // nothing else cuts writing to memory short
    return written >= 0 && (size_t)written == length ? 0 : -1;
}

int handover_write(const struct sandbox *sandbox, enum guarantee mode, int status_fd,
                   struct failure *failure) {
    const struct grants *grants = sandbox->grants;
    struct handover head = {
        .magic = HANDOVER_MAGIC,
        .version = HANDOVER_VERSION,
        .nfds = (uint32_t)grants->count,
        .program_fd = (uint32_t)sandbox->program_fd,
        .loader_fd = (uint32_t)sandbox->loader_fd,
        .status_fd = (uint32_t)status_fd,
        .reserved_fd = HANDOVER_NO_FD,
        .data_len = sandbox->data_len,
        .keeper = keeper_of(mode),
        .tid_base = choose_tid_base(mode),
    };
    int fd = memfd_create("handover", MFD_CLOEXEC);
    struct handover_fd *list = calloc(grants->count + 1, sizeof *list);
    if (fd < 0 || list == NULL)
        return failure_set(failure, "cannot make a memory file: %s", strerror(errno));
    for (size_t i = 0; i < grants->count; i++)
        list[i] = entry_of(&grants->list[i]);
    int result = write_parts(fd, &head, list, sandbox->data);
    free(list);
    return result == 0 ? fd
                       : failure_set(failure, "cannot write the hand-over: %s", strerror(errno));
}
