// SPDX-License-Identifier: BSD-2-Clause
// The filter in the kernel: every attempt runs in a process of its own under it, for real. What is
// refused as it should be, or fails though allowed, runs once more without the filter: if the
// kernel says the same then, the attempt says nothing about the filter and counts as skipped.
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seccomp_filter.h"

struct shared {
    volatile bool returned;
    volatile long result;
};

static struct shared *shared;
static char directory[] = "/tmp/seccomp-test-XXXXXX";

static _Noreturn void die(const char *what) {
    perror(what);
    exit(2);
}

static void keep(int fd, int number, const char *what) {
    if (fd < 0 || dup2(fd, number) != number)
        die(what);
    close(fd);
}

// The smallest ELF program there is: one segment that holds the headers and exit_group(42).
static int program(void) {
    static const unsigned char code[] = {0xb8, 231, 0, 0, 0, 0xbf, 42, 0, 0, 0, 0x0f, 0x05};
    unsigned char image[120 + sizeof code] = "\177ELF\2\1\1";
    static const struct {
        int at, width;
        unsigned long value;
    } fields[] = {
        {16, 2, 2},
        {18, 2, 62},
        {20, 4, 1},
        {24, 8, 0x400078},
        {32, 8, 64},
        {52, 2, 64},
        {54, 2, 56},
        {56, 2, 1},
        {64, 4, 1},
        {68, 4, 5},
        {72, 8, 0},
        {80, 8, 0x400000},
        {96, 8, sizeof image},
        {104, 8, sizeof image},
        {112, 8, 4096},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        memcpy(image + fields[i].at, &fields[i].value, (size_t)fields[i].width);
    memcpy(image + 120, code, sizeof code);
    int fd = memfd_create("program", MFD_CLOEXEC);
    if (fd < 0 || write(fd, image, sizeof image) != sizeof image)
        die("program");
    return fd;
}

static int sleeping_child(void) {
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGTERM, SIG_IGN);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            pause();
    }
    return pid < 0 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
}

// As the loader does.
static bool map_empty_path(void) {
    void *at = (void *)CLOUDABI_LINUX_EMPTY_PATH;
    return mmap(at, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) ==
           at;
}

static void prepare(void) {
    shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED || !map_empty_path() || mkdtemp(directory) == NULL)
        die("prepare");
    keep(open(directory, O_RDONLY | O_DIRECTORY), FD_DIRECTORY, directory);
    keep(openat(FD_DIRECTORY, "file", O_RDWR | O_CREAT, 0600), FD_FILE, "file");
    keep(memfd_create("", MFD_ALLOW_SEALING), FD_MEMORY, "memfd_create");
    int pair[2];
    if (ftruncate(FD_FILE, 4096) != 0 || ftruncate(FD_MEMORY, 4096) != 0 ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0 ||
        write(pair[1], "sixteen bytes...", 16) != 16)
        die("prepare");
    keep(pair[0], FD_STREAM, "socketpair");
    keep(pair[1], FD_STREAM_PEER, "socketpair");
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (listener < 0 || listen(listener, 1) != 0)
        die("listen");
    keep(listener, FD_LISTENER, "listener");
    keep(sleeping_child(), FD_CHILD, "pidfd_open");
    keep(program(), FD_PROGRAM, "program");
}

static void clean(void) {
    syscall(SYS_pidfd_send_signal, FD_CHILD, SIGKILL, NULL, 0);
    static const char *const names[] = {"file", "link", "link2", "second"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlinkat(FD_DIRECTORY, names[i], 0);
    unlinkat(FD_DIRECTORY, "directory", AT_REMOVEDIR);
    rmdir(directory);
}

long raw(long number, const long args[6]) {
    register long r10 __asm__("r10") = args[3];
    register long r8 __asm__("r8") = args[4];
    register long r9 __asm__("r9") = args[5];
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "0"(number), "D"(args[0]), "S"(args[1]), "d"(args[2]), "r"(r10), "r"(r8),
                       "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static long try(const struct attempt *attempt, bool filtered) {
    shared->returned = false;
    pid_t pid = fork();
    if (pid < 0)
        die("fork");
    if (pid == 0) {
        struct sock_fprog filter = {CLOUDABI_SECCOMP_FILTER_LENGTH,
                                    (struct sock_filter *)cloudabi_seccomp_filter};
        if (filtered && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
                         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0))
            _exit(126);
        long result = attempt->run ? attempt->run() : raw(attempt->number, attempt->args);
        shared->result = result;
        shared->returned = true;
        raw(SYS_exit_group, (const long[6]){0});
    }
    int status;
    if (waitpid(pid, &status, 0) != pid)
        die("waitpid");
    if (shared->returned)
        return shared->result;
    return WIFSIGNALED(status) ? DIED_OF(WTERMSIG(status)) : EXITED_WITH(WEXITSTATUS(status));
}

static bool is(long got, long want) {
    return want == DONE ? got >= 0 : got == want;
}

int main(void) {
    int passed = 0, failed = 0, skipped = 0;
    prepare();
    setvbuf(stdout, NULL, _IONBF, 0);
    for (size_t i = 0; i < allowed_count + refused_count; i++) {
        bool shut = i >= allowed_count;
        const struct attempt *attempt = shut ? &refused[i - allowed_count] : &allowed[i];
        const char *kind = shut ? "refused" : "allowed";
        long got = try(attempt, true);
        bool right = is(got, attempt->want);
        // The same without the filter: then it is the kernel that refuses, or lacks what is tried.
        if (shut == right && try(attempt, false) == got) {
            printf("ok %s: %s # SKIP the kernel answers %ld without the filter too\n", kind,
                   attempt->name, got);
            skipped++;
        } else if (right) {
            printf("ok %s: %s\n", kind, attempt->name);
            passed++;
        } else {
            printf("not ok %s: %s: wanted %ld, got %ld\n", kind, attempt->name, attempt->want, got);
            failed++;
        }
    }
    clean();
    printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed != 0;
}
