// SPDX-License-Identifier: BSD-2-Clause
// Copies a granted file into a granted directory, under a name given as a string.

#include <errno.h>
#include <fcntl.h>
#include <program.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arguments.h"

static int write_all(int fd, const char *data, size_t len) {
    while (len > 0) {
        ssize_t written = write(fd, data, len);
        if (written < 0)
            return -1;
        data += written;
        len -= (size_t)written;
    }
    return 0;
}

static int copy(int from, int to) {
    char buffer[65536];
    ssize_t len;
    while ((len = read(from, buffer, sizeof(buffer))) > 0)
        if (write_all(to, buffer, (size_t)len) != 0)
            return -1;
    return len < 0 ? -1 : 0;
}

void program_main(const argdata_t *arguments) {
    FILE *log = fdopen(argument_fd(arguments, "log"), "w");
    if (log != NULL)
        fswap(stderr, log); // from here on stderr leads to the granted stream
    const char *name = argument_str(arguments, "name", "copy");
    int to = openat(argument_fd(arguments, "directory"), name, O_WRONLY | O_CREAT | O_TRUNC);
    if (to < 0 || copy(argument_fd(arguments, "input"), to) != 0 || close(to) != 0) {
        fprintf(stderr, "copy: %s: %s\n", name, strerror(errno));
        exit(1);
    }
    fprintf(stderr, "copy: wrote %s\n", name);
    exit(0);
}
