// SPDX-License-Identifier: BSD-2-Clause
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/select.h>

#include "failure.h"
#include "waiting.h"

static size_t collect(int limit, const fd_set *reading, const fd_set *writing, struct pollfd *fds) {
    size_t count = 0;
    for (int fd = 0; fd < limit; ++fd) {
        short events = 0;
        if (reading != NULL && FD_ISSET(fd, reading))
            events |= POLLIN;
        if (writing != NULL && FD_ISSET(fd, writing))
            events |= POLLOUT;
        if (events != 0)
            fds[count++] = (struct pollfd){.fd = fd, .events = events};
    }
    return count;
}

static bool any_closed(const struct pollfd *fds, size_t count) {
    for (size_t i = 0; i < count; ++i)
        if (fds[i].revents & POLLNVAL)
            return true;
    return false;
}

static void clear(fd_set *set) {
    if (set != NULL)
        FD_ZERO(set);
}

static int report(const struct pollfd *fds, size_t count, fd_set *reading, fd_set *writing) {
    int bits = 0;
    for (size_t i = 0; i < count; ++i) {
        // An error or a lost peer is what the next read or write will tell.
        short ready = fds[i].revents & (POLLERR | POLLHUP) ? POLLIN | POLLOUT : fds[i].revents;
        if (fds[i].events & ready & POLLIN) {
            FD_SET(fds[i].fd, reading);
            ++bits;
        }
        if (fds[i].events & ready & POLLOUT) {
            FD_SET(fds[i].fd, writing);
            ++bits;
        }
    }
    return bits;
}

// Nothing exceptional ever happens to a descriptor: `exceptions` comes back empty.
int pselect(int limit, fd_set *restrict reading, fd_set *restrict writing,
            fd_set *restrict exceptions, const struct timespec *restrict timeout,
            const sigset_t *restrict mask) {
    if (limit < 0 || limit > FD_SETSIZE)
        return __fail(EINVAL);
    if (mask != NULL)
        return __fail(ENOTSUP);
    struct pollfd *fds = calloc(limit + 1, sizeof(*fds));
    if (fds == NULL)
        return -1;
    size_t count = collect(limit, reading, writing, fds);
    int result = __wait_for_descriptors(fds, count, timeout);
    if (result >= 0 && any_closed(fds, count))
        result = __fail(EBADF);
    if (result >= 0) {
        clear(reading);
        clear(writing);
        clear(exceptions);
        result = report(fds, count, reading, writing);
    }
    free(fds);
    return result;
}

int select(int limit, fd_set *restrict reading, fd_set *restrict writing,
           fd_set *restrict exceptions, struct timeval *restrict timeout) {
    if (timeout == NULL)
        return pselect(limit, reading, writing, exceptions, NULL, NULL);
    if (timeout->tv_sec < 0 || timeout->tv_usec < 0)
        return __fail(EINVAL);
    struct timespec converted = {
        .tv_sec = timeout->tv_sec + timeout->tv_usec / 1000000,
        .tv_nsec = timeout->tv_usec % 1000000 * 1000,
    };
    return pselect(limit, reading, writing, exceptions, &converted, NULL);
}
