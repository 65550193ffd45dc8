// SPDX-License-Identifier: BSD-2-Clause
// Tools of the attacks.

#include "attack.h"

#include <linux/time.h>
#include <linux/uio.h>
#include <linux/wait.h>

#include "crt.h"

enum { SIGCHLD = 17, CLONE_PIDFD_SIGCHLD_CHILD_SETTID = 0x01001000 | SIGCHLD };

long raw(long number, long a, long b, long c, long d, long e, long f) {
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

// The compiler makes calls to these out of assignments.
void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memset(void *to, int value, size_t len);

void *memcpy(void *restrict to, const void *restrict from, size_t len) {
    void *start = to;
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(len) : : "memory");
    return start;
}

void *memset(void *to, int value, size_t len) {
    void *start = to;
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(len) : "a"(value) : "memory");
    return start;
}

static size_t length(const char *text) {
    size_t len = 0;
    while (text[len] != '\0')
        ++len;
    return len;
}

static const char *decimal(char buffer[24], long value) {
    char *p = buffer + 23;
    unsigned long rest = value < 0 ? 0UL - (unsigned long)value : (unsigned long)value;
    *p = '\0';
    do
        *--p = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (value < 0)
        *--p = '-';
    return p;
}

static void print(const char *verdict, const char *name, long result) {
    char buffer[24];
    const char *number = decimal(buffer, result);
    struct iovec parts[] = {
        {(void *)verdict, length(verdict)},
        {(void *)name, length(name)},
        {" # ", 3},
        {(void *)number, length(number)},
        {"\n", 1},
    };
    RAW(__NR_writev, OUT_FD, parts, 5);
}

void report(const char *name, bool refused, long result) {
    print(refused ? "ok " : "not ok ", name, result);
}

void report_through(const char *name, long result) {
    print("through ", name, result);
}

void report_skip(const char *name) {
    print("skip ", name, 0);
}

void report_tally(const char *name, long made, long refused, long harmless) {
    const long numbers[] = {made, refused, harmless};
    char buffers[3][24];
    struct iovec parts[9] = {{"tally ", 6}, {(void *)name, length(name)}};
    for (int i = 0; i < 3; ++i) {
        const char *number = decimal(buffers[i], numbers[i]);
        parts[2 + 2 * i] = (struct iovec){" ", 1};
        parts[3 + 2 * i] = (struct iovec){(void *)number, length(number)};
    }
    parts[8] = (struct iovec){"\n", 1};
    RAW(__NR_writev, OUT_FD, parts, 9);
}

bool is_control;

// Where a forked attempt leaves its result.
static volatile long *outcome;

void attack_begin(void) {
    enum { READ_WRITE = 3, SHARED_ANONYMOUS = 0x21 };
    outcome = (long *)RAW(__NR_mmap, 0, 4096, READ_WRITE, SHARED_ANONYMOUS, -1, 0);
    char stat[256];
    is_control = RAW(__NR_newfstatat, READ_ONLY_FD, "control", stat, 0) == 0;
}

static const long *planned;

static void perform(void) {
    *outcome =
        raw(planned[0], planned[1], planned[2], planned[3], planned[4], planned[5], planned[6]);
    RAW(__NR_exit_group, 0);
}

void attempt(const char *name, const long call[7]) {
    planned = call;
    *outcome = 1;
    long status = in_child(perform);
    report(name, status == 0 && *outcome < 0, status == 0 ? *outcome : status);
}

long open_raw(int directory, const char *path, uint64_t flags) {
    struct open_how how = {.flags = flags | O_CLOEXEC};
    if (flags & O_CREAT)
        how.mode = 0600;
    return RAW(__NR_openat2, directory, path, &how, sizeof(how));
}

bool reaches_secret(int directory, const char *path) {
    long fd = open_raw(directory, path, O_RDONLY);
    if (fd < 0)
        return false;
    char content[6];
    struct iovec part = {content, sizeof(content)};
    long len = RAW(__NR_readv, fd, &part, 1);
    RAW(__NR_close, fd);
    return len == 6 && content[0] == 's' && content[1] == 'e' && content[2] == 'c' &&
           content[3] == 'r' && content[4] == 'e' && content[5] == 't';
}

long fork_raw(int *pidfd) {
    int tid;
    return RAW(__NR_clone, CLONE_PIDFD_SIGCHLD_CHILD_SETTID, 0, pidfd, &tid, 0);
}

long wait_raw(int pidfd) {
    struct {
        int signo, error, code, pad, pid, uid, status, rest[25];
    } info = {0};
    enum { P_PIDFD_ = 3, WEXITED_ = 4, CLD_EXITED_ = 1 };
    long result = RAW(__NR_waitid, P_PIDFD_, pidfd, &info, WEXITED_, 0);
    RAW(__NR_close, pidfd);
    if (result < 0)
        return result;
    return info.code == CLD_EXITED_ ? info.status : 128 + info.status;
}

void kill_raw(int pidfd) {
    RAW(__NR_pidfd_send_signal, pidfd, 9, 0, 0);
}

static bool ends_within(int pidfd, long milliseconds) {
    struct {
        int fd;
        short events, revents;
    } child = {pidfd, 1, 0};
    struct {
        long sec, nsec;
    } time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    return RAW(__NR_ppoll, &child, 1, &time, 0, 8) == 1;
}

long in_child_for(void (*attack)(void), long milliseconds) {
    int pidfd = -1;
    long pid = fork_raw(&pidfd);
    if (pid < 0)
        return pid;
    if (pid == 0) {
        attack();
        RAW(__NR_exit_group, 99);
    }
    if (milliseconds >= 0 && !ends_within(pidfd, milliseconds))
        kill_raw(pidfd);
    return wait_raw(pidfd);
}

long in_child(void (*attack)(void)) {
    return in_child_for(attack, -1);
}

void sleep_ms(long milliseconds) {
    struct {
        long sec, nsec;
    } time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    RAW(__NR_ppoll, 0, 0, &time, 0, 8);
}

// The new thread finds the function on its stack.
long clone_thread(long flags, void *stack, int *tid);
__asm__("clone_thread:\n"
        "  mov %rdx, %r10\n" // tid: set in this memory, and cleared at the thread's end
        "  xor %r8, %r8\n"
        "  mov $56, %eax\n"
        "  syscall\n"
        "  test %eax, %eax\n"
        "  jnz 1f\n"
        "  xor %ebp, %ebp\n"
        "  pop %rax\n"
        "  call *%rax\n"
        "  ud2\n"
        "1: ret\n");

long thread_raw(void (*attack)(void)) {
    enum { SIZE = 65536, READ_WRITE = 3, PRIVATE_ANONYMOUS = 0x22, THREAD_FLAGS = 0x3d0f00 };
    static int tid;
    long stack = RAW(__NR_mmap, 0, SIZE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
    if (stack < 0)
        return stack;
    void (**top)(void) = (void (**)(void))(stack + SIZE - 16);
    *top = attack;
    return clone_thread(THREAD_FLAGS, top, &tid);
}

bool is_argument(const struct crt_auxv *info, const char *text) {
    const char *data = info->argdata;
    size_t len = length(text);
    for (size_t i = 0; i + len <= info->argdata_len; ++i) {
        size_t j = 0;
        while (j < len && data[i + j] == text[j])
            ++j;
        if (j == len)
            return true;
    }
    return false;
}

long now_ms(void) {
    struct {
        long sec, nsec;
    } now = {0, 0};
    RAW(__NR_clock_gettime, 1, &now);
    return now.sec * 1000 + now.nsec / 1000000;
}
