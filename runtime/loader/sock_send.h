// SPDX-License-Identifier: BSD-2-Clause
#ifndef LOADER_SOCK_SEND_H
#define LOADER_SOCK_SEND_H

#include "loader.h"

// sendmsg to the connected peer, without a signal when that is gone; ENOTSOCK for a pipe or none.
linux_result sock_send_message(int fd, const struct linux_msghdr *message);

#endif
