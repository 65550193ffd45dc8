// SPDX-License-Identifier: BSD-2-Clause
// The mounter: a process that stays in the sandbox's name spaces with the power to make mounts, and
// serves one request of the program, attenuate.h: a part of a granted directory as a mount of its
// own, which cannot be left either, read-only or without execution where such rights are not asked.
// It keeps two capabilities in its user name space and a filter of its own ([mounter] in
// seccomp.toml), and is in the program's Landlock domain: in another it could not look into it.
#ifndef CLOUDABI_SANDBOX_MOUNTER_H
#define CLOUDABI_SANDBOX_MOUNTER_H

#include "grant.h"

// Returns the mounter's process number. `*channel` takes the descriptor through which the requests
// are answered (layer_seccomp()); when it is closed without, or the last process under that filter
// has ended, the mounter ends.
pid_t mounter_start(const struct grants *grants, int *channel, struct failure *failure);

// Waits until the mounter has restricted itself. Returns 0, or -1 with the failure filled.
int mounter_await(int channel, struct failure *failure);

#endif
