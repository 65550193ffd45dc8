// SPDX-License-Identifier: BSD-2-Clause
// Compresses a granted file into a granted directory, in gzip's format.

#include <errno.h>
#include <fcntl.h>
#include <program.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "arguments.h"

static int compress_file(int from, gzFile to) {
    static char buffer[1 << 17];
    ssize_t len;
    while ((len = read(from, buffer, sizeof(buffer))) > 0)
        if (gzwrite(to, buffer, (unsigned)len) != len)
            return -1;
    return len < 0 ? -1 : 0;
}

void program_main(const argdata_t *arguments) {
    FILE *log = fdopen(argument_fd(arguments, "log"), "w");
    if (log != NULL)
        fswap(stderr, log);
    const char *name = argument_str(arguments, "name", "compressed.gz");
    int fd = openat(argument_fd(arguments, "directory"), name, O_WRONLY | O_CREAT | O_TRUNC);
    gzFile to = fd < 0 ? NULL : gzdopen(fd, "wb6");
    if (to == NULL) {
        fprintf(stderr, "compress: %s: %s\n", name, strerror(errno));
        exit(1);
    }
    int failed = compress_file(argument_fd(arguments, "input"), to);
    if (gzclose(to) != Z_OK || failed) {
        fprintf(stderr, "compress: %s: cannot write: %s\n", name, strerror(errno));
        exit(1);
    }
    exit(0);
}
