// SPDX-License-Identifier: BSD-2-Clause
// Preloaded into a compiler or linker: stops it before main() and runs main() in a copy for each
// client, so that the program and its libraries are loaded and relocated once. See warm.py.
#define _GNU_SOURCE
#include "warm.h"

#include <dlfcn.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int main_function(int, char **, char **);

enum { MOST = 64 }; // copies at a time; further clients wait

static main_function *program;
static char executable[PATH_MAX];
static char *client; // the file that stands for this program

static struct {
    struct warm_head head;
    char strings[WARM_SIZE];
} packet;

// The copy for one client.
static _Noreturn void serve(int connection, char *name) {
    int fds[WARM_FDS];
    _Alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof(fds))];
    struct iovec data = {&packet, sizeof(packet)};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space)};
    if (recvmsg(connection, &message, 0) <= 0 || CMSG_FIRSTHDR(&message) == NULL)
        _exit(125);
    memcpy(fds, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fds));
    for (int fd = 0; fd <= 2; fd++)
        dup2(fds[fd], fd);
    if (fchdir(fds[3]) != 0)
        _exit(125);
    for (int i = 0; i < WARM_FDS; i++)
        close(fds[i]);
    close(connection);

    int arguments = packet.head.arguments;
    char **strings = calloc((size_t)(arguments + packet.head.variables) + 2, sizeof(*strings));
    char *at = packet.strings;
    for (int i = 0; i <= arguments + packet.head.variables; i++) {
        if (i == arguments)
            continue;
        strings[i] = at;
        at += strlen(at) + 1;
    }
    strings[0] = name;
    environ = strings + arguments + 1;
    exit(program(arguments, strings, environ));
}

static int listen_beside(const char *file) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof(address.sun_path), "%s.socket", file);
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(fd, MOST) != 0) {
        perror(address.sun_path);
        exit(125);
    }
    return fd;
}

static int serve_all(int argc, char **argv, char **envp) {
    client = getenv("WARM_CLIENT");
    if (client == NULL)
        return program(argc, argv, envp);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (readlink("/proc/self/exe", executable, sizeof(executable) - 1) < 0)
        return 125;

    struct pollfd fds[MOST + 1] = {{.fd = listen_beside(client), .events = POLLIN}};
    int connections[MOST + 1];
    int count = 1;
    for (;;) {
        fds[0].events = count <= MOST ? POLLIN : 0;
        poll(fds, (nfds_t)count, -1);
        for (int i = count - 1; i > 0; i--) {
            int status;
            siginfo_t ended;
            if (fds[i].revents == 0)
                continue;
            waitid(P_PIDFD, (id_t)fds[i].fd, &ended, WEXITED);
            status = ended.si_code == CLD_EXITED ? ended.si_status << 8 : ended.si_status;
            (void)!write(connections[i], &status, sizeof(status));
            close(fds[i].fd);
            close(connections[i]);
            fds[i] = fds[--count];
            connections[i] = connections[count];
        }
        if (fds[0].revents == 0)
            continue;
        int connection = accept4(fds[0].fd, NULL, NULL, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        pid_t pid = fork();
        if (pid == 0) {
            for (int i = 0; i < count; i++)
                close(fds[i].fd);
            for (int i = 1; i < count; i++)
                close(connections[i]);
            serve(connection, argv[0]);
        }
        connections[count] = connection;
        fds[count++] = (struct pollfd){.fd = pidfd_open(pid, 0), .events = POLLIN};
    }
}

// Clang runs itself to compile when it is also to link: that can be another client.
int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]) {
    __typeof__(posix_spawn) *next = (__typeof__(posix_spawn) *)dlsym(RTLD_NEXT, "posix_spawn");
    if (client == NULL || strcmp(path, executable) != 0)
        return next(pid, path, actions, attributes, argv, envp);
    int count = 0;
    while (argv[count] != NULL)
        count++;
    char *words[count + 1];
    memcpy(words, argv, sizeof(words));
    words[0] = client;
    return next(pid, client, actions, attributes, words, envp);
}

int __libc_start_main(main_function *function, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*loader_fini)(void), void *stack_end) {
    __typeof__(__libc_start_main) *next =
        (__typeof__(__libc_start_main) *)dlsym(RTLD_NEXT, "__libc_start_main");
    program = function;
    return next(serve_all, argc, argv, init, fini, loader_fini, stack_end);
}
