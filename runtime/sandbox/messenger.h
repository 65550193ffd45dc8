// SPDX-License-Identifier: BSD-2-Clause
// Where the filter has no sendmsg, the descriptor of that very filter cannot be sent by whoever put
// it on. A process that shares the caller's descriptors, but not the filter, sends it.
#ifndef CLOUDABI_SANDBOX_MESSENGER_H
#define CLOUDABI_SANDBOX_MESSENGER_H

#include "failure.h"

struct messenger {
    int pidfd;
    int task_fd; // takes the number of the descriptor to send
};

// Before the filter. `channel_fd` is what it will send into.
int messenger_start(int channel_fd, struct messenger *messenger, struct failure *failure);

// After it, by calls that it lets through: has `listener` sent (0 or less: nothing), and sees the
// process end. 0, or -1 if it was not sent.
int messenger_finish(struct messenger *messenger, int listener);

#endif
