// SPDX-License-Identifier: BSD-2-Clause
// Lists a granted directory to a granted stream: one line an entry, with type and size.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <program.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "arguments.h"

static char type_letter(mode_t mode) {
    if (S_ISDIR(mode))
        return 'd';
    if (S_ISLNK(mode))
        return 'l';
    return S_ISREG(mode) ? '-' : '?';
}

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static int list(int directory, FILE *out) {
    struct dirent **entries;
    int count = scandirat(directory, ".", &entries, visible, alphasort);
    if (count < 0) {
        fprintf(out, "ls: cannot read the directory: %s\n", strerror(errno));
        return 1;
    }
    for (int i = 0; i < count; ++i) {
        struct stat st;
        if (fstatat(directory, entries[i]->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
            fprintf(out, "%c %10lld %s\n", type_letter(st.st_mode), (long long)st.st_size,
                    entries[i]->d_name);
        else
            fprintf(out, "? %10s %s: %s\n", "", entries[i]->d_name, strerror(errno));
        free(entries[i]);
    }
    free(entries);
    return 0;
}

void program_main(const argdata_t *arguments) {
    FILE *out = fdopen(argument_fd(arguments, "out"), "w");
    int directory = argument_fd(arguments, "directory");
    if (out == NULL || directory < 0)
        exit(2); // nothing was granted to complain to
    exit(list(directory, out));
}
