// SPDX-License-Identifier: BSD-2-Clause
// poll on descriptors, processes and clocks.

#include "exitcode.h"
#include "polling.h"
#include "signals.h"
#include "user.h"

#define ON_STACK 32
#define NEVER UINT64_MAX

// One subscription, read once, and scratch for it. ppoll skips entries whose fd is negative.
struct entry {
    cloudabi_subscription_t in;
    cloudabi_errno_t error;
    bool always, realtime;
    uint64_t moment;
};

static cloudabi_errno_t prepare_fd(const cloudabi_subscription_t *in, struct entry *entry,
                                   struct pollfd *pollfd) {
    bool read = in->type == CLOUDABI_EVENTTYPE_FD_READ;
    struct descriptor what;
    cloudabi_errno_t error = fd_get(in->fd_readwrite.fd,
                                    CLOUDABI_RIGHT_POLL_FD_READWRITE |
                                        (read ? CLOUDABI_RIGHT_FD_READ : CLOUDABI_RIGHT_FD_WRITE),
                                    &what);
    if (error != 0)
        return error;
    entry->always = what.type == CLOUDABI_FILETYPE_REGULAR_FILE;
    pollfd->fd = (int)in->fd_readwrite.fd;
    pollfd->events = read ? POLLIN | POLLRDHUP : POLLOUT;
    return CLOUDABI_ESUCCESS;
}

static cloudabi_errno_t prepare(struct entry *entry, struct pollfd *pollfd) {
    const cloudabi_subscription_t *in = &entry->in;
    entry->always = entry->realtime = false;
    entry->moment = NEVER;
    *pollfd = (struct pollfd){.fd = -1};
    cloudabi_errno_t error;
    switch (in->type) {
    case CLOUDABI_EVENTTYPE_CLOCK:
        return poll_clock(in, &entry->realtime, &entry->moment);
    case CLOUDABI_EVENTTYPE_FD_READ:
    case CLOUDABI_EVENTTYPE_FD_WRITE:
        return prepare_fd(in, entry, pollfd);
    case CLOUDABI_EVENTTYPE_PROC_TERMINATE:
        error = fd_check(in->proc_terminate.fd, CLOUDABI_RIGHT_POLL_PROC_TERMINATE);
        pollfd->fd = error == 0 ? (int)in->proc_terminate.fd : -1;
        pollfd->events = POLLIN;
        return error;
    case CLOUDABI_EVENTTYPE_CONDVAR:
    case CLOUDABI_EVENTTYPE_LOCK_RDLOCK:
    case CLOUDABI_EVENTTYPE_LOCK_WRLOCK: // where they may not stand
        return CLOUDABI_EINVAL;
    default:
        return CLOUDABI_ENOTSUP;
    }
}

// Bytes up to the end of a regular file; 0, that is not known, for anything else.
static uint64_t bytes_left(const cloudabi_subscription_t *in) {
    struct stat stat;
    linux_result at = LINUX(lseek, in->fd_readwrite.fd, 0, SEEK_CUR);
    if (in->type != CLOUDABI_EVENTTYPE_FD_READ || at < 0 ||
        LINUX(fstat, in->fd_readwrite.fd, &stat) != 0 || stat.st_size < at)
        return 0;
    return (uint64_t)stat.st_size - (uint64_t)at;
}

static void terminated(const cloudabi_subscription_t *in, cloudabi_event_t *event) {
    siginfo_t info = {0};
    linux_result result =
        LINUX(waitid, P_PIDFD, in->proc_terminate.fd, &info, WEXITED | WNOWAIT | WNOHANG, NULL);
    poll_event(in, errno_from_linux(result), event);
    if (result != 0)
        return;
    if (info.si_code == LINUX_CLD_EXITED)
        event->proc_terminate.exitcode =
            exitcode_of(in->proc_terminate.fd, (cloudabi_exitcode_t)info.si_status);
    else
        event->proc_terminate.signal = signal_from_linux(info.si_status);
}

static bool fired(const struct entry *entry, const struct pollfd *pollfd, cloudabi_event_t *event) {
    const cloudabi_subscription_t *in = &entry->in;
    if (entry->error != 0) {
        poll_event(in, entry->error, event);
        return true;
    }
    if (in->type == CLOUDABI_EVENTTYPE_CLOCK) {
        if (clock_now(entry->realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC) < entry->moment)
            return false;
        poll_event(in, CLOUDABI_ESUCCESS, event);
        return true;
    }
    if (!entry->always && pollfd->revents == 0)
        return false;
    if ((pollfd->revents & POLLNVAL) != 0) {
        poll_event(in, CLOUDABI_EBADF, event);
    } else if (in->type == CLOUDABI_EVENTTYPE_PROC_TERMINATE) {
        terminated(in, event);
    } else {
        poll_event(in, CLOUDABI_ESUCCESS, event);
        if (entry->always)
            event->fd_readwrite.nbytes = bytes_left(in);
        else if ((pollfd->revents & (POLLHUP | POLLRDHUP | POLLERR)) != 0)
            event->fd_readwrite.flags = CLOUDABI_EVENT_FD_READWRITE_HANGUP;
    }
    return true;
}

// How long ppoll may sleep. Clocks that can step are looked at again every second.
static uint64_t longest_sleep(const struct entry *entries, size_t count, bool ready) {
    uint64_t longest = NEVER;
    if (ready)
        return 0;
    for (size_t i = 0; i < count; ++i) {
        if (entries[i].moment == NEVER)
            continue;
        uint64_t now = clock_now(entries[i].realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC);
        uint64_t left = now < entries[i].moment ? entries[i].moment - now : 0;
        if (entries[i].realtime && left > NSEC_PER_SEC)
            left = NSEC_PER_SEC;
        if (left < longest)
            longest = left;
    }
    return longest;
}

static cloudabi_errno_t poll_with(const cloudabi_subscription_t *in, cloudabi_event_t *out,
                                  size_t count, size_t *nevents, struct entry *entries,
                                  struct pollfd *pollfds) {
    bool ready = false;
    for (size_t i = 0; i < count; ++i) {
        if (!user_copy(&entries[i].in, &in[i], sizeof(in[i])))
            return CLOUDABI_EFAULT;
        entries[i].error = prepare(&entries[i], &pollfds[i]);
        ready = ready || entries[i].error != 0 || entries[i].always;
    }
    for (;;) {
        uint64_t longest = longest_sleep(entries, count, ready);
        struct __kernel_timespec timeout = timespec_from_ns(longest);
        linux_result result =
            LINUX(ppoll, pollfds, count, longest == NEVER ? NULL : &timeout, NULL, 0);
        if (result < 0 && result != -EINTR)
            return errno_from_linux(result);
        size_t events = 0;
        for (size_t i = 0; i < count; ++i) {
            cloudabi_event_t event;
            if (!fired(&entries[i], &pollfds[i], &event))
                continue;
            if (!user_copy(&out[events++], &event, sizeof(event)))
                return CLOUDABI_EFAULT;
        }
        if (events > 0)
            return user_put64(nevents, events) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
    }
}

cloudabi_errno_t poll_fds(const cloudabi_subscription_t *in, cloudabi_event_t *out, size_t count,
                          size_t *nevents) {
    if (count <= ON_STACK) {
        struct entry entries[ON_STACK];
        struct pollfd pollfds[ON_STACK];
        return poll_with(in, out, count, nevents, entries, pollfds);
    }
    size_t each = sizeof(struct entry) + sizeof(struct pollfd), len;
    if (__builtin_mul_overflow(count, each, &len))
        return CLOUDABI_EINVAL;
    struct entry *entries = pages_alloc(len);
    if (entries == NULL)
        return CLOUDABI_ENOMEM;
    cloudabi_errno_t error =
        poll_with(in, out, count, nevents, entries, (struct pollfd *)&entries[count]);
    pages_free(entries, len);
    return error;
}
