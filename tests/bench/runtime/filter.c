// SPDX-License-Identifier: BSD-2-Clause
// filter none|any|filter|program DIRECTORY: what the system call filter costs by itself, natively.
// "any" installs one that allows everything at once: no filter can cost less, since Linux enters a
// filtered process's calls the long way. "filter" installs ours as it is. "program" puts in front
// of it one instruction that looks at an argument: the same answers, but the kernel can no longer
// give any of them from its bitmap and runs the program for every call.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "seccomp_filter.h"

#define BATCHES 25
#define COUNT 1000
#define SIZE 64
#define LENGTH (sizeof cloudabi_seccomp_filter / sizeof cloudabi_seccomp_filter[0])

static int file;
static char buffer[SIZE];
static const struct iovec vector = {.iov_base = buffer, .iov_len = SIZE};

static void require(bool holds, const char *what) {
    if (holds)
        return;
    perror(what);
    exit(1);
}

static bool call_lseek(void) {
    return lseek(file, 0, SEEK_SET) == 0;
}

static bool call_preadv(void) {
    return preadv(file, &vector, 1, 0) == SIZE;
}

static bool call_pwritev(void) {
    return pwritev(file, &vector, 1, 0) == SIZE;
}

// Its arguments are looked at by the filter itself: there is no bitmap for it in any case.
static bool call_fcntl(void) {
    return fcntl(file, F_GETFL) >= 0;
}

static const struct {
    const char *name;
    bool (*call)(void);
} calls[] = {
    {"lseek", call_lseek},
    {"preadv", call_preadv},
    {"pwritev", call_pwritev},
    {"fcntl", call_fcntl},
};

static void install(const char *mode) {
    static struct sock_filter everything = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    static struct sock_filter program[LENGTH + 1] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
    };
    memcpy(program + 1, cloudabi_seccomp_filter, sizeof cloudabi_seccomp_filter);
    struct sock_fprog whole = {.len = LENGTH + 1, .filter = program};
    if (strcmp(mode, "filter") == 0)
        whole = (struct sock_fprog){.len = LENGTH, .filter = program + 1};
    if (strcmp(mode, "any") == 0)
        whole = (struct sock_fprog){.len = 1, .filter = &everything};
    require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole, 0, 0) == 0,
            "filter");
}

static double batch(bool (*call)(void)) {
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (unsigned i = 0; i < COUNT; i++)
        require(call(), "call");
    clock_gettime(CLOCK_MONOTONIC, &end);
    double taken =
        (double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec);
    return taken / COUNT;
}

int main(int argc, char **argv) {
    static char out[1 << 16];
    int dir = argc == 3 ? open(argv[2], O_RDONLY | O_DIRECTORY) : -1;
    require(dir >= 0, "directory");
    file = openat(dir, "data", O_RDWR | O_CREAT, 0600);
    require(file >= 0 && write(file, buffer, SIZE) == SIZE, "data");
    setvbuf(stdout, out, _IOFBF,
            sizeof out); // the filter does not let it find out about a terminal
    if (strcmp(argv[1], "none") != 0)
        install(argv[1]);
    for (int round = -1; round < BATCHES; round++)
        for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
            double taken = batch(calls[i].call);
            if (round >= 0) // the first warms up
                printf("%s\t%.3f\n", calls[i].name, taken);
        }
    require(fflush(stdout) == 0, "output");
    _exit(0);
}
