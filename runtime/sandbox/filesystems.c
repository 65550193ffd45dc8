// SPDX-License-Identifier: BSD-2-Clause
// File systems that are an interface to the kernel: /proc shows and steers other processes, the
// others steer the machine, and file permissions are all that guards them. So no grant may reach
// into one, neither directly nor through a mount below the granted directory.
#include "filesystems.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

// devpts is not among them, for a granted terminal lies there: what is in its directory are
// devices, which no grant of a directory opens. Neither are pipes, sockets and memory, which lie on
// file systems of their own.
static const struct {
    const char *name;
    uint32_t magic; // 0: shared with an ordinary one
} refused[] = {
    {"proc", 0x9fa0},
    {"sysfs", 0x62656572},
    {"cgroup", 0x27e0eb},
    {"cgroup2", 0x63677270},
    {"cpuset", 0},
    {"debugfs", 0x64626720},
    {"tracefs", 0x74726163},
    {"securityfs", 0x73636673},
    {"bpf", 0xcafe4a11},
    {"configfs", 0x62656570},
    {"efivarfs", 0xde5e81e4},
    {"pstore", 0x6165676c},
    {"selinuxfs", 0xf97cff8c},
    {"smackfs", 0x43415d53},
    {"aafs", 0x5a3c69f0},
    {"binfmt_misc", 0x42494e4d},
    {"nsfs", 0x6e736673},
    {"pidfs", 0x50494446},
    {"anon_inode", 0x09041934},
    {"resctrl", 0x7655821},
    {"fusectl", 0x65735543},
    {"nfsd", 0x6e667364},
    {"rpc_pipefs", 0x67596969},
    {"mqueue", 0x19800202},
    {"binder", 0x6c6f6f70},
    {"functionfs", 0xa647361},
    {"gadgetfs", 0xaee71ee7},
    {"usbfs", 0x9fa2},
    {"openpromfs", 0x9fa1},
    {"xenfs", 0xabba1974},
    {"spufs", 0x23c9b64e},
    {"s390_hypfs", 0x687970},
    {"ibmasmfs", 0x66726f67},
    {"ipathfs", 0x726a77},
    {"ocfs2_dlmfs", 0x76a9f425},
    {"oprofilefs", 0x6f70726f},
    {"gfs2meta", 0},
};

#define REFUSED_COUNT (sizeof refused / sizeof refused[0])

int filesystem_refuse(int fd, const char *where, struct failure *failure) {
    struct statfs status;
    if (fstatfs(fd, &status) != 0)
        return failure_set(failure, "%s: cannot tell what file system this lies on: %s", where,
                           strerror(errno));
    for (size_t i = 0; i < REFUSED_COUNT; i++)
        if (refused[i].magic != 0 && (uint32_t)status.f_type == refused[i].magic)
            return failure_set(failure,
                               "%s: this lies on the kernel's %s file system, which would give "
                               "power over other processes or the machine: copy what the program "
                               "needs to a file",
                               where, refused[i].name);
    return 0;
}

static bool name_is_refused(const char *name) {
    for (size_t i = 0; i < REFUSED_COUNT; i++)
        if (strcmp(name, refused[i].name) == 0)
            return true;
    return false;
}

// mountinfo writes space, tab, newline and backslash as a backslash and three octal digits.
static void unescape(char *text) {
    char *out = text;
    for (char *in = text; *in != '\0'; in++) {
        if (in[0] == '\\' && in[1] >= '0' && in[1] <= '3' && in[2] >= '0' && in[2] <= '7' &&
            in[3] >= '0' && in[3] <= '7') {
            *out++ = (char)((in[1] - '0') * 64 + (in[2] - '0') * 8 + (in[3] - '0'));
            in += 3;
        } else {
            *out++ = *in;
        }
    }
    *out = '\0';
}

// A line is: id parent device root mount-point options [tag...] - type source options.
static bool split(char *line, char **mount_point, char **type) {
    char *dash = strstr(line, " - ");
    char *field = line;
    for (int i = 0; i < 4 && field != NULL; i++) {
        field = strchr(field, ' ');
        if (field != NULL)
            field++;
    }
    if (dash == NULL || field == NULL || field > dash)
        return false;
    *mount_point = field;
    field[strcspn(field, " ")] = '\0';
    unescape(field);
    *type = dash + 3;
    (*type)[strcspn(*type, " \n")] = '\0';
    return true;
}

static bool is_below(const char *path, const char *directory) {
    if (strcmp(directory, "/") == 0)
        return true;
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && path[length] == '/';
}

// A copy, to be freed, of what the mount name space holds; NULL with the failure filled. It is
// asked for once in each process: a worker's own name space does not change, and the kernel takes
// long to write it down.
static char *mounts_text(struct failure *failure) {
    static char *text;
    if (text == NULL) {
        FILE *mounts = fopen("/proc/self/mountinfo", "re");
        if (mounts == NULL) {
            failure_set(failure, "cannot read /proc/self/mountinfo: %s: mount procfs on /proc",
                        strerror(errno));
            return NULL;
        }
        size_t capacity = 0;
        bool read = getdelim(&text, &capacity, '\0', mounts) > 0 && feof(mounts);
        if (!read) {
            failure_set(failure, "cannot read /proc/self/mountinfo: %s", strerror(errno));
            free(text);
            text = NULL;
        }
        fclose(mounts);
    }
    char *copy = text == NULL ? NULL : strdup(text);
    if (text != NULL && copy == NULL)
        failure_set(failure, "cannot read /proc/self/mountinfo: %s", strerror(errno));
    return copy;
}

int filesystem_check_below(int fd, const char *where, struct failure *failure) {
    char link[64], directory[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, directory, sizeof directory - 1);
    if (length <= 0 || length >= (ssize_t)sizeof directory - 1 || directory[0] != '/')
        return failure_set(failure,
                           "%s: cannot tell where this directory lies, so not what is mounted "
                           "below it either: grant it by a path that can be reached",
                           where);
    directory[length] = '\0';

    char *text = mounts_text(failure);
    int result = text == NULL ? -1 : 0;
    char *rest = text;
    for (char *line; result == 0 && (line = strsep(&rest, "\n")) != NULL && *line != '\0';) {
        char *mount_point, *type;
        if (!split(line, &mount_point, &type))
            result = failure_set(failure, "/proc/self/mountinfo has a line of unknown form");
        else if (is_below(mount_point, directory) && name_is_refused(type))
            result = failure_set(failure,
                                 "%s: '%s' holds the kernel's %s file system at '%s', which would "
                                 "give power over other processes or the machine: grant a "
                                 "directory further down",
                                 where, directory, type, mount_point);
    }
    free(text);
    return result;
}
