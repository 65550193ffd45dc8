// SPDX-License-Identifier: BSD-2-Clause
// Descriptors in messages. Their rights travel as sent: when a descriptor has less than what its
// object would give it on arrival, a record of the rights of all follows as one more descriptor,
// a sealed memory file, which the receiving vDSO takes out again. A peer on the host that is
// handed attenuated descriptors sees that extra one.
#ifndef LOADER_PASSING_H
#define LOADER_PASSING_H

#include "fds.h"

#define PASSING_MAX (LINUX_SCM_MAX_FD - 1) // one place is the record's

// Looks up count descriptors. *record is the record to send with them, or -1 if none is needed.
cloudabi_errno_t passing_prepare(const cloudabi_fd_t *fds, size_t count, int *record);

// After they were sent.
void passing_done(const cloudabi_fd_t *fds, size_t count);

// Takes count descriptors that arrived: the first room of them get into the table, with the
// rights that were sent, cut by inheriting; their numbers are stored. Closes the others. Returns
// how many were stored; *surplus says whether any were closed for want of room.
size_t passing_accept(const int *arrived, size_t count, cloudabi_rights_t inheriting,
                      cloudabi_fd_t *fds, size_t room, bool *surplus);

#endif
