// SPDX-License-Identifier: BSD-2-Clause
// The descriptor table.

#include "exitcode.h"
#include "user.h"

// Zero pages until touched: one page for each 170 numbers in use.
struct descriptor fds_table[FDS_MAX];
static cloudabi_fd_t end;
static struct mutex mutex;

void fds_lock(void) {
    mutex_lock(&mutex);
}

void fds_unlock(void) {
    mutex_unlock(&mutex);
}

struct descriptor *fds_entry(cloudabi_fd_t fd) {
    return fd < end && fds_table[fd].open ? &fds_table[fd] : NULL;
}

cloudabi_fd_t fds_end(void) {
    return end;
}

void fd_share(cloudabi_fd_t fd) {
    fds_lock();
    struct descriptor *entry = fds_entry(fd);
    if (entry != NULL)
        entry->alone = false;
    fds_unlock();
}

void fds_share_all(void) {
    for (cloudabi_fd_t fd = 0; fd < end; ++fd)
        fds_table[fd].alone = false;
}

void fds_in_child(void) {
    for (cloudabi_fd_t fd = 0; fd < end; ++fd)
        fds_table[fd].owner = false;
}

cloudabi_errno_t fd_get(cloudabi_fd_t fd, cloudabi_rights_t need, struct descriptor *out) {
    struct descriptor found = {0};
    fds_lock();
    struct descriptor *entry = fds_entry(fd);
    if (entry != NULL)
        found = *entry;
    fds_unlock();
    if (!found.open)
        return CLOUDABI_EBADF;
    if (out != NULL)
        *out = found;
    if ((found.base & CLOUDABI_RIGHT_FD_SEEK) != 0)
        need &= ~CLOUDABI_RIGHT_FD_TELL;
    return (need & ~found.base) == 0 ? CLOUDABI_ESUCCESS : CLOUDABI_ENOTCAPABLE;
}

cloudabi_errno_t fd_enter(linux_result fd, const struct descriptor *what, cloudabi_fd_t *out) {
    if (fd < 0)
        return errno_from_linux(fd);
    if (fd >= FDS_MAX) {
        LINUX(close, fd);
        return CLOUDABI_EMFILE;
    }
    fds_lock();
    struct descriptor entered = *what;
    entered.open = true;
    fds_set(&fds_table[fd], &entered);
    if ((cloudabi_fd_t)fd >= end)
        end = (cloudabi_fd_t)fd + 1;
    fds_unlock();
    *out = (cloudabi_fd_t)fd;
    return CLOUDABI_ESUCCESS;
}

cloudabi_errno_t fd_give(linux_result fd, const struct descriptor *what, cloudabi_fd_t *out) {
    cloudabi_fd_t number;
    cloudabi_errno_t error = fd_enter(fd, what, &number);
    if (error != 0)
        return error;
    if (user_put32(out, number))
        return CLOUDABI_ESUCCESS;
    fd_release(number);
    return CLOUDABI_EFAULT;
}

void process_end(int pidfd) {
    LINUX(pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
    siginfo_t info;
    while (LINUX(waitid, P_PIDFD, pidfd, &info, WEXITED, NULL) == -EINTR)
        ;
}

bool process_same(cloudabi_fd_t a, cloudabi_fd_t b) {
    struct stat x, y;
    return LINUX(fstat, a, &x) == 0 && LINUX(fstat, b, &y) == 0 && x.st_ino == y.st_ino &&
           x.st_dev == y.st_dev;
}

// Whether another owning descriptor of the same child is left. With the lock held.
static bool owned_elsewhere(cloudabi_fd_t closing) {
    for (cloudabi_fd_t fd = 0; fd < end; ++fd) {
        if (fd != closing && fds_table[fd].open && fds_table[fd].owner && process_same(fd, closing))
            return true;
    }
    return false;
}

void process_disown(cloudabi_fd_t fd) {
    fds_lock();
    for (cloudabi_fd_t other = 0; other < end; ++other) {
        if (fds_table[other].owner && process_same(fd, other))
            fds_table[other].owner = false;
    }
    fds_unlock();
}

cloudabi_errno_t fd_release(cloudabi_fd_t fd) {
    fds_lock();
    struct descriptor *entry = fds_entry(fd);
    if (entry == NULL) {
        fds_unlock();
        return CLOUDABI_EBADF;
    }
    bool last = entry->owner && !owned_elsewhere(fd);
    if (last)
        exitcode_forget(entry->exitcode);
    // Out of the table first: from the close on, another thread may get the number anew.
    static const struct descriptor nothing;
    fds_set(entry, &nothing);
    fds_unlock();
    if (last)
        process_end((int)fd);
    LINUX(close, fd);
    return CLOUDABI_ESUCCESS;
}

void process_end_all(void) {
    fds_lock();
    for (cloudabi_fd_t fd = 0; fd < end; ++fd) {
        if (fds_table[fd].open && fds_table[fd].owner)
            process_end((int)fd);
    }
    fds_unlock();
}
