// SPDX-License-Identifier: BSD-2-Clause
// proc_exec: checks everything that can be checked, then becomes the loader again.

#include "fds.h"
#include "map.h"
#include "thread.h"
#include "user.h"

// The kernel refuses to map from where execution is not granted: find out while going back is
// possible.
static cloudabi_errno_t check_program(cloudabi_fd_t fd) {
    struct elf_source source;
    linux_result result = elf_source_init(&source, (int)fd);
    if (result < 0)
        return errno_from_linux(result);
    struct elf_image image;
    enum elf_reason reason;
    cloudabi_errno_t error = elf_check(&source, &image, &reason);
    if (error != 0)
        return error;
    result = LINUX(mmap, NULL, PAGE_SIZE, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
    if (result < 0)
        return result == -EPERM || result == -EACCES ? CLOUDABI_EACCES : errno_from_linux(result);
    LINUX(munmap, result, PAGE_SIZE);
    return CLOUDABI_ESUCCESS;
}

// The new image's loader moves every descriptor out of the way once.
static bool numbers_suffice(size_t nfds) {
    linux_result probe = LINUX(fcntl, state.loader_fd, F_DUPFD_CLOEXEC, 2 * nfds + 16);
    if (probe < 0)
        return false;
    LINUX(close, probe);
    return true;
}

static bool stays(cloudabi_fd_t child, const struct handover *handover) {
    for (uint32_t i = 0; i < handover->nfds; ++i) {
        const struct handover_fd *listed = &handover->fds[i];
        if ((listed->flags & HANDOVER_FD_OWNER) != 0 && process_same(child, listed->source))
            return true;
    }
    return false;
}

// Fills the list; nfds is always how far it is filled. With the table locked.
static cloudabi_errno_t fill_list(struct handover *handover, const cloudabi_fd_t *fds,
                                  size_t fds_len) {
    size_t delegated = 0;
    for (size_t i = 0; i < fds_len; ++i) {
        cloudabi_fd_t fd;
        if (!user_copy(&fd, &fds[i], sizeof(fd)))
            return CLOUDABI_EFAULT;
        const struct descriptor *entry = fds_entry(fd);
        if (entry == NULL)
            return CLOUDABI_EBADF;
        int source;
        cloudabi_errno_t error = fd_delegate(fd, entry, &source);
        if (error != 0)
            return error;
        bool kept = entry->kept || source != (int)fd;
        delegated += source != (int)fd;
        handover->fds[i] = (struct handover_fd){.source = (uint32_t)source,
                                                .filetype = entry->type,
                                                .flags = (entry->owner ? HANDOVER_FD_OWNER : 0) |
                                                         (kept ? HANDOVER_FD_KEPT : 0),
                                                .base = entry->base,
                                                .inheriting = entry->inheriting};
        handover->nfds = (uint32_t)i + 1;
    }
    return delegated == 0 || numbers_suffice(fds_len + delegated) ? CLOUDABI_ESUCCESS
                                                                  : CLOUDABI_E2BIG;
}

// Behind the list: the children whose last descriptor is not on it.
static void add_dropped(struct handover *handover, size_t fds_len) {
    uint32_t dropped = 0;
    for (cloudabi_fd_t fd = 0; fd < fds_end(); ++fd) {
        const struct descriptor *entry = fds_entry(fd);
        if (entry != NULL && entry->owner && !stays(fd, handover))
            handover->fds[fds_len + dropped++] =
                (struct handover_fd){.source = fd, .flags = HANDOVER_FD_OWNER | HANDOVER_FD_DROP};
    }
    handover->nfds += dropped;
}

// After the list was of no use.
static void close_delegated(const struct handover *handover, const cloudabi_fd_t *fds,
                            size_t fds_len) {
    for (size_t i = 0; i < fds_len && i < handover->nfds; ++i) {
        if (handover->fds[i].source != fds[i])
            LINUX(close, handover->fds[i].source);
    }
}

static linux_result write_all(int fd, const void *bytes, size_t len) {
    const char *at = bytes;
    while (len > 0) {
        struct iovec part = {.iov_base = (void *)(uintptr_t)at, .iov_len = len};
        linux_result written = LINUX(writev, fd, &part, 1);
        if (written == -EINTR)
            continue;
        if (written < 0)
            return written;
        at += written;
        len -= (size_t)written;
    }
    return 0;
}

static void keep_over_exec(const struct handover *handover, int memory, bool keep) {
    for (uint32_t i = 0; i < handover->nfds; ++i)
        LINUX(fcntl, handover->fds[i].source, F_SETFD, keep ? 0 : FD_CLOEXEC);
    LINUX(fcntl, handover->program_fd, F_SETFD, keep ? 0 : FD_CLOEXEC);
    LINUX(fcntl, state.loader_fd, F_SETFD, keep ? 0 : FD_CLOEXEC);
    if (state.exit_fd >= 0)
        LINUX(fcntl, state.exit_fd, F_SETFD, keep ? 0 : FD_CLOEXEC);
    LINUX(fcntl, memory, F_SETFD, keep ? 0 : FD_CLOEXEC);
}

static linux_result become_loader(int memory) {
    char digits[12], *number = &digits[sizeof(digits) - 1];
    *number = '\0';
    do
        *--number = (char)('0' + memory % 10);
    while ((memory /= 10) != 0);
    const char *argv[] = {state.program_name, number, NULL};
    const char *envp[] = {NULL};
    return LINUX(execveat, state.loader_fd, EMPTY_PATH, argv, envp, AT_EMPTY_PATH);
}

static cloudabi_errno_t hand_over(const struct handover *handover, const void *data) {
    linux_result memory = LINUX(memfd_create, "", MFD_CLOEXEC | MFD_NOEXEC_SEAL);
    if (memory < 0)
        return errno_from_linux(memory);
    size_t len = sizeof(*handover) + handover->nfds * sizeof(handover->fds[0]);
    linux_result result = write_all((int)memory, handover, len);
    if (result == 0)
        result = write_all((int)memory, data, handover->data_len);
    if (result == 0) {
        keep_over_exec(handover, (int)memory, true);
        result = become_loader((int)memory);
        keep_over_exec(handover, (int)memory, false);
    }
    LINUX(close, memory);
    return errno_from_linux(result);
}

EXPORT cloudabi_errno_t cloudabi_sys_proc_exec(cloudabi_fd_t fd, const void *data, size_t data_len,
                                               const cloudabi_fd_t *fds, size_t fds_len) {
    cloudabi_errno_t error = fd_get(fd, CLOUDABI_RIGHT_PROC_EXEC, NULL);
    if (error != 0)
        return error;
    if (data_len > HANDOVER_MAX_DATA || fds_len > HANDOVER_MAX_FDS || !numbers_suffice(fds_len))
        return CLOUDABI_E2BIG;
    error = check_program(fd);
    if (error != 0)
        return error;

    // Locked up to the end: the table must be what the new image gets.
    fds_lock();
    size_t len = sizeof(struct handover) + (fds_len + fds_end()) * sizeof(struct handover_fd);
    struct handover *handover = pages_alloc(len);
    if (handover == NULL) {
        error = CLOUDABI_ENOMEM;
    } else {
        *handover = (struct handover){.magic = HANDOVER_MAGIC,
                                      .version = HANDOVER_VERSION,
                                      .program_fd = fd,
                                      .loader_fd = (uint32_t)state.loader_fd,
                                      .status_fd = HANDOVER_NO_FD,
                                      .reserved_fd = state.exit_fd < 0 ? HANDOVER_NO_FD
                                                                       : (uint32_t)state.exit_fd,
                                      .data_len = data_len,
                                      .keeper = state.keeper,
                                      .tid_base = thread_tid_base};
        error = fill_list(handover, fds, fds_len);
        if (error == 0) {
            add_dropped(handover, fds_len);
            error = hand_over(handover, data);
        }
        close_delegated(handover, fds, fds_len);
        pages_free(handover, len);
    }
    fds_unlock();
    return error;
}
