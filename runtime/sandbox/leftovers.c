// SPDX-License-Identifier: BSD-2-Clause
// Ends the processes that a program leaves behind. As the child subreaper, this process adopts them
// when their parents end. It may have children of its own from before its exec, or adopt theirs:
// the user name space, which nothing in the sandbox can leave, tells them apart.
#include "leftovers.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_child(pid_t pid) {
    char path[64], line[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    bool read = fgets(line, sizeof line, file) != NULL;
    fclose(file);
    // "pid (name) state parent ...": the name may itself hold parentheses and spaces.
    const char *end = read ? strrchr(line, ')') : NULL;
    return end != NULL && strlen(end) > 4 && strtol(end + 4, NULL, 10) == getpid();
}

static bool in_namespace(pid_t pid, ino_t user_namespace) {
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "/proc/%d/ns/user", (int)pid);
    return stat(path, &status) == 0 && status.st_ino == user_namespace;
}

static bool kill_once(ino_t user_namespace) {
    DIR *processes = opendir("/proc");
    if (processes == NULL)
        return false;
    bool found = false;
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid <= 0 || !is_child(pid) || !in_namespace(pid, user_namespace))
            continue;
        // Only this process can reap its child, so the number cannot have been given to another.
        kill(pid, SIGKILL);
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
        found = true;
    }
    closedir(processes);
    return found;
}

void leftovers_kill(ino_t user_namespace) {
    siginfo_t info;
    // In the ordinary case there is no child at all, and /proc need not be searched.
    while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
        if (!kill_once(user_namespace))
            break;
}
