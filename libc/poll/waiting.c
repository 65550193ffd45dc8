// SPDX-License-Identifier: BSD-2-Clause
// Waiting for descriptors: one subscription for each direction of each, and one for the time-out.

#include "waiting.h"

#include <cloudabi_syscalls.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "failure.h"

#define READING (POLLIN | POLLRDNORM)
#define WRITING (POLLOUT | POLLWRNORM)
#define NANOSECONDS 1000000000

// With nothing else to wait for, "for ever" is this long, again and again.
#define LONG ((cloudabi_timestamp_t)3600 * NANOSECONDS)

static cloudabi_subscription_t *subscribe(struct pollfd *fds, size_t count,
                                          cloudabi_subscription_t *next) {
    for (size_t i = 0; i < count; ++i) {
        fds[i].revents = 0;
        if (fds[i].fd < 0)
            continue;
        if (fds[i].events & READING)
            *next++ = (cloudabi_subscription_t){
                .userdata = i, .type = CLOUDABI_EVENTTYPE_FD_READ, .fd_readwrite.fd = fds[i].fd};
        if (fds[i].events & WRITING)
            *next++ = (cloudabi_subscription_t){
                .userdata = i, .type = CLOUDABI_EVENTTYPE_FD_WRITE, .fd_readwrite.fd = fds[i].fd};
    }
    return next;
}

static short translate(const cloudabi_event_t *event, short asked) {
    if (event->error == EBADF)
        return POLLNVAL;
    if (event->error)
        return POLLERR;
    bool hangup = event->fd_readwrite.flags & CLOUDABI_EVENT_FD_READWRITE_HANGUP;
    if (event->type == CLOUDABI_EVENTTYPE_FD_READ)
        return (asked & READING) | (hangup ? POLLHUP : 0);
    // A peer that is gone takes nothing any more.
    return hangup ? POLLHUP : asked & WRITING;
}

static int count_ready(struct pollfd *fds, size_t count, const cloudabi_event_t *events, size_t n) {
    for (size_t i = 0; i < n; ++i) {
        if (events[i].type == CLOUDABI_EVENTTYPE_CLOCK)
            continue;
        struct pollfd *fd = &fds[events[i].userdata];
        fd->revents |= translate(&events[i], fd->events);
    }
    int ready = 0;
    for (size_t i = 0; i < count; ++i) {
        if (fds[i].revents & POLLHUP)
            fds[i].revents &= ~WRITING;
        ready += fds[i].revents != 0;
    }
    return ready;
}

static int wait(struct pollfd *fds, size_t count, cloudabi_timestamp_t timeout, bool forever,
                cloudabi_subscription_t *subscriptions, cloudabi_event_t *events) {
    cloudabi_subscription_t *end = subscribe(fds, count, subscriptions);
    bool idle = end == subscriptions;
    if (!forever || idle)
        *end++ = (cloudabi_subscription_t){.type = CLOUDABI_EVENTTYPE_CLOCK,
                                           .clock.clock_id = CLOUDABI_CLOCK_MONOTONIC,
                                           .clock.timeout = forever ? LONG : timeout};
    size_t n;
    cloudabi_errno_t error;
    do {
        error = cloudabi_sys_poll(subscriptions, events, end - subscriptions, &n);
    } while (error == 0 && forever && idle);
    return error ? __fail(error) : count_ready(fds, count, events, n);
}

static bool convert(const struct timespec *timeout, cloudabi_timestamp_t *to) {
    if (timeout->tv_sec < 0 || timeout->tv_nsec < 0 || timeout->tv_nsec >= NANOSECONDS)
        return false;
    if (__builtin_mul_overflow((uint64_t)timeout->tv_sec, NANOSECONDS, to) ||
        __builtin_add_overflow(*to, (uint64_t)timeout->tv_nsec, to) || *to > INT64_MAX)
        *to = INT64_MAX;
    return true;
}

int __wait_for_descriptors(struct pollfd *fds, size_t count, const struct timespec *timeout) {
    cloudabi_timestamp_t nanoseconds = 0;
    if (timeout != NULL && !convert(timeout, &nanoseconds))
        return __fail(EINVAL);
    for (size_t i = 0; i < count; ++i)
        if (fds[i].fd >= 0 && !(fds[i].events & (READING | WRITING)))
            return __fail(ENOTSUP);

    enum { few = 8 };
    struct room {
        cloudabi_subscription_t subscription;
        cloudabi_event_t event;
    };
    cloudabi_subscription_t few_subscriptions[2 * few + 1];
    cloudabi_event_t few_events[2 * few + 1];
    if (count <= few)
        return wait(fds, count, nanoseconds, timeout == NULL, few_subscriptions, few_events);
    if (count > SIZE_MAX / 2 / sizeof(struct room) - 1)
        return __fail(ENOMEM);
    cloudabi_subscription_t *subscriptions = calloc(2 * count + 1, sizeof(struct room));
    if (subscriptions == NULL)
        return -1;
    int result = wait(fds, count, nanoseconds, timeout == NULL, subscriptions,
                      (cloudabi_event_t *)(subscriptions + 2 * count + 1));
    free(subscriptions);
    return result;
}
