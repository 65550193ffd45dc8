// SPDX-License-Identifier: BSD-2-Clause
// The mounter: a process that stays in the sandbox's name spaces with the power to make mounts, and
// serves one request of the program, attenuate.h: a part of a granted directory as a mount of its
// own, which cannot be left either, read-only or without execution where such rights are not asked.
#ifndef CLOUDABI_SANDBOX_MOUNTER_H
#define CLOUDABI_SANDBOX_MOUNTER_H

#include "grant.h"

// Returns the mounter's process number. `*channel` takes the descriptor through which the requests
// are answered (layer_seccomp()); when it is closed without, or the last process under that filter
// has ended, the mounter ends.
pid_t mounter_start(const struct grants *grants, int *channel, struct failure *failure);

#endif
