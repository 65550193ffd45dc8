// SPDX-License-Identifier: BSD-2-Clause
// poll's rules (section 11 of the ABI), clocks, random numbers.
#include "helpers.h"

static cloudabi_subscription_t in[40];
static cloudabi_event_t out[40];
static size_t n;

static void clock_at(int i, uint32_t clock, uint64_t timeout, uint16_t flags) {
    in[i] = (cloudabi_subscription_t){.type = CLOUDABI_EVENTTYPE_CLOCK, .userdata = 100 + i};
    in[i].clock.clock_id = clock;
    in[i].clock.timeout = timeout;
    in[i].clock.flags = flags;
    in[i].clock.identifier = i;
}

static void fd_at(int i, uint8_t type, cloudabi_fd_t fd) {
    in[i] = (cloudabi_subscription_t){.type = type, .userdata = 100 + i};
    in[i].fd_readwrite.fd = fd;
}

static cloudabi_errno_t run(size_t count) {
    n = 777;
    memset(out, 0xaa, sizeof(out));
    return cloudabi_sys_poll(in, out, count, &n);
}

static uint64_t nanoseconds(const cloudabi_timespec_t *time) {
    return (uint64_t)time->sec * 1000000000 + (uint64_t)time->nsec;
}

static void clocks_in_parts(void) {
    static const cloudabi_clockid_t all[] = {
        CLOUDABI_CLOCK_MONOTONIC, CLOUDABI_CLOCK_PROCESS_CPUTIME_ID, CLOUDABI_CLOCK_REALTIME,
        CLOUDABI_CLOCK_THREAD_CPUTIME_ID};
    bool between = true, parts = true;
    for (size_t i = 0; i < 4; ++i) {
        cloudabi_timestamp_t before = UINT64_MAX, after = 0;
        cloudabi_timespec_t time = {-1, -1};
        cloudabi_sys_clock_time_get(all[i], 0, &before);
        if (cloudabi_sys_clock_timespec_get(all[i], &time) != 0)
            between = false;
        cloudabi_sys_clock_time_get(all[i], 0, &after);
        between = between && before <= nanoseconds(&time) && nanoseconds(&time) <= after;
        parts = parts && time.sec >= 0 && time.nsec >= 0 && time.nsec < 1000000000;
    }
    check(between, "clock_timespec_get says of each clock what clock_time_get says");
    check(parts, "in whole seconds and the rest");
    cloudabi_timespec_t time = {7, 7};
    check(cloudabi_sys_clock_timespec_get(0, &time) == CLOUDABI_EINVAL &&
              cloudabi_sys_clock_timespec_get(5, &time) == CLOUDABI_EINVAL &&
              cloudabi_sys_clock_timespec_get(UINT32_MAX, NULL) == CLOUDABI_EINVAL,
          "clock_timespec_get: unknown clocks are INVAL");
    check(time.sec == 7 && time.nsec == 7, "and no part of a result is written");
}

static void clocks(void) {
    cloudabi_timestamp_t a, b, now;
    check_equal(cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_MONOTONIC, 0, &a), 0, "MONOTONIC");
    check_equal(cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_PROCESS_CPUTIME_ID, 0, &b), 0,
                "PROCESS_CPUTIME_ID");
    check_equal(cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_THREAD_CPUTIME_ID, 0, &b), 0,
                "THREAD_CPUTIME_ID");
    check_equal(cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_REALTIME, 0, &now), 0, "REALTIME");
    check(now > UINT64_C(1600000000000000000), "REALTIME counts from 1970");
    b = 7;
    check_equal(cloudabi_sys_clock_time_get(0, 0, &b), CLOUDABI_EINVAL, "clock 0 is INVAL");
    check_equal(cloudabi_sys_clock_time_get(5, 0, &b), CLOUDABI_EINVAL, "clock 5 is INVAL");
    check_equal(b, 7, "and no result is written");
    check_equal(cloudabi_sys_clock_res_get(CLOUDABI_CLOCK_MONOTONIC, &b), 0, "clock_res_get");
    check(b >= 1 && b <= 20000000, "a plausible resolution");
    check_equal(cloudabi_sys_clock_res_get(9, &b), CLOUDABI_EINVAL, "of clock 9 is INVAL");

    clock_at(0, CLOUDABI_CLOCK_MONOTONIC, 20000000, 0);
    cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_MONOTONIC, 0, &a);
    check_equal(run(1), 0, "a relative clock");
    cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_MONOTONIC, 0, &b);
    check(n == 1 && out[0].userdata == 100 && out[0].error == 0 &&
              out[0].type == CLOUDABI_EVENTTYPE_CLOCK,
          "gives its event");
    check(b - a >= 20000000, "not before its time");
    clock_at(0, CLOUDABI_CLOCK_REALTIME, now, CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME);
    check(run(1) == 0 && n == 1 && out[0].error == 0, "an absolute time in the past: at once");
    cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_REALTIME, 0, &now);
    clock_at(0, CLOUDABI_CLOCK_REALTIME, now + 20000000, CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME);
    run(1);
    cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_REALTIME, 0, &b);
    check(b >= now + 20000000, "an absolute time to come: not before");
    clock_at(0, CLOUDABI_CLOCK_PROCESS_CPUTIME_ID, 1, 0);
    check(run(1) == 0 && n == 1 && out[0].error == CLOUDABI_ENOTSUP,
          "processor time clocks: NOTSUP in the event");
    clock_at(0, CLOUDABI_CLOCK_MONOTONIC, 1000000000000, 0);
    clock_at(1, CLOUDABI_CLOCK_MONOTONIC, 1000000, 0);
    check(run(2) == 0 && n == 1 && out[0].userdata == 101, "of two clocks the first to fire");
}

static void bad_entries(void) {
    check_equal(run(0), CLOUDABI_EINVAL, "0 subscriptions: INVAL");
    fd_at(0, CLOUDABI_EVENTTYPE_FD_READ, 99);
    clock_at(1, CLOUDABI_CLOCK_MONOTONIC, 1000000000000, 0);
    check(run(2) == 0 && n == 1 && out[0].error == CLOUDABI_EBADF && out[0].userdata == 100,
          "a closed descriptor gives an event BADF, at once");
    cloudabi_fd_t weak = copy_with(DIR, 0, 0);
    fd_at(0, CLOUDABI_EVENTTYPE_FD_READ, weak);
    check(run(2) == 0 && n == 1 && out[0].error == CLOUDABI_ENOTCAPABLE,
          "a descriptor without the right: NOTCAPABLE in the event");
    in[0].type = CLOUDABI_EVENTTYPE_PROC_TERMINATE;
    check(run(2) == 0 && n == 1 && out[0].error == CLOUDABI_ENOTCAPABLE,
          "PROC_TERMINATE of something else: NOTCAPABLE in the event");
    cloudabi_sys_fd_close(weak);
    in[0].type = 77;
    check(run(2) == 0 && n == 1 && out[0].error == CLOUDABI_ENOTSUP && out[0].type == 77,
          "an unknown type: NOTSUP in the event");
    static _Atomic(cloudabi_lock_t) lock;
    clock_at(0, CLOUDABI_CLOCK_MONOTONIC, 1000000000000, 0);
    in[1] = (cloudabi_subscription_t){.type = CLOUDABI_EVENTTYPE_LOCK_WRLOCK, .userdata = 5};
    in[1].lock.lock = &lock;
    in[1].lock.lock_scope = CLOUDABI_SCOPE_PRIVATE;
    check(run(2) == 0 && n == 1 && out[0].error == CLOUDABI_EINVAL && out[0].userdata == 5,
          "a lock after entry 0: INVAL in its event");
    check_equal(lock, 0, "and it is not taken");
    in[0] = in[1];
    fd_at(1, CLOUDABI_EVENTTYPE_FD_READ, DIR);
    run(2);
    check_equal(lock, 0, "nor is one followed by something else than a clock");
}

static void descriptors(void) {
    cloudabi_fd_t a, b, file;
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    fd_at(0, CLOUDABI_EVENTTYPE_FD_READ, a);
    fd_at(1, CLOUDABI_EVENTTYPE_FD_WRITE, a);
    check(run(2) == 0 && n == 1 && out[0].userdata == 101 && out[0].error == 0 &&
              out[0].fd_readwrite.flags == 0,
          "an empty socket can be written, not read");
    write_text(b, "x");
    check(run(2) == 0 && n == 2 && out[0].userdata == 100 && out[1].userdata == 101,
          "with data it can be read too");
    clock_at(1, CLOUDABI_CLOCK_MONOTONIC, 10000000, 0);
    char c;
    size_t got;
    read_bytes(a, &c, 1, &got);
    check(run(2) == 0 && n == 1 && out[0].userdata == 101, "nothing to read: the clock fires");
    cloudabi_sys_fd_close(b);
    check(run(2) == 0 && n == 1 && out[0].userdata == 100 && out[0].error == 0 &&
              out[0].fd_readwrite.flags == CLOUDABI_EVENT_FD_READWRITE_HANGUP,
          "HANGUP when the peer has closed");
    open_at(LOOKUP(DIR), "f", CLOUDABI_O_CREAT, WRITING | CLOUDABI_RIGHT_POLL_FD_READWRITE, 0,
            &file);
    write_text(file, "seven..");
    cloudabi_filesize_t at;
    cloudabi_sys_fd_seek(file, 3, CLOUDABI_WHENCE_SET, &at);
    fd_at(0, CLOUDABI_EVENTTYPE_FD_READ, file);
    fd_at(1, CLOUDABI_EVENTTYPE_FD_WRITE, file);
    check(run(2) == 0 && n == 2 && out[0].error == 0, "regular files are always ready");
    check_equal(out[0].fd_readwrite.nbytes, 4, "nbytes up to the end");
    for (int i = 0; i < 40; ++i)
        fd_at(i, CLOUDABI_EVENTTYPE_FD_READ, file);
    check(run(40) == 0 && n == 40 && out[39].userdata == 139, "many subscriptions");
    check(cloudabi_sys_poll(in, (cloudabi_event_t *)in, 2, &n) == 0 && n == 2,
          "events may go where the subscriptions are");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(file);
}

static void randomness(void) {
    static unsigned char bytes[100000];
    check_equal(cloudabi_sys_random_get(bytes, sizeof(bytes)), 0, "random_get");
    uint32_t seen[256] = {0};
    for (size_t i = 0; i < sizeof(bytes); ++i)
        ++seen[bytes[i]];
    bool plausible = true;
    for (int i = 0; i < 256; ++i)
        plausible = plausible && seen[i] > 200 && seen[i] < 600;
    check(plausible, "fills the whole buffer with every value about as often");
    check_equal(cloudabi_sys_random_get(bytes, 0), 0, "random_get of 0 bytes");
    check_equal(cloudabi_sys_random_get((void *)8, 8), CLOUDABI_EFAULT, "a bad pointer is FAULT");
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    clocks();
    clocks_in_parts();
    bad_entries();
    descriptors();
    randomness();
}
