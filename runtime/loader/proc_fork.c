// SPDX-License-Identifier: BSD-2-Clause
// proc_fork.

#include "exitcode.h"
#include "mem_ceiling.h"
#include "user.h"
#include "waiting.h"

// Nobody else may be in the middle of a change when the address space is copied.
static void lock_all(void) {
    readdir_lock();
    ceiling_lock();
    fds_lock();
    wait_lock();
    thread_before_fork();
}

static void unlock_all(void) {
    thread_after_fork();
    wait_unlock();
    fds_unlock();
    ceiling_unlock();
    readdir_unlock();
}

EXPORT cloudabi_errno_t cloudabi_sys_proc_fork(cloudabi_fd_t *fd, cloudabi_tid_t *tid) {
    struct descriptor what = {.type = CLOUDABI_FILETYPE_PROCESS, .owner = true};
    cloudabi_rights_max(what.type, &what.base, &what.inheriting);
    int pidfd = -1;
    uint32_t child_tid = 0;
    // A child that has run cannot be taken back.
    if (!user_can_put(fd, sizeof(*fd)) || !user_can_put(tid, sizeof(*tid)))
        return CLOUDABI_EFAULT;
    linux_result record = exitcode_make();
    if (record < 0)
        return errno_from_linux(record);
    lock_all();
    fds_share_all();
    linux_result result = LINUX(clone, LINUX_CLONE_FORK, NULL, &pidfd, &child_tid, 0);
    if (result == 0) {
        thread_in_child(child_tid);
        wait_in_child();
        fds_in_child();
        exitcode_adopt((int)record);
        unlock_all();
        user_put32(fd, CLOUDABI_PROCESS_CHILD);
        user_put32(tid, thread_self()->tid);
        return CLOUDABI_ESUCCESS;
    }
    unlock_all();
    what.exitcode = exitcode_watch((int)record);
    if (result < 0) {
        exitcode_forget(what.exitcode);
        return errno_from_linux(result);
    }
    if (pidfd >= (int)FDS_MAX)
        process_end(pidfd);
    return fd_give(pidfd, &what, fd);
}
