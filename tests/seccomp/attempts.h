// SPDX-License-Identifier: BSD-2-Clause
// The Linux calls that kernel_test tries, each with what must come of it under the filter.
#ifndef ATTEMPTS_H
#define ATTEMPTS_H

#include <stddef.h>

// Descriptors that every attempt finds open.
enum {
    FD_DIRECTORY = 100, // empty, except for what attempts create
    FD_FILE,            // regular, in that directory, 4096 bytes
    FD_MEMORY,          // memory file of 4096 bytes, sealable
    FD_STREAM,          // socket pair with bytes to read
    FD_STREAM_PEER,
    FD_LISTENER, // TCP on the loopback interface, nobody waiting, non-blocking
    FD_CHILD,    // a process that sleeps and ignores TERM
    FD_PROGRAM,  // a program that exits with 42
};

// What an attempt may come to besides the value of the call, which is -errno for an error.
#define DIED_OF(signal) (-0x100000L - (signal))
#define EXITED_WITH(status) (-0x200000L - (status))
#define DONE 0x400000L // any value but an error

struct attempt {
    const char *name;
    long want;
    long number;
    long args[6];
    long (*run)(void); // instead of number and args
};

extern const struct attempt allowed[];
extern const size_t allowed_count;
extern const struct attempt refused[];
extern const size_t refused_count;

// The system call as it is, without the C library's errno.
long raw(long number, const long args[6]);

#endif
