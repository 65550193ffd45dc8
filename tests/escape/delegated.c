// SPDX-License-Identifier: BSD-2-Clause
// Machine code that another program (delegate.c) has started: what it was given must be all that it
// reaches. Its descriptors are a stream for its lines, a subdirectory with all rights, the grant's
// root for reading, the same with all rights, and a socket on which the first two come once more.
// The argument data is what the names of its attempts begin with;
// an n: the subdirectory is one of a subdirectory.

#include "narrow.h"

#include "crt.h"

enum { SUB_FD = 1, READ_FD, WHOLE_FD, SOCKET_FD };

static const char *given;

static void attack_sub(const char *how, int sub) {
    narrow_name(given, how);
    attack_above(sub, given[0] == 'n' ? 2 : 1);
    use_for_writing(sub);
    attack_execute(sub);
}

static void attack_read(const char *how, int read) {
    narrow_name(given, how);
    works("file", open_raw(read, "file", O_RDONLY));
    works("below", open_raw(read, "sub/file", O_RDONLY));
    attack_write(read);
    attack_execute(read);
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    static char prefix[32];
    for (size_t i = 0; i < info.argdata_len && i + 1 < sizeof(prefix); ++i)
        prefix[i] = ((const char *)info.argdata)[i];
    given = prefix;
    attack_sub("sub-", SUB_FD);
    attack_read("read-", READ_FD);
    // It has lost nothing: these attempts are not vain where they are refused above.
    narrow_name(given, "whole-");
    use_for_writing(WHOLE_FD);
    attack_execute(WHOLE_FD);
    int fds[RECEIVED_MAX];
    long count = receive(SOCKET_FD, fds);
    narrow_name(given, "passed-");
    works("both", count < 2 ? -1 : count);
    attack_sub("passed-sub-", fds[0]);
    attack_read("passed-read-", fds[1]);
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
