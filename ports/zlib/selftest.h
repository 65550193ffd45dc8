/* SPDX-License-Identifier: BSD-2-Clause */
/* Included before zlib's own self-test, which is compiled unmodified: its output goes to stderr,
 * and the file it writes and reads again is opened below a granted directory. */
#ifndef SELFTEST_H
#define SELFTEST_H

#include <fcntl.h>
#include <stdio.h>
#include <zlib.h>

extern int selftest_directory;

static inline gzFile selftest_gzopen(const char *name, const char *mode) {
    int flags = mode[0] == 'r' ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
    int fd = openat(selftest_directory, name, flags);
    return fd < 0 ? NULL : gzdopen(fd, mode);
}

int selftest_main(int argc, char *argv[]);

#define gzopen selftest_gzopen
#define main selftest_main
#define printf(...) fprintf(stderr, __VA_ARGS__)

#endif
