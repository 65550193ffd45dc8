// SPDX-License-Identifier: BSD-2-Clause
// Starts zlib's own self-test with a granted directory and stream.

#include <program.h>
#include <stdlib.h>

#include "arguments.h"
#include "selftest.h"

int selftest_directory;

void program_main(const argdata_t *arguments) {
    FILE *out = fdopen(argument_fd(arguments, "out"), "w");
    selftest_directory = argument_fd(arguments, "directory");
    if (out == NULL || selftest_directory < 0)
        exit(2);
    fswap(stderr, out);
    char *argv[] = {"example", NULL};
    exit(selftest_main(1, argv));
}
