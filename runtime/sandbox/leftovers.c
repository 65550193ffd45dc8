// SPDX-License-Identifier: BSD-2-Clause
// Ends the processes that a program leaves behind in strict mode. As the child subreaper, this
// process adopts them when their parents end. It may have children of its own from before its exec,
// or adopt theirs: that they run the loader, which is all that they can become, tells them apart.
#include "leftovers.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
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

static bool runs(pid_t pid, const struct leftovers_sign *sign) {
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "/proc/%d/exe", (int)pid);
    return stat(path, &status) == 0 && status.st_ino == sign->inode &&
           status.st_dev == sign->device;
}

bool leftovers_none(pid_t reaper) {
    char path[64], list[256];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, list, sizeof list - 1);
    close(fd);
    // The kernel writes the children in the order in which they came, a space behind each. One that
    // ends meanwhile makes it miss none that comes later, but for those that it has listed: so
    // whatever is left of a sandbox, at least one of its processes is in here.
    if (length <= 0)
        return false;
    list[length] = '\0';
    char *end = list;
    for (char *next = list; *next != '\0'; next = end) {
        pid_t child = (pid_t)strtol(next, &end, 10);
        if (end == next || child != reaper)
            return false;
        if (*end == ' ')
            end++;
    }
    return true;
}

void leftovers_kill_running(const struct leftovers_sign *program) {
    DIR *processes = opendir("/proc");
    if (processes == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid <= 0 || !is_child(pid) || !runs(pid, program))
            continue;
        // Only this process can reap its child, so the number cannot have been given to another.
        kill(pid, SIGKILL);
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    closedir(processes);
}
