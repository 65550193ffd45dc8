// SPDX-License-Identifier: BSD-2-Clause
// mem_* calls (6.3 of the ABI).
#include "helpers.h"

#define PAGE 4096
#define RW (CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE)
#define RX (CLOUDABI_PROT_READ | CLOUDABI_PROT_EXEC)
#define WX (CLOUDABI_PROT_WRITE | CLOUDABI_PROT_EXEC)
#define ANON (CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE)
#define NO_FD CLOUDABI_MAP_ANON_FD
#define MAPPING (CLOUDABI_RIGHT_MEM_MAP)

static void *mem;

static cloudabi_errno_t map(uint8_t prot, uint8_t flags, cloudabi_fd_t fd, uint64_t off) {
    return cloudabi_sys_mem_map(NULL, 2 * PAGE, prot, flags, fd, off, &mem);
}

static void anonymous(void) {
    check_equal(map(RW, ANON, NO_FD, 0), 0, "anonymous memory");
    char *bytes = mem;
    check(bytes[0] == 0 && bytes[2 * PAGE - 1] == 0, "is zero");
    bytes[5] = 7;
    check_equal(cloudabi_sys_mem_advise(mem, 2 * PAGE, CLOUDABI_ADVICE_DONTNEED), 0,
                "mem_advise DONTNEED");
    check_equal((uint64_t)bytes[5], 7, "is a hint: the contents stay");
    check_equal(cloudabi_sys_mem_advise(mem, PAGE, CLOUDABI_ADVICE_NOREUSE), CLOUDABI_EINVAL,
                "mem_advise NOREUSE is INVAL");
    check_equal(cloudabi_sys_mem_advise(mem, PAGE, 0), CLOUDABI_EINVAL, "mem_advise 0 is INVAL");
    check_equal(cloudabi_sys_mem_protect(mem, PAGE, WX), CLOUDABI_ENOTSUP,
                "mem_protect WRITE and EXEC: NOTSUP");
    check_equal(cloudabi_sys_mem_protect(mem, PAGE, 8), CLOUDABI_ENOTSUP, "unknown bits: NOTSUP");
    // RET, run after write permission was taken away.
    bytes[0] = (char)0xc3;
    check_equal(cloudabi_sys_mem_protect(mem, PAGE, RX), 0, "mem_protect RX");
    ((void (*)(void))mem)();
    check(true, "runs code");
    check_equal(
        cloudabi_sys_mem_map(bytes + PAGE, PAGE, RW, ANON | CLOUDABI_MAP_FIXED, NO_FD, 0, &mem), 0,
        "FIXED");
    check(mem == bytes + PAGE, "exactly there");
    check_equal(cloudabi_sys_mem_unmap(bytes, 2 * PAGE), 0, "mem_unmap");
    check_equal(cloudabi_sys_mem_protect(bytes, PAGE, RW), CLOUDABI_ENOMEM, "nothing is there now");
}

static void arguments(void) {
    check_equal(map(RW, CLOUDABI_MAP_ANON, NO_FD, 0), CLOUDABI_EINVAL,
                "neither PRIVATE nor SHARED");
    check_equal(map(RW, ANON | CLOUDABI_MAP_SHARED, NO_FD, 0), CLOUDABI_EINVAL, "both");
    check_equal(map(RW, ANON, DIR, 0), CLOUDABI_EINVAL, "ANON with a descriptor");
    check_equal(map(RW, ANON, NO_FD, PAGE), CLOUDABI_EINVAL, "ANON with an offset");
    check_equal(map(RW, ANON | 0x10, NO_FD, 0), CLOUDABI_EINVAL, "an unknown flag");
    check_equal(map(WX, ANON, NO_FD, 0), CLOUDABI_ENOTSUP, "WRITE and EXEC: NOTSUP");
    check_equal(map(0x40, ANON, NO_FD, 0), CLOUDABI_ENOTSUP, "unknown protection: NOTSUP");
    check_equal(map(RW, CLOUDABI_MAP_PRIVATE, 99, 0), CLOUDABI_EBADF, "a closed descriptor: BADF");
    check_equal(cloudabi_sys_mem_sync(&mem, 8, 0), CLOUDABI_EINVAL, "mem_sync 0 is INVAL");
    check_equal(cloudabi_sys_mem_sync(&mem, 8, CLOUDABI_MS_ASYNC | CLOUDABI_MS_SYNC),
                CLOUDABI_EINVAL, "mem_sync of both is INVAL");
}

static cloudabi_fd_t file_with(cloudabi_rights_t rights) {
    cloudabi_fd_t fd = UINT32_MAX;
    open_at(LOOKUP(DIR), "file", CLOUDABI_O_CREAT,
            rights | CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE | CLOUDABI_RIGHT_FD_READ, 0, &fd);
    cloudabi_filestat_t size = {.st_size = 2 * PAGE};
    cloudabi_sys_file_stat_fput(fd, &size, CLOUDABI_FILESTAT_SIZE);
    shrink(fd, rights, 0);
    return fd;
}

static void rights(void) {
    const uint8_t private = CLOUDABI_MAP_PRIVATE, shared = CLOUDABI_MAP_SHARED;
    cloudabi_fd_t fd = file_with(CLOUDABI_RIGHT_FD_READ);
    check_equal(map(CLOUDABI_PROT_READ, private, fd, 0), CLOUDABI_ENOTCAPABLE, "needs mem_map");
    cloudabi_sys_fd_close(fd);
    fd = file_with(MAPPING);
    check_equal(map(CLOUDABI_PROT_READ, private, fd, 0), CLOUDABI_ENOTCAPABLE, "READ: fd_read");
    check_equal(map(0, private, fd, 0), 0, "PROT 0 needs mem_map only");
    check_equal(cloudabi_sys_mem_protect(mem, PAGE, CLOUDABI_PROT_READ), CLOUDABI_ENOTCAPABLE,
                "and cannot become readable");
    cloudabi_sys_mem_unmap(mem, 2 * PAGE);
    cloudabi_sys_fd_close(fd);

    fd = file_with(MAPPING | CLOUDABI_RIGHT_FD_READ);
    check_equal(map(RW, shared, fd, 0), CLOUDABI_ENOTCAPABLE, "SHARED and WRITE: fd_write");
    check_equal(map(RX, private, fd, 0), CLOUDABI_ENOTCAPABLE, "EXEC: mem_map_exec");
    check_equal(map(RW, private, fd, 0), 0, "PRIVATE and WRITE: no right");
    *(char *)mem = 1;
    check_equal(cloudabi_sys_mem_protect(mem, PAGE, RX), CLOUDABI_ENOTCAPABLE,
                "mem_protect is capped by the rights at map time: EXEC");
    char *middle = (char *)mem + PAGE;
    check_equal(cloudabi_sys_mem_unmap(middle, PAGE), 0, "unmap the second page");
    void *fixed;
    check_equal(cloudabi_sys_mem_map(middle, PAGE, RW, ANON | CLOUDABI_MAP_FIXED, NO_FD, 0, &fixed),
                0, "and put other memory there");
    check_equal(cloudabi_sys_mem_protect(middle, PAGE, RX), 0, "which has no cap");
    cloudabi_sys_mem_unmap(mem, 2 * PAGE);
    check_equal(map(CLOUDABI_PROT_READ, shared, fd, 0), 0, "SHARED to read");
    cloudabi_sys_fd_close(fd);
    check_equal(cloudabi_sys_mem_protect(mem, PAGE, RW), CLOUDABI_ENOTCAPABLE,
                "capped: WRITE, also after the descriptor is closed");
    cloudabi_sys_mem_unmap(mem, 2 * PAGE);
}

// However many mappings are bounded, each stays so.
static void many(void) {
    static void *mapped[2000];
    cloudabi_fd_t fd = file_with(MAPPING | CLOUDABI_RIGHT_FD_READ);
    size_t n = 0, refused = 0;
    while (n < 2000 && cloudabi_sys_mem_map(NULL, PAGE, CLOUDABI_PROT_READ, CLOUDABI_MAP_PRIVATE,
                                            fd, 0, &mem) == 0)
        mapped[n++] = mem;
    check_equal(n, 2000, "2000 bounded mappings");
    for (size_t i = 0; i < n; ++i)
        refused += cloudabi_sys_mem_protect(mapped[i], PAGE, RX) == CLOUDABI_ENOTCAPABLE;
    check_equal(refused, 2000, "none can be made executable");
    bool ok = true;
    for (size_t i = 0; i < n; ++i)
        ok = cloudabi_sys_mem_unmap(mapped[i], PAGE) == 0 && ok;
    check(ok, "all can be unmapped");
    check_equal(map(CLOUDABI_PROT_READ, CLOUDABI_MAP_PRIVATE, fd, 0), 0, "and others made");
    cloudabi_sys_mem_unmap(mem, 2 * PAGE);
    cloudabi_sys_fd_close(fd);
}

static void sharing(void) {
    cloudabi_fd_t fd = file_with(MAPPING | CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_WRITE |
                                 CLOUDABI_RIGHT_FD_SEEK);
    check_equal(map(RW, CLOUDABI_MAP_SHARED, fd, 0), 0, "SHARED to write");
    memcpy(mem, "shared", 6);
    check_equal(cloudabi_sys_mem_sync(mem, PAGE, CLOUDABI_MS_SYNC), 0, "mem_sync");
    char buf[6];
    cloudabi_iovec_t part = {buf, 6};
    size_t n;
    check_equal(cloudabi_sys_fd_pread(fd, &part, 1, 0, &n), 0, "the file");
    check(memcmp(buf, "shared", 6) == 0, "has it");
    cloudabi_sys_mem_unmap(mem, 2 * PAGE);
    check_equal(map(RW, CLOUDABI_MAP_PRIVATE, fd, 0), 0, "PRIVATE to write");
    memcpy(mem, "other!", 6);
    cloudabi_sys_fd_pread(fd, &part, 1, 0, &n);
    check(memcmp(buf, "shared", 6) == 0, "stays out of the file");
    cloudabi_sys_mem_unmap(mem, 2 * PAGE);
    cloudabi_sys_fd_close(fd);
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    anonymous();
    arguments();
    rights();
    many();
    sharing();
}
