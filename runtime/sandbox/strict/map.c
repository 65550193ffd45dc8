// SPDX-License-Identifier: BSD-2-Clause
// Shared mappings of files. One of a file that is open for reading and writing can be made writable
// later, and O_APPEND does not bind what is written through it.
#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "appending.h"
#include "calls.h"

static bool granted;

bool appends_only(int flags, const struct rights *rights) {
    return (flags & O_ACCMODE) == O_RDWR && (flags & O_APPEND) != 0 &&
           (rights->base & CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS) == 0;
}

void appending_granted(void) {
    granted = true;
}

bool appending_is_granted(void) {
    return granted;
}

// Nobody can map for another process. So the kernel goes on, which is safe where there is no file
// to protect, or where nobody can put another one in the place of what was looked at.
int64_t call_mmap(const struct caller *caller) {
    if (!granted || !(caller->arguments[3] & MAP_SHARED))
        return CONTINUE;
    if (!caller_is_alone(caller))
        return -EPERM;
    int fd = caller_fd(caller, caller->arguments[4]);
    if (fd < 0)
        return fd;
    struct rights rights;
    int flags = fcntl(fd, F_GETFL);
    bool protect = flags < 0 || (mark_get(fd, &rights) && appends_only(flags, &rights));
    close(fd);
    return protect ? -EPERM : CONTINUE;
}
