// SPDX-License-Identifier: BSD-2-Clause
// A mark is what Linux keeps in an open file for signal-driven input: the owner is this process,
// and the signal's number an index into the table of rights. No signal is ever sent, for the filter
// passes neither O_ASYNC nor the commands that write these fields. Only processes of the same user
// outside any sandbox could forge one, and those have all that it would give.
#include "marks.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

// The kernel takes signal numbers up to this one.
#define MARKS_MAX 64

// Newer than some C library's headers.
#ifndef F_GETOWNER_UIDS
#define F_GETOWNER_UIDS 17
#endif

static struct rights table[MARKS_MAX];
static int count;

// The signal's number for a set of rights; 0 when there is none left.
static int number_of(const struct rights *rights) {
    for (int i = 0; i < count; i++)
        if (table[i].base == rights->base && table[i].inheriting == rights->inheriting)
            return i + 1;
    if (count == MARKS_MAX)
        return 0;
    table[count] = *rights;
    return ++count;
}

int mark_set(int fd, const struct rights *rights) {
    int number = number_of(rights);
    if (number == 0)
        return -ENOSPC;
    // The number first: it means nothing without the owner.
    if (fcntl(fd, F_SETSIG, number) != 0 || fcntl(fd, F_SETOWN, getpid()) != 0)
        return -errno;
    struct rights written;
    return mark_get(fd, &written) && written.base == rights->base &&
                   written.inheriting == rights->inheriting
               ? 0
               : -ENOSYS;
}

bool mark_get(int fd, struct rights *rights) {
    uid_t uids[2];
    if (fcntl(fd, F_GETOWN) != getpid() || fcntl(fd, F_GETOWNER_UIDS, uids) != 0 ||
        uids[0] != getuid() || uids[1] != geteuid())
        return false;
    int number = fcntl(fd, F_GETSIG);
    if (number < 1 || number > count)
        return false;
    *rights = table[number - 1];
    return true;
}

// The owner is hidden once its process has ended. The number stays.
bool mark_exists(int fd) {
    return fcntl(fd, F_GETSIG) != 0;
}
