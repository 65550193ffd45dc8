// SPDX-License-Identifier: BSD-2-Clause
// Stands where a compiler or linker is expected and has a loaded one do the work; see warm.py.
// The server listens beside this file: argv[0] with ".socket" behind it.
#define _GNU_SOURCE
#include "warm.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    struct warm_head head;
    char strings[WARM_SIZE];
} packet;

static _Noreturn void fail(const char *what) {
    perror(what);
    exit(125);
}

static char *append(char *to, char **strings, int *count) {
    for (*count = 0; strings[*count] != NULL; ++*count) {
        if (strlen(strings[*count]) >= (size_t)(packet.strings + WARM_SIZE - to)) {
            fprintf(stderr, "warm_client: more arguments and environment than %d bytes\n",
                    WARM_SIZE);
            exit(125);
        }
        to = stpcpy(to, strings[*count]) + 1;
    }
    return to;
}

int main(int argc, char **argv) {
    (void)argc;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof(address.sun_path), "%s.socket", argv[0]);
    int server = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    int size = 2 * WARM_SIZE;
    setsockopt(server, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
    if (connect(server, (struct sockaddr *)&address, sizeof(address)) != 0)
        fail(address.sun_path);

    char *end = append(packet.strings, argv, &packet.head.arguments);
    end = append(end, environ, &packet.head.variables);
    int fds[WARM_FDS] = {0, 1, 2, open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    _Alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof(fds))] = {0};
    struct iovec data = {&packet, (size_t)(end - (char *)&packet)};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space)};
    struct cmsghdr *control = CMSG_FIRSTHDR(&message);
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_RIGHTS;
    control->cmsg_len = CMSG_LEN(sizeof(fds));
    memcpy(CMSG_DATA(control), fds, sizeof(fds));
    if (sendmsg(server, &message, 0) < 0)
        fail("warm_client: sendmsg");

    int status;
    if (read(server, &status, sizeof(status)) != sizeof(status))
        fail("warm_client: the server is gone");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
