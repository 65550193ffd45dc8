// SPDX-License-Identifier: BSD-2-Clause
// Starts every file of the granted directory in two ways: by proc_exec, which checks before, and by
// handing it to the loader, as machine code can. Each must end, in whatever way, within its time.

#include "attack.h"

#include <cloudabi_syscalls.h>

#include "crt.h"
#include "exec.h"

enum { PROGRAMS_FD = 1, LOADER_FD, PATIENCE_MS = 10000, KILLED = 128 + 9, CLOEXEC = 1, SEAL = 8 };

struct entry {
    uint64_t inode, offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

static const char *name;
// Takes what the program says, in place of our own lines.
static long sink;

static size_t length(const char *text) {
    size_t len = 0;
    while (text[len] != '\0')
        ++len;
    return len;
}

static void start_by_call(void) {
    cloudabi_fdstat_t wanted = {0};
    cloudabi_fd_t fd, out;
    cloudabi_sys_fd_stat_get(PROGRAMS_FD, &wanted);
    wanted.fs_rights_base = wanted.fs_rights_inheriting;
    wanted.fs_flags = 0;
    if (cloudabi_sys_file_open((cloudabi_lookup_t){.fd = PROGRAMS_FD}, name, length(name), 0,
                               &wanted, &fd) != 0)
        RAW(__NR_exit_group, 98);
    if (cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &out) != 0)
        RAW(__NR_exit_group, 97);
    RAW(__NR_exit_group, 100 + cloudabi_sys_proc_exec(fd, "", 0, &out, 1));
}

static void start_by_loader(void) {
    long fd = open_raw(PROGRAMS_FD, name, O_RDONLY);
    const int fds[] = {(int)sink};
    exec_raw((int)fd, LOADER_FD, fds, 1, "", 0);
    RAW(__NR_exit_group, 94);
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    __crt_bind(info.vdso);
    attack_begin();
    sink = RAW(__NR_memfd_create, "", CLOEXEC | SEAL);
    char entries[8192];
    long made = 0, started = 0, ended = 0;
    for (long len; (len = RAW(__NR_getdents64, PROGRAMS_FD, entries, sizeof(entries))) > 0;)
        for (long at = 0; at < len;) {
            const struct entry *entry = (const struct entry *)(entries + at);
            at += entry->length;
            name = entry->name;
            if (name[0] == '.')
                continue;
            for (int way = 0; way < 2; ++way, ++made) {
                long status = in_child_for(way == 0 ? start_by_call : start_by_loader, PATIENCE_MS);
                bool fine = status >= 0 && status != KILLED;
                started += status == 0;
                ended += fine;
                if (!fine)
                    report_through(name, status);
                // The one that is not damaged.
                if (name[0] == 'g' && name[1] == 'o' && name[2] == 'o')
                    report(way == 0 ? "good-by-call" : "good-by-loader", status == 0, status);
            }
        }
    report_tally("bombs-from-within", made, ended - started, started);
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
