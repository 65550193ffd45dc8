// SPDX-License-Identifier: BSD-2-Clause
// The mounter: a process with the power to make mounts in the sandbox's name spaces. It serves one
// request of the program, attenuate.h: a part of a granted directory as a mount of its own, which
// cannot be left either, read-only or without execution where such rights are not asked. It is
// there from the first such request on, keeps two capabilities in its user name space, and has a
// filter of its own ([mounter] in seccomp.toml).
#ifndef CLOUDABI_SANDBOX_MOUNTER_H
#define CLOUDABI_SANDBOX_MOUNTER_H

#include <sys/types.h>

#include "failure.h"

// Where it works; descriptors.
struct mounter_place {
    int user_namespace;
    int mount_namespace;
    int root; // the sandbox's
};

// Sends the supervisor what a mounter needs, MOUNTER_FDS descriptors.
#define MOUNTER_FDS 3
int mounter_send(int channel, const struct mounter_place *place, struct failure *failure);

// Starts it with what came and the descriptor through which the request waits. It
// ends by itself, with status 0, when nobody is left to ask. -1: there is none. The failure, in
// memory shared with it, is filled then, or when it ends with another status.
pid_t mounter_start(const int fds[MOUNTER_FDS], int listener, struct failure *failure);

#endif
