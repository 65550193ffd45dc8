// SPDX-License-Identifier: BSD-2-Clause
// Touching processes whose numbers are known: this sandbox's launcher and helpers, those of another
// sandbox, and a process of the same user. The directory's file `targets` holds the numbers.

#include "attack.h"

#include <linux/uio.h>

#include "crt.h"

enum { DIRECTORY_FD = 1, SOCKET_FD = 2, TERMINAL_FD = 3, LAST_GRANTED = 3 };

// What a sign stands for in the table below.
#define TARGET 0x7a11
#define MINUS_TARGET 0x7a12
#define BUFFER 0x7a13
#define VECTOR 0x7a14
#define REMOTE 0x7a15
#define OWNER 0x7a16
#define EVENT 0x7a17
#define POINTERS 0x7a18
#define CLOCK 0x7a1a
#define GRANT 0x7a19 // each granted descriptor in turn

static const struct {
    const char *name;
    bool harmful; // not made by the control
    short number;
    int arguments[6];
} calls[] = {
    {"kill", true, __NR_kill, {TARGET, 9}},
    {"kill-stop", true, __NR_kill, {TARGET, 19}},
    {"kill-ask", false, __NR_kill, {TARGET, 0}},
    {"kill-group", true, __NR_kill, {MINUS_TARGET, 9}},
    {"tkill", true, __NR_tkill, {TARGET, 9}},
    {"tkill-ask", false, __NR_tkill, {TARGET, 0}},
    {"tgkill", true, __NR_tgkill, {TARGET, TARGET, 9}},
    {"tgkill-ask", false, __NR_tgkill, {TARGET, TARGET, 0}},
    {"sigqueue", true, __NR_rt_sigqueueinfo, {TARGET, 9, BUFFER}},
    {"tgsigqueue", true, __NR_rt_tgsigqueueinfo, {TARGET, TARGET, 9, BUFFER}},
    {"pidfd", false, __NR_pidfd_open, {TARGET, 0}},
    {"pidfd-thread", false, __NR_pidfd_open, {TARGET, 0200}},
    {"pidfd-forged", true, __NR_pidfd_send_signal, {GRANT, 9, 0, 0}},
    {"pidfd-number", true, __NR_pidfd_send_signal, {TARGET, 9, 0, 0}},
    {"pidfd-other-signal", true, __NR_pidfd_send_signal, {GRANT, 15, 0, 0}},
    {"pidfd-information", true, __NR_pidfd_send_signal, {GRANT, 9, BUFFER, 0}},
    {"pidfd-group", true, __NR_pidfd_send_signal, {GRANT, 9, 0, 4}},
    {"pidfd-own-group", true, __NR_pidfd_send_signal, {-10001, 9, 0, 4}},
    {"pidfd-getfd", true, __NR_pidfd_getfd, {TARGET, 0, 0}},
    {"own", false, __NR_fcntl, {GRANT, 8, TARGET}},
    {"own-group", false, __NR_fcntl, {GRANT, 8, MINUS_TARGET}},
    {"own-extended", false, __NR_fcntl, {GRANT, 15, OWNER}},
    {"own-signal", false, __NR_fcntl, {GRANT, 10, 9}},
    {"asynchronous", true, __NR_fcntl, {GRANT, 4, 020000}},
    {"lease", true, __NR_fcntl, {GRANT, 1024, 1}},
    {"notify", true, __NR_fcntl, {GRANT, 1026, 0x3f}},
    {"ioctl-own", false, __NR_ioctl, {GRANT, 0x8901, BUFFER}},
    {"ioctl-group", false, __NR_ioctl, {GRANT, 0x8902, BUFFER}},
    {"ioctl-asynchronous", true, __NR_ioctl, {GRANT, 0x5452, BUFFER}},
    {"terminal-input", true, __NR_ioctl, {TERMINAL_FD, 0x5412, BUFFER}},
    {"terminal-group", true, __NR_ioctl, {TERMINAL_FD, 0x5410, BUFFER}},
    {"terminal-control", true, __NR_ioctl, {TERMINAL_FD, 0x540e, 1}},
    {"terminal-attributes", false, __NR_ioctl, {TERMINAL_FD, 0x5401, BUFFER}},
    {"terminal-size", false, __NR_ioctl, {TERMINAL_FD, 0x5413, BUFFER}},
    {"timer", false, __NR_timer_create, {1, EVENT, BUFFER}},
    {"interval-timer", true, __NR_setitimer, {0, BUFFER, 0}},
    {"alarm", true, __NR_alarm, {1}},
    {"queue-notify", true, __NR_mq_notify, {GRANT, EVENT}},
    {"trace-attach", true, __NR_ptrace, {16, TARGET, 0, 0}},
    {"trace-seize", true, __NR_ptrace, {0x4206, TARGET, 0, 0}},
    {"trace-read", true, __NR_ptrace, {1, TARGET, 0x400000, BUFFER}},
    {"trace-write", true, __NR_ptrace, {4, TARGET, 0x400000, 0}},
    {"trace-registers", true, __NR_ptrace, {12, TARGET, 0, BUFFER}},
    {"trace-kill", true, __NR_ptrace, {8, TARGET, 0, 0}},
    {"trace-filter", true, __NR_ptrace, {0x420c, TARGET, 0, BUFFER}},
    {"memory-read", true, __NR_process_vm_readv, {TARGET, VECTOR, 1, REMOTE, 1, 0}},
    {"memory-write", true, __NR_process_vm_writev, {TARGET, VECTOR, 1, REMOTE, 1, 0}},
    {"memory-advice", true, __NR_process_madvise, {GRANT, REMOTE, 1, 4, 0}},
    {"memory-release", true, __NR_process_mrelease, {GRANT, 0}},
    {"memory-move", true, __NR_move_pages, {TARGET, 1, POINTERS, 0, BUFFER, 0}},
    {"memory-migrate", true, __NR_migrate_pages, {TARGET, 64, BUFFER, BUFFER}},
    {"compare", false, __NR_kcmp, {TARGET, TARGET, 0, 0, 0}},
    {"robust-list", false, __NR_get_robust_list, {TARGET, POINTERS, BUFFER}},
    {"affinity", true, __NR_sched_setaffinity, {TARGET, 8, BUFFER}},
    {"affinity-ask", false, __NR_sched_getaffinity, {TARGET, 128, BUFFER}},
    {"scheduler", true, __NR_sched_setscheduler, {TARGET, 3, BUFFER}},
    {"scheduler-ask", false, __NR_sched_getscheduler, {TARGET}},
    {"attributes", true, __NR_sched_setattr, {TARGET, BUFFER, 0}},
    {"priority", true, __NR_setpriority, {0, TARGET, 19}},
    {"priority-ask", false, __NR_getpriority, {0, TARGET}},
    {"io-priority", true, __NR_ioprio_set, {1, TARGET, 0x6007}},
    {"limits", true, __NR_prlimit64, {TARGET, 7, BUFFER, 0}},
    {"limits-ask", false, __NR_prlimit64, {TARGET, 7, 0, BUFFER}},
    {"group", true, __NR_setpgid, {TARGET, 0}},
    {"group-ask", false, __NR_getpgid, {TARGET}},
    {"session-ask", false, __NR_getsid, {TARGET}},
    {"clock-ask", false, __NR_clock_gettime, {CLOCK, BUFFER}},
    {"events", true, __NR_perf_event_open, {BUFFER, TARGET, -1, -1, 0}},
    {"wait", true, __NR_wait4, {TARGET, BUFFER, 1, 0}},
    {"wait-by-number", true, __NR_waitid, {1, TARGET, BUFFER, 5, 0}},
    {"wait-by-group", true, __NR_waitid, {2, TARGET, BUFFER, 5, 0}},
    {"wait-by-descriptor", true, __NR_waitid, {3, GRANT, BUFFER, 5, 0}},
    {"let-trace", true, __NR_prctl, {0x59616d61, TARGET}},
    {"share-core", true, __NR_prctl, {62, 2, TARGET, 0, BUFFER}},
    {"outlive-parent", true, __NR_prctl, {1, 0}},
    {"stop-with-parent", true, __NR_prctl, {1, 19}},
    {"name-space", true, __NR_setns, {GRANT, 0}},
    {"join-group", true, __NR_setpgid, {0, TARGET}},
    {"child-of-parent", true, __NR_clone, {0x8011, 0, 0, 0, 0}},
    {"traced-child", true, __NR_clone, {0x2011, 0, 0, 0, 0}},
};

static char buffer[4096];
static struct iovec vector = {buffer, 8}, remote = {(void *)0x400000, 8};
static struct { int type, pid; } owner;
static struct {
    long value;
    int signal, notify, thread, rest[12];
} event = {.signal = 9, .notify = 4};
static void *pointers[1] = {(void *)0x400000};

// CPU-time clocks of processes are named by ids made of their numbers.
static long resolve(int sign, long target, long grant) {
    switch (sign) {
    case TARGET:
        return target;
    case MINUS_TARGET:
        return -target;
    case BUFFER:
        return (long)buffer;
    case VECTOR:
        return (long)&vector;
    case REMOTE:
        return (long)&remote;
    case OWNER:
        return (long)&owner;
    case EVENT:
        return (long)&event;
    case POINTERS:
        return (long)pointers;
    case GRANT:
        return grant;
    case CLOCK:
        return ~target * 8 + 2;
    default:
        return sign;
    }
}

static bool uses_grant(const int arguments[6]) {
    for (int i = 0; i < 6; ++i)
        if (arguments[i] == GRANT)
            return true;
    return false;
}

static bool answers(size_t i, long target, long grant) {
    long call[7] = {calls[i].number};
    for (int j = 0; j < 6; ++j)
        call[1 + j] = resolve(calls[i].arguments[j], target, grant);
    owner.pid = (int)target;
    owner.type = 1;
    event.thread = (int)target;
    *(int *)buffer = (int)target;
    return raw(call[0], call[1], call[2], call[3], call[4], call[5], call[6]) >= 0;
}

static void attack_by_call(long target, long *made, long *refused) {
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); ++i) {
        if (is_control && calls[i].harmful)
            continue;
        for (long fd = 0; fd <= (uses_grant(calls[i].arguments) ? LAST_GRANTED : 0); ++fd) {
            ++*made;
            if (answers(i, target, fd))
                report_through(calls[i].name, target);
            else
                ++*refused;
        }
    }
}

static char *append(char *to, const char *text) {
    while (*text != '\0')
        *to++ = *text++;
    *to = '\0';
    return to;
}

static char *append_number(char *to, long number) {
    if (number >= 10)
        to = append_number(to, number / 10);
    *to++ = (char)('0' + number % 10);
    *to = '\0';
    return to;
}

static void attack_by_path(long target, long *made, long *refused) {
    static const char *const files[] = {"",      "/mem",     "/root", "/fd/0",
                                        "/maps", "/ns/user", "/cwd",  "/status"};
    static const int from[] = {AT_FDCWD, DIRECTORY_FD, LAST_GRANTED + 1};
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); ++i)
        for (size_t j = 0; j < sizeof(from) / sizeof(from[0]); ++j) {
            char path[64];
            append(append_number(append(path, "/proc/"), target), files[i]);
            long fd = open_raw(from[j], path, O_RDONLY);
            ++*made;
            if (fd < 0)
                ++*refused;
            else
                report_through("path", target);
            RAW(__NR_close, fd);
        }
}

static long await_file(const char *name) {
    long fd;
    while ((fd = open_raw(DIRECTORY_FD, name, O_RDONLY)) < 0)
        sleep_ms(5);
    return fd;
}

// The numbers in the file, one a line; it appears as a whole.
static long read_targets(long targets[], long room) {
    long fd = await_file("targets");
    char text[4096];
    long len = RAW(__NR_read, fd, text, sizeof(text));
    RAW(__NR_close, fd);
    long count = 0, number = 0;
    for (long i = 0; i < len && count < room; ++i)
        if (text[i] >= '0' && text[i] <= '9') {
            number = number * 10 + (text[i] - '0');
        } else {
            targets[count++] = number;
            number = 0;
        }
    return count;
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    if (is_argument(&info, "rest")) {
        // A victim: it has a child, and does nothing.
        int pidfd;
        fork_raw(&pidfd);
        RAW(__NR_write, OUT_FD, "ready\n", 6);
        sleep_ms(60000);
        RAW(__NR_exit_group, 0);
    }
    report("ready", true, RAW(__NR_gettid));
    long targets[64];
    long count = read_targets(targets, 64);
    long made = 0, refused = 0;
    for (long i = 0; i < count; ++i)
        attack_by_call(targets[i], &made, &refused);
    report_tally("neighbours-by-call", made, refused, 0);
    made = refused = 0;
    for (long i = 0; i < count; ++i)
        attack_by_path(targets[i], &made, &refused);
    report_tally("neighbours-by-path", made, refused, 0);
    report("done", true, 0);
    if (!is_control)
        await_file("checked");
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
