// SPDX-License-Identifier: BSD-2-Clause
// Takes the calls that wait, one at a time, and answers them. Never with "continue": by then the
// arguments may be others.
#include "serve.h"

#include <errno.h>
#include <linux/audit.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "../attenuate.h"
#include "calls.h"

static int64_t perform(const struct caller *caller, int number) {
    switch (number) {
    case SYS_openat2:
        return caller->arguments[3] == sizeof(struct attenuation) ? call_attenuate(caller)
                                                                  : call_openat2(caller);
    case SYS_mkdirat:
        return call_mkdirat(caller);
    case SYS_symlinkat:
        return call_symlinkat(caller);
    case SYS_renameat:
        return call_renameat(caller);
    case SYS_linkat:
        return call_linkat(caller);
    case SYS_unlinkat:
        return call_unlinkat(caller);
    case SYS_newfstatat:
        return call_newfstatat(caller);
    case SYS_readlinkat:
        return call_readlinkat(caller);
    case SYS_utimensat:
        return call_utimensat(caller);
    case SYS_fcntl:
        return call_fcntl(caller);
    case SYS_ftruncate:
        return call_ftruncate(caller);
    case SYS_fallocate:
        return call_fallocate(caller);
    case SYS_getdents64:
        return call_getdents64(caller);
    default:
        return -ENOSYS;
    }
}

bool strict_serve(int listener) {
    // The kernel wants it empty.
    struct seccomp_notif notif;
    memset(&notif, 0, sizeof notif);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notif) != 0)
        return errno == ENOENT || errno == EINTR || errno == EAGAIN; // the caller has died
    struct caller caller = {
        .listener = listener,
        .id = notif.id,
        .tid = (int)notif.pid,
    };
    for (int i = 0; i < 6; i++)
        caller.arguments[i] = notif.data.args[i];
    int64_t result = notif.data.arch == AUDIT_ARCH_X86_64 && caller.tid > 0
                         ? perform(&caller, notif.data.nr)
                         : -ENOSYS;
    if (result == ANSWERED)
        return true;
    struct seccomp_notif_resp answer = {.id = notif.id};
    if (result < 0)
        answer.error = (int)result;
    else
        answer.val = result;
    // It fails when the caller has died meanwhile, which is nobody's loss.
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    return true;
}
