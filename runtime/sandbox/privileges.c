// SPDX-License-Identifier: BSD-2-Clause
// Gives up every capability for good. User 0 would get them back at exec unless the bounding set is
// empty as well, so that goes first.
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <stdbool.h>
#include <stdint.h>
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

static bool has_capability(unsigned capability) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    return syscall(SYS_capget, &header, sets) == 0 &&
           (sets[capability / 32].effective >> capability % 32 & 1) != 0;
}

// They are numbered from 0 without gaps.
static int empty_bounding_set(struct failure *failure) {
    enum { CAPABILITIES_MAX = 64 };
    unsigned long count = 0;
    errno = 0;
    while (count < CAPABILITIES_MAX && prctl(PR_CAPBSET_DROP, count, 0, 0, 0) == 0)
        count++;
    int left = errno != EINVAL || count <= CAP_LAST_CAP;
    for (unsigned long capability = 0; capability < count && left == 0; capability++)
        left = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
    if (left == 0)
        return 0;
    return failure_set(failure, "cannot empty the capability bounding set: %s", strerror(errno));
}

static int lock_secure_bits(struct failure *failure) {
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
        return failure_set(failure, "cannot empty the ambient capabilities: %s", strerror(errno));
    unsigned long bits = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                         SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                         SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    if (prctl(PR_SET_SECUREBITS, bits, 0, 0, 0) != 0 ||
        ((unsigned long)prctl(PR_GET_SECUREBITS, 0, 0, 0, 0) & bits) != bits)
        return failure_set(failure, "cannot lock the secure bits: %s", strerror(errno));
    return 0;
}

static int capabilities_but(uint32_t kept, struct failure *failure) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct few[_LINUX_CAPABILITY_U32S_3] = {
        {.effective = kept, .permitted = kept}};
    if (syscall(SYS_capset, &header, few) != 0)
        return failure_set(failure, "cannot give up capabilities: %s", strerror(errno));
    struct __user_cap_data_struct left[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, left) != 0 || memcmp(left, few, sizeof few) != 0)
        return failure_set(failure, "capabilities are left after giving them up");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        return failure_set(failure, "cannot set no_new_privs: %s", strerror(errno));
    return 0;
}

int layer_no_privileges(struct failure *failure) {
    if (no_core_dump(failure) != 0 || empty_bounding_set(failure) != 0 ||
        lock_secure_bits(failure) != 0)
        return -1;
    return capabilities_but(0, failure);
}

int layer_mounter_privileges(struct failure *failure) {
    _Static_assert(CAP_SYS_ADMIN < 32 && CAP_SYS_PTRACE < 32, "the first word of two");
    if (no_core_dump(failure) != 0)
        return -1;
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failure_set(failure, "cannot keep the mounter from being looked into: %s",
                           strerror(errno));
    return capabilities_but(1U << CAP_SYS_ADMIN | 1U << CAP_SYS_PTRACE, failure);
}

// A limit of 0 does not hold back a helper that core dumps are piped to, and 0 cannot be raised.
static int no_core_helper(struct failure *failure) {
    struct rlimit limit;
    char first = '|';
    int fd = open("/proc/sys/kernel/core_pattern", O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, &first, 1);
    if (fd >= 0)
        close(fd);
    if (getrlimit(RLIMIT_CORE, &limit) != 0 || got < 0)
        return failure_set(failure, "cannot tell what becomes of core dumps: %s", strerror(errno));
    if (limit.rlim_max == 0 && first == '|')
        return failure_set(failure, "core dumps are piped to a helper outside, and their hard "
                                    "limit of 0 does not hold it back: let it be 1 or more "
                                    "(ulimit -Hc)");
    return 0;
}

int layer_no_privileges_strict(struct failure *failure) {
    if (no_core_helper(failure) != 0 || no_core_dump(failure) != 0)
        return -1;
    // Only who has the capability may give the others up for ever. Who has none at all needs no
    // more than no_new_privs: then an exec never adds one.
    if (prctl(PR_CAPBSET_READ, CAP_SETPCAP, 0, 0, 0) == 1 && has_capability(CAP_SETPCAP) &&
        (empty_bounding_set(failure) != 0 || lock_secure_bits(failure) != 0))
        return -1;
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
        return failure_set(failure, "cannot empty the ambient capabilities: %s", strerror(errno));
    if (capabilities_but(0, failure) != 0)
        return -1;
    if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0 || prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 1)
        return failure_set(failure, "cannot let the supervisor read the program's arguments: %s",
                           strerror(errno));
    return 0;
}
