// SPDX-License-Identifier: BSD-2-Clause
// Which sockets from outside may be handed over, and under which filter.
#ifndef CLOUDABI_SANDBOX_SOCKETS_H
#define CLOUDABI_SANDBOX_SOCKETS_H

#include <stdbool.h>

#include "failure.h"
#include "grant.h"

// Returns 0 when the socket `fd` reaches no more than the peer it is connected to or those that
// connect to it, given the filter that sockets_name_peers() asks for; -1 with the failure filled
// when not. `number` is its name in the message.
int socket_refuse(int fd, int number, const char *where, struct failure *failure);

// Whether any opened grant is a socket on which a message can name its peer: the filter then must
// have no call that does. Whatever cannot be told counts as one.
bool sockets_name_peers(const struct grants *grants);

// Makes, binds and connects the socket that the grant describes. `made` is set if that left a file.
int socket_open(struct grant *grant, struct failure *failure);

#endif
