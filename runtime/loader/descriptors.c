// SPDX-License-Identifier: BSD-2-Clause
// Places the descriptors of a hand-over: number i is fds[i], then the loader's own, nothing else.

#include "fds.h"

// Copies to a number that no descriptor of the program will take.
static linux_result move_up(uint32_t fd, uint32_t nplaced) {
    return LINUX(fcntl, fd, F_DUPFD_CLOEXEC, nplaced + 3);
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
    uint32_t own[3] = {handover->loader_fd, handover->program_fd, handover->status_fd};
    linux_result high[3] = {-1, -1, -1};
    for (int i = 0; i < 3; ++i) {
        if (own[i] == HANDOVER_NO_FD)
            continue;
        high[i] = move_up(own[i], nplaced);
        if (high[i] < 0)
            return high[i];
    }
    *status_fd = (int)high[2];

    size_t len = (nplaced + 1) * sizeof(int);
    int *moved = pages_alloc(len);
    if (moved == NULL)
        return -ENOMEM;
    linux_result result = place(handover, nplaced, moved);
    pages_free(moved, len);
    if (result < 0)
        return result;

    for (int i = 0; i < 3; ++i) {
        if (high[i] < 0)
            continue;
        result = LINUX(dup3, high[i], nplaced + (uint32_t)i, O_CLOEXEC);
        if (result < 0)
            return result;
    }
    state.loader_fd = (int)nplaced;
    *program_fd = (int)nplaced + 1;
    *status_fd = high[2] < 0 ? -1 : (int)nplaced + 2;
    LINUX(close_range, nplaced + (high[2] < 0 ? 2 : 3), ~0U, 0);
    if (nplaced > 0)
        LINUX(close_range, 0, nplaced - 1, CLOSE_RANGE_CLOEXEC);
    return enter(handover, nplaced);
}
