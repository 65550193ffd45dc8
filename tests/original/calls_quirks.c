// SPDX-License-Identifier: BSD-2-Clause
// What binaries of earlier versions leave in places that mean nothing any more, and compilers in
// those that never did: it must not matter. What comes back there is zero.

#include "calls.h"

#define JUNK UINT64_C(0xdeadbeef00000000)
#define FUNCTION(name) find_symbol(start.vdso, "cloudabi_sys_" name)

// A 32-bit argument is the low half of its register.
static void upper_halves(void) {
    error_t (*stat_get)(uint64_t, struct fdstat *) = FUNCTION("fd_stat_get");
    error_t (*dup)(uint64_t, uint32_t *) = FUNCTION("fd_dup");
    error_t (*replace)(uint64_t, uint64_t) = FUNCTION("fd_replace");
    error_t (*close)(uint64_t) = FUNCTION("fd_close");
    error_t (*map)(void *, size_t, uint64_t, uint64_t, uint64_t, uint64_t, void **) =
        FUNCTION("mem_map");
    error_t (*get_time)(uint64_t, uint64_t, uint64_t *) = FUNCTION("clock_time_get");
    struct fdstat stat;
    uint32_t fd = 0;
    uint64_t time;
    void *at;
    check(stat_get(JUNK | DIRECTORY, &stat) == 0 && stat.type == TYPE_DIRECTORY,
          "fd_stat_get takes 32 bits of a descriptor");
    check(dup(JUNK | DIRECTORY, &fd) == 0 && replace(JUNK | PROGRAMS, JUNK | fd) == 0 &&
              close(JUNK | fd) == 0,
          "fd_dup, fd_replace and fd_close do");
    check(get_time(JUNK | CLOCK_MONOTONIC, 0, &time) == 0, "clock_time_get does of a clock");
    check(map(NULL, PAGE, JUNK | PROT_READ, JUNK | MAP_ANON | MAP_PRIVATE, JUNK | NO_FD, 0, &at) ==
              0,
          "mem_map does of protection, flags and descriptor");
    cloudabi_sys_mem_unmap(at, PAGE);
}

static void padding(void) {
    union {
        struct subscription in;
        unsigned char bytes[sizeof(struct subscription)];
    } wait;
    union {
        struct event event;
        unsigned char bytes[sizeof(struct event)];
    } got;
    size_t n = 0;
    // Up to v0.16 the word at 8 held flags of the subscription.
    memset(&wait, 0xff, sizeof(wait));
    memset(&got, 0xff, sizeof(got));
    wait.in.type = EVENT_FD_WRITE;
    wait.in.fd.fd = 0;
    wait.in.fd.flags = POLL_OBSOLETE;
    check(cloudabi_sys_poll(&wait.in, &got.event, 1, &n) == 0 && n == 1 && got.event.error == 0,
          "poll: what is unused in a subscription");
    unsigned rest = 0;
    for (int i = 24; i < 28; ++i)
        rest |= got.bytes[i];
    check_equal(rest, 0, "and what is unused in an event is zero");

    struct fdstat as;
    uint32_t fd;
    cloudabi_sys_fd_stat_get(DIRECTORY, &as);
    uint64_t inheriting = as.inheriting;
    memset(&as, 0xff, sizeof(as));
    as.flags = 0;
    as.base = RIGHTS_READING & inheriting;
    as.inheriting = inheriting;
    check_equal(
        cloudabi_sys_file_open((struct lookup){DIRECTORY, 0}, PATH("."), OPEN_DIRECTORY, &as, &fd),
        0, "file_open: a type and padding in what it is to be");
    memset(&as, 0xff, sizeof(as));
    as.base = as.inheriting = 0;
    check_equal(cloudabi_sys_fd_stat_put(fd, &as, STAT_RIGHTS), 0,
                "fd_stat_put: all but the rights");
    cloudabi_sys_fd_close(fd);
}

// The unused part of what is received held the peer's address up to v0.12.
static void results(void) {
    uint32_t ends[2];
    char byte = 'x';
    size_t n;
    struct vec part = {&byte, 1};
    struct recv_in in = {.data = &part, .data_len = 1};
    struct recv_out out;
    cloudabi_sys_fd_create2(TYPE_STREAM, &ends[0], &ends[1]);
    cloudabi_sys_fd_write(ends[0], &part, 1, &n);
    memset(&out, 0xff, sizeof(out));
    unsigned rest = cloudabi_sys_sock_recv(ends[1], &in, &out);
    for (size_t i = 0; i < sizeof(out.unused); ++i)
        rest |= (unsigned char)out.unused[i];
    check_equal(rest, 0, "sock_recv: what is unused of its results is zero");

    struct filestat stat;
    unsigned char bytes[sizeof(stat)];
    memset(&stat, 0xff, sizeof(stat));
    cloudabi_sys_file_stat_fget(DIRECTORY, &stat);
    memcpy(bytes, &stat, sizeof(stat));
    check_equal(bytes[17] | bytes[18] | bytes[19], 0, "file_stat_fget: padding is zero");
    struct fdstat fdstat;
    memset(&fdstat, 0xff, sizeof(fdstat));
    cloudabi_sys_fd_stat_get(DIRECTORY, &fdstat);
    memcpy(bytes, &fdstat, sizeof(fdstat));
    check_equal(bytes[1] | bytes[4] | bytes[5] | bytes[6] | bytes[7], 0,
                "fd_stat_get: padding is zero");
    cloudabi_sys_fd_close(ends[0]);
    cloudabi_sys_fd_close(ends[1]);
}

void calls_quirks(void) {
    upper_halves();
    padding();
    results();
}
