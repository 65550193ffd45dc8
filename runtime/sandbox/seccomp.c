// SPDX-License-Identifier: BSD-2-Clause
// The system call filter, generated from seccomp.toml.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>

#include "layers.h"
#include "seccomp_filter.h"

int layer_seccomp(struct failure *failure) {
    struct sock_fprog program = {
        .len = sizeof cloudabi_seccomp_filter / sizeof cloudabi_seccomp_filter[0],
        .filter = (struct sock_filter *)cloudabi_seccomp_filter,
    };
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
        return failure_set(failure,
                           "the kernel denies a system call filter: %s: it needs "
                           "CONFIG_SECCOMP_FILTER",
                           strerror(errno));
    return 0;
}
