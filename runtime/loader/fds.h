// SPDX-License-Identifier: BSD-2-Clause
// The descriptor table: a CloudABI descriptor is the Linux one of the same number, plus what is
// kept here. A number that is not in the table is not open, whatever Linux says.
#ifndef LOADER_FDS_H
#define LOADER_FDS_H

#include "handover.h"
#include "loader.h"

#define FDS_MAX (UINT32_C(1) << 20)

// All 0 where no descriptor is open.
struct descriptor {
    cloudabi_rights_t base, inheriting;
    cloudabi_filetype_t type;
    bool open;
    // For a process: this process made it, and closing the last copy here ends it. Linux has no
    // count of all copies, so those that fork makes in a child do not own, and sending one to
    // another process ends the ownership of all.
    bool owner;
    bool kept; // a directory that can be given away as it is; see delegate.c
    // A file that this process opened and of which there is no copy: nobody would notice if it were
    // opened anew.
    bool alone;
    const volatile uint32_t *exitcode; // of a process made here; see exitcode.h
};

// The table itself, for fd_has and fds_set.
extern struct descriptor fds_table[FDS_MAX] __attribute__((visibility("hidden")));

// Changes an entry, with the table locked. Those who look without the lock see the rights change
// at one stroke, and what they stand for when they are there.
static inline void fds_set(struct descriptor *entry, const struct descriptor *what) {
    struct descriptor without = *what;
    without.base = 0;
    __atomic_store_n(&entry->base, 0, __ATOMIC_RELEASE);
    *entry = without;
    __atomic_store_n(&entry->base, what->base, __ATOMIC_RELEASE);
}

// Looks up fd. BADF if it is not open, NOTCAPABLE if a right in need is missing (fd_seek stands
// for fd_tell too). *out, if not null, is what the table said, once.
cloudabi_errno_t fd_get(cloudabi_fd_t fd, cloudabi_rights_t need, struct descriptor *out);

// Whether fd has all rights in need, which must not be 0: one look without the lock. A yes is as
// good as that of fd_get, which is old news too when it arrives. After a no, ask fd_get.
static inline bool fd_has(cloudabi_fd_t fd, cloudabi_rights_t need) {
    return fd < FDS_MAX && (need & ~__atomic_load_n(&fds_table[fd].base, __ATOMIC_ACQUIRE)) == 0;
}

// fd_get for nothing but the answer.
static inline cloudabi_errno_t fd_check(cloudabi_fd_t fd, cloudabi_rights_t need) {
    return need != 0 && fd_has(fd, need) ? CLOUDABI_ESUCCESS : fd_get(fd, need, NULL);
}

// Enters a Linux descriptor that was just made. Fails (and closes it) only if its number is too
// large. On success *out is its number.
cloudabi_errno_t fd_enter(linux_result fd, const struct descriptor *what, cloudabi_fd_t *out);

// The same for a number that goes to the program's memory: FAULT, and nothing stays open, if it is
// bad.
cloudabi_errno_t fd_give(linux_result fd, const struct descriptor *what, cloudabi_fd_t *out);

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
// Before a copy of fd is made, or of all.
void fd_share(cloudabi_fd_t fd);
void fds_share_all(void); // with the table locked
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
// After fd has lost rights: in strict mode the kernel's object loses them too, if it is a directory
// or an `alone` file. Machine code then gets no more through this descriptor.
void fd_narrow(cloudabi_fd_t fd);
// Whether an entry stays `kept` with the fewer rights given.
bool fd_stays_kept(const struct descriptor *entry, cloudabi_rights_t base,
                   cloudabi_rights_t inheriting);

// descriptors.c: places the descriptors of a hand-over, whose list is used up. On success
// *program_fd and *status_fd are their new numbers, the last ones open (status_fd -1 if there is
// none), and state.loader_fd and state.exit_fd are set.
linux_result descriptors_place(struct handover *handover, int *program_fd, int *status_fd);

#endif
