// SPDX-License-Identifier: BSD-2-Clause
// Descriptors in messages. Their rights travel as sent: when a descriptor has less than what its
// object would give it on arrival, a record of the rights of all follows as one more descriptor,
// a sealed memory file, which the receiving vDSO takes out again. A peer on the host that is
// handed attenuated descriptors sees that extra one.
#ifndef LOADER_PASSING_H
#define LOADER_PASSING_H

#include "fds.h"

#define PASSING_MAX (LINUX_SCM_MAX_FD - 1) // one place is the record's

// What a message carries: for each descriptor itself, or what is given away in its place; then the
// record, if one is needed.
struct passing {
    size_t count;
    int sent[PASSING_MAX + 1];
};

// Looks up count descriptors. passing_done() has to follow, if this does not fail.
cloudabi_errno_t passing_prepare(const cloudabi_fd_t *fds, size_t count, struct passing *passing);

// sent: whether they were.
void passing_done(const cloudabi_fd_t *fds, size_t count, const struct passing *passing, bool sent);

// Takes count descriptors that arrived: the first room of them get into the table, with the
// rights that were sent, cut by inheriting; their numbers are stored. Closes the others. Returns
// how many were stored; *surplus says whether any were closed for want of room.
size_t passing_accept(const int *arrived, size_t count, cloudabi_rights_t inheriting,
                      cloudabi_fd_t *fds, size_t room, bool *surplus);

#endif
