// SPDX-License-Identifier: BSD-2-Clause
// Which sockets from outside may be handed over.
#ifndef CLOUDABI_SANDBOX_SOCKETS_H
#define CLOUDABI_SANDBOX_SOCKETS_H

#include "failure.h"

// Returns 0 when the socket `fd` reaches no more than the peer it is connected to or those that
// connect to it; -1 with the failure filled when not. `number` is its name in the message.
int socket_refuse(int fd, int number, const char *where, struct failure *failure);

#endif
