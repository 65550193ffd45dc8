// SPDX-License-Identifier: BSD-2-Clause
// The descriptor table: a CloudABI descriptor is the Linux one of the same number, plus what is
// kept here. A number that is not in the table is not open, whatever Linux says.
#ifndef LOADER_FDS_H
#define LOADER_FDS_H

#include "handover.h"
#include "loader.h"

#define FDS_MAX (UINT32_C(1) << 20)

struct descriptor {
    cloudabi_rights_t base, inheriting;
    cloudabi_filetype_t type;
    bool open;
    // For a process: this process made it, and closing the last copy here ends it. Linux has no
    // count of all copies, so those that fork makes in a child do not own, and sending one to
    // another process ends the ownership of all.
    bool owner;
    bool kept; // a directory that can be given away as it is; see delegate.c
    const volatile uint32_t *exitcode; // of a process made here; see exitcode.h
};

// Looks up fd. BADF if it is not open, NOTCAPABLE if a right in need is missing (fd_seek stands
// for fd_tell too). *out, if not null, is what the table said, once.
cloudabi_errno_t fd_get(cloudabi_fd_t fd, cloudabi_rights_t need, struct descriptor *out);

// Enters a Linux descriptor that was just made. Fails (and closes it) only if its number is too
// large. On success *out is its number.
cloudabi_errno_t fd_enter(linux_result fd, const struct descriptor *what, cloudabi_fd_t *out);

// Takes fd out of the table, closes it, and ends the child if this was the last owning copy.
cloudabi_errno_t fd_release(cloudabi_fd_t fd);

// Whether two process descriptors are of one child. The inode number of a pidfd is that of its
// process since Linux 6.9.
bool process_same(cloudabi_fd_t a, cloudabi_fd_t b);
// Kills and reaps the child of a process descriptor.
void process_end(int pidfd);
// After a copy went to another process.
void process_disown(cloudabi_fd_t fd);
// Those of all owning descriptors: the process is about to end.
void process_end_all(void);

// The table's own lock, for those who have to see or change several entries at once.
void fds_lock(void);
void fds_unlock(void);
struct descriptor *fds_entry(cloudabi_fd_t fd); // null if it is not open
cloudabi_fd_t fds_end(void);                    // no number from here on is open
// file_readdir.c's lock, around fork.
void readdir_lock(void);
void readdir_unlock(void);
// In a forked child: what it has are copies, none of them owns.
void fds_in_child(void);

// filetype.c: what a Linux descriptor is, and the most it can be allowed. type UNKNOWN asks to
// find out; another one is believed.
void fd_nature(int fd, cloudabi_filetype_t type, struct descriptor *out);
// The same of one that was just opened by a path with these flags: it is neither a socket nor a
// process, so that less has to be asked.
void fd_nature_opened(int fd, uint64_t flags, struct descriptor *out);
cloudabi_filetype_t filetype_from_mode(unsigned mode);

// delegate.c: what to give away for fd, which the table has as `what`. *out is fd itself, or a new
// descriptor to be closed after use. NOTCAPABLE if nothing holds whoever gets it to those rights.
cloudabi_errno_t fd_delegate(cloudabi_fd_t fd, const struct descriptor *what, int *out);
// Whether an entry stays `kept` with the fewer rights given.
bool fd_stays_kept(const struct descriptor *entry, cloudabi_rights_t base,
                   cloudabi_rights_t inheriting);

// descriptors.c: places the descriptors of a hand-over. On success *program_fd and *status_fd are
// their new numbers (status_fd -1 if there is none) and state.loader_fd is set.
linux_result descriptors_place(const struct handover *handover, int *program_fd, int *status_fd);

#endif
