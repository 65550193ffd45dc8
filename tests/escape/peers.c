// SPDX-License-Identifier: BSD-2-Clause
// Two sandboxes with a socket between them. The one (`giver`) sends what it was granted to the
// other (`taker`), which must get no more out of it than the first could.

#include "attack.h"

#include <linux/mman.h>
#include <linux/uio.h>

#include "crt.h"

enum { SOCKET_FD = 1, APPEND_FD, OTHER_READ_ONLY_FD, OTHER_READ_WRITE_FD, OWN_FD = 2, SENT = 7 };
enum { LOADER_FD = OTHER_READ_WRITE_FD + 1 };
enum { F_SETFL_ = 4, F_DUPFD_CLOEXEC_ = 1030, F_ADD_SEALS_ = 1033 };

struct message {
    void *name;
    long name_len;
    struct iovec *parts;
    size_t parts_len;
    void *control;
    size_t control_len;
    int flags;
};

struct control {
    size_t length;
    int level, type;
    int fds[8];
};

static long transfer(long call, struct control *control, int flags) {
    char byte = 0;
    struct iovec part = {&byte, 1};
    struct message message = {
        .parts = &part, .parts_len = 1, .control = control, .control_len = sizeof(*control)};
    return RAW(call, SOCKET_FD, &message, flags);
}

static bool has_ended(int child) {
    struct {
        int fd;
        short events, revents;
    } poll = {child, 1, 0};
    long none[2] = {0};
    return RAW(__NR_ppoll, &poll, 1, none, 0, 8) != 0;
}

static void give(void) {
    int child = -1;
    if (fork_raw(&child) == 0) {
        sleep_ms(60000);
        RAW(__NR_exit_group, 0);
    }
    long sub = open_raw(OTHER_READ_ONLY_FD, "sub", O_RDONLY | O_DIRECTORY);
    struct control control = {.length = 16 + SENT * sizeof(int), .level = 1, .type = 1};
    const int fds[SENT] = {APPEND_FD, OTHER_READ_ONLY_FD, OTHER_READ_WRITE_FD, (int)sub, child,
                           LOADER_FD, SOCKET_FD};
    for (int i = 0; i < SENT; ++i)
        control.fds[i] = fds[i];
    transfer(__NR_sendmsg, &control, 0);
    // Until the other has ended.
    char byte;
    struct iovec part = {&byte, 1};
    while (RAW(__NR_readv, SOCKET_FD, &part, 1) > 0)
        ;
    bool lives = !has_ended(child);
    kill_raw(child);
    // Ended by its own parent, and not before.
    RAW(__NR_exit_group, wait_raw(child) == 128 + 9 && lives ? 0 : 1);
}

static void attack_append(int fd, bool strict) {
    char byte = 'X';
    struct iovec part = {&byte, 1};
    // Full mode keeps rights finer than the open mode in the vDSO alone.
    if (strict) {
        REFUSED("append-clear", __NR_fcntl, fd, F_SETFL_, 0);
        REFUSED("append-truncate", __NR_ftruncate, fd, 0);
        REFUSED("append-allocate", __NR_fallocate, fd, 0, 0, 1 << 20);
        REFUSED("append-times", __NR_utimensat, fd, 0, ((long[4]){1, 0, 1, 0}), 0);
    } else {
        report_skip("append-clear");
        report_skip("append-truncate");
        report_skip("append-allocate");
        report_skip("append-times");
    }
    REFUSED("append-read", __NR_preadv, fd, &part, 1, 0, 0);
    REFUSED("append-map", __NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    REFUSED("append-mode", __NR_fchmod, fd, 0777);
}

static long narrow(int fd) {
    long asked[5] = {0, 0, 0, -1, -1};
    return RAW(__NR_openat2, fd, "", asked, sizeof(asked));
}

static void attack_directory(const char *const names[8], int fd, bool writable) {
    char stat[256];
    report(names[0],
           !reaches_secret(fd, "../" PATH_SECRET) && !reaches_secret(fd, "../../" PATH_SECRET), 0);
    long result = open_raw(fd, "../../../../../../../etc/passwd", O_RDONLY);
    report(names[1], result < 0, result);
    result = RAW(__NR_newfstatat, fd, "../" PATH_SECRET, stat, 0);
    report(names[2], result < 0, result);
    if (!writable) {
        result = open_raw(fd, "file", O_RDWR);
        report(names[3], result < 0, result);
        result = open_raw(fd, "made", O_RDWR | O_CREAT);
        report(names[4], result < 0, result);
        REFUSED(names[5], __NR_unlinkat, fd, "file", 0);
    }
    // The root of a mount may be had once more, and nothing above or beyond it.
    result = narrow(fd);
    bool more = result >= 0 && (reaches_secret((int)result, "../" PATH_SECRET) ||
                                reaches_secret((int)result, "../../" PATH_SECRET) ||
                                (!writable && open_raw((int)result, "file", O_RDWR) >= 0));
    report(names[6], !more, result);
    RAW(__NR_close, result);
    REFUSED(names[7], __NR_linkat, fd, "../" PATH_SECRET, OWN_FD, "stolen", 0);
}

// The other's child: a signal to it leaves this sandbox's domain.
static void attack_child(int pidfd) {
    char info[256];
    REFUSED("other-child-kill", __NR_pidfd_send_signal, pidfd, 9, 0, 0);
    REFUSED("other-child-wait", __NR_waitid, 3, pidfd, info, 5, 0);
    REFUSED("other-child-files", __NR_openat2, pidfd, "root",
            (&(struct open_how){.flags = O_RDONLY}), sizeof(struct open_how));
    REFUSED("other-child-descriptors", __NR_pidfd_getfd, pidfd, 0, 0);
    REFUSED("other-child-name-space", __NR_setns, pidfd, 0x10000000);
    REFUSED("other-child-memory", __NR_process_madvise, pidfd, info, 1, 4, 0);
    REFUSED("other-child-release", __NR_process_mrelease, pidfd, 0);
}

static void attack_loader(int fd) {
    struct iovec part = {"X", 1};
    REFUSED("other-loader-write", __NR_writev, fd, &part, 1);
    REFUSED("other-loader-truncate", __NR_ftruncate, fd, 0);
    REFUSED("other-loader-times", __NR_utimensat, fd, 0, ((long[4]){1, 0, 1, 0}), 0);
    REFUSED("other-loader-map", __NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    long up = open_raw(fd, "..", O_RDONLY);
    report("other-loader-up", up < 0, up);
}

static void take(bool strict) {
    static const char *const read_only[] = {
        "other-secret", "other-root",   "other-attributes", "other-write",
        "other-create", "other-unlink", "other-narrow",     "other-link",
    };
    static const char *const sub[] = {
        "sub-secret", "sub-root",   "sub-attributes", "sub-write",
        "sub-create", "sub-unlink", "sub-narrow",     "sub-link",
    };
    static const char *const read_write[] = {
        "both-secret", "both-root", "both-attributes", "", "", "", "both-narrow", "both-link",
    };
    struct control control = {0};
    long got = transfer(__NR_recvmsg, &control, 0x40000000 /* MSG_CMSG_CLOEXEC */);
    if (got != 1 || control.length != 16 + SENT * sizeof(int)) {
        report("nothing-was-sent", false, got);
        return;
    }
    const int *fds = control.fds;
    attack_append(fds[0], strict);
    attack_directory(read_only, fds[1], false);
    attack_directory(read_write, fds[2], true);
    attack_directory(sub, fds[3], false);
    attack_child(fds[4]);
    attack_loader(fds[5]);
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    if (is_argument(&info, "giver"))
        give();
    take(is_argument(&info, "strict"));
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
