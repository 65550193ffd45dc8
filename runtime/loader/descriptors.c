// SPDX-License-Identifier: BSD-2-Clause
// Places the descriptors of a hand-over: number i is fds[i], then the loader's own, nothing else.

#include "fds.h"

// Descriptors of the loader itself.
#define OWN 4

// A number that is the program's, or the loader's own, is made free for it: what is there moves up,
// unless it is in its place already.
static linux_result make_room(uint32_t fd, uint32_t place, uint32_t nplaced) {
    if (fd == place || fd >= nplaced + OWN)
        return fd;
    return LINUX(fcntl, fd, F_DUPFD_CLOEXEC, nplaced + OWN);
}

static linux_result put(linux_result fd, uint32_t place) {
    return fd == place ? LINUX(fcntl, fd, F_SETFD, FD_CLOEXEC) : LINUX(dup3, fd, place, O_CLOEXEC);
}

static linux_result place(struct handover *handover, uint32_t nplaced) {
    for (uint32_t i = 0; i < nplaced; ++i) {
        linux_result fd = make_room(handover->fds[i].source, i, nplaced);
        if (fd < 0)
            return fd;
        handover->fds[i].source = (uint32_t)fd;
    }
    for (uint32_t i = 0; i < nplaced; ++i) {
        linux_result result = put(handover->fds[i].source, i);
        if (result < 0)
            return result;
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

linux_result descriptors_place(struct handover *handover, int *program_fd, int *status_fd) {
    uint32_t nplaced = handover->nfds;
    while (nplaced > 0 && (handover->fds[nplaced - 1].flags & HANDOVER_FD_DROP) != 0) {
        const struct handover_fd *dropped = &handover->fds[--nplaced];
        if ((dropped->flags & HANDOVER_FD_OWNER) != 0)
            process_end((int)dropped->source);
    }

    // Up and away first: the program's numbers may overwrite them.
    const uint32_t own[OWN] = {handover->loader_fd, handover->reserved_fd, handover->program_fd,
                               handover->status_fd};
    linux_result at[OWN] = {-1, -1, -1, -1};
    for (uint32_t i = 0; i < OWN; ++i) {
        if (own[i] == HANDOVER_NO_FD)
            continue;
        at[i] = make_room(own[i], HANDOVER_NO_FD, nplaced);
        if (at[i] < 0)
            return at[i];
    }
    *status_fd = (int)at[OWN - 1];

    linux_result result = place(handover, nplaced);
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
    state.exit_fd = (int)at[1];
    *program_fd = (int)at[2];
    *status_fd = (int)at[3];
    LINUX(close_range, next, ~0U, 0);
    return enter(handover, nplaced);
}
