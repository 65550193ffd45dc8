// SPDX-License-Identifier: BSD-2-Clause
// Places the descriptors of a hand-over: number i is fds[i], then the loader's own, nothing else.

#include "fds.h"

// Descriptors of the loader itself.
#define OWN 4

// Copies to a number that no descriptor of the program will take.
static linux_result move_up(uint32_t fd, uint32_t nplaced) {
    return LINUX(fcntl, fd, F_DUPFD_CLOEXEC, nplaced + OWN);
}

static linux_result place(const struct handover *handover, uint32_t nplaced, int *moved) {
    for (uint32_t i = 0; i < nplaced; ++i) {
        uint32_t source = handover->fds[i].source;
        // One that is in its place already stays: nobody else is put on that number.
        moved[i] = (int)source;
        if (source == i)
            continue;
        linux_result fd = move_up(source, nplaced);
        if (fd < 0)
            return fd;
        moved[i] = (int)fd;
    }
    for (uint32_t i = 0; i < nplaced; ++i) {
        linux_result fd = (uint32_t)moved[i] == i ? LINUX(fcntl, i, F_GETFL)
                                                  : LINUX(dup3, moved[i], i, O_CLOEXEC);
        if (fd < 0)
            return fd;
    }
    return 0;
}

static linux_result enter(const struct handover *handover, uint32_t nplaced) {
    for (uint32_t i = 0; i < nplaced; ++i) {
        const struct handover_fd *given = &handover->fds[i];
        struct descriptor what;
        fd_nature((int)i, given->filetype, &what);
        what.base &= given->base;
        what.inheriting &= given->inheriting;
        what.owner = (given->flags & HANDOVER_FD_OWNER) != 0;
        what.kept = (given->flags & HANDOVER_FD_KEPT) != 0;
        cloudabi_fd_t fd;
        if (fd_enter(i, &what, &fd) != CLOUDABI_ESUCCESS)
            return -EMFILE;
    }
    return 0;
}

linux_result descriptors_place(const struct handover *handover, int *program_fd, int *status_fd) {
    uint32_t nplaced = handover->nfds;
    while (nplaced > 0 && (handover->fds[nplaced - 1].flags & HANDOVER_FD_DROP) != 0) {
        const struct handover_fd *dropped = &handover->fds[--nplaced];
        if ((dropped->flags & HANDOVER_FD_OWNER) != 0)
            process_end((int)dropped->source);
    }

    // Up and away first: the program's numbers may overwrite them.
    const uint32_t own[OWN] = {handover->loader_fd, handover->program_fd, handover->reserved_fd,
                               handover->status_fd};
    linux_result at[OWN] = {-1, -1, -1, -1};
    for (uint32_t i = 0; i < OWN; ++i) {
        if (own[i] == HANDOVER_NO_FD)
            continue;
        at[i] = move_up(own[i], nplaced);
        if (at[i] < 0)
            return at[i];
    }
    *status_fd = (int)at[OWN - 1];

    size_t len = (nplaced + 1) * sizeof(int);
    int *moved = pages_alloc(len);
    if (moved == NULL)
        return -ENOMEM;
    linux_result result = place(handover, nplaced, moved);
    pages_free(moved, len);
    if (result < 0)
        return result;

    uint32_t next = nplaced;
    for (uint32_t i = 0; i < OWN; ++i) {
        if (at[i] < 0)
            continue;
        at[i] = LINUX(dup3, at[i], next, O_CLOEXEC);
        if (at[i] < 0)
            return at[i];
        ++next;
    }
    state.loader_fd = (int)at[0];
    *program_fd = (int)at[1];
    state.exit_fd = (int)at[2];
    *status_fd = (int)at[3];
    LINUX(close_range, next, ~0U, 0);
    if (nplaced > 0)
        LINUX(close_range, 0, nplaced - 1, CLOSE_RANGE_CLOEXEC);
    return enter(handover, nplaced);
}
