// SPDX-License-Identifier: BSD-2-Clause
// Memory of every kind.

#include "calls.h"

static void anonymous(void) {
    char *at = NULL;
    check_equal(cloudabi_sys_mem_map(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE,
                                     NO_FD, 0, (void **)&at),
                0, "mem_map");
    at[0] = 1;
    check_equal(cloudabi_sys_mem_advise(at, PAGE, ADVICE_NORMAL), 0, "mem_advise");
    check_equal(cloudabi_sys_mem_protect(at, PAGE, PROT_READ), 0, "mem_protect");
    check_equal(at[0], 1, "keeps what is there");
    check_equal(cloudabi_sys_mem_protect(at, PAGE, PROT_WRITE | PROT_EXEC), ENOTSUP,
                "never writable and executable");
    void *same = NULL;
    check_equal(cloudabi_sys_mem_map(at + PAGE, PAGE, PROT_READ, MAP_ANON | MAP_PRIVATE | MAP_FIXED,
                                     NO_FD, 0, &same),
                0, "mem_map in place");
    check(same == at + PAGE, "is where it was asked for");
    check_equal(cloudabi_sys_mem_unmap(at, 4 * PAGE), 0, "mem_unmap");
}

static void shared(void) {
    uint32_t fd;
    volatile char *first = NULL, *second = NULL;
    struct filestat stat = {.size = PAGE};
    check_equal(cloudabi_sys_fd_create1(TYPE_MEMORY, &fd), 0, "fd_create1");
    check_equal(cloudabi_sys_file_stat_fput(fd, &stat, FILE_SIZE), 0, "gets a size");
    check_equal(cloudabi_sys_mem_map(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0,
                                     (void **)&first),
                0, "is mapped");
    check_equal(cloudabi_sys_mem_map(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0, (void **)&second), 0,
                "and once more");
    first[100] = 7;
    check_equal((uint64_t)second[100], 7, "both see the same");
    check_equal(cloudabi_sys_mem_sync((void *)(uintptr_t)first, PAGE, SYNC_SYNC), 0, "mem_sync");
    cloudabi_sys_mem_unmap((void *)(uintptr_t)first, PAGE);
    cloudabi_sys_mem_unmap((void *)(uintptr_t)second, PAGE);
    cloudabi_sys_fd_close(fd);
}

void calls_memory(void) {
    anonymous();
    shared();
}
