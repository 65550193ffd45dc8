// SPDX-License-Identifier: BSD-2-Clause
// --check: what a start would do, up to the point where the program would begin.
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../sandbox/sandbox.h"
#include "diag.h"
#include "files.h"

// A directory of each kind of grant: by path, and as a descriptor from outside.
static int check_sandbox(struct failure *failure) {
    int inherited = open("/usr", O_PATH | O_DIRECTORY);
    if (inherited < 0)
        return failure_set(failure, "cannot open '/usr' to try a grant with: %s", strerror(errno));
    struct grant list[] = {
        {.kind = GRANT_PATH, .where = "--check", .path = "/usr", .rights = GRANT_READ},
        {.kind = GRANT_INHERITED, .where = "--check", .inherited = inherited},
    };
    struct grants grants = {.list = list, .count = 2};
    struct sandbox sandbox = {.grants = &grants, .program_fd = -1, .loader_fd = -1};
    int result = grants_open(&grants, -1, failure);
    if (result == 0)
        result = sandbox_run(&sandbox, failure);
    close(inherited);
    return result;
}

int check(const char *loader) {
    struct failure failure = {0};
    int loader_fd = files_open_loader(loader, &failure);
    if (loader_fd < 0 || check_sandbox(&failure) != 0) {
        printf("guarantee: none, so no program would be started\nreason: %s\n", failure.text);
        return EXIT_LAUNCHER;
    }
    close(loader_fd);
    puts(
        "guarantee: full\n"
        "A program, whatever its machine code does, reaches no more than the descriptors that its\n"
        "configuration names. Built and probed just now:\n"
        "  user and mount name spaces  its own user only, no capability, an empty root\n"
        "  detached mounts             a granted directory cannot be left; its flags hold\n"
        "  Landlock                    no TCP bind or connect, no signal to the outside\n"
        "  seccomp                     only the system calls that the ABI needs");
    return fflush(stdout) == 0 ? 0 : EXIT_LAUNCHER;
}
