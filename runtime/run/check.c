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
static void say_nothing(const char *reason) {
    (void)reason; // print_weak() will
}

static int check_sandbox(const struct options *options, enum guarantee *guarantee,
                         struct failure *failure) {
    int inherited = open("/usr", O_PATH | O_DIRECTORY);
    if (inherited < 0)
        return failure_set(failure, "cannot open '/usr' to try a grant with: %s", strerror(errno));
    struct grant list[] = {
        {.kind = GRANT_PATH, .where = "--check", .path = "/usr", .rights = GRANT_READ},
        {.kind = GRANT_INHERITED, .where = "--check", .inherited = inherited},
    };
    struct grants grants = {.list = list, .count = 2};
    struct sandbox sandbox = {
        .strict = options->strict,
        .weak = options->weak ? say_nothing : NULL,
        .grants = &grants,
        .program_fd = -1,
        .loader_fd = -1,
    };
    int result = grants_open(&grants, -1, failure);
    if (result == 0)
        result = sandbox_run(&sandbox, guarantee, failure);
    close(inherited);
    return result;
}

static void print_weak(const char *reason) {
    printf("guarantee: weak\nneither full nor strict: %s\n", reason);
    puts("Landlock and seccomp alone confine a program: it opens, makes and removes files only "
         "where\n"
         "its configuration says, and starts none but by proc_exec. But its machine code can\n"
         "  find out which files exist anywhere, their attributes, and what links hold\n"
         "  change the times of files that the user owns\n"
         "  open device nodes below granted directories\n"
         "  go from one granted directory to another by '..'\n"
         "  open the other end of a pipe that it holds");
}

static void print_guarantee(enum guarantee guarantee, const char *reason) {
    if (guarantee == GUARANTEE_WEAK) {
        print_weak(reason);
        return;
    }
    bool full = guarantee == GUARANTEE_FULL;
    printf("guarantee: %s\n", full ? "full" : "strict");
    if (!full && reason[0] != '\0')
        printf("not full: %s\n", reason);
    puts(
        "A program, whatever its machine code does, reaches no more than the descriptors that its\n"
        "configuration names. Built and probed just now:");
    puts(full ? "  name spaces                 its own user and processes, no capability, an empty "
                "root\n"
                "  mounts of their own         a granted directory cannot be left; its flags hold\n"
                "  Landlock                    no TCP bind or connect, no signal to the outside"
              : "  supervisor                  performs each path call, within the descriptor's "
                "rights\n"
                "  Landlock                    no file by its path, no TCP bind or connect, no "
                "signal\n"
                "                              to the outside");
    puts("  seccomp                     only the system calls that the ABI needs");
}

int check(const struct options *options) {
    struct failure failure = {0};
    enum guarantee guarantee;
    int loader_fd = files_open_loader(options->loader, &failure);
    if (loader_fd < 0 || check_sandbox(options, &guarantee, &failure) != 0) {
        printf("guarantee: none, so no program would be started\nreason: %s\n", failure.text);
        return EXIT_LAUNCHER;
    }
    close(loader_fd);
    print_guarantee(guarantee, failure.text);
    return fflush(stdout) == 0 ? 0 : EXIT_LAUNCHER;
}
