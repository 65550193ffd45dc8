// SPDX-License-Identifier: BSD-2-Clause
// Programs in a directory that was not granted for execution: as the rights say, and where only the
// mount says so.
#include "helpers.h"

#define NOEXEC 3 // the directory with the test programs, once more

static cloudabi_fd_t open_program(cloudabi_rights_t rights, cloudabi_errno_t *error) {
    cloudabi_fd_t fd = UINT32_MAX;
    *error = open_at(LOOKUP(NOEXEC), "loader_program_exec_target", 0, READING | rights, 0, &fd);
    return fd;
}

static cloudabi_errno_t execute(cloudabi_fd_t fd) {
    cloudabi_fd_t output = OUTPUT;
    return cloudabi_sys_proc_exec(fd, "", 0, &output, 1);
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    cloudabi_errno_t error;
    cloudabi_fd_t fd;
    if ((fdstat(NOEXEC).fs_rights_inheriting & CLOUDABI_RIGHT_PROC_EXEC) == 0) {
        open_program(CLOUDABI_RIGHT_PROC_EXEC, &error);
        check_equal(error, CLOUDABI_ENOTCAPABLE, "the right is not to be had");
        fd = open_program(0, &error);
        check_equal(execute(fd), CLOUDABI_ENOTCAPABLE, "without it: NOTCAPABLE");
        return;
    }
    const cloudabi_rights_t mapping = CLOUDABI_RIGHT_MEM_MAP | CLOUDABI_RIGHT_MEM_MAP_EXEC;
    fd = open_program(CLOUDABI_RIGHT_PROC_EXEC | mapping, &error);
    check_equal(error, 0, "the right is there");
    check_equal(execute(fd), CLOUDABI_EACCES, "proc_exec: where the mount forbids it, ACCES");
    void *mem;
    check_equal(
        cloudabi_sys_mem_map(NULL, 4096, CLOUDABI_PROT_READ, CLOUDABI_MAP_PRIVATE, fd, 0, &mem), 0,
        "the caller continues unchanged, and may map it to read");
    check_equal(cloudabi_sys_mem_map(NULL, 4096, CLOUDABI_PROT_READ | CLOUDABI_PROT_EXEC,
                                     CLOUDABI_MAP_PRIVATE, fd, 0, &mem),
                CLOUDABI_EPERM, "mem_map EXEC: where the mount forbids it, PERM");
    check(cloudabi_sys_mem_protect(mem, 4096, CLOUDABI_PROT_READ | CLOUDABI_PROT_EXEC) != 0,
          "and mem_protect does not get there either");
}
