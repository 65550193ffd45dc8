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

// Starts it as a child of this process, which is in the sandbox's user and process name spaces.
// `place` is a descriptor of the mount name space, or of a process in it; `listener` is the one
// through which the request waits. It ends by itself, with status 0, when nobody is left to ask.
// -1: there is none. The failure is filled then; if in memory shared with it, also when it ends
// with another status.
pid_t mounter_start(int place, int listener, struct failure *failure);

#endif
