// SPDX-License-Identifier: BSD-2-Clause
// The command line.
#ifndef CLOUDABI_RUN_OPTIONS_H
#define CLOUDABI_RUN_OPTIONS_H

#include <stdbool.h>

struct options {
    const char *config; // null: standard input
    const char *loader; // null: the one installed beside this program
    const char *program;
    bool check;
    bool strict, weak;
};

// Ends the process for --help, --version and mistakes.
void options_parse(int argc, char **argv, struct options *options);

#endif
