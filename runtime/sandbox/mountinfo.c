// SPDX-License-Identifier: BSD-2-Clause
// What is mounted below a directory, as procfs writes it down.
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filesystems.h"

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

char *filesystem_mounts(struct failure *failure) {
    FILE *mounts = fopen("/proc/self/mountinfo", "re");
    if (mounts == NULL) {
        failure_set(failure, "cannot read /proc/self/mountinfo: %s: mount procfs on /proc",
                    strerror(errno));
        return NULL;
    }
    char *text = NULL;
    size_t capacity = 0;
    bool read = getdelim(&text, &capacity, '\0', mounts) > 0 && feof(mounts);
    if (!read) {
        failure_set(failure, "cannot read /proc/self/mountinfo: %s", strerror(errno));
        free(text);
        text = NULL;
    }
    fclose(mounts);
    return text;
}

int filesystem_check_below(int fd, const char *mounts, const char *where, struct failure *failure) {
    char link[64], directory[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, directory, sizeof directory - 1);
    if (length <= 0 || length >= (ssize_t)sizeof directory - 1 || directory[0] != '/')
        return failure_set(failure,
                           "%s: cannot tell where this directory lies, so not what is mounted "
                           "below it either: grant it by a path that can be reached",
                           where);
    directory[length] = '\0';

    char *text = strdup(mounts);
    int result = text == NULL ? failure_set(failure, "%s: %s", where, strerror(errno)) : 0;
    char *rest = text;
    for (char *line; result == 0 && (line = strsep(&rest, "\n")) != NULL && *line != '\0';) {
        char *mount_point, *type;
        if (!split(line, &mount_point, &type))
            result = failure_set(failure, "/proc/self/mountinfo has a line of unknown form");
        else if (is_below(mount_point, directory))
            result = filesystem_refuse_mount(
                type, mount_point + strlen(directory) + (directory[1] != '\0'), where, failure);
    }
    free(text);
    return result;
}
