// SPDX-License-Identifier: BSD-2-Clause
// The loader makes its system calls with the values that the filter lets pass.
#include "../../runtime/loader/handover.h"
#include "../../runtime/loader/linux.h"
#include "seccomp_filter.h"

_Static_assert(LINUX_CLONE_FORK == CLOUDABI_LINUX_CLONE_FORK_FLAGS, "proc_fork");
_Static_assert(LINUX_CLONE_THREAD == CLOUDABI_LINUX_CLONE_THREAD_FLAGS, "thread_create");
_Static_assert(LINUX_PIDFD_SELF_THREAD_GROUP == CLOUDABI_LINUX_PIDFD_SELF, "proc_raise");
_Static_assert(EMPTY_PATH == CLOUDABI_LINUX_EMPTY_PATH, "proc_exec");
