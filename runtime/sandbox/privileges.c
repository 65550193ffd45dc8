// SPDX-License-Identifier: BSD-2-Clause
// Gives up every capability for good. User 0 would get them back at exec unless the bounding set is
// empty as well, so that goes first.
#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"

// A crash would have the kernel start a privileged helper on memory that the program has shaped.
// That 0 does not keep it from it, and 1 does, is Linux's way (core(5)).
static int no_core_dump(struct failure *failure) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) != 0)
        return failure_set(failure, "cannot read the limit of core dumps: %s", strerror(errno));
    limit.rlim_cur = limit.rlim_max = limit.rlim_max == 0 ? 0 : 1;
    if (setrlimit(RLIMIT_CORE, &limit) != 0)
        return failure_set(failure, "cannot forbid core dumps: %s", strerror(errno));
    return 0;
}

int layer_no_privileges(struct failure *failure) {
    if (no_core_dump(failure) != 0)
        return -1;
    for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0;
         capability++)
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0 ||
            prctl(PR_CAPBSET_READ, capability, 0, 0, 0) != 0)
            return failure_set(failure, "cannot empty the capability bounding set: %s",
                               strerror(errno));
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
        return failure_set(failure, "cannot empty the ambient capabilities: %s", strerror(errno));
    unsigned long bits = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                         SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                         SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    if (prctl(PR_SET_SECUREBITS, bits, 0, 0, 0) != 0 ||
        ((unsigned long)prctl(PR_GET_SECUREBITS, 0, 0, 0, 0) & bits) != bits)
        return failure_set(failure, "cannot lock the secure bits: %s", strerror(errno));

    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    if (syscall(SYS_capset, &header, none) != 0)
        return failure_set(failure, "cannot give up capabilities: %s", strerror(errno));
    struct __user_cap_data_struct left[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, left) != 0 || memcmp(left, none, sizeof none) != 0)
        return failure_set(failure, "capabilities are left after giving them up");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        return failure_set(failure, "cannot set no_new_privs: %s", strerror(errno));
    return 0;
}
