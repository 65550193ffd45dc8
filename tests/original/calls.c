// SPDX-License-Identifier: BSD-2-Clause
// A program of the original's shape that uses all 49 calls. Started once more by itself with other
// argument data it is the child that tells what it finds.

#include "calls.h"

static const unsigned char expected_argdata[] = {0x07, 0x85, 0x03, 0,    0,    0, 0, 0x85, 0x03, 0,
                                                 0,    0,    1,    0x85, 0x03, 0, 0, 0,    2};

static void clocks(void) {
    uint64_t resolution = 0, before, after;
    check_equal(cloudabi_sys_clock_res_get(CLOCK_MONOTONIC, &resolution), 0, "clock_res_get");
    check(resolution > 0, "a resolution");
    check_equal(cloudabi_sys_clock_time_get(CLOCK_MONOTONIC, 1, &before), 0, "clock_time_get");
    struct subscription wait = {.userdata = 77,
                                .type = EVENT_CLOCK,
                                .clock = {.clock = CLOCK_REALTIME, .timeout = 2000000}};
    struct event event;
    size_t n = 0;
    check_equal(cloudabi_sys_poll(&wait, &event, 1, &n), 0, "poll for a time");
    check(n == 1 && event.userdata == 77 && event.error == 0 && event.type == EVENT_CLOCK,
          "one event, with the user's data");
    cloudabi_sys_clock_time_get(CLOCK_MONOTONIC, 1, &after);
    check(after - before >= 2000000, "the time has passed");
    check_equal(cloudabi_sys_clock_time_get(99, 1, &after), EINVAL, "an unknown clock");
}

static void randomness(void) {
    unsigned char bytes[300] = {0};
    unsigned bits = 0;
    check_equal(cloudabi_sys_random_get(bytes, sizeof(bytes)), 0, "random_get");
    for (size_t i = 0; i < sizeof(bytes); ++i)
        bits += (unsigned)__builtin_popcount(bytes[i]);
    check(bits > 1000 && bits < 1400, "fills completely");
}

// The child of calls_processes.c: descriptor 0 and nothing else, and a UUID that it tells.
static _Noreturn void as_child(void) {
    struct fdstat stat;
    struct vec uuid = {start.pid, 16};
    size_t n;
    bool alone = true;
    for (uint32_t fd = 1; fd < 64; ++fd)
        alone = alone && cloudabi_sys_fd_stat_get(fd, &stat) == EBADF;
    cloudabi_sys_fd_write(0, &uuid, 1, &n);
    cloudabi_sys_proc_exit(alone && n == 16 ? 42 : 43);
}

void program_main(const unsigned char *argdata, size_t len) {
    if (len == 5 && memcmp(argdata, "child", 5) == 0)
        as_child();
    check(len == sizeof(expected_argdata) && memcmp(argdata, expected_argdata, len) == 0,
          "the argument data is the sequence of the three descriptors");
    check_equal(calls_bound, 49, "49 calls are bound");
    clocks();
    randomness();
    calls_files();
    calls_memory();
    calls_sockets();
    calls_threads();
    calls_processes();
    calls_registers();
    calls_quirks();
    finish();
}
