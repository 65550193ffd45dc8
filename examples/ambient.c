// SPDX-License-Identifier: BSD-2-Clause
// Ten calls that reach for authority nobody granted. None compiles; each error says what to do.
// This file is not meant to be mended: it is what porting looks like at the start.

#include <dirent.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

void everything(void) {
    struct stat st;
    int fd = open("/etc/passwd", O_RDONLY);
    FILE *file = fopen("/tmp/log", "w");
    stat("/", &st);
    DIR *directory = opendir(".");
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    chdir("/");
    pid_t pid = getpid();
    kill(pid, SIGTERM);
    system("id");
    printf("%d %d %p %p\n", fd, sock, (void *)file, (void *)directory);
}
