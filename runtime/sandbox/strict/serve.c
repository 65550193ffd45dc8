// SPDX-License-Identifier: BSD-2-Clause
// The calls that wait, one at a time. They are never answered with "continue": by then the
// arguments may be others.
#include "serve.h"

#include <errno.h>
#include <sys/syscall.h>

#include "../attenuate.h"
#include "../listener.h"
#include "calls.h"

static int64_t perform(const struct caller *caller) {
    switch (caller->number) {
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

void strict_serve(int listener) {
    listener_serve(listener, perform);
}
