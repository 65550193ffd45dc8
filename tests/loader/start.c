// SPDX-License-Identifier: BSD-2-Clause
// Starts a program under the loader without any sandbox, to test the loader by itself.
//
//   start [--data TEXT] [--expect-failure TEXT] [--time SECONDS] LOADER PROGRAM [GRANT...]
//
// A GRANT becomes the program's next descriptor:
//   fd:N        a descriptor of this process
//   dir:PATH    a directory
//   file:PATH   a file to read; rw:PATH one to read and write
//   listen      a listening socket with one connection waiting, on which "hello" was sent
//   dead-pipe   the writing end of a pipe without a reader
//   nodes       /dev/null; and makes socket_node and fifo_node in the working directory
//   noexec:PATH a directory, by a mount of its own that allows no execution; where none can be had
//               it exits with 77
// Exits as the program did (128+n for signal n); 125 if the program could not be started.
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../runtime/loader/handover.h"

#define MAX_GRANTS 64

static void die(const char *what) {
    fprintf(stderr, "start: %s: %s\n", what, strerror(errno));
    exit(125);
}

static int open_or_die(const char *path, int flags) {
    int fd = open(path, flags, 0666);
    if (fd < 0)
        die(path);
    return fd;
}

// A listener on loopback with one connection waiting, whose other end sends "hello".
static int make_listener(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, len) != 0 ||
        listen(listener, 8) != 0 || getsockname(listener, (struct sockaddr *)&address, &len) != 0)
        die("listener");
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client < 0 || connect(client, (struct sockaddr *)&address, len) != 0 ||
        write(client, "hello", 5) != 5)
        die("connection");
    return listener;
}

// The writing end of a pipe that nobody reads.
static int make_dead_pipe(void) {
    int ends[2];
    if (pipe(ends) != 0)
        die("pipe");
    close(ends[0]);
    return ends[1];
}

// What a program of the ABI cannot make for itself, in the working directory.
static void make_nodes(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket_node"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
        mkfifo("fifo_node", 0600) != 0)
        die("nodes");
    close(fd);
}

static int make_noexec(const char *path) {
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOEXEC};
    int tree = -1, directory = -1;
    if (unshare(geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) == 0)
        tree = (int)syscall(SYS_open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    if (tree >= 0 &&
        syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &attributes, sizeof(attributes)) == 0)
        directory = openat(tree, ".", O_RDONLY | O_DIRECTORY);
    if (directory < 0) {
        printf("SKIP: no mount of our own is to be had: %s\n", strerror(errno));
        exit(77);
    }
    return directory;
}

static int make_grant(const char *grant) {
    if (strncmp(grant, "fd:", 3) == 0)
        return atoi(grant + 3);
    if (strncmp(grant, "dir:", 4) == 0)
        return open_or_die(grant + 4, O_RDONLY | O_DIRECTORY);
    if (strncmp(grant, "file:", 5) == 0)
        return open_or_die(grant + 5, O_RDONLY);
    if (strncmp(grant, "rw:", 3) == 0)
        return open_or_die(grant + 3, O_RDWR | O_CREAT);
    if (strncmp(grant, "noexec:", 7) == 0)
        return make_noexec(grant + 7);
    if (strcmp(grant, "listen") == 0)
        return make_listener();
    if (strcmp(grant, "dead-pipe") == 0)
        return make_dead_pipe();
    if (strcmp(grant, "nodes") == 0) {
        make_nodes();
        return open_or_die("/dev/null", O_RDONLY);
    }
    fprintf(stderr, "start: unknown grant %s\n", grant);
    exit(125);
}

static int make_handover(const int *fds, uint32_t nfds, int program, int loader, int status,
                         const char *data) {
    int memory = memfd_create("handover", 0);
    struct handover header = {.magic = HANDOVER_MAGIC,
                              .version = HANDOVER_VERSION,
                              .nfds = nfds,
                              .program_fd = (uint32_t)program,
                              .loader_fd = (uint32_t)loader,
                              .status_fd = (uint32_t)status,
                              .reserved_fd = HANDOVER_NO_FD,
                              .data_len = strlen(data),
                              .tid_base = HANDOVER_MAX_TID_BASE};
    struct handover_fd entries[MAX_GRANTS] = {0};
    for (uint32_t i = 0; i < nfds; ++i)
        entries[i] = (struct handover_fd){
            .source = (uint32_t)fds[i], .base = UINT64_MAX, .inheriting = UINT64_MAX};
    if (memory < 0 || write(memory, &header, sizeof(header)) != (ssize_t)sizeof(header) ||
        write(memory, entries, nfds * sizeof(entries[0])) != (ssize_t)(nfds * sizeof(entries[0])) ||
        write(memory, data, strlen(data)) != (ssize_t)strlen(data))
        die("hand-over");
    return memory;
}

static int wait_for(pid_t pid, int status_fd, const char *expected) {
    struct handover_failure failure;
    bool failed = read(status_fd, &failure, sizeof(failure)) == (ssize_t)sizeof(failure);
    int status;
    if (waitpid(pid, &status, 0) != pid)
        die("waitpid");
    if (expected != NULL) {
        bool as_expected = failed && strstr(failure.text, expected) != NULL && WIFEXITED(status) &&
                           WEXITSTATUS(status) == 127;
        printf("%s: %s\n", as_expected ? "refused" : "not refused as expected",
               failed ? failure.text : "it started");
        return as_expected ? 0 : 1;
    }
    if (failed) {
        fprintf(stderr, "start: error %u, reason %u: %s\n", failure.error, failure.reason,
                failure.text);
        return 125;
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv) {
    const char *data = "", *expected = NULL;
    int at = 1;
    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2) {
        if (strcmp(argv[at], "--data") == 0)
            data = argv[at + 1];
        else if (strcmp(argv[at], "--expect-failure") == 0)
            expected = argv[at + 1];
        else if (strcmp(argv[at], "--time") == 0)
            alarm((unsigned)atoi(argv[at + 1]));
        else
            at = argc;
    }
    if (argc - at < 2 || argc - at > 2 + MAX_GRANTS) {
        fputs("usage: start [--data TEXT] [--expect-failure TEXT] [--time SECONDS] LOADER PROGRAM "
              "[GRANT...]\n",
              stderr);
        return 125;
    }
    int loader = open_or_die(argv[at], O_RDONLY);
    int program = open_or_die(argv[at + 1], O_RDONLY);
    int fds[MAX_GRANTS];
    uint32_t nfds = 0;
    for (int i = at + 2; i < argc; ++i)
        fds[nfds++] = make_grant(argv[i]);
    int status[2];
    if (pipe(status) != 0)
        die("pipe");
    int memory = make_handover(fds, nfds, program, loader, status[1], data);
    pid_t pid = fork();
    if (pid < 0)
        die("fork");
    if (pid == 0) {
        char number[16];
        snprintf(number, sizeof(number), "%d", memory);
        signal(SIGPIPE, SIG_IGN);
        execveat(loader, "", (char *[]){argv[at + 1], number, NULL}, (char *[]){NULL},
                 AT_EMPTY_PATH);
        die("execveat");
    }
    close(status[1]);
    return wait_for(pid, status[0], expected);
}
