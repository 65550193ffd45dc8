// SPDX-License-Identifier: BSD-2-Clause
// Starts another granted executable with fewer descriptors than it has itself: the child gets the
// stream and the public directory, never the private one.

#include <program.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"

static int start(int executable, int directory, FILE *out, int *process) {
    argdata_t *keys[] = {argdata_create_str_c("directory"), argdata_create_str_c("out")};
    argdata_t *values[] = {argdata_create_fd(directory), argdata_create_fd(fileno(out))};
    argdata_t *child =
        argdata_create_map((const argdata_t *const *)keys, (const argdata_t *const *)values, 2);
    fflush(out);
    int error = child == NULL ? 1 : program_spawn(executable, child, process);
    argdata_free(child);
    for (int i = 0; i < 2; ++i) {
        argdata_free(keys[i]);
        argdata_free(values[i]);
    }
    return error;
}

void program_main(const argdata_t *arguments) {
    FILE *out = fdopen(argument_fd(arguments, "out"), "w");
    if (out == NULL)
        exit(2);
    fprintf(out, "spawn: this process is %s\n", program_getpid());
    int process;
    int error = start(argument_fd(arguments, "executable"), argument_fd(arguments, "public"), out,
                      &process);
    unsigned status;
    int signal;
    if (error == 0)
        error = program_wait(process, &status, &signal);
    if (error != 0) {
        fprintf(out, "spawn: %s\n", strerror(error));
        exit(1);
    }
    fprintf(out, "spawn: the child ended with status %u, signal %d\n", status, signal);
    exit((int)status);
}
