// SPDX-License-Identifier: BSD-2-Clause
// cloudabi-run: starts a program with what its configuration names, and nothing else.
#include <stdio.h>
#include <unistd.h>

#include "../sandbox/sandbox.h"
#include "check.h"
#include "config.h"
#include "diag.h"
#include "files.h"
#include "options.h"

static int start(const struct options *options, struct config *config, struct failure *failure) {
    struct sandbox sandbox = {
        .strict = options->strict,
        .weak = options->weak ? diag_weak : NULL,
        .grants = &config->grants,
        .program = options->program,
        .data = config->data,
        .data_len = config->data_len,
    };
    sandbox.program_fd = files_open_program(options->program, failure);
    sandbox.loader_fd = sandbox.program_fd < 0 ? -1 : files_open_loader(options->loader, failure);
    if (sandbox.loader_fd < 0)
        return -1;
    int status = grants_open(&config->grants, sandbox.program_fd, failure);
    if (status == 0)
        status = sandbox_run(&sandbox, NULL, failure);
    if (status < 0)
        grants_discard(&config->grants);
    else
        grants_remove_sockets(&config->grants);
    return status;
}

static int run(const struct options *options, struct failure *failure) {
    struct yaml_source source;
    struct config config = {0};
    int status = files_read_config(options->config, &source, failure);
    if (status == 0)
        status = config_read(&source, options->config != NULL, &config, failure);
    if (status == 0)
        status = start(options, &config, failure);
    return status; // memory ends with the process, sooner than it could be given back
}

int main(int argc, char **argv) {
    struct options options;
    struct failure failure = {0};
    if (files_fill_standard(&failure) != 0) {
        diag_error("%s", failure.text);
        return EXIT_LAUNCHER;
    }
    options_parse(argc, argv, &options);
    if (options.check)
        return check(&options);
    int status = run(&options, &failure);
    if (status < 0) {
        diag_error("%s", failure.text);
        return EXIT_LAUNCHER;
    }
    _exit(status); // nothing is buffered
}
