// SPDX-License-Identifier: BSD-2-Clause
// A mark is what Linux keeps in an open file for signal-driven input: the owner is this process,
// and the signal's number, together with whether process or thread is meant, an index into the
// table of rights. No signal is ever sent, for the filter
// passes neither O_ASYNC nor the commands that write these fields. Only processes of the same user
// outside any sandbox could forge one, and those have all that it would give.
#include "marks.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

// The kernel takes signal numbers up to this one. Both kinds of owner are this process's first
// thread, which lives as long as it does: a mark whose owner has ended would be none.
#define SIGNALS 64
#define MARKS_MAX (2 * SIGNALS)

// Newer than some C library's headers.
#ifndef F_GETOWNER_UIDS
#define F_GETOWNER_UIDS 17
#endif

// Entries are added and never changed.
static struct rights table[MARKS_MAX];
static atomic_int count;
static pthread_mutex_t adding = PTHREAD_MUTEX_INITIALIZER;

// The index of a set of rights; -1 when there is no room for it.
static int index_of(uint64_t base, uint64_t inheriting) {
    int i = 0;
    for (; i < count; i++)
        if (table[i].base == base && table[i].inheriting == inheriting)
            return i;
    if (i == MARKS_MAX)
        return -1;
    table[i] = (struct rights){base, inheriting};
    count = i + 1;
    return i;
}

// With a directory's rights those of what is opened through it: who fills the table up keeps nobody
// from opening a file.
static int index_with_inherited(const struct rights *rights) {
    pthread_mutex_lock(&adding);
    int index = index_of(rights->base, rights->inheriting);
    if (index >= 0 && index_of(rights->inheriting, rights->inheriting) < 0)
        index = -1;
    pthread_mutex_unlock(&adding);
    return index;
}

int mark_set(int fd, const struct rights *rights) {
    int index = index_with_inherited(rights);
    if (index < 0)
        return -ENOSPC;
    struct f_owner_ex owner = {index < SIGNALS ? F_OWNER_PID : F_OWNER_TID, getpid()};
    // The number first: it means nothing without the owner.
    if (fcntl(fd, F_SETSIG, index % SIGNALS + 1) != 0 || fcntl(fd, F_SETOWN_EX, &owner) != 0)
        return -errno;
    struct rights written;
    return mark_get(fd, &written) && written.base == rights->base &&
                   written.inheriting == rights->inheriting
               ? 0
               : -ENOSYS;
}

bool mark_get(int fd, struct rights *rights) {
    uid_t uids[2];
    struct f_owner_ex owner;
    if (fcntl(fd, F_GETOWN_EX, &owner) != 0 || owner.pid != getpid() ||
        fcntl(fd, F_GETOWNER_UIDS, uids) != 0 || uids[0] != getuid() || uids[1] != geteuid())
        return false;
    int number = fcntl(fd, F_GETSIG);
    int index = number - 1 + (owner.type == F_OWNER_TID ? SIGNALS : 0);
    if (number < 1 || number > SIGNALS || index >= count)
        return false;
    *rights = table[index];
    return owner.type == F_OWNER_PID || owner.type == F_OWNER_TID;
}

// The owner is hidden once its process has ended. The number stays.
bool mark_exists(int fd) {
    return fcntl(fd, F_GETSIG) != 0;
}
